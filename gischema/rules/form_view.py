"""A form as rules see it: rows, columns and cells by path, and the parts of totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from gischema.forms.form import HeadGroup
from gischema.forms.indicators import text_indicators
from gischema.forms.printed_names import PrintedNames
from gischema.rules.expressions import Operand, PathReference
from gischema.rules.model import Localized
from gischema.rules.report_facts import REPORT_FACTS, ReportFact

if TYPE_CHECKING:
    from gischema.forms.form import Column, Form, Row

TOTAL = "total"
"""The last step of the path of a total, which is no part of itself."""


class FormCell(NamedTuple):
    """A cell of the form.

    `extras` are the path of the row and the terminal of the column that the form does not ask for:
    pages add subtotal rows and columns. A cell with extras that is not printed is not missing.
    """

    path: str
    row: Row
    column: Column | None
    extras: tuple[str, ...]

    @property
    def unit(self) -> str | None:
        """The unit as the grammar gives it, `万元/元` where the form leaves it open."""
        return self.row.unit or (self.column.unit if self.column is not None else None)


@frozen(slots=False, eq=False)
class FormView:
    """The cells of one form by path.

    `own_facts` are the facts that plugins compute, by path.
    """

    form: Form
    own_facts: Mapping[str, ReportFact] = field(factory=dict)
    _operands: dict[tuple[str, str, str], Operand] = field(init=False, factory=dict)

    def fact_label(self, path: str) -> Localized | None:
        """Return what messages call a fact; None if there is no such fact."""
        fact = REPORT_FACTS.get(path) or self.own_facts.get(path)
        return fact.label if fact is not None else None

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every row that has figures, by path, in the order of the form."""
        return {
            row.path: row for row in self.form.rows if row.unit is not None or row.heads is not None
        }

    @cached_property
    def cells(self) -> dict[str, FormCell]:
        """Every cell by path: those that the form asks for and those that a page may add."""
        return {cell.path: cell for row in self.rows.values() for cell in _cells(row)}

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The paths of rows that hold other rows, and of parts of the form without column heads."""
        paths = list(self.rows)
        rows = (path for path in paths if any(other.startswith(f"{path}.") for other in paths))
        plain = (row.block for row in self.rows.values() if row.heads is None and "." in row.path)
        return tuple(dict.fromkeys((*rows, *plain)))

    @cached_property
    def extra_cells(self) -> frozenset[str]:
        """The paths of the cells that the form does not ask for but a page may add."""
        return frozenset(path for path, cell in self.cells.items() if cell.extras)

    @cached_property
    def narrative_labels(self) -> Mapping[str, str]:
        """The labels by path of the indicators that only running text states."""
        stated = text_indicators().stated
        return {path: label for path, label in stated.items() if path not in self.cells}

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        """The paths directly below each path, down to the rows."""
        below: dict[str, list[str]] = {}
        for path in self.rows:
            step = path
            while step:
                above = step.rpartition(".")[0]
                if step in (siblings := below.setdefault(above, [])):
                    break
                siblings.append(step)
                step = above
        return below

    def operand(self, path: str, reference: PathReference) -> Operand:
        """Return the operand at `path`, from the report and source of `reference`.

        All rules share one object for the same operand.
        """
        key = (path, reference.role, reference.source)
        known = self._operands.get(key)
        if known is None:
            operand = Operand(path, reference.role, reference.source)
            known = self._operands.setdefault(key, operand)
        return known

    def extras(self, path: str) -> tuple[str, ...]:
        """Return the row and column of a cell that the form does not ask for."""
        cell = self.cells.get(path)
        return cell.extras if cell is not None else ()

    def has(self, path: str) -> bool:
        """Return True if the form has figures at or below `path`."""
        return path in self.rows or path in self._below or path in self.cells

    def rows_within(self, *paths: str) -> list[Row]:
        """Return the rows at or below any of `paths`, all rows without paths."""
        return [row for row in self.rows.values() if not paths or _is_within(row.path, paths)]

    def blocks(self, *paths: str) -> list[str]:
        """Return the paths of blocks: cells under one head, named without their last step."""
        found: dict[str, None] = {}
        for row in self.rows_within(*paths):
            for column in (c for c in row.columns if c.figure):
                found[column.path_in(row.path).rpartition(".")[0]] = None
        return list(found)

    def cell_path(self, path: str, column: str | None) -> str | None:
        """Return the path of the cell of a row in `column`, or of the cell that `path` is.

        Returns None if there is no such cell.
        """
        if column and f"{path}.{column}" in self.cells:
            return f"{path}.{column}"
        return path if path in self.cells else None

    def parts(self, path: str, column: str | None) -> list[str] | None:
        """Return the cells that the total of `path` adds up, None if `path` has no parts.

        With a column, these are the rows below `path` without its total. A group that the form
        prints without figures is replaced by its own rows. Without a column, they are the columns
        of a row or of a block of heads, without its total.
        """
        if column is not None:
            return list(self._rows_below(path, column)) or None
        if self._is_column_cell(path):
            return self._parts_of_subtotal(self.cells[path])
        row = self._row_of(path)
        if row is not None:
            return self._columns_below(row, path) or None
        rows = list(self._rows_below(path, None))
        return rows if rows and all(p in self.cells for p in rows) else None

    def all_below(self, path: str, column: str | None) -> list[str]:
        """Return every cell below `path` that the form asks for, in one column if given."""
        return [
            cell.path
            for cell in self.cells.values()
            if cell.path.startswith(f"{path}.")
            and not cell.extras
            and (column is None or (cell.column is not None and cell.column.key == column))
        ]

    @cached_property
    def names(self) -> PrintedNames:
        """The names of rows and cells, with the numbers of the form."""
        return PrintedNames(self.form)

    def label(self, path: str) -> str:
        """Return the label of a row or a cell, with its number; see `PrintedNames.row`."""
        cell = self.cells.get(path)
        if cell is None and path not in self.rows:
            return self.narrative_labels[path]
        row = self.names.row(cell.row.path if cell is not None else path)
        if cell is None or cell.column is None:
            return row
        return f"{row} / {cell.column.label}" if row else cell.column.label

    def section_label(self, path: str) -> str:
        """Return the label of a row, a cell or a section; the path if the form prints no label."""
        if (path in self.cells or path in self.rows) and (label := self.label(path)):
            return label
        return self.names.group(path) or self.narrative_labels.get(path, path)

    def _row_of(self, path: str) -> Row | None:
        """Return the row with columns at or above `path`."""
        while path:
            row = self.rows.get(path)
            if row is not None and row.heads is not None:
                return row
            path = path.rpartition(".")[0]
        return None

    def _rows_below(self, path: str, column: str | None) -> Iterator[str]:
        for child in self._below.get(path, ()):
            if child.endswith(f".{TOTAL}"):
                continue
            row = self.rows.get(child)
            if row is None or row.group:
                yield from self._rows_below(child, column)
            else:
                yield self.cell_path(child, column) or child

    def _columns_below(self, row: Row, path: str) -> list[str]:
        """Return the cells of a row below `path`, without totals."""
        cells = (column.path_in(row.path) for column in row.columns if column.figure)
        return [c for c in cells if c.startswith(f"{path}.") and not c.endswith(f".{TOTAL}")]

    def _is_column_cell(self, path: str) -> bool:
        """Return True for a cell in a column of a row, False for a row and for a block."""
        cell = self.cells.get(path)
        return cell is not None and cell.column is not None and path not in self.rows

    def _parts_of_subtotal(self, cell: FormCell) -> list[str] | None:
        """Return the cells that a subtotal column adds up: the others under the same caption."""
        column = cell.column
        if column is None or column.unit is not None or column.is_cumulative:
            return None
        if cell.row.heads is None:
            return None
        group = _group_of(cell.row.heads, column)
        parts = [c for c in group.columns if c.unit is not None] if group else []
        return [column.path_in(cell.row.path) for column in parts] or None


def _cells(row: Row) -> Iterator[FormCell]:
    if row.heads is None:
        yield FormCell(row.path, row, None, ())
        return
    for column in (c for c in row.heads.columns if c.figure):
        extras = (row.path,) if row.group else ()
        if column.unit is None:
            extras = (*extras, column.terminal)
        yield FormCell(column.path_in(row.path), row, column, extras)


def _group_of(heads: HeadGroup, column: Column) -> HeadGroup | None:
    """Return the innermost group of heads that `column` belongs to."""
    if column in heads.members:
        return heads
    inner = (member for member in heads.members if isinstance(member, HeadGroup))
    return next((g for m in inner if (g := _group_of(m, column)) is not None), None)


def _is_within(path: str, above: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}.") for one in above)
