"""From what stands in one place of a row to its figure, in the unit of the form."""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import define, evolve, field

from gischema.chinese.units import is_money
from gischema.forms.form import Place, Row
from gischema.report import Amount, Figure, Reading
from gischema.tables.figure_units import (
    counts_nothing,
    may_separate_thousands,
    stated_units,
    target_unit,
    units_for,
)
from gischema.tables.header_model import HeadedPlace
from gischema.tables.numbers import (
    UNREADABLE,
    Value,
    digits_for,
    is_signed,
    read_value,
    without_mark,
)
from gischema.tables.printed_units import in_unit
from gischema.tables.region import PrintedRow
from gischema.tables.remarks import figure_before_words, shortened
from gischema.tables.row_cells import Piece
from gischema.tables.row_doubts import RowDoubts
from gischema.tables.tokenize import MARKS
from gischema.text import Places

_SIGNS = f"{MARKS}→←○√≥≤><~≈±×约"
_ANY_SIGN = frozenset(f"{_SIGNS}*#+")
_MARK_BEFORE = re.compile(rf"(?:(?<=\s)[*#+]|[{_SIGNS}])\s?\Z")
_MARK_BEHIND = re.compile(rf" ?[{MARKS}]")


@define(eq=False)
class FigureReader:
    """Reads the figures of one row.

    Attributes:
        row: The row of the form.
        printed: The row as printed.
        places: Finds where something stood in the source.
        doubts: Takes what is in doubt.
        units: The units that the row itself states.
    """

    row: Row
    printed: PrintedRow
    places: Places
    doubts: RowDoubts
    units: tuple[str, ...] = field(init=False)

    @units.default
    def _stated_units(self) -> tuple[str, ...]:
        return stated_units(self.row, self.printed, self.places.text.text)

    def read(self, cell: HeadedPlace, piece: Piece, reading: Reading) -> Figure:
        """Return the figure of a place in the unit of the form."""
        place, head = cell
        value = read_value(piece.text)
        if head is not None and head.reading == "close":
            reading = "close"
        if value.status == "unreadable":
            value = self._read_odd(cell, piece)
        if reading != "solved" and piece.text[-1:].isdecimal():
            self._doubt_number(cell, piece)
        if value.status == "stated":
            self._doubt_mark(cell, piece, value)
        units = [value.unit] if value.unit is not None else units_for(place, head, self.units)
        unit = units[0] if units else None
        number = value.number
        figure = self.make(place, piece, value, reading)
        if unit is not None and number is not None:
            figure = self._convert(figure, place, number, unit)
            for other in units[1:]:
                self._doubt_unit(figure, other, unit)
        if isinstance(number, Decimal) and may_separate_thousands(place, piece.text, unit):
            self.doubts.add("D209", [cell], piece, label=place.label, printed=piece.text)
        elif figure.value is not None and counts_nothing(place, figure.value):
            self.doubts.add("D211", [cell], piece, label=place.label, printed=piece.text)
        return figure

    def _doubt_number(self, cell: HeadedPlace, piece: Piece) -> None:
        """Doubt a figure that runs together with the number of the row behind it (D202)."""
        number = self.places.text.text[piece.end : piece.end + 1]
        if number.isdecimal():
            words = {"printed": piece.text + number, "values": f"{piece.text} {number}"}
            self.doubts.add("D202", [cell], piece, label=cell[0].label or self.row.label, **words)

    def _doubt_mark(self, cell: HeadedPlace, piece: Piece, value: Value) -> None:
        """Doubt a figure behind a mark, which may be that of a change or a limit (D210)."""
        text = self.places.text.text
        mark = None
        if not _ANY_SIGN.isdisjoint(text[max(piece.start - 2, 0) : piece.start]):
            mark = _MARK_BEFORE.search(text, max(piece.start - 4, 0), piece.start)
        elif not _ANY_SIGN.isdisjoint(text[piece.end : piece.end + 2]):
            mark = _MARK_BEHIND.match(text, piece.end)
        changes = "+" in piece.text and not is_signed(cell[0].label)
        if mark is not None or changes:
            start, end = mark.span() if mark is not None else (piece.start, piece.end)
            printed = text[min(start, piece.start) : max(end, piece.end)]
            words = {"label": cell[0].label, "printed": printed, "value": value.number}
            self.doubts.add("D210", [cell], piece, **words)

    def make(self, place: Place, piece: Piece, value: Value, reading: Reading) -> Figure:
        """Return the figure of a place with a value as printed."""
        origin = self.places.origin(piece.start, piece.end)
        return Figure(
            place.path,
            value.number,
            place.fixed_unit,
            value.status,
            self.places.raw(origin),
            place.label,
            origin,
            reading,
        )

    def _read_odd(self, cell: HeadedPlace, piece: Piece) -> Value:
        """Return the value of a cell that is no single number: the one before a note or a mark."""
        label = cell[0].label
        raw = self.places.raw(self.places.origin(piece.start, piece.end))
        if figure := without_mark(piece.text, raw) or figure_before_words(piece.text):
            words = {"label": label, "printed": shortened(raw), "value": figure}
            self.doubts.add("D210", [cell], piece, **words)
            return read_value(figure)
        # Two figures in a cell: the row may have one more than there are heads, a subtotal.
        more = self.row.heads.beyond if self.row.heads and " " in piece.text else ()
        beyond = ((self.row.places[column], None) for column in more)
        words = {"label": label, "printed": shortened(raw), "digits": digits_for(piece.text)}
        self.doubts.add("D204", [cell, *beyond], piece, **words)
        return UNREADABLE

    def _doubt_unit(self, figure: Figure, printed: str, unit: str) -> None:
        """Flag a printed unit that is not the form's; the row identifies its only figure (D206)."""
        label = self.row.label if len(self.row.paths) == 1 else ""
        words = {"label": label or figure.label, "printed": printed, "unit": unit}
        self.doubts.add_for("D206", figure, **words)

    def _convert(self, figure: Figure, place: Place, number: Amount, printed: str) -> Figure:
        """Return a figure in the unit of the form; flag a printed unit that is another (D206)."""
        if place.unit is None:
            return figure
        unit = target_unit(place, printed)
        value = in_unit(number, printed, unit)
        other = printed != unit if is_money(unit) else value != number
        if value is None or (other and (place.fixed_unit or not is_money(unit))):
            self._doubt_unit(figure, printed, place.unit)
        if value is None or (value == number and figure.unit == unit):
            return figure
        return evolve(figure, value=value, unit=unit)
