"""What a parse of one stretch of a document works on, and what it finds beside the tree."""

from __future__ import annotations

from attrs import define, field, frozen
from lark import Token

from gischema.forms.form import Column, Form, HeadGroup, Row
from gischema.parsing.columns import Heads
from gischema.parsing.numbers import is_several, may_be_two
from gischema.parsing.rows import Piece, RowCells
from gischema.parsing.scan import Item, Scan
from gischema.report import Figure, Reading


@define(eq=False, repr=False)
class PrintedRow:
    """A row as printed: its label, its cells, and the heads above it.

    `lost_label` marks a row whose label is not printed, `cut_off` one whose last
    figure is the very end of the text.
    """

    label: str
    start: int
    end: int
    cells: RowCells
    reading: Reading
    heads: dict[HeadGroup, Heads]
    lost_label: bool = False
    cut_off: bool = False


class RowToken(Token):
    """A token of a row for the form's parser, with the row as it is printed."""

    row: PrintedRow

    @classmethod
    def of(cls, terminal: str, row: PrintedRow) -> RowToken:
        """Make the token of a row that stands for `terminal`."""
        token = cls(terminal, row.label)
        token.row = row
        return token


@frozen(eq=False, repr=False)
class UnknownRow:
    """Figures that belong to no row of the form, and the text that stood before them.

    `loose` tells that it has no label, or only a caption: another row may have lost its figures.
    """

    label: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    candidates: tuple[Row, ...] = ()
    displaced: bool = False
    loose: bool = False


@define(eq=False, repr=False)
class ReadRow:
    """A row of the form with its figures, where it began, and its place in the form.

    `barred` tells that bars close the cells of its own line or lines, `one_line` that its figures
    stand on its label's line; `crowded` and `short` tell that more or fewer figures stand in it
    than it has columns, `doubted` that a diagnostic names it already.
    """

    start: int
    place: int
    row: Row
    figures: tuple[Figure, ...]
    printed: PrintedRow
    barred: bool
    one_line: bool
    crowded: bool = False
    short: bool = False
    doubted: bool = False

    @property
    def width(self) -> int:
        """How many cells its line has, where bars close them."""
        return self.printed.cells.width

    @property
    def overfull(self) -> bool:
        """Whether it may hold another row's figures: too many, two in a cell, without a label."""
        two = any(f.status == "unreadable" and is_several(f.raw) for f in self.figures)
        return self.crowded or self.printed.lost_label or self.row.group or two

    @property
    def open_ended(self) -> bool:
        """Whether the first or the last cell is empty, which a cell left over elsewhere may be."""
        return "blank" in (self.figures[0].status, self.figures[-1].status)

    @property
    def twofold(self) -> bool:
        """Whether it has one column, and seems to hold two figures."""
        figure, *others = self.figures
        unreadable = figure.status == "unreadable"
        return not others and (self.crowded or (unreadable and may_be_two(figure.raw)))

    @property
    def has_run(self) -> bool:
        """Whether digits of two figures run together in a cell, the first of them a nought."""
        return any(f.status == "unreadable" and f.raw[:1] == "0" != f.raw for f in self.figures)

    @property
    def adjoins(self) -> bool:
        """Whether nothing stands between its figure and its label or unit."""
        return " " not in self.figures[0].raw and self.printed.label[-1:] != " "

    @property
    def blank(self) -> bool:
        """Whether every cell of the row is empty."""
        return all(figure.status == "blank" for figure in self.figures)


@define(eq=False, repr=False)
class Region:
    """A stretch of a document that stands on one form; the input of that form's lexer.

    It ends before cell `stop`.

    The rest is filled while lexing and parsing: the blocks of heads and where each stood first,
    their columns that the form leaves out (a subtotal), where any heads stood and where sentences
    did, rows that the form does not know, rows that the parser could not place.
    """

    form: Form
    scan: Scan
    items: tuple[Item, ...]
    stop: int
    usual_gap: int
    heads: dict[HeadGroup, int] = field(factory=dict)
    beyond: dict[HeadGroup, tuple[Column, ...]] = field(factory=dict)
    breaks: list[int] = field(factory=list)
    prose: list[int] = field(factory=list)
    years: list[int] = field(factory=list)
    unknown: list[UnknownRow] = field(factory=list)
    displaced: list[RowToken] = field(factory=list)

    def paths(self, row: Row) -> tuple[str, ...]:
        """The figures that a row has: those of the form, and those in columns printed beyond it.

        Where no heads are printed, or they are in doubt, any column may be.
        """
        if row.heads is None:
            return row.paths
        beyond = self.beyond.get(row.heads, ()) if row.heads in self.heads else row.heads.beyond
        return (*row.paths, *(path for column in beyond if (path := row.places[column].path)))

    def candidates(self, unknown: UnknownRow) -> tuple[str, ...]:
        """The figures of the rows that an unknown one may be."""
        return tuple(path for row in unknown.candidates for path in self.paths(row))
