"""`gischema figures`: one row a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gischema.cli.options import inputs, output_format

if TYPE_CHECKING:
    from gischema.cli.run import Run


_FORMATS = ("table", "csv", "json", "jsonl")


@click.command("figures", short_help="逐项列出数字和出处。 List every figure and its place.")
@inputs()
@click.option("--absent", is_flag=True, help="也列出没有印出的指标。Add what is not printed.")
@click.option(
    "--derived",
    is_flag=True,
    help="改列由数字算出的比率，注明公式和分母。Rates computed from the figures, with their base.",
)
@output_format(*_FORMATS, others=True)
def command(run: Run, absent: bool, derived: bool, format: str) -> None:
    """逐项列出数字、状态和出处。 Lists the figures of reports, one a row.

    Those of the tables come first, then those of the running text. FILE is a file, a folder,
    or - for standard input. A plugin may add formats. With --derived, rates take the place of the
    figures: docs/measures.md says how each is computed.
    """
    from gischema.cli.streams import write

    if derived:
        if absent or format not in _FORMATS:
            raise click.UsageError(
                "--derived 不能与 --absent 或插件的格式同用 "
                "(--derived goes with the formats of this command only, and not with --absent)"
            )
        write(_derived(run, format), machine=format != "table")
    elif format == "table":
        write(_tables(run, absent))
    elif format == "csv":
        write(_csv(run, absent), machine=True)
    elif format in _FORMATS:
        write(_json(run, absent, lines=format == "jsonl"), machine=True)
    else:
        _export(run, format)
    run.exit()


def _export(run: Run, format: str) -> None:
    from gischema import PluginFailed
    from gischema.cli.run import Unreadable
    from gischema.cli.streams import write
    from gischema.output.language import message

    exporter = run.engine.exporters.get(format)
    if exporter is None:
        known = "、".join((*_FORMATS, *run.engine.exporters))
        raise click.BadParameter(
            f"没有格式 {format}；现有：{known} (no such format)", param_hint="--format"
        )
    try:
        write(exporter.export(loaded.report for loaded in run), machine=True)
    except PluginFailed as error:
        run.complain(Unreadable(message(error, run.lang)))


def _tables(run: Run, absent: bool) -> Iterator[str]:
    from gischema.output.figures import figures_of, table

    before = ""
    for loaded in run:
        if run.many:
            yield f"{before}{loaded.file}\n"
            before = "\n"
        yield table(figures_of(loaded.report, absent=absent), run.lang)


def _csv(run: Run, absent: bool) -> Iterator[str]:
    from gischema.output.figures import csv_head, csv_lines, figures_of

    yield csv_head(files=run.many)
    for loaded in run:
        yield csv_lines(figures_of(loaded.report, absent=absent), loaded.file if run.many else None)


def _json(run: Run, absent: bool, *, lines: bool) -> Iterator[str]:
    from gischema.output.figures import figures_of, record
    from gischema.output.json_text import array, to_json

    items = (
        to_json({**run.tagged(loaded), **record(figure)})
        for loaded in run
        for figure in figures_of(loaded.report, absent=absent)
    )
    yield from (f"{item}\n" for item in items) if lines else array(items)


def _derived(run: Run, format: str) -> Iterator[str]:
    from gischema.output.derived import csv_head, csv_lines, record, table
    from gischema.output.json_text import array, to_json

    if format == "table":
        for loaded in run:
            head = f"{loaded.file}\n" if run.many else ""
            yield head + table(run.engine.derived(loaded.report), run.lang)
    elif format == "csv":
        yield csv_head(files=run.many)
        for loaded in run:
            measures = run.engine.derived(loaded.report)
            yield csv_lines(measures, loaded.file if run.many else None)
    else:
        items = (
            to_json({**run.tagged(loaded), **record(measure)})
            for loaded in run
            for measure in run.engine.derived(loaded.report)
        )
        yield from (f"{item}\n" for item in items) if format == "jsonl" else array(items)
