"""`gischema render`: write a form as a file, blank or with the figures of a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from gischema.cli.options import lang, plugins

if TYPE_CHECKING:
    from gischema import Gischema, Report
    from gischema.output.language import Lang

_ENDINGS = (".docx", ".xlsx", ".html")
_LISTED = 5


@click.command("render", short_help="生成空白或填好的表式。 Write a form, blank or filled.")
@click.argument("form", metavar="FORM")
@click.option(
    "--data",
    metavar="FILE",
    help="填入此报告的数字：报告文件，或 parse 的 JSON。"
    "Fill in the figures of a report: its file, or the JSON of parse.",
)
@click.option(
    "--previous",
    metavar="FILE",
    help="去年的报告：其数字列在旁边，结转的填好。"
    "Last year's report: its figures stand next to the cells, those carried over are filled in.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="写入的文件：.docx、.xlsx 或 .html。The file to write, of one of these kinds.",
)
@plugins()
@lang()
def command(
    form: str, data: str | None, previous: str | None, output: str, lang: Lang, engine: Gischema
) -> None:
    """按表式生成 Word、Excel 或网页文件。 Write a form as a Word, Excel or HTML file.

    Heads, merged cells and numbers of items are those of the form. In Excel the totals of a
    blank form add themselves up, and a total that its parts do not add up to turns red. Last
    year's figures are notes in Excel, comments in Word, and hints on the page.
    """
    import gischema
    from gischema.cli.run import known_form
    from gischema.cli.usage import WrongUsage
    from gischema.output.form_files.filled_form import FilledForm
    from gischema.output.form_files.kinds import FORM_FILES

    ending = Path(output).suffix.lower()
    if ending not in _ENDINGS:
        raise WrongUsage(
            f"请以 {'、'.join(_ENDINGS)} 为文件名的结尾：{output}",
            f"end the name of the file with {', '.join(_ENDINGS)}: {output}",
        )
    chosen = engine.forms[known_form(engine, form)]
    report = None if data is None else _report(data, lang, engine)
    last = None if previous is None else _report(previous, lang, engine)
    filled = FilledForm.of(chosen, report, last, engine.rules)
    try:
        content = FORM_FILES[ending[1:]].make(filled)
    except gischema.MissingPackage as error:
        _end(error.message if lang == "zh" else error.message_en)
    from gischema.cli.output_file import save

    save(output, [content])
    left = filled.left_out
    if left:
        from gischema.cli.streams import complain
        from gischema.output.language import say

        names = "、".join(figure.label or figure.path for figure in left[:_LISTED])
        zh = f"{len(left)} 个数字不在 {chosen.id} 上，没有写入：{names}"
        complain(say(lang, zh, f"{len(left)} figures are not on {chosen.id}: {names}"))
        raise click.exceptions.Exit(1)


def _report(name: str, lang: Lang, engine: Gischema) -> Report:
    """Return the report in a file; end with status 2 and a message if there is none."""
    import gischema
    from gischema.filenames import displayed
    from gischema.output.language import message

    try:
        if name.lower().endswith(".json"):
            text = Path(name).read_text("utf-8")
            return engine.loads(text, gischema.Report)
        return engine.parse(Path(name))
    except (gischema.UnreadableSource, gischema.InvalidData) as error:
        _end(f"{displayed(name)}: {message(error, lang)}")


def _end(line: str) -> NoReturn:
    from gischema.cli.run import BAD_INPUT
    from gischema.cli.streams import complain

    complain(line)
    raise click.exceptions.Exit(BAD_INPUT)
