"""A plugin before it is loaded: its name, version and origin, and how to load it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen


@frozen
class Plugin:
    """A requested plugin.

    Attributes:
        name: The name of the plugin.
        version: The version of its distribution, if it has one.
        origin: The entry point, the folder or the module that it comes from.
        load: Returns the module or object that implements the hooks.
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
    """A loaded plugin: its hooks and the forms, rules, readers and exporters that it adds.

    `adds` has only kinds of addition that the plugin provides.
    """

    name: str
    version: str | None
    origin: str
    hooks: tuple[str, ...]
    adds: Mapping[str, tuple[str, ...]]


def as_plugin(given: object) -> Plugin:
    """Return the plugin of an argument: the path of a folder, a module or an object."""
    if isinstance(given, Plugin):
        return given
    if isinstance(given, (str, os.PathLike)):
        return folder_plugin(Path(given))
    name = getattr(given, "__name__", None) or type(given).__qualname__
    version = getattr(given, "__version__", None)
    home = getattr(given, "__module__", None) or name
    return Plugin(str(name), None if version is None else str(version), home, lambda: given)


def folder_plugin(folder: Path) -> Plugin:
    """Return the plugin of a plain folder of grammars and rule files."""

    def load() -> object:
        from gischema.plugins.folder import FolderPlugin  # with pluggy, 8 ms of every start

        return FolderPlugin.of(folder)

    return Plugin(folder.resolve().name, None, str(folder), load)
