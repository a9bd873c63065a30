"""A plugin before it is loaded: its name, version and origin, and how to load it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import ModuleType
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
    """Return the plugin of an argument: the path of a folder or file, a module or an object."""
    if isinstance(given, Plugin):
        return given
    if isinstance(given, (str, os.PathLike)):
        path = Path(given)
        return file_plugin(path) if path.suffix == ".py" else folder_plugin(path)
    name = getattr(given, "__name__", None) or type(given).__qualname__
    version = getattr(given, "__version__", None)
    home = getattr(given, "__module__", None) or name
    return Plugin(str(name), None if version is None else str(version), home, lambda: given)


def file_plugin(file: Path) -> Plugin:
    """Return the plugin of a Python file, or of the `__init__.py` of a package, not installed."""
    path = file.resolve()
    name = path.parent.name if path.stem == "__init__" else path.stem
    return Plugin(name, None, str(file), partial(_load_file, path, name))


def _load_file(path: Path, name: str) -> ModuleType:
    """Import a file once in a process, under a name that is the same in every process.

    Raises:
        OSError: The file cannot be read.
        Exception: Whatever the file raises.
    """
    from importlib.util import module_from_spec, spec_from_file_location  # 4 ms, rarely needed

    full_name = f"gischema_plugin_{name}_{sha256(os.fsencode(path)).hexdigest()[:8]}"
    if full_name in sys.modules:
        return sys.modules[full_name]
    inside = [str(path.parent)] if path.stem == "__init__" else None
    spec = spec_from_file_location(full_name, path, submodule_search_locations=inside)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} 不是 Python 文件 (is no Python file)")
    module = sys.modules[full_name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[full_name]
        raise
    return module


def folder_plugin(folder: Path) -> Plugin:
    """Return the plugin of a folder of grammars, rule files and `hooks.py`, or of one such file."""

    def load() -> object:
        from gischema.plugins.folder import HOOKS, FolderPlugin  # with pluggy, 8 ms of every start

        plugin, python = FolderPlugin.of(folder), folder / HOOKS
        if not python.is_file():
            return plugin
        return plugin.with_hooks(_load_file(python.resolve(), folder.resolve().name))

    return Plugin(folder.resolve().name, None, str(folder), load)
