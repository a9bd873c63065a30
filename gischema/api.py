"""The module-level functions: one engine with the national forms and the installed plugins."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

from gischema.engine import Gischema
from gischema.errors import UnknownName
from gischema.forms.concepts import concepts
from gischema.plugins import InstalledPlugins

__all__ = [
    "check",
    "check_series",
    "compare",
    "concepts",
    "default_engine",
    "derived",
    "describe",
    "dumps",
    "explain",
    "loads",
    "loads_all",
    "parse",
    "parse_folder",
    "parse_text",
    "read",
    "schema",
]

_SCHEMA = ".schema.json"


class _DefaultEngine(Gischema):
    """An engine that pickle restores as that of the process: `pool.map(gischema.parse, files)`."""

    def __reduce__(self) -> tuple[Callable[[], Gischema], tuple[()]]:
        """Return how a copy is restored: as the engine of the process."""
        return default_engine, ()


_ENGINE = _DefaultEngine(plugins=InstalledPlugins())

read = _ENGINE.read
parse = _ENGINE.parse
parse_text = _ENGINE.parse_text
parse_folder = _ENGINE.parse_folder
check = _ENGINE.check
check_series = _ENGINE.check_series
compare = _ENGINE.compare
derived = _ENGINE.derived
describe = _ENGINE.describe
explain = _ENGINE.explain
dumps = _ENGINE.dumps
loads = _ENGINE.loads
loads_all = _ENGINE.loads_all


def default_engine() -> Gischema:
    """Return the engine behind the module-level functions; it never changes."""
    return _ENGINE


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of an output: `report`, `figures`, `check` or `comparison`.

    Its `$id` has the version of the package.

    Raises:
        UnknownName: There is no such schema.
    """
    folder = resources.files("gischema.output") / "schemas"
    found = {file.name.removesuffix(_SCHEMA): file for file in folder.iterdir()}
    if name not in found:
        known = ", ".join(sorted(found))
        raise UnknownName(f"没有 {name}；现有：{known}", f"no schema {name!r}, only {known}")
    content: dict[str, Any] = json.loads(found[name].read_text(encoding="utf-8"))
    return content
