"""What rows tell of each other: out of step with their labels, short of a cell, told twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from gischema.forms.form import HeadGroup, Row
from gischema.parsing.region import ReadRow
from gischema.report import Figure

_FAR = 1 << 62
_NEAR = 60  # characters between two labels in one cell
_SEVERAL = 2
_MANY = 4


def out_of_step(
    rows: Sequence[ReadRow], loose: Sequence[int], bare: Sequence[int], breaks: Sequence[int]
) -> Iterator[list[ReadRow]]:
    """The rows that may have their neighbours' figures, in the runs between two blocks of heads.

    Where figures stand without a label and a label without figures, the figures may be printed
    before their labels; then every row between the two has those of the next one, and so may those
    whose figures stand on other lines than their labels. Among these it is enough if the run
    begins with such figures: the text may end before the last label. `loose` are the places of
    such figures, `bare` of such labels, `breaks` of heads.
    """
    for first, last in pairwise([-1, *sorted(breaks), _FAR]):
        without_label = [at for at in loose if first <= at < last]
        without_figures = [at for at in bare if first <= at < last]
        inside = [row for row in rows if first <= row.start < last]
        if not without_label or not inside:
            continue
        begins = min(without_label) < min(row.start for row in inside)
        if without_figures or begins:
            events = (*without_label, *without_figures)
            upper, lower = min(events), max(events) if without_figures else -1
            yield [row for row in inside if upper <= row.start <= lower or not row.one_line]


def above_bare(rows: Sequence[ReadRow], bare: Sequence[int]) -> Iterator[ReadRow]:
    """The rows with figures below their labels, above a label without any, in a table of others.

    Where most rows have their figures beside their labels, these may have those of the next row.
    """
    if not bare or 2 * sum(row.one_line for row in rows) <= len(rows):
        return
    below: list[ReadRow] = []
    events = [(row.start, row) for row in rows] + [(at, None) for at in bare]
    for _, row in sorted(events, key=lambda event: event[0]):
        if row is None or row.blank:
            yield from below
        if row is None or row.one_line:
            below = []
        else:
            below.append(row)


def sharing(rows: Sequence[ReadRow], bare: Sequence[int], text: str) -> Iterator[ReadRow]:
    """The rows behind a label without figures in one cell: `行政处罚、行政强制 34` is of both."""
    ordered = sorted(rows, key=lambda row: row.start) if bare else []
    starts = [row.start for row in ordered]
    for at in bare:
        place = bisect_left(starts, at)
        if place == len(starts) or starts[place] - at > _NEAR:
            continue
        if not re.search(r"[\n|\t]", text[at : starts[place]]):
            yield ordered[place]


def torn(rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """The rows with an empty cell at an end whose lines have fewer cells than most beside them.

    A cell is missing, so what seems to be empty may be left over from a merged one. So it may where
    several rows are short of cells, or all end in an empty one: a column may be lost.
    """
    under: dict[HeadGroup, list[ReadRow]] = {}
    for row in rows:
        if row.row.heads is not None and row.width:
            under.setdefault(row.row.heads, []).append(row)
    for beside in under.values():
        widths = Counter(row.width for row in beside)
        width, count = max(widths.items(), key=itemgetter(1))
        short = sum(row.short for row in beside) >= _SEVERAL
        if short or 2 * count > len(beside) >= _MANY:
            yield from (row for row in beside if row.open_ended and (short or row.width < width))
        if _lacks_a_column(beside):
            yield from beside


def _lacks_a_column(rows: Sequence[ReadRow]) -> bool:
    """Whether the last cell is empty in all rows that have figures, if they be one."""
    filled = [row for row in rows if not row.blank and len(row.figures) > 1]
    return bool(filled) and all(row.figures[-1].status == "blank" for row in filled)


def unanchored(
    rows: Sequence[ReadRow], unknown: Sequence[int], shared: Collection[str]
) -> Iterator[ReadRow]:
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


def adds_up(row: Row, figures: Sequence[Figure]) -> bool:
    """Whether the figures of a row vouch for each other: its sums hold, or all are nought."""
    stated = {figure.path: figure.value or 0 for figure in figures}
    sums = [
        (stated[row.places[total].path], sum(stated.get(row.places[p].path, 0) for p in parts))
        for total, parts in (row.heads.sums if row.heads is not None else ())
        if row.places[total].path in stated
    ]
    return all(total == whole for total, whole in sums) if sums else not any(stated.values())


def beside_twofold(rows: Sequence[ReadRow], years: Sequence[int]) -> Iterator[ReadRow]:
    """The rows of a table that seems to have two figures for one: last year's beside this year's.

    Several rows of one column have two figures, or digits of two that run together (`05`), or the
    heads tell of several years; `years` are the places of rows under such heads. All rows do if
    most have too many figures or such digits, or if no figure that adjoins its label has one digit.
    """
    doubted = [row for row in rows if row.doubted]
    crowded, running = sum(row.crowded for row in doubted), sum(row.has_run for row in doubted)
    if 2 * max(crowded, running) > len(rows) >= _MANY:
        yield from rows
        return
    counted = Counter(row.row.heads for row in doubted if row.twofold)
    first = min(years, default=_FAR)
    adjoining = _adjoining(rows)
    if not (counted or years or adjoining):
        return
    for row in rows:
        several = counted[row.row.heads] >= _SEVERAL
        if len(row.figures) == 1 and (several or row.start >= first or row in adjoining):
            yield row


def _adjoining(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """The rows whose one figure adjoins its label, if they are many and none has a single digit."""
    adjoining: list[ReadRow] = []
    for row in rows:
        if row.one_line and not row.barred and len(row.figures) == 1:
            if -10 < (row.figures[0].value or 0) < 10:
                return []
            if row.adjoins:
                adjoining.append(row)
    return adjoining if len(adjoining) > _MANY else []


def strays(
    rows: Sequence[ReadRow], prose: Sequence[int], breaks: Sequence[int]
) -> Iterator[ReadRow]:
    """The rows that stand apart from the table, without heads: they may be running text.

    A sentence parts them from it, or heads below them do, or they stand where the form has neither
    them nor their group, or only they have no bars. `prose` are the places of sentences, `breaks`
    those of heads.
    """
    runs: list[tuple[bool, list[ReadRow]]] = []
    before: ReadRow | None = None
    for row in sorted(rows, key=lambda row: row.start):
        start = before.start if before is not None else -1
        headed = _is_between(breaks, start, row.start)
        if before is None or headed or _is_parted(before, row, prose):
            runs.append((headed, []))
        runs[-1][1].append(row)
        before = row
    most = max((len(run) for _, run in runs), default=0)
    for headed, run in runs:
        if not headed and 2 * len(run) <= most:
            yield from (row for row in run if not _stands_alone(row, rows))


def in_passing(rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
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


def _stands_alone(row: ReadRow, rows: Sequence[ReadRow]) -> bool:
    """Whether the form has a row outside of its tables, and it is printed where the form has it."""
    if row.row.heads is not None or all(other.row.heads is None for other in rows):
        return False
    return all((other.start < row.start) == (other.place < row.place) for other in rows)


def _is_parted(one: ReadRow, other: ReadRow, prose: Sequence[int]) -> bool:
    """Whether two rows, one behind the other, stand in different tables or texts."""
    if one.barred != other.barred or _is_between(prose, one.start, other.start):
        return True
    group = other.row.parent
    return other.place < one.place and not (group and f"{one.row.path}.".startswith(f"{group}."))


def _is_between(places: Sequence[int], one: int, other: int) -> bool:
    """Whether one of some places in order lies between two others."""
    return bool(places) and bisect_left(places, one) < bisect_left(places, other)


def told_again(rows: Sequence[ReadRow], differing: Sequence[int]) -> Iterator[ReadRow]:
    """The rows of a second table of the same form, if there is one.

    One row printed twice with other figures is a slip; several are another report, or last year's
    table. `differing` are the places of such rows, where they are printed for the second time. The
    second table begins where the rows begin anew.
    """
    if len(differing) < _SEVERAL:
        return
    rows = sorted(rows, key=lambda row: row.start)
    at = next(i for i, row in enumerate(rows) if row.start >= min(differing))
    while at and rows[at - 1].place < rows[at].place:
        at -= 1
    yield from rows[at:]
