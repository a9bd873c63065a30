"""Lines of a table without ruled lines as rows: labels and figures, each put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import define, evolve, field

from gischema.reading.pdf.lines import Line
from gischema.reading.pdf.sheet import LOST
from gischema.reading.pdf.table import ENUMERATOR

_CELL_GAP = 1.2  # of the size: from what gap on two words stand in two cells
_CLOSE = 0.9  # of the size: lines of one cell stand no further apart
_INDENT = 2  # of the size: how far apart lines of one label may begin
_BESIDE = 0.2  # of the size: how far two lines that stand beside each other overlap in height
_FIGURES = re.compile(r"[\d０-９.,．，+/\-—―－ ]+(?:万元|元|件|条|次|个|%)?")


@define(eq=False, repr=False)
class Row:
    """A row of a table: what stands before its figures, its figures, and the rest of its label.

    `broken` are those of the figures that were put together from two lines.
    """

    labels: list[Line]
    values: list[Line]
    rests: list[Line] = field(factory=list)
    broken: list[Line] = field(factory=list)

    @classmethod
    def of(cls, line: Line) -> Row:
        """The row that stands on one line."""
        cells = line.split(_CELL_GAP * line.size)
        first = len(cells)
        while first and _FIGURES.fullmatch(cells[first - 1].text):
            first -= 1
        return cls(cells[:first], cells[first:])

    @property
    def lines(self) -> list[Line]:
        """The parts of the line."""
        return self.labels + self.values


def put_together(rows: Sequence[Row]) -> list[Row]:
    """The rows with figures and labels that run over several lines put together."""
    return _with_whole_labels(list(_with_whole_figures(rows)))


def is_rest(row: Row, following: Row) -> bool:
    """Whether a line is nothing but the rest of the label of the row before."""
    if len(following.labels) != 1 or following.values or not row.labels:
        return False
    label, rest = row.labels[-1], following.labels[0]
    if ENUMERATOR.match(rest.text) or rest.box[2] > row.values[0].box[0]:
        return False
    return abs(label.box[0] - rest.box[0]) < _INDENT * rest.size


def _with_whole_figures(rows: Sequence[Row]) -> Iterator[Row]:
    """Figures that stand a little above or below their label go to its row.

    Where they do both, a figure did not fit on one line: the label stands beside its middle.
    """
    at = 0
    while at < len(rows):
        above = [rows[at]] if _stands_beside(rows, at, at + 1) else []
        at += len(above)
        row = rows[at]
        at += 1
        below = [rows[at]] if _stands_beside(rows, at, at - 1) else []
        at += len(below)
        if above and below:
            row = _joined(row, above[0], below[0])
        elif above or below:
            values = [*row.values, *(above or below)[0].values]
            row = evolve(row, values=sorted(values, key=lambda line: line.box[0]))
        yield row


def _stands_beside(rows: Sequence[Row], at: int, other: int) -> bool:
    """Whether a line of nothing but figures overlaps the line of a label in height."""
    if max(at, other) >= len(rows) or rows[at].labels or not rows[other].labels:
        return False
    upper, lower = rows[min(at, other)].lines[0], rows[max(at, other)].lines[0]
    return upper.box[3] - lower.box[1] > _BESIDE * lower.size


def _joined(row: Row, above: Row, below: Row) -> Row:
    """A row with figures of two lines; those that do not stand below each other are lost."""
    pairs = [[lower for lower in below.values if _is_below(upper, lower)] for upper in above.values]
    whole = len(above.values) == len(below.values) and all(len(lowers) == 1 for lowers in pairs)
    broken = [
        Line((*upper.glyphs, *lowers[0].glyphs)) if whole else _lost(upper)
        for upper, lowers in zip(above.values, pairs, strict=True)
    ]
    values = sorted([*row.values, *broken], key=lambda line: line.box[0])
    return evolve(row, values=values, broken=broken)


def _is_below(upper: Line, lower: Line) -> bool:
    return upper.box[0] < lower.box[2] and lower.box[0] < upper.box[2]


def _lost(line: Line) -> Line:
    return Line((evolve(line.glyphs[0], text=LOST), *line.glyphs[1:]))


def _with_whole_labels(rows: Sequence[Row]) -> list[Row]:
    merged: list[Row] = []
    for before, row in zip((None, *rows), rows, strict=False):
        last = merged[-1] if merged else None
        if before is None or last is None or not _is_near(before, row):
            merged.append(evolve(row, labels=list(row.labels)))
        elif last.values and is_rest(last, row):
            last.rests.append(row.labels[0])
        elif _is_amid(last, row):
            last.labels[:0] = row.labels
            last.values, last.broken = row.values, row.broken
        else:
            merged.append(evolve(row, labels=list(row.labels)))
    return merged


def _is_amid(row: Row, following: Row) -> bool:
    """Whether figures stand beside the middle of a label that begins on the line above them.

    What may stand before them is the label of a group, in a column of its own.
    """
    if row.values or len(row.labels) != 1 or not following.values:
        return False
    return all(label.box[2] <= row.labels[0].box[0] for label in following.labels)


def _is_near(before: Row, row: Row) -> bool:
    lower, upper = row.lines[0], before.lines[0]
    return lower.box[1] - upper.box[3] <= _CLOSE * lower.size
