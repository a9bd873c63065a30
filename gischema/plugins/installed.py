"""Installed plugins, as far as `GISCHEMA_PLUGINS` allows, and those that come with the package.

An installed plugin is an entry point of the group `gischema`.

A search of all distributions of an environment takes as long as reading a hundred reports, so the
result is kept in the user's cache as long as `sys.path` holds the same distributions.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeAlias

from attrs import frozen

from gischema.forms.cache import cached
from gischema.plugins.plugin import Plugin
from gischema.plugins.shipped import shipped_plugins

GROUP = "gischema"
VARIABLE = "GISCHEMA_PLUGINS"

_METADATA = (".dist-info", ".egg-info")

_Found: TypeAlias = tuple[tuple[str, str, str | None], ...]
"""Name, value and version of each entry point."""


@frozen
class InstalledPlugins:
    """The installed plugins and those that come with the package, looked up on every iteration.

    `without` lists the names of plugins to leave out, `allowed` those of plugins to use. None means
    the environment variable `GISCHEMA_PLUGINS`, a list with commas: without the variable all
    plugins are used, if it is empty none.
    """

    allowed: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Plugin]:
        """Yield the allowed plugins by name; one that is not installed fails when it is loaded."""
        allowed = self.allowed if self.allowed is not None else _allowed()
        if allowed is not None and not allowed:
            return
        found = {plugin.name: plugin for plugin in shipped_plugins()}
        for name, value, version in _entry_points():
            found[name] = Plugin(name, version, value, partial(_load, name, value))
        for name in sorted((found.keys() if allowed is None else allowed) - self.without):
            missing = Plugin(name, None, VARIABLE, partial(_missing, name))
            yield found.get(name, missing)


def _allowed() -> frozenset[str] | None:
    text = os.environ.get(VARIABLE)
    if text is None:
        return None
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _entry_points() -> _Found:
    return cached(tuple, ("entry points", _path_state()), _scan)


def _path_state() -> str:
    """Return a text that changes if a distribution is installed, updated or removed."""
    states: list[str] = []
    for place in sys.path:
        try:
            with os.scandir(place or ".") as entries:
                states += (
                    f"{place} {entry.name} {entry.stat().st_mtime_ns}"
                    for entry in entries
                    if entry.name.endswith(_METADATA)
                )
        except OSError:
            continue  # an archive, or nothing at all
    return "\n".join(sorted(states))


def _scan() -> _Found:
    from importlib.metadata import entry_points  # 10 ms, and the cache mostly has the result

    found = entry_points(group=GROUP)
    return tuple(sorted((e.name, e.value, e.dist.version if e.dist else None) for e in found))


def _load(name: str, value: str) -> Any:
    from importlib.metadata import EntryPoint  # 10 ms, and most environments have no plugin

    return EntryPoint(name, value, GROUP).load()


def _missing(name: str) -> Any:
    raise ModuleNotFoundError(
        f"{VARIABLE} 允许了 {name}，但没有安装这个插件 (allowed, but no such plugin is installed)"
    )
