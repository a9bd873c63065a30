"""The cells of one row: which of them are figures, which are blank, and how many there should be.

Where bars or tabs close the cells an empty cell can be seen. In a text with one cell a line it can
be seen only by the number of line breaks; where that does not add up the places are unknown, and
nothing is guessed.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import define, field

from gischema.chinese.units import KNOWN
from gischema.tables.items import GluedNumbers, PrintedLabel
from gischema.tables.numbers import is_several, is_value, several
from gischema.tables.remarks import is_remark
from gischema.tables.tokenize import TextCell

Doubt: TypeAlias = Literal["", "few", "many", "glued"]
"""Why the places of a row's figures are not certain: too few of them, too many, run together."""

_CLOSED = frozenset("|\t")


@define(eq=False)  # two empty cells are two
class CellPart:
    """A part of a cell, or several cells as one; an empty `text` is a blank cell."""

    text: str
    start: int
    end: int


Piece: TypeAlias = TextCell | CellPart
"""What stands in one place of a row."""


@define
class RowCells:
    """The cells behind a label as they are printed, blanks among them as far as they show.

    `barred` tells whether bars or tabs close the cells, `one_line` whether they share one line,
    `gaps` how many empty lines stand before each figure (and behind the last) of an unbarred row,
    `mixed` that several figures share the label's line and others stand below, `anchored` that the
    first cell is the first column for certain, `final` that nothing stands behind the row. `width`
    counts the cells of the label's line, where bars close them. `units` are the texts that are a
    unit in it.
    """

    pieces: tuple[Piece, ...]
    barred: bool
    one_line: bool
    gaps: tuple[int, ...] = ()
    mixed: bool = False
    anchored: bool = False
    final: bool = False
    width: int = 0
    units: frozenset[str] = KNOWN
    figures: tuple[Piece, ...] = field(init=False)
    """The cells that are not empty and not only a unit."""

    def __attrs_post_init__(self) -> None:
        """Pick the figures."""
        self.figures = tuple([p for p in self.pieces if p.text and p.text not in self.units])

    @property
    def words(self) -> tuple[Piece, ...]:
        """The figures; several that stand in one cell with white space between, each for itself."""
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


@define
class ArrangedCells:
    """The cells of a row put to `count` columns, or the reason why that is not certain."""

    pieces: tuple[Piece, ...]
    doubt: Doubt = ""


def collect(cells: tuple[TextCell, ...], label: PrintedLabel, stop: int) -> RowCells:
    """The cells of the row of `label`; `stop` is the first cell that belongs to something else."""
    return gather(cells, label.last, stop, label.tail)


def whole_line(
    cells: tuple[TextCell, ...], first: int, stop: int, *, leading: bool
) -> RowCells | None:
    """A row without a label that has a line with bars for itself, None if it has not.

    Its cells are counted from the beginning of the line; `leading` tells that lines begin with a
    bar, so that nothing stands before it.
    """
    line = cells[first].line
    start = first
    while start and cells[start - 1].line == line:
        start -= 1
    row = [cell for cell in cells[start:stop] if cell.line == line]
    if len(row) < 2 or any(cell.text for cell in cells[first:stop] if cell.line != line):
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
    """The cells behind cell `before` up to `stop`; `tail` is a figure glued to the label."""
    before = max(before, 0)
    for cell in cells[before : max(stop, before + 1)]:
        if cell.closing in _CLOSED:
            return _barred(cells, before, stop, tail)
    return _unbarred(cells, before, stop, tail)


def _barred(
    cells: tuple[TextCell, ...], before: int, stop: int, tail: GluedNumbers | None
) -> RowCells:
    label = cells[before]
    pieces: list[Piece] = []
    part: list[Piece] = [CellPart(tail.text, tail.start, tail.end)] if tail else []
    last = stop - 1
    while last > before and not cells[last].text:
        last -= 1
    last_line = cells[last].line
    on_one_line = last_line == label.line
    while last + 1 < stop and (not on_one_line or cells[last + 1].line == last_line):
        last += 1
    closed = label.closing in _CLOSED
    if closed and part:
        pieces, part = part, []
    for cell in cells[before + 1 : last + 1]:
        if cell.closing not in _CLOSED:
            if cell.text:
                part.append(cell)
            continue
        if part:
            pieces.append(_joined([*part, cell] if cell.text else part))
            part = []
        elif cell.text or closed:
            pieces.append(cell)
        closed = True
    if part:
        pieces.append(_joined(part))
    elif last > before and cells[last - 1].closing == "\t" and not cells[last].text:
        pieces.append(cells[last])
    start = before
    while start and cells[start - 1].line == label.line:
        start -= 1
    return RowCells(
        tuple(pieces),
        barred=True,
        one_line=on_one_line,
        final=stop == len(cells),
        width=last - start + 1 if on_one_line else 0,
    )


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


def arrange(row: RowCells, count: int, usual_gap: int, *, summed: bool = False) -> ArrangedCells:
    """Put the cells of a row to `count` columns.

    `usual_gap` is how many empty lines stand between two cells of an unbarred table; `summed`
    tells that one of the columns is the sum of others, so that the first cannot stand alone.
    """
    figures = row.figures
    if len(figures) > count and row.barred:
        figures = _without_remarks(figures, count)
    if row.mixed:
        return ArrangedCells(row.words, "few" if len(row.words) <= count else "many")
    if len(figures) == count:
        # Behind blank cells, the last thing of the text may be the beginning of the next label.
        blank = row.final and count > 1 and any(gap > usual_gap for gap in row.gaps[1:-1])
        return ArrangedCells(figures, "few" if blank else "")
    if count == 1:
        return _single(row, figures, usual_gap)
    alone = len(figures) == 1 and not (row.barred and len(row.pieces) > 1)
    if alone and len(words := row.words) >= count:
        return ArrangedCells(words, "" if len(words) == count else "few")
    if len(figures) > count:
        return ArrangedCells(figures, "many")
    blanks = _with_blanks(row, count, usual_gap)
    glued = len(figures) == 1 and _digits(figures[0]) >= count
    if blanks is not None and not (glued and summed and blanks[0].text):
        return ArrangedCells(blanks)
    return ArrangedCells(figures, "glued" if glued else "few")


def _without_remarks(figures: tuple[Piece, ...], count: int) -> tuple[Piece, ...]:
    """The figures of a full row without the words behind them; all of them if they are not."""
    full = all(is_value(piece.text) for piece in figures[:count])
    words = full and all(is_remark(piece.text) for piece in figures[count:])
    return figures[:count] if words else figures


def _single(row: RowCells, figures: tuple[Piece, ...], usual_gap: int) -> ArrangedCells:
    if figures:
        return ArrangedCells(figures, "many")
    if row.barred:
        blank = any(not piece.text for piece in row.pieces)
    else:
        blank = any(gap > usual_gap for gap in row.gaps)
    return ArrangedCells((_blank_at(row),) if blank else ())


def _with_blanks(row: RowCells, count: int, usual_gap: int) -> tuple[Piece, ...] | None:
    """The row with its blank cells in their places, None if they cannot be told."""
    if not row.barred:
        return None if row.final else _blanks_by_gaps(row, count, usual_gap)
    pieces = [p for p in row.pieces if p.text not in row.units]
    printed = [i for i, p in enumerate(pieces) if p.text]
    if not printed:
        return (_blank_at(row),) * count if pieces else None
    if not (row.anchored or row.one_line or printed[-1] == count - 1):
        return None
    if row.final and not pieces[0].text:
        return None  # cells may be cut off, and an empty cell of a merged column stand in front
    # Empty cells of merged columns may stand on either side: only one place must fit.
    places = range(len(pieces) - count + 1)
    fitting = [at for at in places if at <= printed[0] and printed[-1] < at + count]
    return tuple(pieces[fitting[0] :][:count]) if len(fitting) == 1 else None


def _blanks_by_gaps(row: RowCells, count: int, usual_gap: int) -> tuple[Piece, ...] | None:
    """The row with a blank for so many empty lines beyond the usual; None if that is not certain.

    Some converters leave one line for an empty cell, others the cell's line and its gap.
    """
    fitting = {
        tuple(bool(piece.text) for piece in pieces): pieces
        for lines_a_cell in {1, usual_gap + 1}
        if (pieces := _with_gaps(row, count, usual_gap, lines_a_cell)) is not None
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _with_gaps(
    row: RowCells, count: int, usual_gap: int, lines_a_cell: int
) -> tuple[Piece, ...] | None:
    out: list[Piece] = []
    for index, gap in enumerate(row.gaps):
        extra, left = divmod(max(0, gap - usual_gap), lines_a_cell)
        last = index == len(row.pieces)
        at = _blank_at(row) if last else row.pieces[index]
        if (left and not last) or extra > count:
            return None
        out.extend([CellPart("", at.start, at.start)] * extra)
        if not last:
            out.append(at)
    surplus = out[count:]
    if len(out) < count or any(piece.text for piece in surplus):
        return None
    return tuple(out[:count])


def _blank_at(row: RowCells) -> Piece:
    if row.pieces:
        return CellPart("", row.pieces[-1].end, row.pieces[-1].end)
    return CellPart("", 0, 0)


def _digits(piece: Piece) -> int:
    return sum(1 for char in piece.text if char.isdecimal())
