"""Turn lines of a table without ruled lines into rows: labels and figures, each complete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define, evolve, field

from gischema.chinese.enumerators import PRINTED_ENUMERATOR
from gischema.reading.pdf.page_content import LOST
from gischema.reading.pdf.text_lines import PdfLine

_CELL_GAP = 1.2  # of the size: words further apart stand in two cells
_CLOSE = 0.9  # of the size: lines of one cell stand no further apart
_INDENT = 2  # of the size: the largest indent between lines of one label
_OVERLAP = 0.2  # of the size: lines next to each other overlap in height by more
_FIGURES = re.compile(rf"[\d０-９.,．，+/\-—―－ {LOST}]+(?:万元|元|件|条|次|个|%)?")


@define(eq=False)
class PdfRow:
    """A row of a table: its labels, its figures, and the rest of its last label.

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
                if [at for at, _ in parts] != [0, 2] or not _is_near(first, others[0]):
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


def continues_label(row: PdfRow, following: PdfRow) -> bool:
    """Return True if a line is only the rest of the label of the row before."""
    if len(following.labels) != 1 or following.values or not row.labels:
        return False
    label, rest = row.labels[-1], following.labels[0]
    if PRINTED_ENUMERATOR.match(rest.text) or rest.box[2] > row.values[0].box[0]:
        return False
    return abs(label.box[0] - rest.box[0]) < _INDENT * rest.size


def join_labels(rows: Sequence[PdfRow]) -> list[PdfRow]:
    """Return the rows, labels that run over several lines put together."""
    merged: list[PdfRow] = []
    for before, row in zip((None, *rows), rows, strict=False):
        last = merged[-1] if merged else None
        if before is None or last is None or not _is_near(before.lines[0], row.lines[0]):
            merged.append(evolve(row, labels=list(row.labels)))
        elif last.values and continues_label(last, row):
            last.rests.append(row.labels[0])
        elif _figures_stand_below(last, row):
            last.labels[:0] = row.labels
            last.values, last.broken = row.values, row.broken
        else:
            merged.append(evolve(row, labels=list(row.labels)))
            if _may_go_on(before, row):
                last.torn = merged[-1].torn = True
    return merged


def _figures_stand_below(row: PdfRow, following: PdfRow) -> bool:
    """Return True if the figures of a label stand on the line below its beginning.

    Only the label of a group, in a column of its own, may stand before these figures.
    """
    if row.values or len(row.labels) != 1 or not following.values:
        return False
    return all(label.box[2] <= row.labels[0].box[0] for label in following.labels)


def _may_go_on(row: PdfRow, following: PdfRow) -> bool:
    """Return True if both label and figures of a row may go on in the next line."""
    fewer = 0 < len(following.values) < len(row.values)
    return fewer and continues_label(row, evolve(following, values=[]))


def _is_near(upper: PdfLine, lower: PdfLine) -> bool:
    """Return True if two lines stand no further apart than those of one cell."""
    return lower.box[1] - upper.box[3] <= _CLOSE * lower.size
