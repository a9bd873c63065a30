"""Rows whose figures may be those of the row above or below."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gischema.report import Diagnostic
from gischema.tables.region import UnknownRow
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_reading import RowReading

_END = 1 << 62
_NEAR = 60  # characters between two labels in one cell


def check_shifted_rows(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag the figures between numbers without a label and a label without numbers (D306)."""
    rows, bare = reading.rows, reading.bare
    for row in (*_above_bare_label(rows, bare), *_sharing_cell(rows, bare, reading.text)):
        yield flag("D306", row.figures)
    loose = _loose_figures(reading)
    if not loose:
        return
    empty = [*bare, *(row.start for row in rows if row.blank)]
    for run in _between_loose_and_bare(rows, loose, empty, reading.aligned.breaks):
        if figures := [figure for row in run for figure in row.figures]:
            yield flag("D306", figures)


def check_group_figures(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag the figures of a group whose first row is missing: they may be that row's (D311).

    Where all other figures stand on the lines of their labels, those below the label of a group
    may be of a row that lost its own (D306).
    """
    form, read = reading.aligned.form, {row.row: row for row in reading.rows}
    for row in reading.rows:
        if not row.row.group:
            continue
        members = [member for member in form.rows if member.parent == row.row.path]
        printed = [read[member] for member in members if member in read]
        if not printed or _is_sum_of(row, printed):
            continue
        if not row.one_line and all(other.one_line for other in reading.rows if other != row):
            yield flag("D306", row.figures)
        if members[0] not in read:
            words = {"label": row.row.label, "child": members[0].label}
            yield flag("D311", row.figures, members[0].paths, **words)


def _is_sum_of(group: RowReading, rows: Sequence[RowReading]) -> bool:
    """Return True if the figures of a group are the sums of those of its rows, not all zero."""
    total = [figure.value or 0 for figure in group.figures]
    parts = [[figure.value or 0 for figure in row.figures] for row in rows]
    return any(total) and total == [sum(column) for column in zip(*parts, strict=False)]


def _loose_figures(reading: RegionReading) -> list[int]:
    """Return where figures stand that may be without their label."""
    unknown = reading.aligned.unknown
    loose = [each.start for each in unknown if each.loose]
    loose += [row.start for row in reading.rows if row.overfull]
    if reading.bare:
        loose += [each.start for each in unknown if _may_be_loose(each, reading)]
    return loose


def _may_be_loose(unknown: UnknownRow, reading: RegionReading) -> bool:
    """Return True if figures above all rows stand below a text that need not be their label."""
    above = all(unknown.start < row.start for row in reading.rows)
    return above and "\n" in reading.text[unknown.end : unknown.pieces[0].start]


def _between_loose_and_bare(
    rows: Sequence[RowReading], loose: Sequence[int], bare: Sequence[int], breaks: Sequence[int]
) -> Iterator[list[RowReading]]:
    """Yield the rows that may have their neighbours' figures, in the runs between two headers.

    Args:
        rows: The rows.
        loose: Where figures stand without a label.
        bare: Where labels stand without figures.
        breaks: Where headers stand.
    """
    for first, last in pairwise([-1, *sorted(breaks), _END]):
        inside = [row for row in rows if first <= row.start < last]
        without_label = [at for at in loose if first <= at < last]
        without_figures = [at for at in bare if first <= at < last]
        if without_label and inside:
            yield from _shifted(inside, without_label, without_figures)


def _shifted(
    rows: Sequence[RowReading], loose: Sequence[int], bare: Sequence[int]
) -> Iterator[list[RowReading]]:
    """Yield the rows of one run that may have their neighbours' figures.

    The figures may be printed before their labels. Then every row between figures without a label
    and a label without figures has those of the next one, and so may rows whose figures stand on
    other lines than their labels. Among these it is enough if the run begins with such figures: the
    text may end before the last label.
    """
    if bare:
        upper, lower = min(*loose, *bare), max(*loose, *bare)
    elif min(loose) < min(row.start for row in rows):
        upper, lower = min(loose), -1
    else:
        return
    yield [row for row in rows if upper <= row.start <= lower or not row.one_line]


def _above_bare_label(rows: Sequence[RowReading], bare: Sequence[int]) -> Iterator[RowReading]:
    """Yield the rows with figures below their labels and above a label without any.

    Where most rows have their figures on the line of the label, these may have those of the next
    row.
    """
    if not bare or 2 * sum(row.one_line for row in rows) <= len(rows):
        return
    below: list[RowReading] = []
    events = [(row.start, row) for row in rows] + [(at, None) for at in bare]
    for _, row in sorted(events, key=lambda event: event[0]):
        if row is None or row.blank:
            yield from below
        if row is None or row.one_line:
            below = []
        else:
            below.append(row)


def _sharing_cell(
    rows: Sequence[RowReading], bare: Sequence[int], text: str
) -> Iterator[RowReading]:
    """Yield the rows that share a cell with a bare label: `行政处罚、行政强制 34` is of both."""
    ordered = sorted(rows, key=lambda row: row.start) if bare else []
    starts = [row.start for row in ordered]
    for at in bare:
        place = bisect_left(starts, at)
        if place == len(starts) or starts[place] - at > _NEAR:
            continue
        if not re.search(r"[\n|\t]", text[at : starts[place]]):
            yield ordered[place]
