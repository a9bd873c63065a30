"""From the cells of a printed row to figures, with a diagnostic for whatever is in doubt."""

from __future__ import annotations

from decimal import Decimal

from attrs import define, evolve, field, frozen

from gischema.diagnostics import diagnose
from gischema.forms.form import Column, Row, step
from gischema.forms.labels import squeeze
from gischema.parsing.heads import Heads, PrintedColumn
from gischema.parsing.numbers import Value, in_ten_thousand, is_money, read_value
from gischema.parsing.place import Places
from gischema.parsing.region import PrintedRow, UnknownRow
from gischema.parsing.rows import Arranged, Piece, arrange
from gischema.parsing.solve import split
from gischema.report import Diagnostic, Figure, Origin, Reading

_TOTAL = "total"
_MONEY_UNIT = "万元"


@frozen
class Cell:
    """A place for a figure: its path there, its label and unit, and how its head was read."""

    path: str
    label: str
    unit: str | None
    column: PrintedColumn | None = None


@define
class RowReader:
    """Reads the figures of one row of a form."""

    row: Row
    printed: PrintedRow
    places: Places
    usual_gap: int
    figures: list[Figure] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)
    unknown: list[UnknownRow] = field(factory=list)

    def read(self) -> None:
        """Fill `figures`, `diagnostics` and `unknown`."""
        cells = self._cells()
        if not cells:
            return
        arranged = arrange(self.printed.cells, len(cells), self.usual_gap)
        if not arranged.pieces or self._is_mere_caption(arranged):
            return
        if not arranged.doubt:
            for cell, piece in zip(cells, arranged.pieces, strict=True):
                self._figure(cell, piece, self.printed.reading)
        elif arranged.doubt == "glued":
            self._split(cells, arranged.pieces[0])
        elif arranged.doubt == "many":
            self._too_many(cells, arranged)
        else:
            self._too_few(cells, arranged)
        self._note_doubts_of_labels(cells)

    # -- which figures the row has ------------------------------------------------------------

    def _cells(self) -> list[Cell]:
        row = self.row
        if row.heads is None:
            return [Cell(row.path, row.label, row.unit)]
        heads = self.printed.heads.get(row.heads) or Heads.of_form(row.heads)
        return [self._cell(column) for column in heads.columns]

    def _cell(self, printed: PrintedColumn) -> Cell:
        column = printed.column
        if column is None:
            return Cell("", printed.printed, None, printed)
        label = f"{self.row.label} / {column.label}" if self.row.label else column.label
        return Cell(f"{self.row.path}.{column.key}", label, self.row.unit or column.unit, printed)

    def _is_mere_caption(self, arranged: Arranged) -> bool:
        """Whether the row is printed without figures, as the form has it."""
        bare = self.row.group or (self.row.heads is None and self.row.unit is None)
        stated = (read_value(piece.text).status == "stated" for piece in arranged.pieces)
        return bare and not any(stated)

    # -- rows whose places are certain --------------------------------------------------------

    def _figure(self, cell: Cell, piece: Piece, reading: Reading) -> None:
        if not cell.path:
            self._leave_unclaimed(piece, cell.label)
            return
        value = read_value(piece.text)
        if cell.column is not None and cell.column.reading == "close":
            reading = "close"
        if value.status == "unreadable":
            self._doubt("D204", [cell], piece, label=cell.label, printed=piece.text)
        figure = self._make(cell, piece, value, reading)
        if figure.status == "stated":
            figure = self._with_unit(figure, cell, value)
        self.figures.append(figure)

    def _make(self, cell: Cell, piece: Piece, value: Value, reading: Reading) -> Figure:
        return Figure(
            cell.path,
            value.number,
            _fixed(cell.unit),
            value.status,
            self.places.raw(piece.start, piece.end),
            cell.label,
            self.places.origin(piece.start, piece.end),
            reading,
        )

    def _with_unit(self, figure: Figure, cell: Cell, value: Value) -> Figure:
        """The figure in the form's unit; money whose unit is printed in 万元."""
        printed = value.unit or (_noted_unit(cell.column) if cell.column else None)
        number = value.number
        if cell.unit is None or printed is None or number is None:
            return figure
        money = _MONEY_UNIT in cell.unit.split("/")
        if money and is_money(printed):
            if cell.unit == _MONEY_UNIT and printed != _MONEY_UNIT:
                self._note_unit(figure, printed, cell.unit)
            return _restated(figure, in_ten_thousand(number, printed), _MONEY_UNIT)
        if is_money(printed):
            self._note_unit(figure, printed, cell.unit)
        return figure

    def _note_unit(self, figure: Figure, printed: str, unit: str) -> None:
        self.diagnostics.append(
            diagnose("D206", figure.origin, (figure.path,), label=figure.label, printed=printed,
                     unit=unit)
        )  # fmt: skip

    # -- rows whose places are not ------------------------------------------------------------

    def _split(self, cells: list[Cell], piece: Piece) -> None:
        """Digits that run together: one way to split them under the row's identity, or none."""
        digits = "".join(piece.text.split())
        splits = split(digits, len(cells), _total(cells)) if digits.isdigit() else None
        if splits is None or splits.solution is None:
            ways = splits.ways if splits else ()
            candidates = "；".join(" ".join(way) for way in ways)
            self._unreadable(cells, [piece], "D203", candidates=candidates and f"：{candidates}")
            return
        at = piece.start
        for cell, number in zip(cells, splits.solution, strict=True):
            self._figure(cell, Piece(number, at, at + len(number)), "solved")
            at += len(number)
        self._doubt("D202", cells, piece, label=self.row.label, printed=piece.text,
                    values=" ".join(splits.solution))  # fmt: skip

    def _too_many(self, cells: list[Cell], arranged: Arranged) -> None:
        """More figures than cells: the first are taken, all are in doubt, the rest is listed."""
        pieces = arranged.pieces
        for cell, piece in zip(cells, pieces, strict=False):
            self._figure(cell, piece, self.printed.reading)
        for piece in pieces[len(cells) :]:
            self._leave_unclaimed(piece, self.row.label)
        self._doubt("D201", cells, pieces[0], label=self.row.label, expected=len(cells),
                    actual=len(pieces))  # fmt: skip

    def _too_few(self, cells: list[Cell], arranged: Arranged) -> None:
        """Fewer figures than cells: only the total can be told, where it is the last printed."""
        pieces = list(arranged.pieces)
        total = _total(cells)
        numbers = [read_value(piece.text).number for piece in pieces]
        stated = [n for n in numbers if isinstance(n, int)]
        certain = total == len(cells) - 1 and len(stated) == len(pieces) > 1
        if certain and not self.printed.cut_off and 2 * stated[-1] == sum(stated):
            self._figure(cells[-1], pieces.pop(), "solved")
            self._unreadable(cells[:-1], pieces, "D205", also=cells[-1:])
        else:
            self._unreadable(cells, pieces, "D205")

    def _unreadable(
        self,
        cells: list[Cell],
        pieces: list[Piece],
        code: str,
        also: list[Cell] | None = None,
        candidates: str = "",
    ) -> None:
        whole = Piece(" ".join(p.text for p in pieces), pieces[0].start, pieces[-1].end)
        unreadable = Value("unreadable")
        self.figures.extend(
            self._make(cell, whole, unreadable, self.printed.reading) for cell in cells if cell.path
        )
        self._doubt(code, [*cells, *(also or [])], whole, label=self.row.label,
                    printed=whole.text, expected=len(cells) + len(also or []),
                    actual=len(pieces) + len(also or []), candidates=candidates)  # fmt: skip

    def _leave_unclaimed(self, piece: Piece, label: str) -> None:
        if piece.text:
            printed = self.printed
            self.unknown.append(UnknownRow(label, printed.start, printed.end, (piece,)))

    # -- doubts -------------------------------------------------------------------------------

    def _note_doubts_of_labels(self, cells: list[Cell]) -> None:
        printed = self.printed
        origin = self.places.origin(printed.start, printed.end)
        if printed.lost_label:
            self._doubt_at("D104", cells, origin, label=self.row.label)
        elif printed.reading == "close":
            self._doubt_at("D101", cells, origin, printed=printed.label, label=self.row.label)
        for cell in cells:
            column = cell.column
            if column is not None and column.reading == "close" and column.column is not None:
                self._doubt_at("D102", [cell], origin, printed=column.printed,
                               label=column.column.label)  # fmt: skip

    def _doubt(self, code: str, cells: list[Cell], piece: Piece, **words: object) -> None:
        self._doubt_at(code, cells, self.places.origin(piece.start, piece.end), **words)

    def _doubt_at(self, code: str, cells: list[Cell], origin: Origin, **words: object) -> None:
        paths = tuple(cell.path for cell in cells if cell.path)
        self.diagnostics.append(diagnose(code, origin, paths, **words))


def _total(cells: list[Cell]) -> int | None:
    """The place of the cell that is the sum of the others: a column named `total`."""
    columns = [cell.column.column if cell.column else None for cell in cells]
    if any(column is None for column in columns):
        return None
    keys = [column.key for column in columns if isinstance(column, Column)]
    totals = [i for i, key in enumerate(keys) if step(key) == _TOTAL]
    return totals[0] if len(totals) == 1 and "organizations" not in keys else None


def _noted_unit(column: PrintedColumn) -> str | None:
    """The unit of money in the note of a head, `(单位:元)`."""
    words = squeeze(column.note).removeprefix("单位")
    return words if is_money(words) else None


def _fixed(unit: str | None) -> str | None:
    return None if unit is None or "/" in unit else unit


def _restated(figure: Figure, number: int | Decimal, unit: str) -> Figure:
    return evolve(figure, value=number, unit=unit)
