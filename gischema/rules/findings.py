"""Findings about broken checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from gischema.rules.binding import CheckInstance
from gischema.rules.bound import BoundCheck
from gischema.rules.evaluation import compile_expression
from gischema.rules.expressions import Call, Compare, Operand, operand_key, operand_source, walk
from gischema.rules.form_view import FormView
from gischema.rules.messages import ComparisonSides, MessageRenderer
from gischema.rules.report_operands import ReportOperands
from gischema.rules.results import Finding

_DOUBT = "（所依据的数字读取存疑，请先核对原文）"
_DOUBT_EN = " (rests on a figure whose reading is doubtful: check the reading first)"
_FACT_DOUBT = "（所依据的年份、机关或日期存疑，请先核对原文）"
_FACT_DOUBT_EN = " (rests on a year, body or date that is doubtful: check the source first)"


class BrokenCheck(NamedTuple):
    """A broken check, the values for which it is broken, and its finding."""

    check: BoundCheck
    operands: ReportOperands
    finding: Finding


def describe(check: BoundCheck, view: FormView, operands: ReportOperands) -> Finding:
    """Return the finding about a broken check."""
    instance, rule = check.instance, check.rule
    shown = _shown_operands(instance, operands)
    sides = _sides(instance, operands)
    doubted = dict.fromkeys(operand for operand in shown if _is_doubtful(operand, operands))
    doubted |= dict.fromkeys(_doubtful_facts(instance, operands))
    doubts = tuple(dict.fromkeys(operand.path for operand in doubted))
    doubt, doubt_en = _words_of_doubt(doubted)
    zh = MessageRenderer(instance, view, operands, sides, "zh").render(rule.message.zh)
    en = MessageRenderer(instance, view, operands, sides, "en").render(rule.message.en)
    figures = [operands.figures.get(operand.key) for operand in shown]
    origins = tuple(
        figure.origin if figure is not None else operands.origins.get(operand.key)
        for operand, figure in zip(shown, figures, strict=True)
    )
    return Finding(
        code=rule.code,
        severity=rule.severity,
        kind=rule.kind,
        title=rule.title.zh,
        title_en=rule.title.en,
        message=zh + doubt,
        message_en=en + doubt_en,
        paths=tuple(operand.path for operand in shown),
        values=tuple(operands.values.get(operand.key) for operand in shown),
        origins=origins,
        sources=tuple(operand_source(operand) for operand in shown),
        expected=sides.right,
        actual=sides.left,
        difference=sides.difference,
        blanks=tuple(operand.path for operand in shown if operand.key in operands.empty),
        doubts=doubts,
    )


def _is_doubtful(operand: Operand, operands: ReportOperands) -> bool:
    """Return True for a figure of the tables, or a fact, that is doubtful."""
    key = operand_key(operand.path, operand.role)
    return not operand.in_narrative and key in operands.doubts


def _doubtful_facts(instance: CheckInstance, operands: ReportOperands) -> Iterator[Operand]:
    """Yield the doubtful facts of a check and of the condition under which it applies."""
    for operand in instance.operands:
        if operand.is_fact and operand.key in operands.doubts and operand.key in operands.values:
            yield operand


def _words_of_doubt(doubted: Iterable[Operand]) -> tuple[str, str]:
    """Return what a message adds about doubtful operands, in Chinese and in English."""
    facts = [operand.is_fact for operand in doubted]
    if not facts:
        return "", ""
    return (_FACT_DOUBT, _FACT_DOUBT_EN) if all(facts) else (_DOUBT, _DOUBT_EN)


def _shown_operands(instance: CheckInstance, operands: ReportOperands) -> tuple[Operand, ...]:
    """Return the printed operands of a check; what the check is about if none is printed.

    The operands that a largest or smallest value is taken from come first.
    """
    printed = [
        operand
        for operand in instance.check_operands
        if operand.key in operands.figures or operand.key in operands.values
    ]
    extremes = _extremes(instance, operands)
    printed.sort(key=lambda operand: operand.key not in extremes)
    return tuple(printed) or tuple(Operand(path) for path in instance.scope.values())


def _extremes(instance: CheckInstance, operands: ReportOperands) -> frozenset[str]:
    """Return the keys of the operands whose value a call of `max` or `min` gives."""
    calls = (e for e in walk(instance.check) if isinstance(e, Call) and e.name in ("max", "min"))
    blanks = instance.rule.blanks
    results = ((call, compile_expression(call, 0, blanks)(operands)) for call in calls)
    return frozenset(
        argument.key
        for call, value in results
        for argument in call.arguments
        if isinstance(argument, Operand) and operands.values.get(argument.key) == value
    )


def _sides(instance: CheckInstance, operands: ReportOperands) -> ComparisonSides:
    """Return the values of both sides; without a comparison, the only figure is the left one."""
    expression, blanks = instance.check, instance.rule.blanks
    if not isinstance(expression, Compare):
        if len(instance.check_operands) != 1:
            return ComparisonSides()
        (only,) = instance.check_operands
        return ComparisonSides(operands.values.get(only.key))
    left = compile_expression(expression.left, 0, blanks)(operands)
    right = compile_expression(expression.right, 0, blanks)(operands)
    numbers = not isinstance(left, str | date) and not isinstance(right, str | date)
    return ComparisonSides(left, right, left - right if numbers else None)
