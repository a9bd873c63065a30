"""Signs that the figures of a full row may stand in other places than they seem to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from gischema.forms.form import Place, Row
from gischema.report import Amount
from gischema.tables.arrange_cells import without_filler
from gischema.tables.figure_units import counts_nothing
from gischema.tables.numbers import is_several, read_value
from gischema.tables.row_cells import CellPart, Piece, RowCells
from gischema.tables.row_doubts import HeadedCells
from gischema.tables.split_digits import PlaceSum, PlaceYears

_THOUSANDS = 3  # digits between two separators
_FAR = 3  # empty cells at the end of a row: so many are not lost before its total


class PlacedRow(NamedTuple):
    """A row with one piece in each place.

    Attributes:
        places: The places.
        pieces: What stands in them.
        sums: Which places are the sum of others.
        cells: The cells as printed.
        kept: No cell is lost: each is an element of the file, and there are as many as places.
    """

    places: Sequence[Place]
    pieces: Sequence[Piece]
    sums: Sequence[PlaceSum]
    cells: RowCells
    kept: bool = False


class PlaceDoubt(NamedTuple):
    """A reason to doubt all places of a row.

    Attributes:
        code: The code of the diagnostic.
        piece: Where it shows.
        printed: How many figures are printed.
    """

    code: str
    piece: Piece
    printed: int


def place_sums(row: Row, cells: HeadedCells) -> list[PlaceSum]:
    """Return the places that are the sum of other places, where all of these are printed."""
    if row.heads is None:
        return []
    at = {head.column: i for i, (_, head) in enumerate(cells) if head is not None}
    return [
        (at[total], frozenset(at[part] for part in parts))
        for total, parts in row.heads.sums
        if total in at and parts <= at.keys()
    ]


def place_years(cells: HeadedCells) -> list[PlaceYears]:
    """Return the places of a figure for the year and one for all years so far, in pairs."""
    columns = [head.column if head is not None else None for _, head in cells]
    own = [at for at, column in enumerate(columns) if column is not None and not column.key]
    so_far = [
        at for at, column in enumerate(columns) if column is not None and column.is_cumulative
    ]
    return [(own[0], at) for at in so_far] if own else []


def place_doubts(row: PlacedRow) -> Iterator[PlaceDoubt]:
    """Yield the reasons to doubt the places of a row."""
    for sign in _SIGNS if row.kept else (*_SIGNS, *_SIGNS_OF_LOSS):
        if (doubt := sign(row)) is not None:
            yield doubt


def _blank_total(row: PlacedRow) -> PlaceDoubt | None:
    """Doubt a blank total next to figures: a cell before it may be lost, and the others shifted.

    Where each place has its cell, a lost total was zero, too, if all figures are. Where the only
    total is the last cell, the last figure several cells before it is none. Where the last of
    several totals is a sum that holds, nothing moved.
    """
    texts = [piece.text for piece in row.pieces]
    numbers = [_number(text) for text in texts if text]
    whole = row.cells.barred and row.cells.one_line and len(row.cells.pieces) == len(texts)
    totals = [total for total, _ in row.sums]
    if whole and numbers and max(totals, default=None) == len(texts) - 1:
        apart = len(totals) == 1 and not any(texts[-_FAR:])
        if apart or not any(numbers) or (_number(texts[-1]) and _adds_up(row)):
            return None
    for total, parts in row.sums:
        printed = [place for place in parts if row.pieces[place].text]
        if printed and not row.pieces[total].text:
            return PlaceDoubt("D205", row.pieces[min(printed)], len(printed))
    return None


def _broken_thousands(row: PlacedRow) -> PlaceDoubt | None:
    """Doubt figures separated by blanks alone that do not add up: a blank may be in a number."""
    texts = [piece.text for piece in row.pieces]
    if not isinstance(row.pieces[-1], CellPart) or not any(map(_may_be_one, pairwise(texts))):
        return None
    for total, parts in row.sums:
        if sum(_number(texts[part]) for part in parts) != _number(texts[total]):
            return PlaceDoubt("D205", row.pieces[0], len(texts))
    return None


def _lone_digits(row: PlacedRow) -> PlaceDoubt | None:
    """Doubt as many digits as the row has cells in the first of them, if the others are empty."""
    first, *others = row.pieces
    if len(first.text) < len(row.pieces) or not first.text.isdecimal():
        return None
    return None if any(piece.text for piece in others) else PlaceDoubt("D205", first, 1)


def _spare_cell(row: PlacedRow) -> PlaceDoubt | None:
    """Doubt an empty cell at an end: it may be left over from a merged one, a figure being lost.

    There are more empty cells, or a figure is one that the column hardly has.
    """
    pieces = row.pieces
    printed = [i for i, piece in enumerate(pieces) if piece.text]
    if not printed or len(printed) == len(pieces) or (pieces[0].text and pieces[-1].text):
        return None
    spare = len(pieces) < len(without_filler(row.cells, len(pieces))) and not _adds_up(row)
    if spare or any(counts_nothing(row.places[i], _number(pieces[i].text)) for i in printed):
        return PlaceDoubt("D205", pieces[printed[0]], len(printed))
    return None


def _cell_left_out(row: PlacedRow) -> PlaceDoubt | None:
    """Doubt figures that do not add up if an empty cell among them was left out.

    A digit may have become the bar that closes it: `|8` was 18.
    """
    texts = [piece.text for piece in row.cells.pieces]
    printed = [i for i, text in enumerate(texts) if text]
    whole = not printed or len(printed) == printed[-1] - printed[0] + 1
    if whole or len(texts) <= len(row.pieces) or not row.cells.barred:
        return None
    return None if not row.sums or _adds_up(row) else PlaceDoubt("D205", row.pieces[0], len(texts))


def _full_cell(row: PlacedRow) -> PlaceDoubt | None:
    """Doubt the places where two figures stand in one cell without bars."""
    full = next((p for p in row.pieces if " " in p.text and is_several(p.text)), None)
    if full is None or row.cells.barred:
        return None
    return PlaceDoubt("D201", full, len(row.pieces) + 1)


_Sign: TypeAlias = Callable[[PlacedRow], PlaceDoubt | None]

_SIGNS: tuple[_Sign, ...] = (_blank_total, _broken_thousands, _full_cell)

_SIGNS_OF_LOSS: tuple[_Sign, ...] = (_lone_digits, _spare_cell, _cell_left_out)


def _adds_up(row: PlacedRow) -> bool:
    """Return True if the sums of the row hold, and are not all zero."""
    numbers = [_number(piece.text) for piece in row.pieces]
    hold = all(numbers[total] == sum(numbers[i] for i in parts) for total, parts in row.sums)
    return hold and any(numbers[total] for total, _ in row.sums)


def _may_be_one(numbers: tuple[str, str]) -> bool:
    """Return True if two numbers may be one with a blank between its thousands."""
    one, other = numbers
    return len(other) == _THOUSANDS >= len(one) and (one + other).isdecimal()


def _number(text: str) -> Amount:
    return read_value(text).number or 0
