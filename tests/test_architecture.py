"""The structure of the package: no circular imports, and one meaning for each class name."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import gischema

PACKAGE = Path(gischema.__file__).parent


def _module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module_name(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def _imports(module: str) -> Iterator[str]:
    """Yield the modules of the package that `module` imports anywhere in its file.

    Imports inside functions and under `TYPE_CHECKING` count like all others.
    """
    file = MODULES[module]
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            origin = ".".join([*(above if node.level else ()), *filter(None, [node.module])])
            for alias in node.names:
                submodule = f"{origin}.{alias.name}"
                if submodule in MODULES:
                    yield submodule
                elif origin in MODULES:
                    yield origin


def _class_names() -> Counter[str]:
    """Count the classes of the package by name."""
    return Counter(
        node.name
        for file in MODULES.values()
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.ClassDef)
    )


def test_imports_form_no_circle() -> None:
    """The files of the package can be put in an order in which each imports only earlier ones."""
    graph = {module: set(_imports(module)) - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these files import each other: {' <- '.join(error.args[1])}")


def test_class_names_are_unique() -> None:
    """One class name in the package means one thing."""
    doubles = {name for name, count in _class_names().items() if count > 1}
    assert doubles == set()


def test_values_and_libraries_are_used_by_their_public_names() -> None:
    """No frozen value is changed behind its back, and nothing private of `re` or Lark is used."""
    tricks = re.compile(r"_sre|\bre\._|_compiler\b|_parse_table|__class__ =|object\.__setattr__")
    found = {
        f"{file.relative_to(PACKAGE)}: {trick[0]}"
        for file in MODULES.values()
        for trick in tricks.finditer(file.read_text(encoding="utf-8"))
    }
    assert found == set()
