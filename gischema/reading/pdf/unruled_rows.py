"""Turn lines of a table without ruled lines into rows: labels and figures, each complete."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from attrs import define, evolve, field

from gischema.reading.pdf.page_content import LOST
from gischema.reading.pdf.text_lines import PdfLine

_CELL_GAP = 1.2  # of the size: words further apart stand in two cells
BLANK = 0.8  # of the size: words of heads further apart may stand in two cells
CLOSE = 0.9  # of the size: lines of one cell stand no further apart
_OVERLAP = 0.2  # of the size: lines next to each other overlap in height by more
ALIGNED = 1.0  # points between the sides of two lines of one number
_EDGE = 2  # cells that begin at the edge of a column
_FIGURES = re.compile(rf"[\d０-９.,．，+/\-—―－ {LOST}]+(?:万元|元|件|条|次|个|%)?")


@define(eq=False)
class PdfRow:
    """A row of a table: its labels, its figures, and the further lines of its labels.

    `sources` are the lines that it was read from. `broken` are the figures that were joined from
    two lines. `torn` is set if figures may go on in the next row, or begin in the row above.
    """

    labels: list[PdfLine]
    values: list[PdfLine]
    sources: list[PdfLine]
    rests: list[PdfLine] = field(factory=list)
    broken: list[PdfLine] = field(factory=list)
    torn: bool = False

    @classmethod
    def of(cls, line: PdfLine) -> PdfRow:
        """Return the row that stands on one line."""
        return cls._from(line.split(_CELL_GAP * line.size), [line])

    @classmethod
    def _from(cls, cells: list[PdfLine], sources: list[PdfLine]) -> PdfRow:
        first = len(cells)
        while first and _is_figures(cells[first - 1]):
            first -= 1
        return cls(cells[:first], cells[first:], sources)

    @classmethod
    def of_several(cls, rows: Sequence[PdfRow]) -> PdfRow | None:
        """Return the row on lines that overlap in height, None if they are several rows.

        The lines of a cell with two lines stand above and below the line that the others share.
        """
        cells: list[PdfLine] = []
        broken: list[PdfLine] = []
        for parts in _columns(rows):
            first, *others = (line for _, line in parts)
            if others and all(map(_is_figures, (first, *others))):
                is_number = [at for at, _ in parts] == [0, 2]
                first = PdfLine((*first.glyphs, *others[0].glyphs)) if is_number else _lost(first)
                broken.append(first)
            elif others:
                if [at for at, _ in parts] != [0, 2] or not is_near(first, others[0]):
                    return None
                first = PdfLine((*first.glyphs, *others[0].glyphs))
            cells.append(first)
        row = cls._from(cells, [line for row in rows for line in row.sources])
        row.broken = broken
        return row

    @property
    def lines(self) -> list[PdfLine]:
        """Return the labels and figures."""
        return self.labels + self.values

    @property
    def is_whole(self) -> bool:
        """Return True if the row has a label and figures."""
        return bool(self.labels and self.values)


def parted_at_edges(rows: Sequence[PdfRow]) -> list[PdfRow]:
    """Return the rows of a table, labels also parted at a blank before the edge of a column.

    Cells that are full leave only a small gap. An edge is where cells of other rows begin.
    """
    edges = sorted(line.box[0] for row in rows for line in row.lines)
    return [_parted(row, edges) for row in rows]


def _parted(row: PdfRow, edges: Sequence[float]) -> PdfRow:
    cells: list[PdfLine] = []
    for label in row.labels:
        first, *others = label.split(BLANK * label.size)
        cells.append(first)
        for part in others:
            left = part.box[0]
            count = bisect_right(edges, left + ALIGNED) - bisect_left(edges, left - ALIGNED)
            if count >= _EDGE:
                cells.append(part)
            else:
                cells[-1] = PdfLine((*cells[-1].glyphs, *part.glyphs))
    figures = list(takewhile(_is_figures, reversed(cells)))[::-1]
    labels = cells[: len(cells) - len(figures)]
    return evolve(row, labels=labels, values=[*figures, *row.values])


def rows_of(lines: Sequence[PdfLine]) -> Iterator[PdfRow]:
    """Yield the rows of lines: one a line, unless cells of several lines are adjacent."""
    rows = [PdfRow.of(line) for line in lines]
    at = 0
    while at < len(rows):
        windows = (rows[at : at + size] for size in (3, 2) if at + size <= len(rows))
        joined = next((row for w in windows if _overlap(w) and (row := PdfRow.of_several(w))), None)
        yield joined or rows[at]
        at += len(joined.sources) if joined else 1


def _overlap(rows: Sequence[PdfRow]) -> bool:
    """Return True if lines overlap in height and may be one row.

    Two rows next to the label of a group are not one row.
    """
    for upper, lower in pairwise(row.sources[0] for row in rows):
        if upper.box[3] - lower.box[1] <= _OVERLAP * lower.size:
            return False
    first, *middle, last = rows
    if middle:
        return not middle[0].labels or not (first.is_whole or last.is_whole)
    return not (first.is_whole and last.is_whole)


def _columns(rows: Sequence[PdfRow]) -> list[list[tuple[int, PdfLine]]]:
    """Return the parts of rows by columns, with the numbers of their rows."""
    parts = [(at, line) for at, row in enumerate(rows) for line in row.lines]
    columns: list[list[tuple[int, PdfLine]]] = []
    right = 0.0
    for at, line in sorted(parts, key=lambda part: part[1].box[0]):
        if columns and line.box[0] < right:
            columns[-1].append((at, line))
        else:
            columns.append([(at, line)])
            right = line.box[2]
        right = max(right, line.box[2])
    return [sorted(column, key=lambda part: part[0]) for column in columns]


def _is_figures(line: PdfLine) -> bool:
    return _FIGURES.fullmatch(line.text) is not None


def _lost(line: PdfLine) -> PdfLine:
    return PdfLine((evolve(line.glyphs[0], text=LOST), *line.glyphs[1:]))


def is_near(upper: PdfLine, lower: PdfLine) -> bool:
    """Return True if two lines stand no further apart than those of one cell."""
    return lower.box[1] - upper.box[3] <= CLOSE * lower.size
