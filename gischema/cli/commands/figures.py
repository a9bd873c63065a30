"""`gischema figures`: one row a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import click

from gischema.cli.options import inputs, output_format

if TYPE_CHECKING:
    from gischema.cli.run import Loaded, Run
    from gischema.output.language import Lang
    from gischema.report import Report


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

    if derived and (absent or format not in _FORMATS):
        raise click.UsageError(
            "--derived 不能与 --absent 或插件的格式同用 "
            "(--derived goes with the formats of this command only, and not with --absent)"
        )
    if format in _FORMATS:
        kind, rows = _measures(run) if derived else _figures(absent)
        write(_listed(run, format, kind, rows), machine=format != "table")
    else:
        _export(run, format)
    run.exit()


class _Kind(Protocol):
    """A module of `gischema.output` that knows how rows of one kind are written."""

    def record(self, row: Any, /) -> dict[str, Any]: ...

    def csv_head(self, *, files: bool) -> str: ...

    def csv_lines(self, rows: Iterable[Any], file: str | None, /) -> str: ...

    def table(self, rows: Iterable[Any], lang: Lang, /) -> str: ...


_Rows: TypeAlias = "Callable[[Report], Iterable[Any]]"


def _figures(absent: bool) -> tuple[_Kind, _Rows]:
    from gischema.output import figures

    return figures, partial(figures.figures_of, absent=absent)


def _measures(run: Run) -> tuple[_Kind, _Rows]:
    from gischema.output import derived

    return derived, run.engine.derived


def _listed(run: Run, format: str, kind: _Kind, rows: _Rows) -> Iterator[str]:
    """The rows of each report in one of the formats of this command."""
    if format == "table":
        before = ""
        for loaded in _noting_empty(run):
            if run.many:
                yield f"{before}{loaded.file}\n"
                before = "\n"
            yield kind.table(rows(loaded.report), run.lang)
    elif format == "csv":
        yield kind.csv_head(files=run.many)
        for loaded in _noting_empty(run):
            yield kind.csv_lines(rows(loaded.report), loaded.file if run.many else None)
    else:
        from gischema.output.json_text import array, to_json

        records = (
            record for loaded in _noting_empty(run) for record in _records(run, loaded, kind, rows)
        )
        items = map(to_json, records)
        yield from (f"{item}\n" for item in items) if format == "jsonl" else array(items)


def _records(run: Run, loaded: Loaded, kind: _Kind, rows: _Rows) -> Iterator[dict[str, Any]]:
    """The JSON objects of one report; the first says so if it has no figures."""
    from gischema.output.figures import has_figures, no_figures

    if not has_figures(loaded.report):
        yield no_figures(loaded.file)
    yield from ({**run.tagged(loaded), **kind.record(row)} for row in rows(loaded.report))


def _noting_empty(run: Run) -> Iterator[Loaded]:
    """The reports of a run; one without figures is named on stderr."""
    from gischema.output.figures import has_figures
    from gischema.output.language import say

    for loaded in run:
        if not has_figures(loaded.report):
            zh, en = "没有读到任何数字", "no figures were found"
            run.note(say(run.lang, f"{loaded.file}：{zh}", f"{loaded.file}: {en}"))
        yield loaded


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
        write(exporter.export(loaded.report for loaded in _noting_empty(run)), machine=True)
    except PluginFailed as error:
        run.complain(Unreadable(message(error, run.lang)))
