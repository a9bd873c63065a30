"""Find rows that may be lines of the running text, or rows of another group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence

from gischema.report import Diagnostic
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_reading import RowReading

_MANY = 4


def check_unanchored_rows(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows with a label that several rows share, below a row that was not read (D307)."""
    form = reading.aligned.form
    unknown = [each.start for each in reading.aligned.unknown]
    for row in _unanchored(reading.rows, unknown, form.shared):
        others = [path for other in form.rows_of[row.row.terminal] for path in other.paths]
        yield flag("D307", row.figures, others, label=row.row.label)


def check_stray_rows(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows that may be lines of the running text (D308)."""
    aligned = reading.aligned
    apart = _strays(reading.rows, aligned.prose, aligned.breaks, aligned.lines)
    for row in (*apart, *_written_as_sentences(reading.rows)):
        yield flag("D308", row.figures, label=row.row.label)


def _unanchored(
    rows: Sequence[RowReading], unknown: Sequence[int], shared: Collection[str]
) -> Iterator[RowReading]:
    """Yield the rows whose label is that of several rows, below a row that was not read.

    That row may have been the one that determines which of them is meant.

    Args:
        rows: The rows.
        unknown: Where rows stand that were not read.
        shared: The terminals of labels that several rows have.
    """
    if not unknown:
        return
    since = -1
    for row in sorted(rows, key=lambda row: row.start):
        if row.row.terminal not in shared:
            since = row.start
        elif any(since < at < row.start for at in unknown):
            yield row


def _strays(
    rows: Sequence[RowReading], prose: Sequence[int], breaks: Sequence[int], lines: Sequence[int]
) -> Iterator[RowReading]:
    """Yield the rows that stand apart from the table, without heads: they may be running text.

    A sentence separates them from it, or heads below them do, or they stand where the form has
    neither them nor their group, or only they have no bars.

    Args:
        rows: The rows.
        prose: Where sentences stand.
        breaks: Where heads stand.
        lines: Where all lines of text stand.
    """
    ordered = sorted(rows, key=lambda row: row.start)
    placed = [row for row in ordered if row.row.placed] or ordered
    headed = _right_below(placed, breaks)
    runs = list(
        _runs(placed, lambda one, other: other in headed or _are_separate(one, other, prose))
    )
    most = max(map(len, runs), default=0)
    small = [run for run in runs if run[0] not in headed and 2 * len(run) <= most]
    apart = [row for run in small for row in run]
    yield from (row for row in apart if not _stands_alone(row, placed))
    if len(placed) < len(ordered):
        yield from _unconnected(ordered, set(placed).difference(apart), breaks, lines)


def _unconnected(
    rows: Sequence[RowReading],
    inside: Collection[RowReading],
    breaks: Sequence[int],
    lines: Sequence[int],
) -> Iterator[RowReading]:
    """Yield the rows whose place the form leaves open and that nothing connects to a table.

    Such a row belongs to a table if it stands below its heads, or if nothing but rows stands
    between it and a row `inside` the table. A row outside of tables may also stand above the heads.
    """
    headed = _right_below(rows, breaks)

    def is_cut(one: RowReading, other: RowReading) -> bool:
        above = one.row.heads is None and other.row.heads is not None
        return _is_cut(one, other, lines) or (other in headed and not above)

    for run in _runs(rows, is_cut):
        if not any(row in inside or row in headed for row in run):
            yield from (row for row in run if not row.row.placed)


def _right_below(rows: Sequence[RowReading], places: Sequence[int]) -> set[RowReading]:
    """Return the rows that have one of some places between the row before and themselves."""
    starts = [-1, *(row.start for row in rows)]
    return {
        row for at, row in zip(starts, rows, strict=False) if _is_between(places, at, row.start)
    }


def _runs(
    rows: Sequence[RowReading], separate: Callable[[RowReading, RowReading], bool]
) -> Iterator[list[RowReading]]:
    """Yield the rows in runs that nothing separates."""
    run: list[RowReading] = []
    for row in rows:
        if run and separate(run[-1], row):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _written_as_sentences(rows: Sequence[RowReading]) -> Iterator[RowReading]:
    """Yield the rows that are written as sentences are, among many that are not.

    Only one row has no bars; or figures stand on the line of the label, or after a colon, where no
    bars are. The row itself may be lost, and a line of the text stand in its place.
    """
    bare = [row for row in rows if not row.barred]
    if len(bare) == 1 and len(rows) > _MANY:
        yield from bare
    for alike in (
        [row for row in bare if row.one_line],
        [row for row in bare if row.printed.label[-1:] == ":"],
    ):
        if alike and _MANY * len(alike) <= len(bare):
            others = [row for row in bare if not row.blank]
            yield from alike if _MANY * len(alike) <= len(others) else ()


def _stands_alone(row: RowReading, rows: Sequence[RowReading]) -> bool:
    """Return True for a row outside of tables that is printed where the form has it."""
    if row.row.heads is not None or all(other.row.heads is None for other in rows):
        return False
    return all((other.start < row.start) == (other.place < row.place) for other in rows)


def _are_separate(one: RowReading, other: RowReading, prose: Sequence[int]) -> bool:
    """Return True if two rows, one after the other, stand in different tables or texts."""
    if _is_cut(one, other, prose):
        return True
    group = other.row.parent
    return other.place < one.place and not (group and f"{one.row.path}.".startswith(f"{group}."))


def _is_cut(one: RowReading, other: RowReading, lines: Sequence[int]) -> bool:
    """Return True if text stands between two rows, or only one of them has bars."""
    return one.barred != other.barred or _is_between(lines, one.start, other.start)


def _is_between(places: Sequence[int], one: int, other: int) -> bool:
    """Return True if one of some places in order lies between two others."""
    return bool(places) and bisect_left(places, one) < bisect_left(places, other)
