"""A form as rules see it: rows, columns and cells by path, and the parts of totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from gischema.forms.form import step
from gischema.forms.indicators import text_indicators
from gischema.rules.expressions import Operand, PathReference

if TYPE_CHECKING:
    from gischema.forms.form import Column, Form, HeadGroup, Row

TOTAL = "total"
"""The step that names a total: it is no part of itself."""


@frozen(eq=False, repr=False)
class FormCell:
    """A cell of the form. `extras` are the row and the column that the form does not ask for.

    Pages print subtotal rows and columns beyond the form; what is not printed of them is not
    missing.
    """

    path: str
    row: Row
    column: Column | None
    extras: tuple[str, ...]

    @property
    def unit(self) -> str | None:
        """The unit as the grammar has it, `万元/元` where the form leaves it open."""
        return self.row.unit or (self.column.unit if self.column is not None else None)


@frozen(slots=False, eq=False, repr=False)
class FormView:
    """The figures of one form, by path."""

    form: Form
    _operands: dict[tuple[str, str, str], Operand] = field(init=False, factory=dict)

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every row that has figures, by path, in the order of the form."""
        return {
            row.path: row for row in self.form.rows if row.unit is not None or row.heads is not None
        }

    @cached_property
    def cells_by_path(self) -> dict[str, FormCell]:
        """Every cell by path: those that the form asks for and those that a page may add."""
        return {spot.path: spot for row in self.rows.values() for spot in _spots(row)}

    @cached_property
    def beyond(self) -> frozenset[str]:
        """The cells that the form does not ask for but a page may add."""
        return frozenset(path for path, spot in self.cells_by_path.items() if spot.extras)

    @cached_property
    def told(self) -> Mapping[str, str]:
        """The labels, by path, of what running text states and no table of the form has."""
        stated = text_indicators().stated
        return {path: label for path, label in stated.items() if path not in self.cells_by_path}

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        """The paths directly below a path, as far as rows go."""
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

    def operand(self, path: str, said: PathReference) -> Operand:
        """The operand at `path` that a rule asks for as `said`; one for all rules that do."""
        place = (path, said.whose, said.said)
        known = self._operands.get(place)
        if known is None:
            known = self._operands.setdefault(place, Operand(path, said.whose, said.said))
        return known

    def extras(self, path: str) -> tuple[str, ...]:
        """The row and column beyond the form that a cell stands in."""
        spot = self.cells_by_path.get(path)
        return spot.extras if spot is not None else ()

    def has(self, path: str) -> bool:
        """Whether the form has figures at or below `path`."""
        return path in self.rows or path in self._below or path in self.cells_by_path

    def within(self, *paths: str) -> list[Row]:
        """The rows at or below any of `paths`, in the order of the form; all without paths."""
        return [row for row in self.rows.values() if not paths or _under(row.path, paths)]

    def blocks(self, *paths: str) -> list[str]:
        """The paths of cells that stand side by side under one head, without their last step."""
        found: dict[str, None] = {}
        for row in self.within(*paths):
            for column in (c for c in row.columns if c.figure):
                found[f"{row.path}.{column.key}".rpartition(".")[0]] = None
        return list(found)

    def cell(self, path: str, column: str | None) -> str | None:
        """The cell that `path` names: itself, or under `column` the row's cell in that column."""
        if column is not None and f"{path}.{column}" in self.cells_by_path:
            return f"{path}.{column}"
        return path if path in self.cells_by_path else None

    def parts(self, path: str, column: str | None) -> list[str] | None:
        """The cells that the total of `path` consists of; None if `path` has no parts.

        Under a column they are the rows below `path`, without its total; a group that the form
        prints without figures stands for its own rows. Without one they are the columns of a row
        or of a block of heads, without its total.
        """
        if column is not None:
            return list(self._rows_below(path, column)) or None
        row, spot = self._row_of(path), self.cells_by_path.get(path)
        if spot is not None and spot.column is not None and path not in self.rows:
            return self._beside(spot)
        if row is None:
            found = list(self._rows_below(path, None))
            return found if found and all(p in self.cells_by_path for p in found) else None
        lead = f"{path}."
        inside = [f"{row.path}.{column.key}" for column in row.columns if column.figure]
        return [p for p in inside if p.startswith(lead) and not p.endswith(f".{TOTAL}")] or None

    def all_below(self, path: str, column: str | None) -> list[str]:
        """Every cell below `path` that the form asks for, in one column if one is named."""
        return [
            spot.path
            for spot in self.cells_by_path.values()
            if spot.path.startswith(f"{path}.")
            and not spot.extras
            and (column is None or (spot.column is not None and spot.column.key == column))
        ]

    def label(self, path: str) -> str:
        """The label of a row or a cell, told apart from others of the same name."""
        spot = self.cells_by_path.get(path)
        if spot is None and path not in self.rows:
            return self.told[path]
        row = self._row_label(spot.row if spot is not None else self.rows[path])
        if spot is None or spot.column is None:
            return row
        return f"{row} / {spot.column.label}" if row else spot.column.label

    def section_label(self, path: str) -> str:
        """The label of a row, a cell or a section, as far as the form prints one; else the path."""
        if (path in self.cells_by_path or path in self.rows) and (label := self.label(path)):
            return label
        return self._captions.get(path.rpartition(".")[2], path)

    @cached_property
    def _captions(self) -> dict[str, str]:
        """The first label of the form for each step of a path."""
        found: dict[str, str] = {}
        for name, label in self.form.labels.items():
            found.setdefault(step(name), label.text)
        return found

    @cached_property
    def _ambiguous(self) -> frozenset[str]:
        """Labels that more than one row has, or a row and a column."""
        labels = [row.label for row in self.rows.values()]
        columns = {column.label for heads in self.form.heads for column in heads.columns}
        return frozenset(label for label in labels if labels.count(label) > 1 or label in columns)

    def _row_label(self, row: Row) -> str:
        if row.label in self._ambiguous:
            above = row.path.rpartition(".")[0]
            label = self.rows[above].label if above in self.rows else self.section_label(above)
            if label != above:
                return f"{label} / {row.label}"
        return row.label

    def _row_of(self, path: str) -> Row | None:
        """The row with columns that `path` names, or whose block of heads it names."""
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
                yield self.cell(child, column) or child

    def _beside(self, spot: FormCell) -> list[str] | None:
        """The columns that a subtotal column adds up: its neighbours under the same caption."""
        if spot.column is None or spot.column.unit is not None or spot.row.heads is None:
            return None
        group = _group_of(spot.row.heads, spot.column)
        beside = [c for c in group.columns if c.unit is not None] if group else []
        return [f"{spot.row.path}.{column.key}" for column in beside] or None


def _spots(row: Row) -> Iterator[FormCell]:
    if row.heads is None:
        yield FormCell(row.path, row, None, ())
        return
    for column in (c for c in row.heads.columns if c.figure):
        extras = (row.path,) if row.group else ()
        if column.unit is None:
            extras = (*extras, column.terminal)
        yield FormCell(f"{row.path}.{column.key}", row, column, extras)


def _group_of(heads: HeadGroup, column: Column) -> HeadGroup | None:
    """The innermost set of heads that `column` belongs to."""
    if column in heads.members:
        return heads
    inner = (m for m in heads.members if not hasattr(m, "key"))
    return next((g for m in inner if (g := _group_of(m, column)) is not None), None)


def _under(path: str, above: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}.") for one in above)
