"""The tables of a report as HTML: what a general reader of tables is given to read."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from gischema import Figure, Report


def as_html(report: Report) -> str:
    """The table figures of a report, a table a block of the form and a row a printed row."""
    tables = (
        f"<table>{''.join(_row(list(row)) for _, row in groupby(block, key=_row_key))}</table>"
        for _, block in groupby(report.figures(), key=lambda f: f.path.partition(".")[0])
    )
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(tables)}</body></html>"


def _row(figures: list[Figure]) -> str:
    first = figures[0]
    label, unit = first.label.partition(" / ")[0], first.unit or ""
    values: Iterable[str] = (f.raw or str(f.value) for f in figures)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in (label, unit, *values))}</tr>"


def _row_key(figure: Figure) -> str:
    """Figures that stand in one printed row: those of the review table all do."""
    row = figure.path.rpartition(".")[0]
    return "review" if row.startswith("review.") else f"{row} {figure.label.partition(' / ')[0]}"
