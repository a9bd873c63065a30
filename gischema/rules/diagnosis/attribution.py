"""Attribute findings to a culprit: the cell, the text, or the reading that is most likely wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from attrs import evolve, frozen

from gischema.report import Amount, Figure, NarrativeFigure
from gischema.rules.diagnosis.equations import (
    FormConstraints,
    ReportEquations,
    is_narrative_figure,
    is_table_figure,
    with_changes,
)
from gischema.rules.diagnosis.hypotheses import YUAN, Hypothesis
from gischema.rules.diagnosis.linear import linear_equation
from gischema.rules.diagnosis.search import Repair, RepairSearch, unanimous_corrections
from gischema.rules.expressions import Operand, operand_source
from gischema.rules.findings import BrokenCheck
from gischema.rules.report_operands import ReportOperands
from gischema.rules.results import Change, Culprit, CulpritKind, Finding

_NEAR = 4
"""How far a sum in 元 may be from ten thousand times last year's: four times more or less."""


def with_culprits(
    broken: Sequence[BrokenCheck],
    constraints: FormConstraints,
    operands: ReportOperands,
    printed_extras: frozenset[str],
) -> list[Finding]:
    """Return the findings of broken checks, each with its culprit if the figures determine one.

    The search uses all identities of the form, also those that were not selected.
    """
    attribution = _Attribution(ReportEquations(constraints, operands, printed_extras))
    return [evolve(each.finding, culprit=attribution.culprit(each)) for each in broken]


class _TextComparison(NamedTuple):
    """An equation between one figure of the running text and figures of the tables.

    Attributes:
        text: The figure of the text.
        stated: Its value.
        correct: The value that satisfies the equation.
        tables: The figures of the tables.
    """

    text: Operand
    stated: Amount
    correct: Amount
    tables: tuple[Operand, ...]


@frozen(slots=False)
class _Attribution:
    """The culprits of one report."""

    report: ReportEquations

    def culprit(self, broken: BrokenCheck) -> Culprit | None:
        """Return the culprit of one finding."""
        operands = broken.check.instance.check_operands
        if any(op.key in self.changes for op in operands if is_table_figure(op)):
            after = with_changes(broken.operands, self.changes)
            if self.report.verdict(broken.check, after) is not False:
                return self._repaired(operands)
        return self._text_or_table(broken) or self._yuan_after_wan_yuan(broken)

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """The repairs of the failing identities, as far as there are any.

        First one hypothesis that explains everything; then cells that all their equations agree
        on; of the rest, groups of equations without a common figure, each by itself; the groups
        that are left, together.
        """
        residuals = self.report.residuals
        if not residuals:
            return ()
        if one := self._repair(residuals, most=1):
            return (one,)
        unanimous = [
            (Repair((hypothesis,)), solved)
            for hypothesis, solved in unanimous_corrections(self.report)
            if self.report.allows(hypothesis.changes, solved)
        ]
        done = frozenset(number for _, solved in unanimous for number in solved)
        rest = {number: each for number, each in residuals.items() if number not in done}
        return (*(repair for repair, _ in unanimous), *self._repairs_of_groups(rest))

    def _repairs_of_groups(self, residuals: Mapping[int, Amount]) -> list[Repair]:
        groups = self.report.independent_groups(residuals)
        repairs = [self._repair(group) for group in groups]
        left = [group for group, repair in zip(groups, repairs, strict=True) if repair is None]
        if len(left) > 1:
            repairs.append(self._repair({n: each for group in left for n, each in group.items()}))
        return [repair for repair in repairs if repair is not None]

    def _repair(self, residuals: Mapping[int, Amount], **limits: int) -> Repair | None:
        return self._chosen(RepairSearch(self.report).smallest(residuals, **limits))

    @cached_property
    def changes(self) -> dict[str, Amount]:
        """The correct figure of each cell that a repair changes."""
        return {key: value for repair in self.repairs for key, value in repair.changes.items()}

    def _chosen(self, repairs: list[Repair]) -> Repair | None:
        """Return the repair that running text, or the reader's doubt, prefers; None if several."""
        for score in (self._agreement, self._is_doubtful):
            if len(repairs) > 1:
                scores = [score(repair) for repair in repairs]
                best = max(scores)
                repairs = [r for r, each in zip(repairs, scores, strict=True) if each == best]
        return repairs[0] if len(repairs) == 1 else None

    def _agreement(self, repair: Repair) -> int:
        """Return how many more statements of the text agree with the tables after a repair."""
        gained = 0
        checks_of = self.report.constraints.text_checks_of
        for check in dict.fromkeys(c for key in repair.changes for c in checks_of.get(key, ())):
            for operands in self.report.operands.readings(check.topics):
                after = with_changes(operands, repair.changes)
                gained += self.report.verdict(check, after) is True
                gained -= self.report.verdict(check, operands) is True
        return gained

    def _is_doubtful(self, repair: Repair) -> bool:
        """Return True if the reading of all changed cells is doubtful: then it is the culprit."""
        return all(key in self.report.operands.doubts for key in repair.changes)

    def _repaired(self, operands: Sequence[Operand]) -> Culprit | None:
        """Return the culprit of the first hypothesis that changes one of the operands."""
        hypotheses = (each for repair in self.repairs for each in repair.hypotheses)
        keys = {operand.key for operand in operands if is_table_figure(operand)}
        found = next((each for each in hypotheses if not keys.isdisjoint(each.changes)), None)
        return self._of_hypothesis(found) if found is not None else None

    def _of_hypothesis(self, hypothesis: Hypothesis) -> Culprit:
        changes = tuple(
            Change(key, self.report.value(key), correct)
            for key, correct in hypothesis.changes.items()
        )
        first = changes[0]
        doubtful = any(key in self.report.operands.doubts for key in hypothesis.changes)
        kind: CulpritKind = "reading" if doubtful else hypothesis.kind
        return Culprit(first.path, first.stated, first.suggested, kind, changes=changes)

    def _text_or_table(self, broken: BrokenCheck) -> Culprit | None:
        """Return the text if identities confirm every table figure that it differs from.

        A sum of money in 元 in a column for 万元 is the culprit itself.
        """
        comparison = _text_comparison(broken)
        if comparison is None:
            return None
        text, stated, tables = comparison.text, comparison.stated, comparison.tables
        if len(tables) == 1 and _is_yuan(tables[0], comparison, broken):
            value = _number(broken.operands.values.get(tables[0].key)) or 0
            return _single(tables[0].path, value, stated, "unit", "table")
        if tables and all(self._is_confirmed(each.key) for each in tables):
            return _single(text.path, stated, comparison.correct, "text", "narrative")
        return None

    def _yuan_after_wan_yuan(self, broken: BrokenCheck) -> Culprit | None:
        """Return a sum that is some ten thousand times last year's, in a cell without a unit."""
        pair = _figure_of_two_years(broken)
        if pair is None:
            return None
        own, previous = pair
        figure = broken.operands.figures.get(own.key)
        now, then = (_number(broken.operands.values.get(op.key)) for op in (own, previous))
        if figure is None or not now or not then or not _prints_no_unit(figure):
            return None
        if not then * YUAN <= now * _NEAR <= then * YUAN * _NEAR**2:
            return None
        wan = Decimal(now) / YUAN
        return _single(own.path, now, int(wan) if wan == int(wan) else wan, "unit", "table")

    def _is_confirmed(self, key: str) -> bool:
        """Return True for a figure without doubt that occurs in identities, all of which hold."""
        occurrences = self.report.occurrences.get(key, ())
        return (
            bool(occurrences)
            and key not in self.changes
            and key not in self.report.operands.doubts
            and not any(number in self.report.residuals for number, _ in occurrences)
        )


def _text_comparison(broken: BrokenCheck) -> _TextComparison | None:
    """Return the broken check as a comparison with one figure of the text; None if it is none."""
    linear = linear_equation(broken.check.instance.check)
    if linear is None:
        return None
    others = [operand for operand in linear.factors if not is_table_figure(operand)]
    if len(others) != 1 or not is_narrative_figure(others[0]):
        return None
    (text,) = others
    values = broken.operands.values
    stated, factor = _number(values.get(text.key)), linear.factors[text]
    if stated is None or abs(factor) != 1:
        return None
    tables = tuple(operand for operand in linear.factors if operand is not text)
    rest = sum(linear.factors[op] * (_number(values.get(op.key)) or 0) for op in tables)
    return _TextComparison(text, stated, -(rest + linear.constant) * factor, tables)


def _is_yuan(table: Operand, comparison: _TextComparison, broken: BrokenCheck) -> bool:
    """Return True if a table has the text's sum in 元, without a unit that the text prints."""
    value = _number(broken.operands.values.get(table.key)) or 0
    figures = broken.operands.figures
    figure, statement = figures.get(table.key), figures.get(comparison.text.key)
    if value != comparison.stated * YUAN or figure is None or not _prints_no_unit(figure):
        return False
    return isinstance(statement, NarrativeFigure) and "unit_missing" not in statement.marks


def _figure_of_two_years(broken: BrokenCheck) -> tuple[Operand, Operand] | None:
    """Return this and last year's figure, if a check compares one indicator of both years."""
    operands = dict.fromkeys(broken.check.instance.check_operands)
    own = [operand for operand in operands if is_table_figure(operand)]
    previous = [operand for operand in operands if operand_source(operand) == "previous"]
    if len(operands) != 2 or len(own) != 1 or len(previous) != 1:
        return None
    return (own[0], previous[0]) if own[0].path == previous[0].path else None


def _single(
    path: str,
    stated: Amount,
    correct: Amount,
    kind: Literal["unit", "text"],
    source: Literal["table", "narrative"],
) -> Culprit:
    change = Change(path, stated, correct)
    return Culprit(path, stated, correct, kind, source, (change,))


def _prints_no_unit(figure: Figure) -> bool:
    """Return True if a sum of money is a bare number in its cell."""
    return "元" in (figure.unit or "") and "元" not in figure.raw


def _number(value: object) -> Amount | None:
    return value if isinstance(value, int | Decimal) else None
