"""Plugins: finding them, loading them, and what they add to an engine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gischema.plugins.installed import InstalledPlugins

if TYPE_CHECKING:
    from gischema.plugins.plugin import Plugin

__all__ = ["InstalledPlugins", "as_plugins"]


def as_plugins(given: Iterable[object]) -> tuple[Plugin, ...]:
    """The plugins in what an engine was given; installed ones are looked for now."""
    found: list[Plugin] = []
    for one in given:
        if isinstance(one, InstalledPlugins):
            found.extend(one)
        else:
            from gischema.plugins.plugin import as_plugin

            found.append(as_plugin(one))
    return tuple(found)
