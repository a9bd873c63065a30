"""Findings: what is reported about a check that is broken."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from gischema.rules.binding import CheckInstance
from gischema.rules.bound import BoundCheck
from gischema.rules.evaluation import compiled
from gischema.rules.expressions import Call, Compare, Operand, operand_key, operand_source, walk
from gischema.rules.form_view import FormView
from gischema.rules.messages import ComparisonSides, MessageRenderer
from gischema.rules.report_operands import ReportOperands
from gischema.rules.results import Finding

_DOUBT = "（所依据的数字读取存疑，请先核对原文）"
_DOUBT_EN = " (rests on a figure whose reading is doubtful: check the reading first)"


@frozen(eq=False, repr=False)
class BrokenCheck:
    """A finding with the check that is broken and the facts under which it is."""

    check: BoundCheck
    facts: ReportOperands
    finding: Finding


def describe(check: BoundCheck, outline: FormView, facts: ReportOperands) -> Finding:
    """The finding about a check that is broken."""
    instance = check.instance
    rule = instance.rule
    cells = _shown(instance, facts)
    sides = _sides(check, facts)
    figures = [facts.figures.get(cell.key) for cell in cells]
    origins = (
        figure.origin if figure is not None else facts.origins.get(cell.key)
        for cell, figure in zip(cells, figures, strict=True)
    )
    doubts = tuple(
        cell.path
        for cell in cells
        if not cell.narrative and operand_key(cell.path, cell.whose) in facts.doubts
    )
    zh = MessageRenderer(instance, outline, facts, sides, "zh").fill(rule.message.zh)
    en = MessageRenderer(instance, outline, facts, sides, "en").fill(rule.message.en)
    return Finding(
        code=rule.code,
        severity=rule.severity,
        kind=rule.kind,
        title=rule.title.zh,
        title_en=rule.title.en,
        message=zh + (_DOUBT if doubts else ""),
        message_en=en + (_DOUBT_EN if doubts else ""),
        paths=tuple(cell.path for cell in cells),
        values=tuple(facts.values.get(cell.key) for cell in cells),
        origins=tuple(origins),
        sources=tuple(operand_source(cell) for cell in cells),
        expected=sides.right,
        actual=sides.left,
        difference=sides.difference,
        blanks=tuple(cell.path for cell in cells if cell.key in facts.empty),
        doubts=doubts,
    )


def _shown(instance: CheckInstance, facts: ReportOperands) -> tuple[Operand, ...]:
    """The operands that are printed; where that is what is wrong, what the check was made for.

    Those that a largest or smallest value is taken from come first: they are what it is about.
    """
    cells = [c for c in instance.cells if c.key in facts.figures or c.key in facts.values]
    extremes = _extremes(instance, facts)
    cells.sort(key=lambda cell: cell.key not in extremes)
    return tuple(cells) or tuple(Operand(path) for path in instance.scope.values())


def _extremes(instance: CheckInstance, facts: ReportOperands) -> frozenset[str]:
    """The keys of the operands that a largest or smallest value is taken from."""
    calls = (e for e in walk(instance.check) if isinstance(e, Call) and e.name in ("max", "min"))
    taken = ((call, compiled(call, 0, instance.rule.blanks)(facts)) for call in calls)
    return frozenset(
        cell.key
        for call, value in taken
        for cell in call.arguments
        if isinstance(cell, Operand) and facts.values.get(cell.key) == value
    )


def _sides(check: BoundCheck, facts: ReportOperands) -> ComparisonSides:
    """What the two sides come to; where nothing is compared, the left one is the only figure."""
    instance = check.instance
    expression, blanks = instance.check, instance.rule.blanks
    if not isinstance(expression, Compare):
        only: Operand | None = instance.cells[0] if len(instance.cells) == 1 else None
        return ComparisonSides(facts.values.get(only.key) if only is not None else None)
    left = compiled(expression.left, 0, blanks)(facts)
    right = compiled(expression.right, 0, blanks)(facts)
    numbers = not isinstance(left, str | date) and not isinstance(right, str | date)
    return ComparisonSides(left, right, left - right if numbers else None)
