"""Reports as a table: one row per report, columns for value, status and doubts per operand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from gischema.errors import InvalidData
from gischema.report import Report
from gischema.rules.expressions import Call, Expression, Operand, walk
from gischema.rules.functions import value_kind
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports
from gischema.rules.rulebook import BoundRules, RuleBook

if TYPE_CHECKING:
    from gischema.forms.form import Form

STATUS = pl.Enum(["stated", "blank", "not_applicable", "unreadable"])
"""The type of status columns. Null is a cell that is not printed."""

OUTCOME = pl.Enum(["held", "broken", "not_assessable"])
"""The type of outcome columns. Null is a check that does not apply."""

_TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "date": pl.Date(),
    "truth": pl.Boolean(),
    "number": pl.Int64(),
}
_SMALL, _LARGE = 10**15, 10**30
"""The largest values in columns of 64 and 128 bits, with room for sums of thousands of cells."""
FORM, VARIANT = "report.form", "report.variant"
"""The columns with the form of a report."""

_DIGITS = 25
"""The digits that decimals of Python add up exactly, with the same room."""


def status_column(key: str) -> str:
    """Return the name of the column with the status of an operand's cell."""
    return f"{key}:status"


def unit_column(key: str) -> str:
    """Return the name of the column with the unit of an operand's cell."""
    return f"{key}:unit"


def doubts_column(key: str) -> str:
    """Return the name of the column with the codes of the diagnostics that flag an operand."""
    return f"{key}:doubts"


def tabulate(
    reports: Iterable[Report | Reports],
    form: Form,
    book: RuleBook,
    *,
    select: Iterable[str] | None = None,
) -> pl.DataFrame:
    """Return the operands of the rules of `form` in many reports on it, one row per report.

    A column has the key of its operand: a path, `report.year`, `previous PATH`. Further columns of
    a figure hold its status, its doubts and, where a rule uses it, its unit. `report.form` and
    `report.variant` are always there.

    Args:
        reports: Reports, alone or with the reports that they are compared with.
        form: The form of all reports.
        book: The rules.
        select: Codes or prefixes of codes of the rules that need the table; all without.

    Raises:
        InvalidData: A report is on another form, or a figure is too large to be computed with
            exactly.
    """
    all_reports = [one if isinstance(one, Reports) else Reports(one) for one in reports]
    require_form(((one.own.form, one.own.variant) for one in all_reports), form)
    given = frozenset().union(*(one.given for one in all_reports))
    bound = book.bound(form)
    chosen = None if select is None else book.choose(select)
    known = {FORM: Operand(FORM), VARIANT: Operand(VARIANT), **table_operands(bound, chosen)}
    operands = [operand for operand in known.values() if operand.role in given]
    with_unit = _operands_with_unit(bound)
    rows = [ReportOperands.of(one, form, operands) for one in all_reports]
    columns: list[pl.Series] = []
    for operand in operands:
        columns.append(_value_column(operand, [row.values.get(operand.key) for row in rows]))
        if operand.is_fact:
            columns.append(_doubts_column(operand.key, rows))
        else:
            columns += _cell_columns(operand.key, rows, unit=operand.key in with_unit)
    return pl.DataFrame(columns)


def _cell_columns(key: str, rows: list[ReportOperands], *, unit: bool) -> Iterator[pl.Series]:
    """Yield the columns of a figure's status, doubts and, if `unit`, unit."""
    figures = [row.figures.get(key) for row in rows]
    statuses = [figure and figure.status for figure in figures]
    yield pl.Series(status_column(key), statuses, STATUS)
    yield _doubts_column(key, rows)
    if unit:
        units = [figure and figure.unit for figure in figures]
        yield pl.Series(unit_column(key), units, pl.String)


def _doubts_column(key: str, rows: list[ReportOperands]) -> pl.Series:
    doubts = [row.doubts.get(key, ()) for row in rows]
    name, kind = doubts_column(key), pl.List(pl.String)
    if not any(doubts):  # as in most columns: two hundred times as fast
        return pl.Series(name, [[]], kind).new_from_index(0, len(rows))
    return pl.Series(name, doubts, kind)


def require_form(named: Iterable[tuple[str | None, str | None]], form: Form) -> None:
    """Raise ValueError if a row is on another form: the rules would report wrong findings.

    `named` are the form and the variant of each row.
    """
    others = {
        row: f"{generation}+{variant}" if variant else generation or "?"
        for row, (generation, variant) in enumerate(named)
        if (generation, variant) != (form.generation, form.variant)
    }
    if others:
        row, found = next(iter(others.items()))
        raise InvalidData(
            f"有{len(others)}份报告不是{form.id}表式（首个是第{row}行，{found}；行号从0起），请先按表式分组",
            f"reports on another form than {form.id}: {len(others)}, the first in row {row} on "
            f"{found}; group them by form",
        )


def table_operands(bound: BoundRules, chosen: Container[str] | None = None) -> dict[str, Operand]:
    """Return the operands that a table holds, by key.

    These are the operands of the rules, or of those with a code in `chosen`, and for all rules the
    cells beyond the form. Running text may state a
    figure several times, so it is not in the table.
    """
    found = {
        operand.key: operand
        for rule in bound.rules
        if chosen is None or rule.rule.code in chosen
        for check in rule.checks
        for operand in check.instance.operands
        if not operand.in_narrative
    }
    if chosen is not None:
        return found
    extra = (path for path, cell in bound.view.cells.items() if cell.extras)
    found.update((path, Operand(path)) for path in extra)
    return found


def _operands_with_unit(bound: BoundRules) -> frozenset[str]:
    """Return the keys of the operands whose unit a rule uses."""
    checks = [check.instance for rule in bound.rules for check in rule.checks]
    expressions = [e for each in checks for e in (each.check, each.guard) if e is not None]
    return frozenset(key for expression in expressions for key in _keys_with_unit(expression))


def _keys_with_unit(expression: Expression) -> Iterator[str]:
    """Yield the keys of the arguments of `has_unit`."""
    for each in walk(expression):
        match each:
            case Call("has_unit", (Operand() as operand,)):
                yield operand.key


def null_type(operand: Operand) -> pl.DataType:
    """Return the type of the column of an operand that no report states."""
    return _TYPES[value_kind(operand)]


def _value_column(operand: Operand, values: list[Any]) -> pl.Series:
    """Return the values in the smallest type that computes with them exactly."""
    if value_kind(operand) != "number":
        return pl.Series(operand.key, values, null_type(operand))
    known = [value for value in values if value is not None]
    largest = max((abs(value) for value in known), default=0)
    places = max(map(_places, known), default=0)
    too_large = places + len(str(int(largest))) > _DIGITS if places else largest > _LARGE
    if too_large:
        raise InvalidData(
            f"{operand.key}：{largest} 超出表格所能精确计算的范围", "too large for a table"
        )
    if places:
        decimals = [None if value is None else Decimal(value) for value in values]
        return pl.Series(operand.key, decimals, pl.Decimal(38, places))
    integers = [None if value is None else int(value) for value in values]
    return pl.Series(operand.key, integers, pl.Int64 if largest <= _SMALL else pl.Int128)


def _places(value: int | Decimal) -> int:
    """Return the number of digits after the decimal point."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -int(exponent))
