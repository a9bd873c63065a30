"""Rows that may be lines of the running text, or rows of another group."""

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
    for row in unanchored(reading.rows, unknown, form.shared):
        others = [path for other in form.rows_of[row.row.terminal] for path in other.paths]
        yield flag("D307", row.figures, others, label=row.row.label)


def check_stray_rows(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows that may be lines of the running text (D308)."""
    aligned = reading.aligned
    apart = strays(reading.rows, aligned.prose, aligned.breaks, aligned.lines)
    for row in (*apart, *in_passing(reading.rows)):
        yield flag("D308", row.figures, label=row.row.label)


def unanchored(
    rows: Sequence[RowReading], unknown: Sequence[int], shared: Collection[str]
) -> Iterator[RowReading]:
    """The rows whose label stands for several rows, with a row that was not read above them.

    That row may have been the one that tells which of them is meant. `unknown` are the places of
    rows that were not read, `shared` the terminals of such labels.
    """
    if not unknown:
        return
    since = -1
    for row in sorted(rows, key=lambda row: row.start):
        if row.row.terminal not in shared:
            since = row.start
        elif any(since < at < row.start for at in unknown):
            yield row


def strays(
    rows: Sequence[RowReading], prose: Sequence[int], breaks: Sequence[int], lines: Sequence[int]
) -> Iterator[RowReading]:
    """The rows that stand apart from the table, without heads: they may be running text.

    A sentence parts them from it, or heads below them do, or they stand where the form has neither
    them nor their group, or only they have no bars. A row whose place the form leaves open belongs
    to the table if nothing but rows stands between it and a row of the table. `prose` are the
    places of sentences, `breaks` those of heads, `lines` those of all lines of text.
    """
    ordered = sorted(rows, key=lambda row: row.start)
    placed = [row for row in ordered if row.row.placed] or ordered
    runs = list(_runs(placed, breaks, lambda one, other: _is_parted(one, other, prose)))
    most = max((len(run) for _, run in runs), default=0)
    apart = [row for headed, run in runs if not headed and 2 * len(run) <= most for row in run]
    yield from (row for row in apart if not _stands_alone(row, placed))
    if len(placed) == len(ordered):
        return
    for headed, run in _runs(ordered, breaks, lambda one, other: _is_cut(one, other, lines)):
        if not headed and not any(row.row.placed and row not in apart for row in run):
            yield from (row for row in run if not row.row.placed)


def _runs(
    rows: Sequence[RowReading],
    breaks: Sequence[int],
    parted: Callable[[RowReading, RowReading], bool],
) -> Iterator[tuple[bool, list[RowReading]]]:
    """Yield the rows in runs with nothing that parts them, and if heads stand above each run."""
    run: list[RowReading] = []
    headed = False
    for row in rows:
        below = _is_between(breaks, run[-1].start if run else -1, row.start)
        if run and (below or parted(run[-1], row)):
            yield headed, run
            run = []
        headed = headed if run else below
        run.append(row)
    if run:
        yield headed, run


def in_passing(rows: Sequence[RowReading]) -> Iterator[RowReading]:
    """The rows that are written as sentences are, among many that are not.

    One of them has no bars; or their figures stand on the line of the label, or behind a colon,
    where no bars are. The row itself may be lost, and a line of the text stand in its place.
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
    """Whether the form has a row outside of its tables, and it is printed where the form has it."""
    if row.row.heads is not None or all(other.row.heads is None for other in rows):
        return False
    return all((other.start < row.start) == (other.place < row.place) for other in rows)


def _is_parted(one: RowReading, other: RowReading, prose: Sequence[int]) -> bool:
    """Whether two rows, one behind the other, stand in different tables or texts."""
    if _is_cut(one, other, prose):
        return True
    group = other.row.parent
    return other.place < one.place and not (group and f"{one.row.path}.".startswith(f"{group}."))


def _is_cut(one: RowReading, other: RowReading, lines: Sequence[int]) -> bool:
    """Return True if text stands between two rows, or only one of them has bars."""
    return one.barred != other.barred or _is_between(lines, one.start, other.start)


def _is_between(places: Sequence[int], one: int, other: int) -> bool:
    """Whether one of some places in order lies between two others."""
    return bool(places) and bisect_left(places, one) < bisect_left(places, other)
