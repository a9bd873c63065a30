"""Messages of findings: templates filled with labels of the form and figures of the report.

`{left}` `{right}` `{difference}`  the values of the two sides, and how far they are apart
`{row}` `{column}` …               the label of what the rule ranges over
`{requests.concluded}`             the label of a figure
`{left=}` `{requests.concluded=}`  the same spelled out: every label with its figure
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from attrs import frozen

from gischema.rules.binding import CheckInstance, PathBinder, naming
from gischema.rules.errors import RuleBindingError
from gischema.rules.expressions import (
    Compare,
    Expression,
    Number,
    Operand,
    PathReference,
    SignedSum,
)
from gischema.rules.form_view import FormView
from gischema.rules.model import Language, Localized
from gischema.rules.quantifiers import COLUMN
from gischema.rules.report_facts import REPORT_FACTS
from gischema.rules.report_operands import ReportOperands
from gischema.rules.unparse import write

_PLACEHOLDER = re.compile(r"\{([^{}=]+)(=?)\}")
_SIDES = ("left", "right", "difference")
_SHORT_SUM = 4
"""Longer sums are spelled without their zeros."""
_LONG_SUM = 8
"""How many terms of a sum are spelled at most."""

_SOURCES = {
    "narrative": Localized("正文所述", "in the text: "),
    "with_carry_over": Localized(
        "正文所述含上年结转的", "in the text, last year's cases included: "
    ),
    "whole_region": Localized("正文所述全辖区的", "in the text, of the whole region: "),
    "listed": Localized("正文所列各项之和：", "the sum of what the text lists under "),
    "list_whole": Localized("正文所述", "in the text: "),
    "share": Localized("正文所述百分比：", "share in the text: "),
    "share_of": Localized("正文所述", "in the text: "),
    "previous": Localized("上一年报告的", "last year's "),
    "version": Localized("另一版本的", "in the other version: "),
    "below": Localized("下级单位合计的", "in all subordinate bodies: "),
}
_BLANK = {"zh": "空白", "en": "blank"}
_ALL_ZERO = {"zh": "各项均为0", "en": "all parts 0"}


@frozen(eq=False, repr=False)
class ComparisonSides:
    """What the sides of a comparison came to."""

    left: Any = None
    right: Any = None
    difference: Any = None


@frozen(eq=False, repr=False)
class MessageRenderer:
    """Fills templates for one instance and the facts of one report."""

    instance: CheckInstance
    outline: FormView
    facts: ReportOperands
    sides: ComparisonSides
    language: Language

    def fill(self, template: str) -> str:
        """The message for people."""
        return _PLACEHOLDER.sub(lambda m: self._word(m[1], spelled=bool(m[2])), template)

    def _word(self, name: str, *, spelled: bool) -> str:
        if name == "difference":
            difference = self.sides.difference
            return number_text(abs(difference)) if difference is not None else "?"
        if name in _SIDES:
            check = self.instance.check
            if spelled and isinstance(check, Compare):
                return self._spelled(check.left if name == "left" else check.right)
            return number_text(getattr(self.sides, name))
        if name == COLUMN:
            return column_label(self.instance, self.outline)
        if name in self.instance.scope:
            path = self.instance.scope[name]
            if path in REPORT_FACTS:
                return REPORT_FACTS[path].words.get(self.language)
            named = self._block(path) if name == "block" else None
            if named is not None or not spelled:
                return named or self.outline.section_label(path)
        binder = PathBinder(self.outline, self.instance.scope)
        if not spelled and binder.expanded(name) in self.outline.rows:
            return self.outline.label(binder.expanded(name))
        cell = Operand(binder.resolve(PathReference(name)))
        return self._spelled(cell) if spelled else self.short(cell)

    def short(self, cell: Operand) -> str:
        """The label of a cell without what the scope of the instance says already."""
        words = [_SOURCES[source] for source in (cell.said, cell.whose) if source in _SOURCES]
        label = self._short(cell)
        for source in words:
            label = source.get(self.language) + label
        return label

    def _short(self, cell: Operand) -> str:
        if cell.is_fact:
            return REPORT_FACTS[cell.path].words.get(self.language)
        spot = self.outline.cells_by_path.get(cell.path)
        if spot is None:
            return self.outline.told.get(cell.path, cell.path)
        scope = self.instance.scope
        label = self.outline.label(cell.path)
        if spot.column is not None:
            if scope.get(COLUMN) == spot.column.key:
                label = self.outline.label(spot.row.path)
            elif scope.get("row") == spot.row.path:
                label = spot.column.label
            elif cell.path.rpartition(".")[0] == scope.get("block"):
                label = spot.column.label.rpartition(" / ")[2]
        return label

    def _block(self, path: str) -> str | None:
        """The captions above a block of heads."""
        lead = f"{path}."
        inside = (spot for p, spot in self.outline.cells_by_path.items() if p.startswith(lead))
        spot = next((spot for spot in inside if spot.column is not None), None)
        if spot is None or spot.column is None or spot.row.path == path:
            return None
        return spot.column.label.rpartition(" / ")[0]

    def _spelled(self, expression: Expression) -> str:
        match expression:
            case Operand():
                value = self.facts.values.get(expression.key)
                shown = _BLANK[self.language] if value is None else number_text(value)
                return f"{self.short(expression)} {shown}"
            case SignedSum(terms):
                return self._spelled_sum(terms)
            case Number(value):
                return number_text(value)
            case _:
                return write(expression)

    def _spelled_sum(self, terms: tuple[tuple[int, Expression], ...]) -> str:
        shown = terms
        if len(terms) > _SHORT_SUM:
            shown = tuple(term for term in terms if not self._is_nothing(term[1]))
        if not shown:
            return _ALL_ZERO[self.language]
        text = ""
        for sign, term in shown[:_LONG_SUM]:
            joint = (" + " if sign > 0 else " - ") if text else ("" if sign > 0 else "-")
            text += joint + self._spelled(term)
        return text if len(shown) <= _LONG_SUM else f"{text} + …"

    def _is_nothing(self, term: Expression) -> bool:
        return isinstance(term, Operand) and not self.facts.values.get(term.key)


def column_label(instance: CheckInstance, outline: FormView) -> str:
    """The label of the column that an instance is about."""
    key = instance.scope[COLUMN]
    cells_by_path = (outline.cells_by_path.get(cell.path) for cell in instance.cells)
    return next(
        (s.column.label for s in cells_by_path if s and s.column and s.column.key == key), key
    )


def number_text(value: Any) -> str:
    """A value as people write it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def require_placeholders(instance: CheckInstance, outline: FormView) -> None:
    """Raises RuleBindingError if a message names what the rule or the form does not have."""
    rule = instance.rule
    with naming(rule):
        for template in (rule.message.zh, rule.message.en):
            for name, spelled in _PLACEHOLDER.findall(template):
                _require_placeholder(name, bool(spelled), instance, outline)


def _require_placeholder(
    name: str, spelled: bool, instance: CheckInstance, outline: FormView
) -> None:
    binder = PathBinder(outline, instance.scope)
    if name in _SIDES:
        if not all(isinstance(check, Compare) for check in instance.rule.checks):
            raise RuleBindingError(
                f"{{{name}}}只能用于比较两边的规则",
                f"{{{name}}} needs checks that compare two sides",
            )
    elif spelled or not (name in instance.scope or binder.expanded(name) in outline.rows):
        binder.resolve(PathReference(name))
