"""From the cells of a printed row to figures, with a diagnostic for whatever is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, evolve, field

from gischema.forms.form import Form, Row
from gischema.report import Figure, Reading
from gischema.tables.arrange_cells import ArrangedCells, arrange
from gischema.tables.figure_reader import FigureReader
from gischema.tables.figure_units import without_own_unit
from gischema.tables.header_model import HeadedPlace, TableHeader
from gischema.tables.numbers import UNREADABLE, is_several, read_value, split_at_signs
from gischema.tables.place_doubts import PlacedRow, place_doubts, place_sums, place_years
from gischema.tables.region import AlignedRow, PrintedRow, UnknownRow
from gischema.tables.row_cells import CellPart, Piece
from gischema.tables.row_doubts import HeadedCells, RowDoubts
from gischema.tables.row_reading import RowReading
from gischema.tables.split_digits import split
from gischema.text import Places


def read_row(aligned: AlignedRow, form: Form, places: Places, usual_gap: int) -> RowReading:
    """Read the figures of a printed row.

    Args:
        aligned: The row as printed, and the row of the form that it is.
        form: The form.
        places: Finds where something stood in the source.
        usual_gap: How many empty lines usually stand between two cells.
    """
    row, printed = aligned.row, aligned.printed
    if row.heads is not None:
        printed = evolve(printed, cells=printed.cells.apart_from_unit)
    doubts = RowDoubts(row, printed, places)
    figures = FigureReader(row, printed, places, doubts)
    reader = _RowReader(row, printed, usual_gap, doubts, figures)
    reader.read()
    return RowReading(
        row,
        form.order[row],
        printed,
        tuple(reader.figures),
        tuple(doubts.found),
        tuple(reader.unclaimed),
        crowded=reader.crowded,
        short=reader.short,
        glued=reader.glued,
        unsplit=reader.unsplit,
        kept=reader.kept,
    )


def _heads_over(row: Row, printed: PrintedRow) -> TableHeader | None:
    """Return the heads over a row: as printed, or as in the form if none are.

    They are as in the form too, with doubt, if the row has as many figures, or cells, as the form
    has columns and the heads that could be read are fewer or more.
    """
    if row.heads is None:
        return None
    heads = printed.heads.get(row.heads)
    cells, columns = printed.cells, len(row.columns)
    if heads is None:
        return TableHeader.of_form(row.heads)
    if not heads.columns or (heads.doubtful and columns != len(heads.columns)):
        sizes = (len(cells.figures), len(cells.pieces), len(cells.words))
        if not heads.columns or columns in sizes:
            return evolve(TableHeader.of_form(row.heads), doubtful=True)
    return heads


def _is_caption_only(row: Row, arranged: ArrangedCells) -> bool:
    """Return True if a row is printed without figures, as the form has it."""
    if not row.group and (row.heads is not None or row.unit is not None):
        return False
    printed = (read_value(piece.text).status for piece in arranged.pieces)
    return not any(status in ("stated", "unreadable") for status in printed)


@define(eq=False)
class _RowReader:
    """Takes the figures of one row of a form. See `RowReading` for what its fields mean."""

    row: Row
    printed: PrintedRow
    usual_gap: int
    doubts: RowDoubts
    reader: FigureReader
    figures: list[Figure] = field(factory=list)
    unclaimed: list[UnknownRow] = field(factory=list)
    crowded: bool = False
    glued: bool = False
    unsplit: bool = False
    short: bool = False
    kept: bool = False

    def read(self) -> None:
        """Read the figures, and flag what is in doubt."""
        row, printed = self.row, self.printed
        heads = _heads_over(row, printed)
        cells = heads.cells(row) if heads is not None else ((row.places[None], None),)
        for piece in printed.other_years:
            self._leave_unclaimed(piece, row.label)
        if not cells:
            return
        summed = heads is not None and bool(heads.group.sums)
        arranged = arrange(printed.cells, len(cells), self.usual_gap, summed=summed)
        if printed.cut_off and len(printed.cells.words) < len(arranged.pieces):
            arranged = ArrangedCells(printed.cells.figures, "few")
        if not arranged.pieces or _is_caption_only(row, arranged):
            return
        for piece in arranged.beyond:
            self._leave_unclaimed(piece, row.label)
        if arranged.doubt == "glued":
            self._split(cells, arranged.pieces[0])
        elif arranged.doubt == "many":
            self._too_many(cells, arranged)
        elif arranged.doubt == "few":
            self._too_few(cells, arranged)
        else:
            self._in_place(cells, arranged.pieces)
        self.doubts.add_for_row(cells, heads, self.figures)

    def _take(self, cell: HeadedPlace, piece: Piece, reading: Reading) -> None:
        """Take the figure of a place, or leave it unclaimed in a column that the form lacks."""
        place, head = cell
        if place.path:
            self.figures.append(self.reader.read(cell, piece, reading))
        elif head is None or head.column is None:
            self._leave_unclaimed(piece, place.label)

    def _in_place(self, cells: HeadedCells, pieces: tuple[Piece, ...]) -> None:
        """Take one figure a cell."""
        if self.row.own_units:
            printed = zip(cells, pieces, strict=True)
            pieces = tuple(without_own_unit(place, piece) for (place, _), piece in printed)
        for cell, piece in zip(cells, pieces, strict=True):
            self._take(cell, piece, self.printed.reading)
        if len(cells) == 1:
            return
        self._doubt_blanks(cells, pieces)
        places = [place for place, _ in cells]
        sums = place_sums(self.row, cells)
        self.kept = self._keeps_cells(len(places))
        row = PlacedRow(places, pieces, sums, self.printed.cells, self.kept)
        for doubt in place_doubts(row):
            words = {"label": self.row.label, "expected": len(cells), "actual": doubt.printed}
            self.doubts.add(doubt.code, cells, doubt.piece, **words)

    def _doubt_blanks(self, cells: HeadedCells, pieces: tuple[Piece, ...]) -> None:
        """Doubt the empty cells next to one with two figures: `12 3 | |`; one may be theirs."""
        for at, piece in enumerate(pieces):
            if " " in piece.text and is_several(piece.text):
                next_to = [i for i in (at - 1, at + 1) if 0 <= i < len(pieces)]
                blank = [cells[i] for i in next_to if cells[i][0].path and not pieces[i].text]
                if blank:
                    actual = sum(len(each.text.split()) for each in pieces)
                    words = {"label": self.row.label, "expected": len(cells), "actual": actual}
                    self.doubts.add("D205", blank, piece, **words)

    def _keeps_cells(self, columns: int) -> bool:
        """Return True if the file has a cell for each column; a spanned one counts once.

        Only where one is empty may another be lost without a trace.
        """
        places = self.reader.places
        if not places.document.keeps_cells or all(p.text for p in self.printed.cells.pieces):
            return False
        origins = (places.origin(p.start, p.start + 1) for p in self.printed.cells.pieces)
        return len({(origin.row, origin.cell) for origin in origins}) == columns

    def _split(self, cells: HeadedCells, piece: Piece) -> None:
        """Split digits that run together, if the sums of the row leave one way to do so.

        In a row without sums, digits that stand apart from their label may be one number.
        """
        digits = "".join(piece.text.split())
        if digits.isdecimal() and digits[0] != "0" and self._stands_apart(cells, piece):
            self._too_few(cells, ArrangedCells((piece,), "few"))
            return
        self.glued = True
        sums = place_sums(self.row, cells)
        years = place_years(cells)
        splits = split(digits, len(cells), sums, years) if digits.isdecimal() else None
        ways = splits.ways if splits else ()
        solution = splits.solution if splits else split_at_signs(digits)
        likely = splits.likely(years) if splits else None
        candidates = "；".join(" ".join(way) for way in ways)
        code = "D202" if solution is not None else "D212"
        solution = solution or likely
        if solution is None or len(solution) != len(cells):
            self.unsplit = not ways
            self._unreadable(cells, [piece], "D203", candidates=candidates and f"：{candidates}")
            return
        at = piece.start
        for cell, number in zip(cells, solution, strict=True):
            self._take(cell, CellPart(number, at, at + len(number)), "solved")
            at += len(number)
        words = {"label": self.row.label, "printed": piece.text, "values": " ".join(solution)}
        if any(number != "0" for number in solution):  # zeros are a number each
            self.doubts.add(code, cells, piece, candidates=candidates, **words)

    def _stands_apart(self, cells: HeadedCells, piece: Piece) -> bool:
        """Return True if something separates a piece from its label, in a row without sums."""
        printed = self.printed
        between = self.reader.places.text.text[printed.end : piece.start]
        adjoins = not re.search(r"\s", between) and printed.label[-1:] != " "
        return not adjoins and not place_sums(self.row, cells)

    def _too_many(self, cells: HeadedCells, arranged: ArrangedCells) -> None:
        """Take the first of more figures than cells; flag all, and list the rest as unclaimed."""
        pieces = arranged.pieces
        self.crowded = True
        for cell, piece in zip(cells, pieces, strict=False):
            self._take(cell, piece, self.printed.reading)
        for piece in pieces[len(cells) :]:
            self._leave_unclaimed(piece, self.row.label)
        words = {"label": self.row.label, "expected": len(cells), "actual": len(pieces)}
        self.doubts.add("D201", [*cells, *self._every_cell()], pieces[0], **words)

    def _too_few(self, cells: HeadedCells, arranged: ArrangedCells) -> None:
        """Take only the total of fewer figures than cells, where it is the last printed."""
        self.short = len(cells) > 1
        pieces = list(arranged.pieces)
        last = {place for place, _ in place_sums(self.row, cells)} == {len(cells) - 1}
        numbers = [read_value(piece.text).number for piece in pieces]
        stated = [n for n in numbers if isinstance(n, int)]
        certain = last and len(stated) == len(pieces) > 1
        if certain and not self.printed.cut_off and 2 * stated[-1] == sum(stated):
            self._take(cells[-1], pieces.pop(), "solved")
            self._unreadable(cells[:-1], pieces, "D205", also=cells[-1:])
        else:
            self._unreadable(cells, pieces, "D205")

    def _unreadable(
        self,
        cells: HeadedCells,
        pieces: Sequence[Piece],
        code: str,
        also: HeadedCells = (),
        candidates: str = "",
    ) -> None:
        """Take all places as unreadable, and flag them.

        Args:
            cells: The places.
            pieces: What is printed in the row.
            code: The code of the diagnostic.
            also: Places that are flagged without being unreadable.
            candidates: The ways to split digits that run together.
        """
        whole = CellPart(" ".join(p.text for p in pieces), pieces[0].start, pieces[-1].end)
        self.figures.extend(
            self.reader.make(place, whole, UNREADABLE, self.printed.reading)
            for place, _ in cells
            if place.path
        )
        self.doubts.add(
            code,
            [*cells, *also, *self._every_cell()],
            whole,
            label=self.row.label,
            printed=whole.text,
            expected=len(cells) + len(also),
            actual=len(pieces) + len(also),
            candidates=candidates,
        )

    def _every_cell(self) -> HeadedCells:
        """Return the cells that the row may have, of the form or beyond it."""
        return [(place, None) for place in self.row.places.values()]

    def _leave_unclaimed(self, piece: Piece, label: str) -> None:
        if piece.text:
            printed = self.printed
            self.unclaimed.append(UnknownRow(label, printed.start, printed.end, (piece,)))
