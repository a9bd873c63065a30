"""A form with the figures of a report, or blank: what every kind of file writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from gischema.figure import number
from gischema.forms.form import TOTAL, step
from gischema.forms.form_grid import GridCell, GridTable, form_grid, form_title
from gischema.rules.carried import carried_over

if TYPE_CHECKING:
    from gischema.forms.form import Form, Row
    from gischema.report import Amount, Figure, Report
    from gischema.rules import RuleBook


@frozen(slots=False, eq=False)
class FilledForm:
    """A form, and the report whose figures it shows; None for a blank form.

    Attributes:
        previous: Last year's report, whose figures stand next to the cells.
        carried: The figures that equal one of last year's report, with the path of that one, as
            `carried_over` gives them. They are filled in on a form without a report.
    """

    form: Form
    report: Report | None = None
    previous: Report | None = None
    carried: Mapping[str, str] = field(factory=dict)

    @classmethod
    def of(
        cls, form: Form, report: Report | None, previous: Report | None, book: RuleBook
    ) -> FilledForm:
        """Return a form with last year's report, and what its rules carry over from that."""
        return cls(form, report, previous, {} if previous is None else carried_over(form, book))

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

    def last_year(self, cell: GridCell) -> str:
        """Return what last year's report has in a cell; empty if that is nothing.

        A figure that was read with a doubt has a question mark.
        """
        figure = self.previous.by_path.get(cell.path) if self.previous is not None else None
        if figure is None or not figure.raw.strip():
            return ""
        printed = figure.raw.strip() if figure.value is None else number(figure.value)
        return f"{printed}？" if figure.doubts else printed

    @property
    def last_year_name(self) -> str:
        """The year of last year's report, for people."""
        year = self.previous.year if self.previous is not None else None
        return "上年" if year is None else f"{year}年"

    def _figure(self, cell: GridCell) -> Figure | None:
        if self.report is not None:
            return self.report.by_path.get(cell.path)
        if self.previous is None or cell.path not in self.carried:
            return None
        last = self.previous.by_path.get(self.carried[cell.path])
        return last if last is not None and not last.doubts else None


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
