"""The quarterly form of Anhui and that of Lu'an."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form

HERE = Path(__file__).parent


@hookimpl
def gischema_forms() -> list[Form]:
    """The forms; what they add is found in `report.extras`."""
    return [read_form(path) for path in sorted(HERE.glob("*.lark"))]
