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
    "parse_text",
    "read",
]


class _DefaultEngine(Gischema):
    """Sent to another process, it is the one that is there: `pool.map(gischema.parse, files)`."""

    def __reduce__(self) -> tuple[Callable[[], Gischema], tuple[()]]:
        """Where to find it."""
        return default_engine, ()


_ENGINE = _DefaultEngine(plugins=InstalledPlugins())

read = _ENGINE.read
parse = _ENGINE.parse
parse_text = _ENGINE.parse_text
check = _ENGINE.check
check_series = _ENGINE.check_series
compare = _ENGINE.compare
derived = _ENGINE.derived
explain = _ENGINE.explain
dumps = _ENGINE.dumps
loads = _ENGINE.loads


def default_engine() -> Gischema:
    """The engine behind the module-level functions; it never changes."""
    return _ENGINE
