"""The monthly form of Shanghai, before the national one of 2014."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form

HERE = Path(__file__).parent


@hookimpl
def gischema_forms() -> list[Form]:
    """The form."""
    return [read_form(HERE / "shanghai_2008.lark")]
