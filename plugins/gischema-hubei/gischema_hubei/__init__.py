"""The form of 2019 as Hubei prints it: `art20-2019+hubei`."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form


@hookimpl
def gischema_forms() -> list[Form]:
    """The variant. Its one row has no class of its own and is found in `report.extras`."""
    return [read_form(Path(__file__).parent / "art20_2019+hubei.lark")]
