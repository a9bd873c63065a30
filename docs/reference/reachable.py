"""The public names, and every type of the package that one can reach from them.

A type is reached if a public name, or a public member of a type that is reached, has it in its
annotations or says that it raises it. Class names are unique in the package, so a name is enough.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from types import ModuleType
from typing import get_origin, get_overloads

import gischema

_CLASS = re.compile(r"\b_?[A-Z]\w+")
_RAISES = re.compile(r"^ *Raises:\n(.*?)(?:\n *\n|\Z)", re.DOTALL | re.MULTILINE)
_WITHOUT = ("gischema.testing", "gischema.cli", "gischema.__main__")


@cache
def public_names() -> Mapping[str, object]:
    """Return the public names and what they are, without the version."""
    return {name: getattr(gischema, name) for name in gischema.__all__ if name != "__version__"}


@cache
def reachable_types() -> Mapping[str, type]:
    """Return the types that are reached and have no public name, by their own name."""
    public = [each for each in public_names().values() if isinstance(each, type)]
    found = {name: each for name, each in _reached().items() if isinstance(each, type)}
    return {name: each for name, each in found.items() if each not in public}


@cache
def reachable_aliases() -> Mapping[str, object]:
    """Return the names for unions and literals that are reached, and what they stand for."""
    return {name: each for name, each in _reached().items() if not isinstance(each, type)}


@cache
def _reached() -> Mapping[str, object]:
    found = [each for module in _modules() for each in _types(module)]
    found.sort(key=lambda each: isinstance(each[1], type))  # a class counts more than an alias
    known = dict(found)
    reached: dict[str, object] = {}
    todo = list(public_names().values())
    while todo:
        for name in _mentioned(todo.pop()):
            if name in known and name not in reached:
                reached[name] = known[name]
                todo.append(known[name])
    return dict(sorted(reached.items()))


def _modules() -> Iterator[ModuleType]:
    """Yield the modules of the package whose extra is installed."""
    for module in pkgutil.walk_packages(gischema.__path__, "gischema."):
        if module.name.startswith(_WITHOUT):
            continue
        try:
            yield import_module(module.name)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("gischema"):
                raise


def _types(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the classes and aliases that a module defines, by name."""
    for name, member in tuple(vars(module).items()):
        if (inspect.isclass(member) and member.__module__ == module.__name__) or _is_alias(
            module, name, member
        ):
            yield name, member


def _is_alias(module: ModuleType, name: str, member: object) -> bool:
    named = bool(_CLASS.fullmatch(name)) and not name.isupper() and not inspect.isclass(member)
    declared = name in getattr(module, "__annotations__", {})
    return named and (declared or get_origin(member) is not None)


def _mentioned(item: object) -> Iterator[str]:
    """Yield the names in an alias, or in the annotations and errors of a function or class."""
    if not (inspect.isclass(item) or inspect.isroutine(item)):
        yield from _CLASS.findall(str(item))
    for member in (item, *_members(item)):
        for each in (member, *(get_overloads(member) if inspect.isfunction(member) else ())):
            annotations = getattr(each, "__annotations__", {})
            yield from _CLASS.findall(" ".join(map(str, annotations.values())))
        for raised in _RAISES.findall(getattr(member, "__doc__", None) or ""):
            yield from _CLASS.findall(raised)
    if isinstance(item, type):
        yield from (base.__name__ for base in item.__mro__[1:])


def _members(item: object) -> Iterator[object]:
    if not isinstance(item, type):
        return
    for name, member in vars(item).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield member.fget
        elif isinstance(member, cached_property):
            yield member.func
        elif isinstance(member, (classmethod, staticmethod)):
            yield member.__func__
        else:
            yield member
