"""A form with the figures of a report, or blank: what every kind of file writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.figure import number
from gischema.forms.form import TOTAL, step
from gischema.forms.form_grid import GridCell, GridTable, form_grid, form_title

if TYPE_CHECKING:
    from gischema.forms.form import Form, Row
    from gischema.report import Amount, Figure, Report


@frozen(slots=False, eq=False)
class FilledForm:
    """A form, and the report whose figures it shows; None for a blank form."""

    form: Form
    report: Report | None = None

    @cached_property
    def tables(self) -> tuple[GridTable, ...]:
        """The tables from top to bottom."""
        return form_grid(self.form)

    @property
    def titles(self) -> list[str]:
        """The lines above the first table."""
        printed = form_title(self.form) or self.form.id
        if self.report is None:
            return [printed]
        lines = [self.report.title] if self.report.title else []
        if all(row.heads is None for row in self.form.rows) or not lines:
            lines.append(printed)
            if self.report.year is not None:
                lines.append(f"（{self.report.year}年度）")
        return [line for line in lines if line]

    @property
    def left_out(self) -> list[Figure]:
        """The figures of the report that the form has no cell for."""
        paths = {cell.path for table in self.tables for cell in table.cells}
        figures = self.report.figures if self.report is not None else ()
        return [figure for figure in figures if figure.path not in paths]

    def text(self, cell: GridCell) -> str:
        """Return what a cell shows."""
        figure = self._figure(cell)
        if figure is None:
            return cell.text
        if figure.value is None:
            return figure.raw.strip() if figure.status != "blank" else ""
        unit = figure.unit if cell.place is not None and cell.place.fixed_unit is None else None
        return number(figure.value) + (unit or "")

    def value(self, cell: GridCell) -> Amount | None:
        """Return the number in a cell; None if it holds none, or a number with its unit."""
        figure = self._figure(cell)
        if figure is None or figure.value is None or self.text(cell) != number(figure.value):
            return None
        return figure.value

    def _figure(self, cell: GridCell) -> Figure | None:
        return self.report.by_path.get(cell.path) if self.report is not None else None


def sums(form: Form) -> dict[str, tuple[str, ...]]:
    """Return the paths of the parts of each total that the grammar of a form declares.

    A column `total` adds up the columns next to it, a row `total` the rows of its group. A cell
    that is in both is the sum of its row.
    """
    found = dict(_down(form.rows))
    found.update(pair for row in form.rows for pair in _across(row))
    return found


def _across(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    if row.heads is None or row.group:
        return
    for total, parts in row.heads.sums:
        if total.unit is not None:
            paths = (row.places[c].path for c in row.columns if c in parts)
            yield row.places[total].path, tuple(paths)


def _down(rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in rows:
        if step(row.path.rpartition(".")[2]) != TOTAL or row.group:
            continue
        below = [
            each
            for each in rows
            if each.path.startswith(f"{row.parent}.") and each is not row and not each.group
        ]
        for column in row.columns or (None,):
            parts = tuple(r.places[column].path for r in below if column in r.places)
            if parts and row.places[column].path:
                yield row.places[column].path, parts
