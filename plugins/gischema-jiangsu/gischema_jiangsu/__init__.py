"""The statistics form of 2014–2018 as Jiangsu prints it: `stat-2014+jiangsu`."""

from pathlib import Path

from gischema import Form, hookimpl, read_form


@hookimpl
def gischema_forms() -> list[Form]:
    """The variant."""
    from gischema_jiangsu.sections import JiangsuReport

    return [read_form(Path(__file__).with_name("stat_2014+jiangsu.lark"), report=JiangsuReport)]


@hookimpl
def gischema_rules() -> list[Path]:
    """What adds up in the rows of Jiangsu."""
    return [Path(__file__).with_name("jiangsu.rules")]
