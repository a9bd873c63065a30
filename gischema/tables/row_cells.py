"""The cells of one row as they are printed: which of them are figures, and which are blank."""

from __future__ import annotations

import re
from typing import TypeAlias

from attrs import define, evolve, field

from gischema.chinese.units import KNOWN
from gischema.tables.items import GluedNumbers, PrintedLabel
from gischema.tables.numbers import is_several, several
from gischema.tables.printed_units import UNITS
from gischema.tables.tokenize import TextCell

_CLOSED = frozenset("|\t")
_UNIT_AHEAD = re.compile(rf"{UNITS}[\s:]*(?=\d)")
_WIDEST = 40  # cells on a line of a table; the whole table may stand on one line


@define(eq=False)  # by identity: two empty cells are two
class CellPart:
    """A part of a cell, or several cells as one; an empty `text` is a blank cell."""

    text: str
    start: int
    end: int


Piece: TypeAlias = TextCell | CellPart
"""What stands in one place of a row."""


@define(eq=False)
class RowCells:
    """The cells after a label as they are printed, blanks among them as far as they show.

    Attributes:
        pieces: The cells.
        barred: Bars or tabs close the cells.
        one_line: They share one line.
        gaps: How many empty lines stand before each figure of an unbarred row, and after the last.
        mixed: Several figures share the label's line, and others stand below.
        anchored: The first cell is the first column for certain.
        final: Nothing stands after the row.
        width: How many cells the label's line has, where bars close them.
        passed_over: The label's line closes an empty cell, and the figures stand below the line, in
            another place.
        units: The texts that are a unit in it.
        figures: The cells that are not empty and not only a unit.
    """

    pieces: tuple[Piece, ...]
    barred: bool
    one_line: bool
    gaps: tuple[int, ...] = ()
    mixed: bool = False
    anchored: bool = False
    final: bool = False
    width: int = 0
    passed_over: bool = False
    units: frozenset[str] = KNOWN
    figures: tuple[Piece, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Pick the figures."""
        self.figures = tuple([p for p in self.pieces if p.text and p.text not in self.units])

    def only(self, piece: Piece) -> RowCells:
        """Return the row with one of its cells."""
        return evolve(self, pieces=(piece,), gaps=())

    @property
    def apart_from_unit(self) -> RowCells:
        """The cells without a unit that stands before the figures of the first one."""
        first = self.figures[0] if self.figures else None
        unit = _UNIT_AHEAD.match(first.text) if first is not None else None
        if first is None or unit is None:
            return self
        rest = CellPart(first.text[unit.end() :], first.start + unit.end(), first.end)
        return evolve(self, pieces=tuple(rest if one is first else one for one in self.pieces))

    @property
    def words(self) -> tuple[Piece, ...]:
        """The figures; several in one cell with white space between count each for itself."""
        out: list[Piece] = []
        for piece in self.figures:
            words = several(piece.text)
            if not words:
                out.append(piece)
                continue
            at = 0
            for word in words:
                at = piece.text.index(word, at)
                out.append(CellPart(word, piece.start + at, piece.start + at + len(word)))
                at += len(word)
        return tuple(out)


def collect(cells: tuple[TextCell, ...], label: PrintedLabel, stop: int) -> RowCells:
    """Return the cells of the row of a label, before cell `stop`."""
    return gather(cells, label.last, stop, label.tail)


def whole_line(
    cells: tuple[TextCell, ...], first: int, stop: int, *, leading: bool
) -> RowCells | None:
    """Return the cells of a row without a label, if it has a line with bars for itself.

    Args:
        cells: The cells of the text.
        first: The first figure of the row. Its cells are counted from the beginning of the line.
        stop: The first cell after the row.
        leading: Lines begin with a bar, before which nothing stands.
    """
    line = cells[first].line
    start = _line_start(cells, first)
    row = [cell for cell in cells[start:stop] if cell.line == line]
    if len(row) < 2 or any(cell.text for cell in cells[first:stop] if cell.line != line):
        return None
    if any(cell.text for cell in cells[start:first]):
        return None
    if leading and not row[0].text:
        row = row[1:]
    if row[-1].closing not in _CLOSED and not row[-1].text and row[-2].closing == "|":
        row = row[:-1]
    final = stop == len(cells)
    return RowCells(tuple(row), barred=True, one_line=True, anchored=True, final=final)


def gather(
    cells: tuple[TextCell, ...], before: int, stop: int, tail: GluedNumbers | None = None
) -> RowCells:
    """Return the cells between cells `before` and `stop`; `tail` is a figure glued to the label."""
    before = max(before, 0)
    for cell in cells[before : max(stop, before + 1)]:
        if cell.closing in _CLOSED:
            return _barred(cells, before, stop, tail)
    return _unbarred(cells, before, stop, tail)


def _barred(
    cells: tuple[TextCell, ...], before: int, stop: int, tail: GluedNumbers | None
) -> RowCells:
    """Return cells that bars or tabs close."""
    last = _last_cell(cells, before, stop)
    one_line = cells[last].line == cells[before].line
    return RowCells(
        tuple(_between_bars(cells, before, last, tail)),
        barred=True,
        one_line=one_line,
        final=stop == len(cells),
        width=last - _line_start(cells, before) + 1 if one_line else 0,
        passed_over=not one_line and tail is None and _is_passed_over(cells, before, last),
    )


def _is_passed_over(cells: tuple[TextCell, ...], before: int, last: int) -> bool:
    """Return True if the line of cell `before` has only an empty cell for what stands below it."""
    line, start = cells[before].line, _line_start(cells, before)
    row = [cell for cell in cells[before + 1 : last + 1] if cell.line == line]
    below = [at for at in range(before + len(row) + 1, last + 1) if cells[at].text]
    if not below or any(cell.text and cell.text not in KNOWN for cell in row):
        return False
    places = [
        before + 1 + at - start
        for at, cell in enumerate(row)
        if not cell.text and (cell.closing in _CLOSED or cells[before + at].closing == "\t")
    ]
    return bool(places) and below[0] - _line_start(cells, below[0]) not in places


def _last_cell(cells: tuple[TextCell, ...], before: int, stop: int) -> int:
    """Return the last cell of a row in bars: of its line, or before `stop` if it has more lines."""
    last = stop - 1
    while last > before and not cells[last].text:
        last -= 1
    line = cells[last].line
    if line != cells[before].line or _is_alone(cells, before, stop):
        return stop - 1
    while last + 1 < stop and cells[last + 1].line == line:
        last += 1
    return last


def _is_alone(cells: tuple[TextCell, ...], at: int, stop: int) -> bool:
    """Return True if a cell has its line for itself, and a bar closes it."""
    first, after = at == 0 or cells[at - 1].line < cells[at].line, at + 2
    return (
        first and cells[at].closing == "|" and after < stop and cells[after].line > cells[at].line
    )


def _between_bars(
    cells: tuple[TextCell, ...], before: int, last: int, tail: GluedNumbers | None
) -> list[Piece]:
    """Return what stands between the bars after cell `before`: one piece for each."""
    closed = cells[before].closing in _CLOSED
    part: list[Piece] = [CellPart(tail.text, tail.start, tail.end)] if tail else []
    pieces: list[Piece] = []
    if closed and part:
        pieces, part = part, []
    for cell in cells[before + 1 : last + 1]:
        if cell.text:
            part.append(cell)
        if cell.closing not in _CLOSED:
            continue
        if part:
            pieces.append(_joined(part))
            part = []
        elif closed:
            pieces.append(cell)
        closed = True
    if part:
        pieces.append(_joined(part))
    elif last > before and cells[last - 1].closing == "\t" and not cells[last].text:
        pieces.append(cells[last])
    return pieces


def _line_start(cells: tuple[TextCell, ...], at: int) -> int:
    """Return the first cell on the line of a cell, a table's width before it at most."""
    start = at
    while start and at - start < _WIDEST and cells[start - 1].line == cells[at].line:
        start -= 1
    return start


def _joined(part: list[Piece]) -> Piece:
    if len(part) == 1:
        return part[0]
    return CellPart(" ".join(p.text for p in part), part[0].start, part[-1].end)


def _unbarred(
    cells: tuple[TextCell, ...], before: int, stop: int, tail: GluedNumbers | None
) -> RowCells:
    pieces: list[Piece] = [CellPart(tail.text, tail.start, tail.end)] if tail else []
    gaps = [0] if tail else []
    empty = cells[before].gap
    for cell in cells[before + 1 : stop]:
        if cell.text:
            pieces.append(cell)
            gaps.append(empty)
            empty = 0
        empty += cell.gap
    mixed = tail is not None and len(pieces) > 1 and is_several(tail.text)
    return RowCells(
        tuple(pieces),
        barred=False,
        one_line=bool(tail),
        gaps=(*gaps, empty),
        mixed=mixed,
        final=stop == len(cells),
    )
