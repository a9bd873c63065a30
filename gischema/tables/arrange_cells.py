"""Which of the cells of a row belong to which columns.

Where bars or tabs close the cells an empty cell can be seen. In a text with one cell a line it can
be seen only by the number of line breaks; where that does not add up the places are unknown, and
nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import define

from gischema.tables.numbers import is_value
from gischema.tables.remarks import is_remark
from gischema.tables.row_cells import CellPart, Piece, RowCells
from gischema.tables.tokenize import TextCell

_PAGE = re.compile(r"\d{1,3}(?: ?/ ?\d{1,3})?")
_FILLER = 2  # bars on a line, at least; a single one closes an empty cell

Doubt: TypeAlias = Literal["", "few", "many", "glued"]
"""Why the places of a row's figures are not certain: too few of them, too many, run together."""


@define(eq=False)
class ArrangedCells:
    """The cells of a row, one for each column, or the reason why that is not certain.

    `beyond` holds the number of the page, where that stands below the row.
    """

    pieces: tuple[Piece, ...]
    doubt: Doubt = ""
    beyond: tuple[Piece, ...] = ()


def arrange(row: RowCells, count: int, usual_gap: int, *, summed: bool) -> ArrangedCells:
    """Assign the cells of a row to columns.

    Args:
        row: The cells.
        count: How many columns there are.
        usual_gap: How many empty lines stand between two cells of an unbarred table.
        summed: One of the columns is the sum of others, so that the first cannot stand alone.
    """
    if row.mixed:
        return ArrangedCells(row.words, "few" if len(row.words) <= count else "many")
    figures = _without_remarks(row, count)
    if count == 1 and row.passed_over and figures:
        return ArrangedCells((_blank_at(row), *figures), "many")
    if _ends_page(row, figures, count):
        return ArrangedCells(figures[:count], beyond=figures[count:])
    if len(figures) == count:
        return _full(row, figures, usual_gap)
    if count == 1:
        return _single(row, figures, usual_gap)
    if len(figures) > count:
        return ArrangedCells(figures, "many")
    if len(figures) == 1 and not (row.barred and len(row.pieces) > 1):
        words = row.words
        if len(words) >= count:
            return ArrangedCells(words, "" if len(words) == count else "few")
    return _short(row, count, usual_gap, summed=summed)


def _without_remarks(row: RowCells, count: int) -> tuple[Piece, ...]:
    """Return the figures of a row, without the words after them if it is full and in bars."""
    figures = row.figures
    if not row.barred:
        return figures
    full = all(is_value(piece.text) for piece in figures[:count])
    words = full and all(is_remark(piece.text) for piece in figures[count:])
    return figures[:count] if words else figures


def _ends_page(row: RowCells, figures: Sequence[Piece], count: int) -> bool:
    """Return True if a row in bars is full, and the number of the page stands alone below it."""
    if not row.barred or row.one_line or len(figures) != count + 1:
        return False
    *own, number = figures
    lines = {piece.line for piece in own if isinstance(piece, TextCell)}
    return (
        len(lines) == 1
        and isinstance(own[-1], TextCell)
        and own[-1].closing == "|"
        and isinstance(number, TextCell)
        and number.line not in lines
        and number.closing != "|"
        and _PAGE.fullmatch(number.text) is not None
    )


def _full(row: RowCells, figures: tuple[Piece, ...], usual_gap: int) -> ArrangedCells:
    """Return a figure for each column.

    After blank cells, the last figure of the text may be the beginning of the next label.
    """
    several = row.final and len(figures) > 1
    blank = several and any(gap > usual_gap for gap in row.gaps[1:-1])
    return ArrangedCells(figures, "few" if blank else "")


def _single(row: RowCells, figures: tuple[Piece, ...], usual_gap: int) -> ArrangedCells:
    """Return the blank cell of a row with one column, or more figures than one."""
    if figures:
        return ArrangedCells(figures, "many")
    if row.barred:
        blank = any(not piece.text for piece in row.pieces)
    else:
        blank = any(gap > usual_gap for gap in row.gaps)
    return ArrangedCells((_blank_at(row),) if blank else ())


def _short(row: RowCells, count: int, usual_gap: int, *, summed: bool) -> ArrangedCells:
    """Return fewer figures than columns with the blanks between them, if these are certain."""
    figures = row.figures
    blanks = _with_blanks(row, count, usual_gap)
    glued = len(figures) == 1 and _digits(figures[0]) >= count
    if blanks is not None and not (glued and summed and blanks[0].text):
        return ArrangedCells(blanks)
    return ArrangedCells(figures, "glued" if glued else "few")


def _with_blanks(row: RowCells, count: int, usual_gap: int) -> tuple[Piece, ...] | None:
    """Return the row with its blank cells in their places; None if these are not certain."""
    if row.barred:
        return _blanks_in_bars(row, count)
    return None if row.final else _blanks_by_gaps(row, count, usual_gap)


def _blanks_in_bars(row: RowCells, count: int) -> tuple[Piece, ...] | None:
    """Return the empty cells of a row in bars with its figures, if they fit only one way."""
    pieces = without_filler(row, count)
    printed = [i for i, p in enumerate(pieces) if p.text]
    if not printed:
        empty = len(pieces) >= count or (bool(pieces) and row.one_line)
        if row.final and (len(pieces) < count or not row.one_line):
            return None  # cells may be cut off
        return (_blank_at(row),) * count if empty else None
    is_certain = row.anchored or row.one_line or printed[-1] == count - 1
    # Cells may be cut off, and an empty cell of a merged column stand in front.
    if not is_certain or (row.final and not pieces[0].text):
        return None
    # Empty cells of merged columns may stand on either side: only one place must fit.
    fitting = _fitting(len(pieces), count, printed[0], printed[-1])
    return tuple(pieces[fitting[0] :][:count]) if len(fitting) == 1 else None


def without_filler(row: RowCells, count: int) -> list[Piece]:
    """Return the cells of a row behind its unit, without a last line that fills it up.

    Cells before a column of units are those of its label. Where each cell has its line, some
    converters end a row with the bars (`||`) of the cells that others are wider than.
    """
    unit = next((i for i, piece in enumerate(row.pieces) if piece.text in row.units), -1)
    before = unit if not any(piece.text for piece in row.pieces[: max(unit, 0)]) else -1
    pieces = [piece for piece in row.pieces[before + 1 :] if piece.text not in row.units]
    if row.one_line or len(pieces) < count + _FILLER:
        return pieces
    filler = pieces[count:]
    lines = {piece.line for piece in filler if isinstance(piece, TextCell) and not piece.text}
    alone = len(lines) == 1 and all(isinstance(piece, TextCell) for piece in filler)
    last = pieces[count - 1]
    ends = not isinstance(last, TextCell) or last.line not in lines
    filled = alone and ends and not any(piece.text for piece in filler)
    return pieces[:count] if filled else pieces


def _fitting(width: int, count: int, first: int, last: int) -> list[int]:
    """Return where `count` of `width` cells can begin so that cells `first` to `last` are in."""
    return [at for at in range(width - count + 1) if at <= first and last < at + count]


def _blanks_by_gaps(row: RowCells, count: int, usual_gap: int) -> tuple[Piece, ...] | None:
    """Return the row with a blank for each empty line beyond the usual ones; None if not certain.

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
    """Return the row with a blank for so many empty lines; None if that gives no whole row."""
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
