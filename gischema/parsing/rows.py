"""The cells of one row: which of them are figures, which are blank, and how many there should be.

Where bars or tabs close the cells an empty cell can be seen. In a text with one cell a line it can
be seen only by the number of line breaks; where that does not add up the places are unknown, and
nothing is guessed.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from gischema.parsing.cells import Cell
from gischema.parsing.numbers import is_several, is_unit
from gischema.parsing.scan import Label, Tail

Doubt: TypeAlias = Literal["", "few", "many", "glued"]
"""Why the places of a row's figures are not certain: too few of them, too many, run together."""

_CLOSED = "|\t"


@frozen
class Piece:
    """A cell of a row; an empty `text` is a blank cell."""

    text: str
    start: int
    end: int


@frozen
class RowCells:
    """The cells behind a label as they are printed, blanks among them as far as they show.

    `barred` tells whether bars or tabs close the cells, `one_line` whether they share one line,
    `gaps` how many empty lines stand before each figure (and behind the last) of an unbarred row.
    """

    pieces: tuple[Piece, ...]
    barred: bool
    one_line: bool
    gaps: tuple[int, ...] = ()

    @property
    def figures(self) -> tuple[Piece, ...]:
        """The cells that are not empty and not only a unit."""
        return tuple(p for p in self.pieces if p.text and not is_unit(p.text))


@frozen
class Arranged:
    """The cells of a row put to `count` columns, or the reason why that is not certain."""

    pieces: tuple[Piece, ...]
    doubt: Doubt = ""


def collect(cells: tuple[Cell, ...], label: Label, stop: int) -> RowCells:
    """The cells of the row of `label`; `stop` is the first cell that belongs to something else."""
    return gather(cells, label.last, stop, label.tail)


def gather(cells: tuple[Cell, ...], before: int, stop: int, tail: Tail | None = None) -> RowCells:
    """The cells behind cell `before` up to `stop`; `tail` is a figure glued to the label."""
    before = max(before, 0)
    if any(cell.closing and cell.closing in _CLOSED for cell in cells[before:stop]):
        return _barred(cells, before, stop, tail)
    return _unbarred(cells, before, stop, tail)


def _barred(cells: tuple[Cell, ...], before: int, stop: int, tail: Tail | None) -> RowCells:
    pieces: list[Piece] = []
    part = [Piece(tail.text, tail.start, tail.end)] if tail else []
    line = cells[before].line
    last_line = line
    first = True
    for cell in cells[before:stop]:
        if cell is not cells[before] and cell.text:
            part.append(Piece(cell.text, cell.start, cell.end))
            last_line = cell.line
        if cell.closing and cell.closing in _CLOSED:
            if part or not first:
                pieces.append(_joined(part, cell.end))
            part, first = [], False
    if part:
        pieces.append(_joined(part, part[-1].end))
    return RowCells(tuple(pieces), barred=True, one_line=line == last_line)


def _joined(part: list[Piece], end: int) -> Piece:
    if not part:
        return Piece("", end, end)
    return Piece(" ".join(p.text for p in part), part[0].start, part[-1].end)


def _unbarred(cells: tuple[Cell, ...], before: int, stop: int, tail: Tail | None) -> RowCells:
    pieces = [Piece(tail.text, tail.start, tail.end)] if tail else []
    gaps = [0] if tail else []
    empty = 0
    for cell in cells[before + 1 : stop]:
        if cell.text:
            pieces.append(Piece(cell.text, cell.start, cell.end))
            gaps.append(empty)
            empty = 0
        else:
            empty += 1
    return RowCells(tuple(pieces), barred=False, one_line=bool(tail), gaps=(*gaps, empty))


def arrange(row: RowCells, count: int, usual_gap: int) -> Arranged:
    """Put the cells of a row to `count` columns.

    `usual_gap` is how many empty lines stand between two cells of an unbarred table.
    """
    figures = row.figures
    if len(figures) == count:
        return Arranged(figures)
    if count == 1:
        return _single(row, figures, usual_gap)
    if figures and len(words := _words(figures)) == count:
        return Arranged(words)
    if len(figures) > count:
        return Arranged(figures, "many")
    blanks = _with_blanks(row, count, usual_gap)
    if blanks is not None:
        return Arranged(blanks)
    glued = len(figures) == 1 and _digits(figures[0]) >= count
    return Arranged(figures, "glued" if glued else "few")


def _single(row: RowCells, figures: tuple[Piece, ...], usual_gap: int) -> Arranged:
    if figures:
        return Arranged(figures, "many")
    blank = row.barred and any(not p.text for p in row.pieces)
    blank = blank or (not row.barred and sum(row.gaps) > usual_gap)
    return Arranged((_blank_at(row),) if blank else ())


def _with_blanks(row: RowCells, count: int, usual_gap: int) -> tuple[Piece, ...] | None:
    """The row with its blank cells in their places, None if they cannot be told."""
    if not row.barred:
        return _blanks_by_gaps(row, count, usual_gap)
    pieces = [p for p in row.pieces if not is_unit(p.text)]
    printed = [i for i, p in enumerate(pieces) if p.text]
    if not printed:
        return (_blank_at(row),) * count if pieces else None
    surplus = len(pieces) - count
    if surplus == 0 and (row.one_line or printed[-1] == count - 1):
        return tuple(pieces)
    if surplus <= 0 or not row.one_line:
        return tuple(pieces[:count]) if surplus > 0 and printed[-1] == count - 1 else None
    before, behind = printed[0] >= surplus, printed[-1] < count
    if before == behind:
        return None
    return tuple(pieces[surplus:] if before else pieces[:count])


def _blanks_by_gaps(row: RowCells, count: int, usual_gap: int) -> tuple[Piece, ...] | None:
    for lines_a_cell in (1, usual_gap + 1):
        out: list[Piece] = []
        for index, gap in enumerate(row.gaps):
            extra, left = divmod(max(0, gap - usual_gap), lines_a_cell)
            at = row.pieces[index] if index < len(row.pieces) else _blank_at(row)
            if left:
                break
            out.extend([Piece("", at.start, at.start)] * extra)
            if index < len(row.pieces):
                out.append(at)
            if len(out) >= count and index >= len(row.pieces) - 1:
                break
        if len(out) == count or (len(out) > count and not any(p.text for p in out[count:])):
            return tuple(out[:count])
    return None


def _blank_at(row: RowCells) -> Piece:
    if row.pieces:
        return Piece("", row.pieces[-1].end, row.pieces[-1].end)
    return Piece("", 0, 0)


def _words(figures: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The figures that stand in one cell with white space between them, each for itself."""
    out: list[Piece] = []
    for piece in figures:
        if not is_several(piece.text):
            out.append(piece)
            continue
        at = 0
        for word in piece.text.split():
            at = piece.text.index(word, at)
            out.append(Piece(word, piece.start + at, piece.start + at + len(word)))
            at += len(word)
    return tuple(out)


def _digits(piece: Piece) -> int:
    return sum(1 for char in piece.text if char.isdigit())
