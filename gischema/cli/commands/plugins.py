"""`gischema plugins`: list the loaded plugins, their origins and additions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, output_format, plugins

if TYPE_CHECKING:
    from gischema import ActivePlugin, Diagnostic, Gischema
    from gischema.output.language import Lang


@click.command("plugins", short_help="列出插件。 List the plugins.")
@output_format("table", "json")
@click.option(
    "--check",
    "folder",
    metavar="DIR|FILE",
    type=click.Path(exists=True),
    help="只检查此文件夹或文件中的文法和规则，列出每处错误。"
    "Only check the grammars and rules of this folder or file, and list every error.",
)
@plugins()
@lang()
def command(format: str, folder: str | None, lang: Lang, engine: Gischema) -> None:
    """列出起作用的插件：来自何处、增加了什么。 List the active plugins and what they add.

    A plugin is an installed distribution with an entry point of the group gischema, or a
    folder of --plugin. The environment variable GISCHEMA_PLUGINS lists the installed
    ones to use, with commas; empty, it allows none. One that fails is reported on stderr, and
    the exit status is 1. --check loads one plugin and no other, fast enough for every save of a
    file.
    """
    from attrs import asdict

    from gischema import Gischema
    from gischema.cli.streams import write
    from gischema.output.json_text import to_json

    if folder is not None:
        engine = Gischema(plugins=[folder])
    if format == "json":
        records = {
            "plugins": [
                {**asdict(plugin, filter=lambda field, _: field.name != "adds"), **plugin.adds}
                for plugin in engine.plugins
            ],
            "problems": [
                {"code": each.code, "message": each.message, "message_en": each.message_en}
                for each in engine.problems
            ],
        }
        write([to_json(records, indent=2), "\n"], machine=True)
    else:
        if folder is not None:
            _complain(engine.problems, lang)
        write([_table(engine.plugins, lang)])
    raise click.exceptions.Exit(1 if engine.problems else 0)


def _complain(problems: Sequence[Diagnostic], lang: Lang) -> None:
    from gischema.cli.streams import complain
    from gischema.output.language import message

    for problem in problems:
        complain(message(problem, lang))


def _table(active: Sequence[ActivePlugin], lang: Lang) -> str:
    from gischema.output.columns import aligned
    from gischema.output.language import say

    if not active:
        return say(lang, "没有起作用的插件\n", "no plugin is active\n")
    heads = say(lang, "插件 版本 来源 增加", "plugin version from adds").split()
    rows = [heads]
    for plugin in active:
        adds = " ".join(name for names in plugin.adds.values() for name in names)
        rows.append([plugin.name, plugin.version or "-", plugin.origin, adds or "-"])
    return aligned(rows)
