"""Reads China's government-information-disclosure annual reports into typed, traceable figures.

`parse` reads a report, `check` tests it against the declared rules. Both work on the national
forms; a `Gischema` object holds another set of forms and rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gischema._version import __version__

if TYPE_CHECKING:
    from gischema.api import (
        check,
        default_engine,
        dumps,
        explain,
        loads,
        parse,
        parse_text,
        read,
    )
    from gischema.engine import Gischema
    from gischema.forms import Form
    from gischema.reading import Document, UnreadableSource
    from gischema.report import Diagnostic, Figure, Origin, Report, Unclaimed
    from gischema.rules import CheckResult, Finding, NotAssessable

_HOMES = {
    "gischema.api": (
        "check", "default_engine", "dumps", "explain", "loads", "parse", "parse_text", "read",
    ),
    "gischema.engine": ("Gischema",),
    "gischema.forms": ("Form",),
    "gischema.reading": ("Document", "UnreadableSource"),
    "gischema.report": ("Diagnostic", "Figure", "Origin", "Report", "Unclaimed"),
    "gischema.rules": ("CheckResult", "Finding", "NotAssessable"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "CheckResult",
    "Diagnostic",
    "Document",
    "Figure",
    "Finding",
    "Form",
    "Gischema",
    "NotAssessable",
    "Origin",
    "Report",
    "Unclaimed",
    "UnreadableSource",
    "__version__",
    "check",
    "default_engine",
    "dumps",
    "explain",
    "loads",
    "parse",
    "parse_text",
    "read",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for; `import gischema` itself loads nothing else."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'gischema' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
