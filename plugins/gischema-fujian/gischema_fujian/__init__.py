"""The form of Fujian, used next to the national one until 2018."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form

HERE = Path(__file__).parent


@hookimpl
def gischema_forms() -> list[Form]:
    """The form."""
    return [read_form(HERE / "fujian_2009.lark")]


@hookimpl
def gischema_rules() -> list[Path]:
    """What adds up in it."""
    return [HERE / "fujian.rules"]
