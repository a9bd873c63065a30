"""A row of the form with its figures, as it is read from a printed row."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from gischema.forms.form import Row
from gischema.report import Diagnostic, Figure
from gischema.tables.header_model import TableHeader
from gischema.tables.numbers import begins_with_zero, is_several, may_be_two
from gischema.tables.region import PrintedRow, UnknownRow


@frozen(eq=False)  # by identity: two rows may hold the same
class RowReading:
    """A printed row as a row of the form.

    Attributes:
        row: The row of the form.
        place: Its place in the form, counted from 0.
        printed: The row as printed.
        figures: What was read; empty for a label without figures.
        diagnostics: What is in doubt about them.
        unclaimed: Numbers of the row that no figure claims.
        crowded: More figures are printed than there are columns.
        short: Fewer are, and the places of the others are not certain.
        glued: Digits of several figures run together.
        unsplit: These could not be split into one number a column.
        kept: No cell is lost: each is an element of the file, and there is one for each column.
    """

    row: Row
    place: int
    printed: PrintedRow
    figures: tuple[Figure, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    unclaimed: tuple[UnknownRow, ...] = ()
    crowded: bool = False
    short: bool = False
    glued: bool = False
    unsplit: bool = False
    kept: bool = False

    @property
    def start(self) -> int:
        """Where the row begins."""
        return self.printed.start

    @property
    def heads(self) -> TableHeader | None:
        """The column heads printed above the row."""
        return self.printed.heads.get(self.row.heads) if self.row.heads is not None else None

    @property
    def width(self) -> int:
        """How many cells the line of the row has, where bars close them."""
        return self.printed.cells.width

    @property
    def barred(self) -> bool:
        """True if bars close the cells; a bar after one cell only is the next line's."""
        return self.printed.cells.barred and self.width != 1

    @property
    def one_line(self) -> bool:
        """True if the figures stand on the line of the label."""
        return self.printed.cells.one_line

    @property
    def overcrowded(self) -> bool:
        """True if the row has more figures than columns, or digits that could not be split."""
        return self.crowded or self.unsplit

    @property
    def overfull(self) -> bool:
        """True if it may hold another row's figures: too many, two in a cell, without a label."""
        two = any(f.status == "unreadable" and is_several(f.raw) for f in self.figures)
        return self.overcrowded or self.printed.lost_label or self.row.group or two

    @property
    def open_ended(self) -> bool:
        """True if the first or the last cell is empty, as a cell left over elsewhere may be."""
        return "blank" in (self.figures[0].status, self.figures[-1].status)

    @property
    def twofold(self) -> bool:
        """True if the row has one column, and seems to hold two figures."""
        figure, *others = self.figures
        unreadable = figure.status == "unreadable"
        return not others and (self.overcrowded or (unreadable and may_be_two(figure.raw)))

    @property
    def leads_with_zero(self) -> bool:
        """True if the row has one column, in which digits of two figures run together (`02`)."""
        return self.twofold and begins_with_zero(self.figures[0].raw)

    @property
    def has_run(self) -> bool:
        """True if digits of two figures run together in a cell, the first of them a zero."""
        return any(f.status == "unreadable" and f.raw[:1] == "0" != f.raw for f in self.figures)

    @property
    def adjoins(self) -> bool:
        """True if nothing stands between the figure and its label or unit."""
        return " " not in self.figures[0].raw and self.printed.label[-1:] != " "

    @property
    def blank(self) -> bool:
        """True if every cell of the row is empty."""
        return all(figure.status == "blank" for figure in self.figures)


def adds_up(row: Row, figures: Sequence[Figure]) -> bool:
    """Return True if the figures of a row confirm each other: its sums hold, or all are zero."""
    stated = {figure.path: figure.value or 0 for figure in figures}
    sums = [
        (stated[row.places[total].path], sum(stated.get(row.places[p].path, 0) for p in parts))
        for total, parts in (row.heads.sums if row.heads is not None else ())
        if row.places[total].path in stated
    ]
    return all(total == whole for total, whole in sums) if sums else not any(stated.values())
