"""The module-level functions: one engine with the national forms and the installed plugins."""

from __future__ import annotations

from collections.abc import Callable

from gischema.engine import Gischema
from gischema.plugins import InstalledPlugins

__all__ = [
    "check",
    "check_series",
    "compare",
    "default_engine",
    "derived",
    "dumps",
    "explain",
    "loads",
    "parse",
    "parse_folder",
    "parse_text",
    "read",
]


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
explain = _ENGINE.explain
dumps = _ENGINE.dumps
loads = _ENGINE.loads


def default_engine() -> Gischema:
    """Return the engine behind the module-level functions; it never changes."""
    return _ENGINE
