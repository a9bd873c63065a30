"""`gischema compare`: compare two reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gischema.cli.options import lang, output_format, plugins
from gischema.cli.usage import WrongUsage

if TYPE_CHECKING:
    from gischema import Gischema
    from gischema.output.language import Lang

_BOTH = 2


@click.command("compare", short_help="比较两份报告。 Compare two reports.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@output_format("text", "json", "html")
@plugins()
@lang()
def command(old: str, new: str, format: str, lang: Lang, engine: Gischema) -> None:
    """比较两份报告：不同的数字、两年之间的关系、各章文字的相似度。 Compare two reports.

    Figures that differ, relations between the years, likeness of each chapter's text. OLD and
    NEW are files: a body's reports of two years, or two versions of one report. Figures that
    the forms of the two years state under different names are tied together by concepts.

    Exit status: 0 compared, 2 bad usage or unreadable input.
    """
    import sys

    from attrs import evolve

    from gischema import viewer
    from gischema.cli.run import Run
    from gischema.cli.streams import painter, write
    from gischema.filenames import displayed
    from gischema.output.compare_text import CompareText
    from gischema.output.failed import Failed

    run = Run(engine, (old, new), form=None, year=None, lang=lang, together=False)
    if len(run) != _BOTH:
        raise WrongUsage("请给出两个文件", "give two files")
    loads = list(run)
    reports = [loaded.report for loaded in loads]
    if run.failed:
        run.exit()

    named = list(zip(reports, (old, new), strict=True))

    def compared() -> str:
        if format == "html":
            last, this = reports
            document, again = loads[1].document, last.year == this.year
            item = viewer.checked_report(
                document,
                this,
                source=new,
                previous=None if again else last,
                version=last if again else None,
                engine=engine,
            )
            return viewer.page([item], lang=lang, engine=engine)
        comparison = engine.compare(*reports)
        if format == "json":
            about = [evolve(each.about, file=displayed(name)) for each, name in named]
            return engine.dumps(evolve(comparison, old=about[0], new=about[1])) + "\n"
        printed = engine.printed_names(reports[1])
        return CompareText((old, new), lang, painter(sys.stdout), printed).render(comparison)

    text = run.attempt(f"{old} → {new}", compared)
    if not isinstance(text, Failed):
        write([text], machine=format != "text")
    run.exit()
