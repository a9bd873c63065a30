"""The identities of a form as equations, and the figures of one report under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from gischema.report import Amount
from gischema.rules.bound import BoundCheck
from gischema.rules.diagnosis.linear import equation
from gischema.rules.expressions import Operand, operand_source
from gischema.rules.form_view import FormView
from gischema.rules.report_operands import ReportOperands


@frozen(eq=False, repr=False)
class Equation:
    """A check that is a linear equation: figures by key times `factors`, and `constant`, make 0."""

    check: BoundCheck
    factors: Mapping[str, Amount]
    constant: Amount

    def off(self, facts: ReportOperands) -> Amount:
        """How far the sum is from 0 in a report; an empty cell adds nothing."""
        total: Any = self.constant
        for key, factor in self.factors.items():
            value: Any = facts.values.get(key, 0)
            total += factor * value
        return total if abs(total) > self.check.instance.rule.tolerance else 0


@frozen(eq=False, repr=False)
class FormConstraints:
    """What the rules of a form say about the figures of one report by themselves.

    `equations` are the identities. By figure: `concerns` are the identities and bounds that it is
    subject to, `telling` the checks that compare it with running text: a second opinion.
    """

    outline: FormView
    equations: tuple[Equation, ...]
    concerns: Mapping[str, list[BoundCheck]]
    telling: Mapping[str, list[BoundCheck]]

    @classmethod
    def of(cls, outline: FormView, checks: Iterable[BoundCheck]) -> FormConstraints:
        """The identities among the rules of a form, those of plugins included."""
        equations = []
        concerns: dict[str, list[BoundCheck]] = {}
        telling: dict[str, list[BoundCheck]] = {}
        for check in checks:
            kind, operands = check.instance.rule.kind, check.instance.operands
            if all(map(is_own, operands)):
                if kind != "expectation":
                    _enter(check, operands, concerns)
                if kind == "identity" and (found := equation(check.instance.check)) is not None:
                    factors = {cell.key: factor for cell, factor in found.factors.items()}
                    equations.append(Equation(check, factors, found.constant))
            elif (
                all(is_own(cell) or is_told(cell) for cell in operands)
                and equation(check.instance.check) is not None
            ):
                _enter(check, filter(is_own, operands), telling)
        return cls(outline, tuple(equations), concerns, telling)


def _enter(check: BoundCheck, cells: Iterable[Operand], index: dict[str, list[BoundCheck]]) -> None:
    for cell in cells:
        index.setdefault(cell.key, []).append(check)


@frozen(slots=False, eq=False, repr=False)
class ReportEquations:
    """The figures of one report under the identities that can be told in it.

    `present` are the rows and columns beyond the form that the report prints.
    """

    identities: FormConstraints
    facts: ReportOperands
    present: frozenset[str]
    equations: tuple[Equation, ...] = field(init=False)

    @equations.default
    def _(self) -> tuple[Equation, ...]:
        return tuple(
            each
            for each in self.identities.equations
            if verdict(each.check, self.facts, self.present) is not None
        )

    @cached_property
    def at(self) -> dict[str, list[tuple[int, Amount]]]:
        """The equations that a figure stands in, by place, with its factor."""
        found: dict[str, list[tuple[int, Amount]]] = {}
        for place, each in enumerate(self.equations):
            for key, factor in each.factors.items():
                found.setdefault(key, []).append((place, factor))
        return found

    @cached_property
    def off(self) -> dict[int, Amount]:
        """How far every equation that fails is from 0."""
        offs = ((place, each.off(self.facts)) for place, each in enumerate(self.equations))
        return {place: off for place, off in offs if off}

    @cached_property
    def row_of(self) -> dict[str, tuple[str, ...]]:
        """The printed cells of the row that a cell stands in, from left to right."""
        rows: dict[str, list[str]] = {}
        cells_by_path = self.identities.outline.cells_by_path
        for key, figure in self.facts.figures.items():
            spot = cells_by_path.get(key)
            if spot is not None and spot.column is not None and figure.source == "table":
                rows.setdefault(spot.row.path, []).append(key)
        return {key: tuple(row) for row in rows.values() for key in self._ordered(row)}

    def _ordered(self, row: list[str]) -> list[str]:
        origins = [self.facts.figures[key].origin for key in row]
        if all(origins):
            row.sort(key=lambda key: getattr(self.facts.figures[key].origin, "start", 0))
        return row

    def value(self, key: str) -> Amount | None:
        """The number that a cell states, None for an empty one."""
        value = self.facts.values.get(key)
        return value if isinstance(value, int | Decimal) else None

    def parts(self, off: Mapping[int, Amount]) -> list[dict[int, Amount]]:
        """Failing equations in groups that share no figure with each other."""
        groups: list[tuple[set[str], dict[int, Amount]]] = []
        for place, each in off.items():
            keys = set(self.equations[place].factors)
            members = {place: each}
            apart = []
            for others, inside in groups:
                if others.isdisjoint(keys):
                    apart.append((others, inside))
                else:
                    keys |= others
                    members |= inside
            groups = [*apart, (keys, members)]
        return [members for _, members in groups]

    def allows(self, changes: Mapping[str, Amount], mended: Iterable[int]) -> bool:
        """Whether the report with `changes` breaks nothing new and holds where it was `mended`."""
        after = changed(self.facts, changes)
        if not all(verdict(self.equations[p].check, after, self.present) for p in mended):
            return False
        checks = (check for key in changes for check in self.identities.concerns.get(key, ()))
        return all(
            verdict(check, after, self.present) is not False
            or verdict(check, self.facts, self.present) is False
            for check in dict.fromkeys(checks)
        )


def is_own(cell: Operand) -> bool:
    """Whether an operand is a figure of this report's tables."""
    return operand_source(cell) == "table"


def is_told(cell: Operand) -> bool:
    """Whether an operand is a figure of this report's running text."""
    return operand_source(cell) == "narrative"


def changed(facts: ReportOperands, changes: Mapping[str, Amount]) -> ReportOperands:
    """The facts of a report with other figures in some cells."""
    return evolve(facts, values={**facts.values, **changes}, empty=facts.empty - changes.keys())


def verdict(check: BoundCheck, facts: ReportOperands, present: frozenset[str]) -> bool | None:
    """Whether a check holds; None if that cannot be told or there is nothing to check."""
    if not check.instance.extras <= present:
        return None
    if check.guard is not None and not check.guard(facts):
        return None
    holds: bool | None = check.holds(facts)
    return holds
