"""The statistics form of 2014–2018 as Jiangsu prints it: `stat-2014+jiangsu`."""

from __future__ import annotations

from pathlib import Path

from gischema import Form, hookimpl, read_form

HERE = Path(__file__).parent


@hookimpl
def gischema_forms() -> list[Form]:
    """The variant."""
    from gischema_jiangsu.sections import JiangsuReport

    return [read_form(HERE / "stat_2014+jiangsu.lark", report=JiangsuReport)]


@hookimpl
def gischema_rules() -> list[Path]:
    """What adds up in the rows of Jiangsu."""
    return [HERE / "jiangsu.rules"]
