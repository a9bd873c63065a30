"""Which unit a figure is stated in, and whether its number fits that unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gischema.chinese.units import KNOWN, MONEY, is_counter, measure
from gischema.forms.form import Place, Row
from gischema.report import Amount
from gischema.tables.header_model import PrintedColumn
from gischema.tables.numbers import is_signed, is_value, without_unit_of
from gischema.tables.printed_units import STATED_UNITS, counter_stated, unit_stated
from gischema.tables.region import PrintedRow
from gischema.tables.row_cells import CellPart, Piece

_THOUSANDS_AFTER = re.compile(r"\.\d{3}(?!\d)")
_YUAN = "元"


def stated_units(row: Row, printed: PrintedRow, text: str) -> tuple[str, ...]:
    """Return the units that a row itself states: in a cell of its own, or at its label.

    Args:
        row: The row of the form.
        printed: The row as printed.
        text: The normal form of the document.
    """
    pieces = printed.cells.pieces
    known = STATED_UNITS if row.counts else KNOWN
    own = [piece.text for piece in pieces if piece.text in known][:1]
    label = text[printed.start : pieces[0].start] if pieces else ""
    for unit in row.own_units:
        label = label.replace(unit, "")
    stated = unit_stated(label)
    if stated is None and not row.counts:
        stated = counter_stated(label)
    return (*own, stated) if stated is not None else tuple(own)


def units_for(place: Place, head: PrintedColumn | None, of_row: Iterable[str]) -> list[str]:
    """Return the units that are stated for a figure, those first that count more.

    They measure what the form asks for. Only a row of one figure may have another.

    Args:
        place: The place of the figure.
        head: The head of its column.
        of_row: The units that the row states.
    """
    if head is None and not KNOWN.issuperset(place.units):
        return list(of_row)
    stated = [head.unit, *of_row] if head is not None and head.unit else list(of_row)
    if not stated:
        return []
    if _is_counted(place):
        stated = [unit for unit in stated if not is_counter(unit)]
    wanted = {measure(unit)[0] for unit in place.units} or {MONEY}
    return list(dict.fromkeys(unit for unit in stated if measure(unit)[0] in wanted))


def target_unit(place: Place, printed: str) -> str:
    """Return the unit in which a figure is given whose unit is printed.

    Where the form leaves a choice, money is given in 万元.
    """
    if place.fixed_unit:
        return place.fixed_unit
    if MONEY in place.units:
        return MONEY
    return printed if printed in place.units or is_counter(printed) else place.units[0]


def without_own_unit(place: Place, piece: Piece) -> Piece:
    """Return a piece without the unit that its place declares, if only the grammar knows that."""
    text = without_unit_of(piece.text, [unit for unit in place.units if unit not in KNOWN])
    if text == piece.text or not is_value(text):
        return piece
    return CellPart(text, piece.start, piece.end)


def may_separate_thousands(place: Place, text: str, unit: str | None) -> bool:
    """Return True if a decimal point may separate thousands.

    Things that are counted have no decimals, 元 two at most. Sums in 万元 are often printed to
    10 元, with three.
    """
    whole = bool(place.units) and all(is_counter(one) or one == _YUAN for one in place.units)
    return (unit == _YUAN or whole) and _THOUSANDS_AFTER.search(text) is not None


def is_unlikely(place: Place, number: Amount) -> bool:
    """Return True for a number that its place hardly has: negative, or a part of a thing."""
    return number < 0 or (number != int(number) and _is_counted(place))


def counts_nothing(place: Place, number: Amount) -> bool:
    """Return True for a number that no count or sum can be.

    Only where the label of the figure has a word for less, as a change of a number has, may it be
    below zero.
    """
    return is_unlikely(place, number) and not (number < 0 and is_signed(place.label))


def _is_counted(place: Place) -> bool:
    return bool(place.units) and all(map(is_counter, place.units))
