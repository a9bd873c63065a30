"""Plugins: find and load them, and add to an engine what they provide."""

from __future__ import annotations

from collections.abc import Iterable

from gischema.plugins.installed import InstalledPlugins
from gischema.plugins.plugin import Plugin, as_plugin

__all__ = ["InstalledPlugins", "as_plugins"]


def as_plugins(given: Iterable[object]) -> tuple[Plugin, ...]:
    """Return the plugins that an engine was given; installed ones are looked up now."""
    found: list[Plugin] = []
    for one in given:
        if isinstance(one, InstalledPlugins):
            found.extend(one)
        else:
            found.append(as_plugin(one))
    return tuple(found)
