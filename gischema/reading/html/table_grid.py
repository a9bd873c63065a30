"""The grid of a table: the columns in which its cells stand, and which empty cells count."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

MAX_COLUMNS = 64
"""No form has a third of these columns. A cell further to the right counts as standing here."""


@define(eq=False)
class HtmlGridCell:
    """A cell: its text, its spans, and the column in which it begins.

    An empty cell stands for `blanks` empty cells of the text.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    column: int = 0
    blanks: int = 1

    @property
    def columns(self) -> range:
        """Return the columns that the cell covers."""
        return range(self.column, min(self.column + self.colspan, MAX_COLUMNS))


def assign_columns(rows: Sequence[Sequence[HtmlGridCell]]) -> None:
    """Set the column of every cell of a row group, by the table model of HTML."""
    taken = [0] * MAX_COLUMNS  # the row up to which a cell from above takes each column
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < MAX_COLUMNS and taken[column] > number:
                column += 1
            cell.column = column
            if cell.rowspan != 1:
                below = number + cell.rowspan if cell.rowspan else len(rows)
                for covered in cell.columns:
                    taken[covered] = max(taken[covered], below)
            column = min(column + cell.colspan, MAX_COLUMNS)


def count_blanks(rows: Sequence[Sequence[HtmlGridCell]]) -> None:
    """Set for each empty cell how many empty cells of the text it stands for.

    It stands for none if it only fills columns that a merged cell elsewhere in the table covers and
    in which no cell with text begins. If it is merged itself, it stands for one cell for each
    column in use.
    """
    printed = [cell for row in rows for cell in row if cell.text]
    used = {cell.column for cell in printed}
    covered = {column for cell in printed if cell.colspan > 1 for column in cell.columns}
    fillers = covered - used
    for row in rows:
        for cell in row:
            if not cell.text and (fillers or cell.colspan > 1):
                cell.blanks = _blanks(cell.columns, used, fillers)


def _blanks(columns: range, used: set[int], fillers: set[int]) -> int:
    """Return how many empty cells of the text an empty cell over `columns` stands for."""
    if columns and fillers.issuperset(columns):
        return 0
    return max(1, sum(column in used for column in columns))
