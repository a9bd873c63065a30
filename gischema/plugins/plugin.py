"""A plugin before it is loaded: its name, its version, where it comes from and how to get it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen


@frozen
class Plugin:
    """A plugin that was asked for. `load` gives the module or object that implements the hooks.

    `version` is that of its distribution, None if it has none; `origin` is the entry point, the
    folder or the module that it comes from.
    """

    name: str
    version: str | None
    origin: str
    load: Callable[[], Any]

    @property
    def title(self) -> str:
        """Name and version, as messages show them."""
        return f"{self.name} {self.version}" if self.version else self.name


@frozen
class ActivePlugin:
    """A plugin at work: the hooks it implements, and the forms, rules, readers, exporters it adds.

    `adds` has only kinds of which there are some.
    """

    name: str
    version: str | None
    origin: str
    hooks: tuple[str, ...]
    adds: Mapping[str, tuple[str, ...]]


def as_plugin(given: object) -> Plugin:
    """The plugin in what an engine was given: the path of a folder, or a module or object."""
    if isinstance(given, Plugin):
        return given
    if isinstance(given, (str, os.PathLike)):
        return folder_plugin(Path(given))
    name = getattr(given, "__name__", None) or type(given).__qualname__
    version = getattr(given, "__version__", None)
    home = getattr(given, "__module__", None) or name
    return Plugin(str(name), None if version is None else str(version), home, lambda: given)


def folder_plugin(folder: Path) -> Plugin:
    """The plugin that a plain folder of grammars and rule files is."""

    def load() -> object:
        from gischema.plugins.folder import FolderPlugin

        return FolderPlugin.of(folder)

    return Plugin(folder.resolve().name, None, str(folder), load)
