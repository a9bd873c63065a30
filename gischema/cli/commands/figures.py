"""`gischema figures`: list figures, one row a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import click

from gischema.cli.options import excel, inputs, output_format
from gischema.cli.usage import WrongUsage

if TYPE_CHECKING:
    from gischema.cli.run import Loaded, Run
    from gischema.output.language import Lang
    from gischema.report import AboutReport, Report


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
@excel()
def command(run: Run, absent: bool, derived: bool, format: str, excel: bool) -> None:
    """逐项列出数字、状态和出处。 List the figures of reports, one a row.

    Those of the tables come first, then those of the running text. FILE is a file, a folder,
    or - for standard input. A plugin may add formats. With --derived, rates take the place of the
    figures; docs/en/reference/measures.md has their formulas.
    """
    from gischema.cli.streams import write
    from gischema.output.csv_text import for_excel

    if derived and (absent or format not in _FORMATS):
        raise WrongUsage(
            "--derived 不能与 --absent 或插件的格式同用",
            "--derived goes with the formats of this command only, and not with --absent",
        )
    if format in _FORMATS:
        kind, rows = _measures(run) if derived else _figures(absent)
        pieces = _listed(run, format, kind, rows)
        write(for_excel(pieces) if excel else pieces, machine=format != "table")
    else:
        _export(run, format)
    run.exit()


class _Kind(Protocol):
    """A module of `gischema.output` that writes rows of one kind."""

    def record(self, row: Any, about: AboutReport, /) -> dict[str, Any]: ...

    def csv_head(self) -> str: ...

    def csv_lines(self, rows: Iterable[Any], about: AboutReport, /) -> str: ...

    def table(self, rows: Iterable[Any], lang: Lang, /) -> str: ...


_Rows: TypeAlias = "Callable[[Report], Iterable[Any]]"


def _figures(absent: bool) -> tuple[_Kind, _Rows]:
    from gischema.output import figures

    return figures, partial(figures.rows_of, absent=absent)


def _measures(run: Run) -> tuple[_Kind, _Rows]:
    from gischema.output import derived

    return derived, run.engine.derived


def _listed(run: Run, format: str, kind: _Kind, rows: _Rows) -> Iterator[str]:
    """Yield the rows of each report in one of the formats of this command."""
    if format == "table":
        from gischema.output.columns import separated

        def table(loaded: Loaded) -> str:
            head = f"{loaded.name}\n" if run.many else ""
            return head + kind.table(rows(_noting_empty(run, loaded)), run.lang)

        yield from separated(run.made(table))
    elif format == "csv":

        def lines(loaded: Loaded) -> str:
            return kind.csv_lines(rows(_noting_empty(run, loaded)), loaded.about)

        yield kind.csv_head()
        yield from run.made(lines)
    else:
        from gischema.output.json_text import array

        items = _objects(run, kind, rows)
        yield from (f"{item}\n" for item in items) if format == "jsonl" else array(items)


def _objects(run: Run, kind: _Kind, rows: _Rows) -> Iterator[str]:
    """Yield the JSON objects of all files; a status for a file without figures or result."""
    from gischema.output.failed import Failed
    from gischema.output.figures import has_figures, no_figures
    from gischema.output.json_text import to_json

    def objects(loaded: Loaded) -> list[str]:
        report = _noting_empty(run, loaded)
        found = [kind.record(row, loaded.about) for row in rows(report)]
        first = [] if has_figures(report) else [no_figures(loaded.name)]
        return list(map(to_json, [*first, *found]))

    for each in run.outcomes(objects):
        yield from [to_json(each.record())] if isinstance(each, Failed) else each


def _noting_empty(run: Run, loaded: Loaded) -> Report:
    """Return the report; if no table or not even the text has figures, print a line on stderr."""
    from gischema.output.figures import has_figures
    from gischema.output.language import say

    if not loaded.report.figures:
        zh, en = "没有读到任何数字", "no figures were found"
        if has_figures(loaded.report):
            zh = "没有读到统计表，只有正文的数字"
            en = "no table was read; the figures are those of the running text"
        run.note(say(run.lang, f"{loaded.name}：{zh}", f"{loaded.name}: {en}"))
    return loaded.report


def _export(run: Run, format: str) -> None:
    from gischema import PluginFailed
    from gischema.cli.streams import write
    from gischema.output.language import message, say

    exporter = run.engine.exporters.get(format)
    if exporter is None:
        raise WrongUsage.of_format(format, (*_FORMATS, *run.engine.exporters))
    current = ""

    def reports() -> Iterator[Report]:
        nonlocal current
        for loaded in run:
            current = f"{loaded.name}: "
            yield _noting_empty(run, loaded)

    try:
        write(exporter.export(reports()), machine=True)
    except PluginFailed as error:
        end = say(run.lang, "；输出到此为止", "; the output ends here")
        run.complain(current + message(error, run.lang) + end)
