"""A form before 2014: the coded form of Gansu."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form

HERE = Path(__file__).parent


@hookimpl
def gischema_forms() -> list[Form]:
    """The forms; their figures are found in `report.extras`."""
    return [read_form(path) for path in sorted(HERE.glob("*.lark"))]
