"""Find tables with two figures for one: last year's next to this year's, or a second report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from gischema.report import Diagnostic, Figure
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_reading import RowReading

_END = 1 << 62
_SEVERAL = 2
_MANY = 4


def check_two_years(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows with one figure where the table seems to have two columns (D309)."""
    for row in _in_two_columns(reading.rows, reading.aligned.years):
        yield flag("D309", row.figures, label=row.row.label)


def check_second_table(
    rows: Sequence[RowReading], differing: Sequence[int], stated: Collection[Figure]
) -> Iterator[Diagnostic]:
    """Flag the figures that only a second table of the same form states (D305).

    Args:
        rows: The rows of all regions.
        differing: Where rows begin that were printed before with other figures.
        stated: The figures that the report takes.
    """
    again = {id(figure) for row in _printed_again(rows, differing) for figure in row.figures}
    doubtful = [figure for figure in stated if id(figure) in again]
    if doubtful:
        yield flag("D305", doubtful)


def _in_two_columns(rows: Sequence[RowReading], years: Sequence[int]) -> Iterator[RowReading]:
    """Yield the rows of a table that seems to have two columns, such as last year's and this one's.

    All rows do if most have too many figures, or digits of two that run together (`05`). Else rows
    with one figure do, if several under the same heads seem to hold two, if one of their block
    begins with a zero, if the heads name several years, or if no figure that adjoins its label has
    one digit.

    Args:
        rows: The rows.
        years: Where rows stand below heads of several years.
    """
    doubted = [row for row in rows if row.diagnostics]
    if _most_are_full(rows, doubted):
        yield from rows
        return
    counted = Counter(row.row.heads for row in doubted if row.twofold)
    first = min(years, default=_END)
    adjoining = _adjoining(rows)
    if not (counted or years or adjoining):
        return
    zeros = [row for row in doubted if row.leads_with_zero]
    blocks = {row.row.block for row in zeros}
    adjoin = any(row.adjoins for row in zeros)
    for row in rows:
        several = counted[row.row.heads] >= _SEVERAL
        with_zero = row.row.block in blocks or (adjoin and row.adjoins)
        is_second = several or with_zero or row.start >= first or row in adjoining
        if len(row.figures) == 1 and is_second and not row.printed.other_years:
            yield row


def _most_are_full(rows: Sequence[RowReading], doubted: Sequence[RowReading]) -> bool:
    """Return True if most of many rows have too many figures, or digits that run together."""
    crowded, running = sum(row.overcrowded for row in doubted), sum(row.has_run for row in doubted)
    return 2 * max(crowded, running) > len(rows) >= _MANY


def _adjoining(rows: Sequence[RowReading]) -> list[RowReading]:
    """Return the rows whose one figure adjoins its label, if many do and none has one digit."""
    adjoining: list[RowReading] = []
    for row in rows:
        if row.one_line and not row.barred and len(row.figures) == 1:
            if -10 < (row.figures[0].value or 0) < 10:
                return []
            if row.adjoins:
                adjoining.append(row)
    return adjoining if len(adjoining) > _MANY else []


def _printed_again(rows: Sequence[RowReading], differing: Sequence[int]) -> Iterator[RowReading]:
    """Yield the rows of a second table of the same form, if there is one.

    One row printed twice with other figures is a slip; several are another report, or last year's
    table. The second table begins where the rows begin anew.

    Args:
        rows: The rows of all regions.
        differing: Where rows are printed for the second time, with other figures.
    """
    if len(differing) < _SEVERAL:
        return
    rows = sorted(rows, key=lambda row: row.start)
    at = next(i for i, row in enumerate(rows) if row.start >= min(differing))
    place = next((row.place for row in rows[at:] if row.row.placed), _END)
    for before in reversed(range(at)):
        if rows[before].row.placed:
            if rows[before].place >= place:
                break
            place = rows[before].place
        at = before
    yield from rows[at:]
