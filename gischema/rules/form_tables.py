"""The tables of a form, with their rows and cells."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from gischema.chinese.numerals import numeral_value
from gischema.forms.form import step
from gischema.rules.model import Localized

if TYPE_CHECKING:
    from gischema.forms.form import Form, Row


@frozen(slots=False, eq=False)
class FormTable:
    """A table of a form.

    Attributes:
        path: The first step of its paths; empty for a form that is one table.
        name: Its name in messages.
        rows: Its rows with figures, in the order of the form.
    """

    path: str
    name: Localized
    rows: tuple[Row, ...]

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The paths of the figures that the form asks for."""
        return tuple(path for row in self.rows for path in row.paths)


@lru_cache(maxsize=64)
def form_tables(form: Form) -> tuple[FormTable, ...]:
    """Return the tables of a form: one for each part with column heads, one for all other rows."""
    rows = [row for row in form.rows if not row.group and row.paths and _asks_for_figures(row)]
    headed = dict.fromkeys(row.block for row in rows if row.heads is not None)
    found = [_table(form, path, tuple(r for r in rows if r.block == path)) for path in headed]
    plain = tuple(row for row in rows if row.block not in headed)
    if plain:
        found.append(FormTable("", Localized("统计表", "the statistics table"), plain))
    return tuple(found)


def table_of(form: Form, path: str) -> FormTable:
    """Return the table that has the cell at `path`."""
    tables = form_tables(form)
    block = path.partition(".")[0]
    return next((table for table in tables if table.path == block), tables[-1])


def _asks_for_figures(row: Row) -> bool:
    return row.unit is not None or row.heads is not None


def _table(form: Form, path: str, rows: tuple[Row, ...]) -> FormTable:
    """Return the table of a part, named 表三 if its caption has the number 三, else by a row."""
    number = next(_numbers(form, path), "")
    value = numeral_value(number)
    if value is not None:
        return FormTable(path, Localized(f"表{number}", f"table {value}"), rows)
    first = next((row.label for row in rows if row.label), path)
    return FormTable(path, Localized(f"“{first}”等行", f"the rows from “{first}” on"), rows)


def _numbers(form: Form, path: str) -> Iterator[str]:
    """Yield the numbers of the captions of a part of the form."""
    for terminal, label in form.labels.items():
        if step(terminal) == path and label.number:
            yield label.number.strip("、.() ")
