"""What is in doubt about a row: its label, the heads above it, the words after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import define, field

from gischema.chinese.units import is_counter
from gischema.diagnostics import diagnose
from gischema.forms.form import Row
from gischema.report import Diagnostic, Figure, Origin
from gischema.tables.header_model import HeadedPlace, TableHeader
from gischema.tables.region import PrintedRow
from gischema.tables.remarks import is_link, shortened
from gischema.tables.row_cells import Piece
from gischema.tables.row_reading import adds_up
from gischema.text import Places

HeadedCells: TypeAlias = Sequence[HeadedPlace]
"""The places of a row with the heads of their columns, in printed order."""


@define(eq=False)
class RowDoubts:
    """The diagnostics of one row.

    Attributes:
        row: The row of the form.
        printed: The row as printed.
        places: Finds where something stood in the source.
        found: The diagnostics.
    """

    row: Row
    printed: PrintedRow
    places: Places
    found: list[Diagnostic] = field(factory=list)

    def add(self, code: str, cells: HeadedCells, piece: Piece, **words: object) -> None:
        """Flag the figures of some places, whose cells begin with `piece`."""
        self._add_at(code, cells, self.places.origin(piece.start, piece.end), **words)

    def add_for(self, code: str, figure: Figure, **words: object) -> None:
        """Flag one figure."""
        words = {"label": figure.label} | words
        self.found.append(diagnose(code, figure.origin, (figure.path,), **words))

    def add_for_row(
        self, cells: HeadedCells, heads: TableHeader | None, figures: Sequence[Figure]
    ) -> None:
        """Flag what is not certain about the row's end, its label and the heads above it."""
        if figures:
            self._add_remark(cells)
            if self.printed.cut_off and not _is_whole(figures[-1]):
                self.add_for("D207", figures[-1], printed=figures[-1].raw)
        self._add_label(cells)
        if heads is not None and (heads.doubtful or heads.close):
            confirmed = heads.assumed and adds_up(self.row, figures)
            self._add_heads(cells, heads, doubtful=heads.doubtful and not confirmed)

    def _add_remark(self, cells: HeadedCells) -> None:
        """Flag words after the figures (D210)."""
        printed = self.printed
        if printed.remark and not is_link(printed.remark):
            texts = [piece.text for piece in printed.cells.figures]
            quoted = shortened(" ".join((*texts, printed.remark)))
            words = {"label": self.row.label, "printed": quoted, "value": " ".join(texts)}
            self.add("D210", cells, printed.cells.pieces[0], **words)

    def _add_label(self, cells: HeadedCells) -> None:
        """Flag a label that is not printed (D104) or only similar to the form's (D101)."""
        label = self.row.label
        if self.printed.lost_label:
            self._add_at("D104", cells, self._origin(), label=label)
        elif self.printed.reading == "close":
            self._add_at("D101", cells, self._origin(), printed=self.printed.label, label=label)

    def _add_heads(self, cells: HeadedCells, heads: TableHeader, *, doubtful: bool) -> None:
        """Flag heads in doubt (D304) and heads that are only similar to the form's (D102)."""
        origin = self._origin()
        if doubtful:
            printed = self.printed
            label = self.row.label or printed.label
            label = label or " ".join(piece.text for piece in printed.cells.figures)
            paths = self._paths_under(heads, cells)
            self.found.append(diagnose("D304", origin, paths, label=label, printed=heads.text))
        for cell in cells:
            head = cell[1]
            if head is not None and head.column is not None and head in heads.guessed:
                words = {"printed": head.printed, "label": head.column.label}
                self._add_at("D102", [cell], origin, **words)

    def _paths_under(self, heads: TableHeader, cells: HeadedCells) -> tuple[str, ...]:
        """Return what the row may hold under heads in doubt: as in the form, printed, or read."""
        printed = self.printed.heads.get(heads.group)
        headed = printed.cells(self.row) if printed is not None else ()
        paths = (place.path for place, _ in (*cells, *headed) if place.path)
        return tuple(dict.fromkeys((*self.row.paths, *paths)))

    def _origin(self) -> Origin:
        return self.places.origin(self.printed.start, self.printed.end)

    def _add_at(self, code: str, cells: HeadedCells, origin: Origin, **words: object) -> None:
        """Add a diagnostic, unless one with the same code has the same paths."""
        paths = tuple(dict.fromkeys(place.path for place, _ in cells if place.path))
        if not any(known.code == code and known.paths == paths for known in self.found):
            self.found.append(diagnose(code, origin, paths, **words))


def _is_whole(figure: Figure) -> bool:
    """Return True for a zero that counts something: no other digit can follow it."""
    return figure.raw == "0" and is_counter(figure.unit or "")
