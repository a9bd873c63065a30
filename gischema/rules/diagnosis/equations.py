"""The identities of a form as linear equations, and the figures of one report in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from gischema.report import Amount
from gischema.rules.bound import BoundCheck
from gischema.rules.diagnosis.linear import linear_equation
from gischema.rules.expressions import Operand, operand_source
from gischema.rules.form_view import FormView
from gischema.rules.report_operands import ReportOperands


class Equation(NamedTuple):
    """A check as a linear equation: the figures times `factors`, plus `constant`, must be 0."""

    check: BoundCheck
    factors: Mapping[str, Amount]
    constant: Amount

    def residual(self, operands: ReportOperands) -> Amount:
        """Return how far the sum is from 0 in a report, 0 within the tolerance.

        An empty cell adds nothing.
        """
        total: Any = self.constant
        for key, factor in self.factors.items():
            value: Any = operands.values.get(key, 0)
            total += factor * value
        return total if abs(total) > self.check.rule.tolerance else 0


class FormConstraints(NamedTuple):
    """The rules of a form about the figures of one report.

    Attributes:
        view: The form.
        equations: The identities between figures of the tables.
        checks_of: The identities and bounds that a figure occurs in, by its key.
        text_checks_of: The checks that compare a figure with running text, by its key.
    """

    view: FormView
    equations: tuple[Equation, ...]
    checks_of: Mapping[str, list[BoundCheck]]
    text_checks_of: Mapping[str, list[BoundCheck]]

    @classmethod
    def of(cls, view: FormView, checks: Iterable[BoundCheck]) -> FormConstraints:
        """Collect the constraints among the checks of a form, those of plugins included."""
        equations: list[Equation] = []
        checks_of: dict[str, list[BoundCheck]] = {}
        text_checks_of: dict[str, list[BoundCheck]] = {}
        for check in checks:
            operands = check.instance.operands
            if all(map(is_table_figure, operands)):
                if check.rule.kind != "expectation":
                    _index(check, operands, checks_of)
                if check.rule.kind == "identity":
                    equations += _equations(check)
            elif _compares_text_with_tables(check):
                _index(check, filter(is_table_figure, operands), text_checks_of)
        return cls(view, tuple(equations), checks_of, text_checks_of)


def _equations(check: BoundCheck) -> list[Equation]:
    """Return the equation of a check, none if it is not linear."""
    linear = linear_equation(check.instance.check)
    if linear is None:
        return []
    factors = {operand.key: factor for operand, factor in linear.factors.items()}
    return [Equation(check, factors, linear.constant)]


def _compares_text_with_tables(check: BoundCheck) -> bool:
    """Return True for an equation between figures of the tables and of the running text."""
    operands = check.instance.operands
    own = all(is_table_figure(operand) or is_narrative_figure(operand) for operand in operands)
    return own and linear_equation(check.instance.check) is not None


def _index(
    check: BoundCheck, operands: Iterable[Operand], index: dict[str, list[BoundCheck]]
) -> None:
    for operand in operands:
        index.setdefault(operand.key, []).append(check)


@frozen(slots=False)
class ReportEquations:
    """The equations of a form that apply to one report, with its figures.

    Attributes:
        constraints: The constraints of the form.
        operands: The figures of the report.
        printed_extras: The rows and columns beyond the form that the report prints.
        equations: The equations whose check is decided.
    """

    constraints: FormConstraints
    operands: ReportOperands
    printed_extras: frozenset[str]
    equations: tuple[Equation, ...] = field(init=False)

    @equations.default
    def _(self) -> tuple[Equation, ...]:
        equations = self.constraints.equations
        return tuple(each for each in equations if self.verdict(each.check) is not None)

    @cached_property
    def occurrences(self) -> dict[str, list[tuple[int, Amount]]]:
        """The number of each equation that a figure occurs in, with the figure's factor."""
        found: dict[str, list[tuple[int, Amount]]] = {}
        for number, each in enumerate(self.equations):
            for key, factor in each.factors.items():
                found.setdefault(key, []).append((number, factor))
        return found

    @cached_property
    def residuals(self) -> dict[int, Amount]:
        """The residual of every equation that fails, by its number."""
        residuals = ((n, each.residual(self.operands)) for n, each in enumerate(self.equations))
        return {number: residual for number, residual in residuals if residual}

    @cached_property
    def row_of(self) -> dict[str, tuple[str, ...]]:
        """The printed cells of the row of each cell, from left to right."""
        rows: dict[str, list[str]] = {}
        cells = self.constraints.view.cells
        for key, figure in self.operands.figures.items():
            cell = cells.get(key)
            if cell is not None and cell.column is not None and figure.source == "table":
                rows.setdefault(cell.row.path, []).append(key)
        return {key: tuple(row) for row in rows.values() for key in self._left_to_right(row)}

    def _left_to_right(self, row: list[str]) -> list[str]:
        """Sort the cells of a row by their position in the source, if all have one."""
        starts = {}
        for key in row:
            origin = self.operands.figures[key].origin
            if origin is None:
                return row
            starts[key] = origin.start
        row.sort(key=starts.__getitem__)
        return row

    def value(self, key: str) -> Amount | None:
        """Return the number in a cell, None for an empty one."""
        value = self.operands.values.get(key)
        return value if isinstance(value, int | Decimal) else None

    def independent_groups(self, residuals: Mapping[int, Amount]) -> list[dict[int, Amount]]:
        """Split failing equations into groups that have no figure in common."""
        groups: list[tuple[set[str], dict[int, Amount]]] = []
        for number, residual in residuals.items():
            keys = set(self.equations[number].factors)
            members = {number: residual}
            others = []
            for other_keys, other_members in groups:
                if other_keys.isdisjoint(keys):
                    others.append((other_keys, other_members))
                else:
                    keys |= other_keys
                    members |= other_members
            groups = [*others, (keys, members)]
        return [members for _, members in groups]

    def allows(self, changes: Mapping[str, Amount], solved: Iterable[int]) -> bool:
        """Return True if `changes` satisfy the equations in `solved` and break no other check."""
        after = with_changes(self.operands, changes)
        if not all(self.verdict(self.equations[number].check, after) for number in solved):
            return False
        checks = (check for key in changes for check in self.constraints.checks_of.get(key, ()))
        return all(
            self.verdict(check, after) is not False or self.verdict(check) is False
            for check in dict.fromkeys(checks)
        )

    def verdict(self, check: BoundCheck, operands: ReportOperands | None = None) -> bool | None:
        """Return True if a check holds, None if it is undecided or does not apply.

        `operands` are the report's own figures by default.
        """
        operands = self.operands if operands is None else operands
        if not check.instance.extras <= self.printed_extras:
            return None
        if check.guard is not None and not check.guard(operands):
            return None
        holds: bool | None = check.holds(operands)
        return holds


def printed_extras(view: FormView, operands: ReportOperands) -> frozenset[str]:
    """Return the rows and columns beyond the form in which a report prints a figure.

    Empty cells next to the name of a group are no subtotals.
    """
    filled = view.extra_cells & operands.figures.keys() - operands.empty
    return frozenset(extra for key in filled for extra in view.extras(key))


def is_table_figure(operand: Operand) -> bool:
    """Return True for a figure of the tables of the report that is checked."""
    return operand_source(operand) == "table"


def is_narrative_figure(operand: Operand) -> bool:
    """Return True for a figure of the running text of the report that is checked."""
    return operand_source(operand) == "narrative"


def with_changes(operands: ReportOperands, changes: Mapping[str, Amount]) -> ReportOperands:
    """Return the operands of a report with other figures in some cells."""
    values = {**operands.values, **changes}
    return evolve(operands, values=values, empty=operands.empty - changes.keys())
