"""A part of a document that stands on one form, and what is printed in it row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from attrs import define
from lark import Token

from gischema.forms.form import Column, Form, HeadGroup, Row
from gischema.report import Reading
from gischema.tables.header_model import TableHeader
from gischema.tables.items import ClassifiedText, Item
from gischema.tables.row_cells import Piece, RowCells


class Region(NamedTuple):
    """A part of a document that stands on one form.

    Attributes:
        form: The form.
        scan: The classified document.
        items: The items of the region.
        stop: The cell before which it ends.
        usual_gap: How many empty lines usually stand between two cells of a table that is printed
            with one cell a line.
        year: The year of the report.
    """

    form: Form
    scan: ClassifiedText
    items: tuple[Item, ...]
    stop: int
    usual_gap: int
    year: int | None


@define(eq=False)
class PrintedRow:
    """A row as printed.

    Attributes:
        label: Its label.
        start: Where the label begins.
        end: Where it ends.
        cells: The cells after the label.
        reading: How the label was recognised.
        heads: The headers above the row.
        lost_label: The label is not printed.
        cut_off: The last figure is the very end of the text.
        remark: The words after the figures.
        other_years: The figures that stand next to the report's own, under heads of other years.
    """

    label: str
    start: int
    end: int
    cells: RowCells
    reading: Reading
    heads: Mapping[HeadGroup, TableHeader]
    lost_label: bool = False
    cut_off: bool = False
    remark: str = ""
    other_years: tuple[Piece, ...] = ()


class RowToken(Token):
    """A token of a row for the form's parser, with the row as it is printed."""

    row: PrintedRow

    @classmethod
    def of(cls, terminal: str, row: PrintedRow) -> RowToken:
        """Make the token of a row that stands for `terminal`."""
        token = cls(terminal, row.label)
        token.row = row
        return token


class AlignedRow(NamedTuple):
    """A printed row and the row of the form that it is.

    Attributes:
        row: The row of the form.
        printed: The row as printed.
        displaced: It does not fit into the form where it is printed.
    """

    row: Row
    printed: PrintedRow
    displaced: bool = False


class UnknownRow(NamedTuple):
    """Figures that belong to no row of the form, and the text that stood before them.

    Attributes:
        label: The text.
        start: Where it begins.
        end: Where it ends.
        pieces: The figures.
        candidates: The rows that it may be.
        displaced: The label is known, but fits nowhere.
        loose: It has no label, or a caption only: another row may have lost its figures.
    """

    label: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    candidates: tuple[Row, ...] = ()
    displaced: bool = False
    loose: bool = False


class AlignedRegion(NamedTuple):
    """The printed rows of a region, put next to the rows of its form.

    Attributes:
        region: What was aligned.
        rows: The rows of the form that are printed, in printed order, displaced ones last.
        unknown: Rows that the form does not know.
        ambiguous: Rows whose label is one of several rows, none of which fits.
        heads: The blocks of column heads, and where each is printed first.
        beyond: The columns of each block that are printed beyond the form, such as a subtotal.
        breaks: Where any block of heads begins.
        prose: Where sentences stand.
        lines: Where any lines of text stand that are no row, on forms that leave the place of a
            row open.
        years: Where rows stand below heads of several years.
        rivals: The other rows that a printed row may be by its label and place, by its start.
    """

    region: Region
    rows: tuple[AlignedRow, ...]
    unknown: tuple[UnknownRow, ...]
    ambiguous: tuple[UnknownRow, ...]
    heads: Mapping[HeadGroup, int]
    beyond: Mapping[HeadGroup, tuple[Column, ...]]
    breaks: tuple[int, ...]
    prose: tuple[int, ...]
    lines: tuple[int, ...]
    years: tuple[int, ...]
    rivals: Mapping[int, tuple[Row, ...]]

    @property
    def form(self) -> Form:
        """The form that the region stands on."""
        return self.region.form

    def paths(self, row: Row) -> tuple[str, ...]:
        """Return the figures that a row has: of the form, and in columns printed beyond it.

        Where no heads are printed, or they are in doubt, any column may be.
        """
        if row.heads is None:
            return row.paths
        beyond = self.beyond.get(row.heads, ()) if row.heads in self.heads else row.heads.beyond
        return (*row.paths, *(path for column in beyond if (path := row.places[column].path)))

    def candidates(self, unknown: UnknownRow) -> tuple[str, ...]:
        """Return the figures of the rows that an unknown one may be."""
        return tuple(path for row in unknown.candidates for path in self.paths(row))
