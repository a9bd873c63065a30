"""Plugins: finding them, loading them, and what they add to an engine."""

from __future__ import annotations

from collections.abc import Iterable

from gischema.plugins.installed import InstalledPlugins
from gischema.plugins.plugin import ActivePlugin, Plugin, as_plugin

__all__ = ["ActivePlugin", "InstalledPlugins", "Plugin", "as_plugins"]


def as_plugins(given: Iterable[object]) -> tuple[Plugin, ...]:
    """The plugins in what an engine was given; installed ones are looked for now."""
    found: list[Plugin] = []
    for one in given:
        found.extend(one if isinstance(one, InstalledPlugins) else (as_plugin(one),))
    return tuple(found)
