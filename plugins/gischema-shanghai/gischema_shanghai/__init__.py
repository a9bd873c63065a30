"""The monthly forms of Shanghai, before the national one of 2014."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form

HERE = Path(__file__).parent


@hookimpl
def gischema_forms() -> list[Form]:
    """The form, and its version of 2007."""
    return [read_form(path) for path in sorted(HERE.glob("*.lark"))]
