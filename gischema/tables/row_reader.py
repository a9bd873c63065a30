"""From the cells of a printed row to figures, with a diagnostic for whatever is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from attrs import define, evolve, field

from gischema.chinese.units import KNOWN, MONEY, is_counter, is_money, measure
from gischema.diagnostics import diagnose
from gischema.forms.form import Form, Place, Row
from gischema.report import Amount, Diagnostic, Figure, Origin, Reading
from gischema.tables.header_model import HeadedPlace, PrintedColumn, TableHeader
from gischema.tables.numbers import (
    UNREADABLE,
    Value,
    is_several,
    is_value,
    read_value,
    split_at_signs,
    without_mark,
    without_unit_of,
)
from gischema.tables.printed_units import STATED_UNITS, counter_stated, in_unit, unit_stated
from gischema.tables.region import AlignedRow, PrintedRow, UnknownRow
from gischema.tables.remarks import figure_before_words, shortened
from gischema.tables.row_cells import ArrangedCells, CellPart, Piece, arrange
from gischema.tables.row_reading import RowReading
from gischema.tables.split_digits import PlaceSum, split
from gischema.text import Places

Cells: TypeAlias = Sequence[HeadedPlace]
Pieces: TypeAlias = tuple[Piece, ...]

_THOUSANDS_BEHIND = re.compile(r"\.\d{3}(?!\d)")
_THOUSANDS = 3  # digits between two separators
_YUAN = "元"


def read_row(aligned: AlignedRow, form: Form, places: Places, usual_gap: int) -> RowReading:
    """Read the figures of a printed row.

    Args:
        aligned: The row as printed, and the row of the form that it is.
        form: The form.
        places: Finds where something stood in the source.
        usual_gap: How many empty lines usually stand between two cells.
    """
    reader = _RowReader(aligned.row, aligned.printed, places, usual_gap)
    reader.read()
    return RowReading(
        aligned.row,
        form.order[aligned.row],
        aligned.printed,
        tuple(reader.figures),
        tuple(reader.diagnostics),
        tuple(reader.unclaimed),
        crowded=reader.crowded,
        short=reader.short,
        glued=reader.glued,
        unsplit=reader.unsplit,
    )


@define
class _RowReader:
    """Reads the figures of one row of a form. See `RowReading` for what its fields mean."""

    row: Row
    printed: PrintedRow
    places: Places
    usual_gap: int
    figures: list[Figure] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)
    unclaimed: list[UnknownRow] = field(factory=list)
    crowded: bool = False
    glued: bool = False
    unsplit: bool = False
    short: bool = False
    units: tuple[str, ...] = field(init=False)
    """The units that the row itself states."""

    @units.default
    def _stated_units(self) -> tuple[str, ...]:
        pieces = self.printed.cells.pieces
        known = STATED_UNITS if self.row.counts else KNOWN
        own = [piece.text for piece in pieces if piece.text in known][:1]
        label = self.places.text.text[self.printed.start : pieces[0].start] if pieces else ""
        for unit in self.row.own_units:
            label = label.replace(unit, "")
        stated = unit_stated(label)
        if stated is None and not self.row.counts:
            stated = counter_stated(label)
        return (*own, stated) if stated is not None else tuple(own)

    def read(self) -> None:
        """Read the figures, and flag what is in doubt."""
        heads = self._heads()
        cells = heads.cells(self.row) if heads is not None else ((self.row.places[None], None),)
        if not cells:
            return
        summed = heads is not None and bool(heads.group.sums)
        arranged = arrange(self.printed.cells, len(cells), self.usual_gap, summed=summed)
        if self.printed.cut_off and len(self.printed.cells.figures) < len(arranged.pieces):
            arranged = ArrangedCells(self.printed.cells.figures, "few")
        if not arranged.pieces or self._is_mere_caption(arranged):
            return
        if arranged.doubt == "glued":
            self._split(cells, arranged.pieces[0])
        elif arranged.doubt == "many":
            self._too_many(cells, arranged)
        elif arranged.doubt == "few":
            self._too_few(cells, arranged)
        else:
            self._in_place(cells, arranged.pieces)
        self._note_doubts_of_labels(cells, heads)

    # -- which figures the row has ------------------------------------------------------------

    def _heads(self) -> TableHeader | None:
        """The heads over the row: as printed, or as in the form if none are.

        So too, with doubt, if the row has as many figures, or cells, as the form has columns and
        the heads that could be read are fewer or more.
        """
        if self.row.heads is None:
            return None
        printed = self.printed.heads.get(self.row.heads)
        cells, columns = self.printed.cells, len(self.row.columns)
        if printed is None:
            return TableHeader.of_form(self.row.heads)
        if not printed.columns or (printed.doubtful and columns != len(printed.columns)):
            sizes = (len(cells.figures), len(cells.pieces), len(cells.words))
            if not printed.columns or columns in sizes:
                return evolve(TableHeader.of_form(self.row.heads), doubtful=True)
        return printed

    def _is_mere_caption(self, arranged: ArrangedCells) -> bool:
        """Whether the row is printed without figures, as the form has it."""
        if not self.row.group and (self.row.heads is not None or self.row.unit is not None):
            return False
        printed = (read_value(piece.text).status for piece in arranged.pieces)
        return not any(status in ("stated", "unreadable") for status in printed)

    def _sums(self, cells: Cells) -> list[PlaceSum]:
        """The places that are the sum of other places, where all of these are printed."""
        if self.row.heads is None:
            return []
        at = {head.column: i for i, (_, head) in enumerate(cells) if head is not None}
        return [
            (at[total], frozenset(at[part] for part in parts))
            for total, parts in self.row.heads.sums
            if total in at and parts <= at.keys()
        ]

    # -- rows whose places are certain --------------------------------------------------------

    def _in_place(self, cells: Cells, pieces: Pieces) -> None:
        if self.row.own_units:
            printed = zip(cells, pieces, strict=True)
            pieces = tuple(_without_own_unit(place, piece) for (place, _), piece in printed)
        for cell, piece in zip(cells, pieces, strict=True):
            self._figure(cell, piece, self.printed.reading)
        if len(cells) > 1:
            self._doubt_lost_totals(cells, pieces)
            self._doubt_thousands(cells, pieces)
            self._doubt_lone(cells, pieces)
            self._doubt_spare(cells, pieces)
            self._doubt_full(cells, pieces)

    def _figure(self, cell: HeadedPlace, piece: Piece, reading: Reading) -> None:
        place, head = cell
        if not place.path:
            if head is None or head.column is None:
                self._leave_unclaimed(piece, place.label)
            return
        value = read_value(piece.text)
        if head is not None and head.reading == "close":
            reading = "close"
        if value.status == "unreadable":
            value = self._odd_value(cell, piece)
        unit, number = value.unit, value.number
        told: list[str] = []
        if unit is None and (self.units or (head is not None and head.unit)):
            told = self._units(place, head)
            unit = next(iter(told), None)
        if isinstance(number, Decimal) and _may_part_thousands(place, piece.text, unit):
            self._doubt("D209", [cell], piece, label=place.label, printed=piece.text)
        figure = self._make(place, piece, value, reading)
        if unit is not None and number is not None:
            figure = self._in_unit(figure, place, number, unit)
            for other in told[1:]:
                self._note_unit(figure, other, unit)
        self.figures.append(figure)

    def _odd_value(self, cell: HeadedPlace, piece: Piece) -> Value:
        """What a cell that is no single number says: the number before a note or its mark."""
        label = cell[0].label
        raw = self.places.raw(self.places.origin(piece.start, piece.end))
        if figure := without_mark(piece.text, raw) or figure_before_words(piece.text):
            self._doubt("D210", [cell], piece, label=label, printed=shortened(raw), value=figure)
            return read_value(figure)
        # Two figures in a cell: the row may have one more than there are heads, a subtotal.
        more = self.row.heads.beyond if self.row.heads and " " in piece.text else ()
        beyond = ((self.row.places[column], None) for column in more)
        self._doubt("D204", [cell, *beyond], piece, label=label, printed=shortened(piece.text))
        return UNREADABLE

    def _make(self, place: Place, piece: Piece, value: Value, reading: Reading) -> Figure:
        places = self.places
        origin = places.origin(piece.start, piece.end)
        return Figure(
            place.path,
            value.number,
            place.fixed_unit,
            value.status,
            places.raw(origin),
            place.label,
            origin,
            reading,
        )

    def _in_unit(self, figure: Figure, place: Place, number: Amount, printed: str) -> Figure:
        """The figure in the form's unit; where it leaves a choice, money in 万元."""
        if place.unit is None:
            return figure
        unit = _wanted(place, printed)
        value = in_unit(number, printed, unit)
        other = printed != unit if is_money(unit) else value != number
        if value is None or (other and (place.fixed_unit or not is_money(unit))):
            self._note_unit(figure, printed, place.unit)
        if value is None or (value == number and figure.unit == unit):
            return figure
        return evolve(figure, value=value, unit=unit)

    def _units(self, place: Place, head: PrintedColumn | None) -> list[str]:
        """The units told of a figure, those first that count more.

        They measure what the form asks for. Only a row of one figure is believed to have another.
        """
        if head is None and not KNOWN.issuperset(place.units):
            return list(self.units)
        told = (head.unit, *self.units) if head is not None and head.unit else self.units
        if place.units and all(map(is_counter, place.units)):
            told = tuple(unit for unit in told if not is_counter(unit))
        wanted = {measure(unit)[0] for unit in place.units} or {MONEY}
        return list(dict.fromkeys(unit for unit in told if measure(unit)[0] in wanted))

    def _note_unit(self, figure: Figure, printed: str, unit: str) -> None:
        self.diagnostics.append(
            diagnose("D206", figure.origin, (figure.path,), label=figure.label, printed=printed,
                     unit=unit)
        )  # fmt: skip

    def _doubt_lost_totals(self, cells: Cells, pieces: Pieces) -> None:
        """A blank total beside figures: a cell before it may be lost, and the others shifted."""
        if all(piece.text for piece in pieces):
            return
        for total, parts in self._sums(cells):
            printed = [place for place in parts if pieces[place].text]
            if printed and not pieces[total].text:
                first = pieces[min(printed)]
                self._doubt("D205", cells, first, label=self.row.label, expected=len(cells),
                            actual=len(printed))  # fmt: skip
                return

    def _doubt_lone(self, cells: Cells, pieces: Pieces) -> None:
        """As many digits as the row has cells in the first of them, and nothing in the others."""
        first, *others = pieces
        if (
            len(first.text) >= len(cells)
            and first.text.isdecimal()
            and not any(piece.text for piece in others)
        ):
            self._doubt("D205", cells, first, label=self.row.label, expected=len(cells), actual=1)

    def _doubt_spare(self, cells: Cells, pieces: Pieces) -> None:
        """An empty cell at an end that may be left over from a merged one, a figure being lost.

        There are more empty cells, or a figure is one that the column hardly has.
        """
        printed = [i for i, piece in enumerate(pieces) if piece.text]
        if not printed or len(printed) == len(cells) or (pieces[0].text and pieces[-1].text):
            return
        spare = len(cells) < len(self.printed.cells.pieces) and not self._add_up(cells, pieces)
        if spare or any(_may_be_misplaced(cells[i][0], pieces[i].text) for i in printed):
            self._doubt("D205", cells, pieces[printed[0]], label=self.row.label,
                        expected=len(cells), actual=len(printed))  # fmt: skip

    def _doubt_full(self, cells: Cells, pieces: Pieces) -> None:
        """Two figures in one cell: which of them belong to which columns is not sure."""
        full = next((p for p in pieces if " " in p.text and is_several(p.text)), None)
        if full is not None and not self.printed.cells.barred:
            self._doubt("D201", cells, full, label=self.row.label, expected=len(cells),
                        actual=len(cells) + 1)  # fmt: skip

    def _add_up(self, cells: Cells, pieces: Pieces) -> bool:
        """Whether the sums of the row hold, and are not all nought."""
        numbers = [_number(piece.text) for piece in pieces]
        sums = self._sums(cells)
        hold = all(numbers[total] == sum(numbers[i] for i in parts) for total, parts in sums)
        return hold and any(numbers[total] for total, _ in sums)

    def _doubt_thousands(self, cells: Cells, pieces: Pieces) -> None:
        """Figures told apart by blanks alone that do not add up: a blank may part thousands."""
        if not isinstance(pieces[-1], CellPart):
            return
        texts = [piece.text for piece in pieces]
        if not any(_may_be_thousands(one, other) for one, other in pairwise(texts)):
            return
        for total, parts in self._sums(cells):
            if sum(_number(texts[part]) for part in parts) != _number(texts[total]):
                self._doubt("D205", cells, pieces[0], label=self.row.label, expected=len(cells),
                            actual=len(cells))  # fmt: skip
                return

    # -- rows whose places are not ------------------------------------------------------------

    def _split(self, cells: Cells, piece: Piece) -> None:
        """Digits that run together: one way to split them under the row's identity, or none.

        Where no sum vouches for it, digits that stand apart from their label may be one number.
        """
        digits = "".join(piece.text.split())
        if digits.isdecimal() and digits[0] != "0" and self._stands_apart(cells, piece):
            self._too_few(cells, ArrangedCells((piece,), "few"))
            return
        self.glued = True
        splits = split(digits, len(cells), self._sums(cells)) if digits.isdecimal() else None
        ways = splits.ways if splits else ()
        solution = splits.solution if splits else split_at_signs(digits)
        if solution is None or len(solution) != len(cells):
            self.unsplit = not ways
            candidates = "；".join(" ".join(way) for way in ways)
            self._unreadable(cells, [piece], "D203", candidates=candidates and f"：{candidates}")
            return
        at = piece.start
        for cell, number in zip(cells, solution, strict=True):
            self._figure(cell, CellPart(number, at, at + len(number)), "solved")
            at += len(number)
        self._doubt("D202", cells, piece, label=self.row.label, printed=piece.text,
                    values=" ".join(solution))  # fmt: skip

    def _stands_apart(self, cells: Cells, piece: Piece) -> bool:
        """Whether something parts a piece from its label, in a row without sums."""
        printed = self.printed
        adjoins = piece.start == printed.end and printed.label[-1:] != " "
        return not adjoins and not self._sums(cells)

    def _too_many(self, cells: Cells, arranged: ArrangedCells) -> None:
        """More figures than cells: the first are taken, all are in doubt, the rest is listed."""
        pieces = arranged.pieces
        self.crowded = True
        for cell, piece in zip(cells, pieces, strict=False):
            self._figure(cell, piece, self.printed.reading)
        for piece in pieces[len(cells) :]:
            self._leave_unclaimed(piece, self.row.label)
        self._doubt("D201", [*cells, *self._every_cell()], pieces[0], label=self.row.label,
                    expected=len(cells), actual=len(pieces))  # fmt: skip

    def _too_few(self, cells: Cells, arranged: ArrangedCells) -> None:
        """Fewer figures than cells: only the total can be told, where it is the last printed."""
        self.short = len(cells) > 1
        pieces = list(arranged.pieces)
        last = {place for place, _ in self._sums(cells)} == {len(cells) - 1}
        numbers = [read_value(piece.text).number for piece in pieces]
        stated = [n for n in numbers if isinstance(n, int)]
        certain = last and len(stated) == len(pieces) > 1
        if certain and not self.printed.cut_off and 2 * stated[-1] == sum(stated):
            self._figure(cells[-1], pieces.pop(), "solved")
            self._unreadable(cells[:-1], pieces, "D205", also=cells[-1:])
        else:
            self._unreadable(cells, pieces, "D205")

    def _unreadable(
        self,
        cells: Cells,
        pieces: list[Piece],
        code: str,
        also: Cells | None = None,
        candidates: str = "",
    ) -> None:
        whole = CellPart(" ".join(p.text for p in pieces), pieces[0].start, pieces[-1].end)
        self.figures.extend(
            self._make(place, whole, UNREADABLE, self.printed.reading)
            for place, _ in cells
            if place.path
        )
        self._doubt(code, [*cells, *(also or []), *self._every_cell()], whole, label=self.row.label,
                    printed=whole.text, expected=len(cells) + len(also or []),
                    actual=len(pieces) + len(also or []), candidates=candidates)  # fmt: skip

    def _every_cell(self) -> Cells:
        """The cells that the row may have, printed by the form or beyond it."""
        return [(place, None) for place in self.row.places.values()]

    def _leave_unclaimed(self, piece: Piece, label: str) -> None:
        if piece.text:
            printed = self.printed
            self.unclaimed.append(UnknownRow(label, printed.start, printed.end, (piece,)))

    # -- doubts -------------------------------------------------------------------------------

    def _note_doubts_of_labels(self, cells: Cells, heads: TableHeader | None) -> None:
        """What is not certain about the row's label and the heads above it."""
        printed = self.printed
        if printed.remark and self.figures:
            figures = [piece.text for piece in printed.cells.figures]
            quoted = shortened(" ".join((*figures, printed.remark)))
            self._doubt("D210", cells, printed.cells.pieces[0], label=self.row.label,
                        printed=quoted, value=" ".join(figures))  # fmt: skip
        if printed.cut_off and self.figures:
            last = self.figures[-1]
            words = {"label": last.label, "printed": last.raw}
            self.diagnostics.append(diagnose("D207", last.origin, (last.path,), **words))
        odd_heads = heads is not None and (heads.doubtful or heads.close)
        if not (printed.lost_label or printed.reading == "close" or odd_heads):
            return
        origin = self.places.origin(printed.start, printed.end)
        if printed.lost_label:
            self._doubt_at("D104", cells, origin, label=self.row.label)
        elif printed.reading == "close":
            self._doubt_at("D101", cells, origin, printed=printed.label, label=self.row.label)
        if heads is not None and heads.doubtful:
            paths = self._paths_under(heads, cells)
            label = self.row.label or printed.label
            label = label or " ".join(piece.text for piece in printed.cells.figures)
            words = {"label": label, "printed": heads.text}
            self.diagnostics.append(diagnose("D304", origin, paths, **words))
        for cell in cells:
            head = cell[1]
            if head is not None and head.reading == "close" and head.column is not None:
                words = {"printed": head.printed, "label": head.column.label}
                self._doubt_at("D102", [cell], origin, **words)

    def _paths_under(self, heads: TableHeader, cells: Cells) -> tuple[str, ...]:
        """Whatever the row may hold under heads in doubt: as in the form, as printed, as read."""
        printed = self.printed.heads.get(heads.group)
        headed = printed.cells(self.row) if printed is not None else ()
        paths = (place.path for place, _ in (*cells, *headed) if place.path)
        return tuple(dict.fromkeys((*self.row.paths, *paths)))

    def _doubt(self, code: str, cells: Cells, piece: Piece, **words: object) -> None:
        self._doubt_at(code, cells, self.places.origin(piece.start, piece.end), **words)

    def _doubt_at(self, code: str, cells: Cells, origin: Origin, **words: object) -> None:
        paths = tuple(dict.fromkeys(place.path for place, _ in cells if place.path))
        if not any(known.code == code and known.paths == paths for known in self.diagnostics):
            self.diagnostics.append(diagnose(code, origin, paths, **words))


def _may_be_thousands(one: str, other: str) -> bool:
    """Whether two numbers may be one with a blank between its thousands."""
    return len(other) == _THOUSANDS >= len(one) and (one + other).isdecimal()


def _may_part_thousands(place: Place, text: str, unit: str | None) -> bool:
    """Whether a stop may part thousands: things that are counted have none, 元 two places at most.

    Sums in 万元 are often printed to 10 元, with three.
    """
    whole = bool(place.units) and all(is_counter(one) or one == _YUAN for one in place.units)
    return (unit == _YUAN or whole) and _THOUSANDS_BEHIND.search(text) is not None


def _may_be_misplaced(place: Place, text: str) -> bool:
    """Whether a figure may be of another column: less than nought, or part of a thing counted."""
    number = _number(text)
    counted = bool(place.units) and all(map(is_counter, place.units))
    return number < 0 or (number != int(number) and counted)


def _wanted(place: Place, printed: str) -> str:
    """The unit in which a figure is given whose unit is printed."""
    if place.fixed_unit:
        return place.fixed_unit
    if MONEY in place.units:
        return MONEY
    return printed if printed in place.units or is_counter(printed) else place.units[0]


def _without_own_unit(place: Place, piece: Piece) -> Piece:
    """A piece without the unit that its place declares, if only the grammar knows that."""
    text = without_unit_of(piece.text, [unit for unit in place.units if unit not in KNOWN])
    if text == piece.text or not is_value(text):
        return piece
    return CellPart(text, piece.start, piece.end)


def _number(text: str) -> Amount:
    return read_value(text).number or 0
