"""Reports as a table: one row a report, three columns an operand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from gischema.report import Report
from gischema.rules.expressions import Call, Operand, walk
from gischema.rules.functions import value_kind
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports
from gischema.rules.rulebook import BoundRules, RuleBook

if TYPE_CHECKING:
    from gischema.forms.form import Form

STATUS = pl.Enum(["stated", "blank", "not_applicable", "unreadable"])
"""The type of the columns that say how a cell is printed; null is a cell that is not printed."""

OUTCOME = pl.Enum(["held", "broken", "not_assessable"])
"""The type of the columns that say how a check came out; null is no result."""

_TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "date": pl.Date(),
    "truth": pl.Boolean(),
    "number": pl.Int64(),
}
_SMALL, _LARGE = 10**15, 10**30
"""What fits a column of 64 and of 128 bits, with room for sums of thousands of cells."""
FORM, VARIANT = "report.form", "report.variant"
"""The columns that say on which form the report of a row stands."""

_DIGITS = 25
"""Digits before and behind the point that the decimals of Python add up exactly, with such room."""


def status_column(key: str) -> str:
    """The name of the column that says how the cell of an operand is printed."""
    return f"{key}:status"


def unit_column(key: str) -> str:
    """The name of the column that says which unit the cell of an operand has."""
    return f"{key}:unit"


def doubts_column(key: str) -> str:
    """Return the name of the column with the codes of the diagnostics that flag an operand."""
    return f"{key}:doubts"


def tabulate(reports: Iterable[Report | Reports], form: Form, book: RuleBook) -> pl.DataFrame:
    """Return the operands of the rules of `form` in many reports on it, one row a report.

    A report may come with what it is held against. A column is named like its operand: a path,
    `report.year`, `previous PATH`. Further columns of a figure hold its status, its doubts and,
    where a rule asks for it, its unit. `report.form` and `report.variant` are always there.

    Raises:
        ValueError: A report stands on another form, or a figure is too large to be computed with
            exactly.
    """
    each = [one if isinstance(one, Reports) else Reports(one) for one in reports]
    require_form(((one.own.form, one.own.variant) for one in each), form)
    given = frozenset().union(*(one.given for one in each))
    bound = book.bound(form)
    known = {FORM: Operand(FORM), VARIANT: Operand(VARIANT), **operands(bound)}
    cells = {key: c for key, c in known.items() if c.whose in given}
    measured = _measured(bound)
    rows = [ReportOperands.of(one, form, cells.values()) for one in each]
    series = []
    for key, cell in cells.items():
        series.append(_column(cell, [facts.values.get(key) for facts in rows]))
        if not cell.is_fact:
            printed = [facts.figures.get(key) for facts in rows]
            states = [figure and figure.status for figure in printed]
            series.append(pl.Series(status_column(key), states, STATUS))
            codes = [facts.doubts.get(key, ()) for facts in rows]
            series.append(pl.Series(doubts_column(key), codes, pl.List(pl.String)))
            if key in measured:
                units = [figure and figure.unit for figure in printed]
                series.append(pl.Series(unit_column(key), units, pl.String))
    return pl.DataFrame(series)


def require_form(named: Iterable[tuple[str | None, str | None]], form: Form) -> None:
    """Raise ValueError if a row does not stand on `form`, whose rules would accuse it wrongly.

    `named` are the form and the variant of each row.
    """
    others = {
        row: f"{generation}+{variant}" if variant else generation or "?"
        for row, (generation, variant) in enumerate(named)
        if (generation, variant) != (form.generation, form.variant)
    }
    if others:
        row, found = next(iter(others.items()))
        raise ValueError(
            f"有{len(others)}份报告不是{form.id}表式（首个是第{row}行，{found}；行号从0起），请先按表式分组"
            f" (reports on another form than {form.id}: {len(others)}, the first in row {row} on"
            f" {found}; group them by form)"
        )


def operands(bound: BoundRules) -> dict[str, Operand]:
    """What a table must hold for the rules: their operands, and what a page prints beyond a form.

    The running text is no part of a table: it may state a figure several times.
    """
    found: dict[str, Operand] = {}
    for rule in bound.rules:
        for check in rule.checks:
            for cell in check.instance.operands:
                if not cell.narrative:
                    found[cell.key] = cell
    found.update(
        (path, Operand(path)) for path, spot in bound.outline.cells_by_path.items() if spot.extras
    )
    return found


def _measured(bound: BoundRules) -> frozenset[str]:
    """The operands whose unit is asked for."""
    instances = (check.instance for rule in bound.rules for check in rule.checks)
    asked = (e for each in instances for e in (each.check, each.guard) if e is not None)
    calls = (e for expression in asked for e in walk(expression) if isinstance(e, Call))
    of = (call.arguments[0] for call in calls if call.name == "has_unit")
    return frozenset(cell.key for cell in of if isinstance(cell, Operand))


def null_type(cell: Operand) -> pl.DataType:
    """The type of a column of an operand that no report states."""
    return _TYPES[value_kind(cell)]


def _column(cell: Operand, values: list[Any]) -> pl.Series:
    """The values in the smallest type that computes with them exactly."""
    if value_kind(cell) != "number":
        return pl.Series(cell.key, values, null_type(cell))
    known = [value for value in values if value is not None]
    largest = max((abs(value) for value in known), default=0)
    places = max(map(_places, known), default=0)
    if not places:
        if largest > _LARGE:
            raise _too_large(cell.key, largest)
        whole = [None if value is None else int(value) for value in values]
        return pl.Series(cell.key, whole, pl.Int64 if largest <= _SMALL else pl.Int128)
    if places + len(str(int(largest))) > _DIGITS:
        raise _too_large(cell.key, largest)
    exact = [None if value is None else Decimal(value) for value in values]
    return pl.Series(cell.key, exact, pl.Decimal(38, places))


def _places(value: int | Decimal) -> int:
    """How many digits stand behind the point."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -int(exponent))


def _too_large(key: str, value: object) -> ValueError:
    return ValueError(f"{key}：{value} 超出表格所能精确计算的范围 (too large for a table)")
