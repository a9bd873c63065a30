"""Messages of findings: templates filled with labels of the form and figures of the report.

`{left}` `{right}` `{difference}`  the values of both sides of a comparison, and their difference
`{row}` `{column}` …               the label of what the rule ranges over
`{requests.concluded}`             the label of a figure
`{left=}` `{requests.concluded=}`  the same written out: every label with its figure
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from attrs import frozen

from gischema.forms.printed_names import quoted
from gischema.rules.binding import CheckInstance, PathBinder, errors_of
from gischema.rules.errors import RuleBindingError
from gischema.rules.expressions import (
    Compare,
    Expression,
    Number,
    Operand,
    PathReference,
    SignedSum,
)
from gischema.rules.form_view import TOTAL, FormView
from gischema.rules.model import Language, Localized
from gischema.rules.quantifiers import COLUMN
from gischema.rules.report_facts import REPORT_FACTS
from gischema.rules.report_operands import ReportOperands
from gischema.rules.unparse import unparse

_PLACEHOLDER = re.compile(r"\{([^{}=]+)(=?)\}")
_SIDES = ("left", "right")
_DIFFERENCE = "difference"
_SHORT_SUM = 4
"""Longer sums are written without their zeros."""
_LONG_SUM = 8
"""Sums with more terms are written without labels."""

SOURCES = {
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


@frozen
class ComparisonSides:
    """The values of both sides of a comparison, and `left` minus `right`."""

    left: Any = None
    right: Any = None
    difference: Any = None


@frozen
class MessageRenderer:
    """Fills the templates of one check with the figures of one report."""

    instance: CheckInstance
    view: FormView
    operands: ReportOperands
    sides: ComparisonSides
    language: Language

    def render(self, template: str) -> str:
        """Return the message of a template."""
        return _PLACEHOLDER.sub(lambda m: self._word(m[1], spelled=bool(m[2])), template)

    def _word(self, name: str, *, spelled: bool) -> str:
        """Return the text for a placeholder; `spelled` if it ends with `=`."""
        if name == _DIFFERENCE:
            difference = self.sides.difference
            return number_text(abs(difference)) if difference is not None else "?"
        if name in _SIDES:
            return self._side(name, spelled=spelled)
        if name == COLUMN:
            return column_label(self.instance, self.view)
        if name in self.instance.scope:
            word = self._scope_label(name, spelled=spelled)
            if word is not None:
                return word
        return self._label(name, spelled=spelled)

    def _side(self, name: str, *, spelled: bool) -> str:
        check = self.instance.check
        left = name == "left"
        if spelled and isinstance(check, Compare):
            return self._spelled(check.left if left else check.right)
        return number_text(self.sides.left if left else self.sides.right)

    def _scope_label(self, name: str, *, spelled: bool) -> str | None:
        """Return the label of what the rule ranges over; None for a figure that is spelled."""
        path = self.instance.scope[name]
        if path in REPORT_FACTS:
            return REPORT_FACTS[path].label.get(self.language)
        block = self._block_label(path) if name == "block" else None
        if block is None and spelled:
            return None
        return block or self.view.section_label(path)

    def _label(self, name: str, *, spelled: bool) -> str:
        """Return the label of a row or a figure, with its value if `spelled`."""
        binder = PathBinder(self.view, self.instance.scope)
        if not spelled and binder.expand(name) in self.view.rows:
            return self.view.label(binder.expand(name))
        operand = Operand(binder.resolve(PathReference(name)))
        return self._spelled(operand) if spelled else self.short_label(operand)

    def short_label(self, operand: Operand) -> str:
        """Return the label of an operand without what the scope of the check implies."""
        label = self._own_label(operand)
        for source in (operand.source, operand.role):
            if source in SOURCES:
                label = SOURCES[source].get(self.language) + label
        return label

    def _own_label(self, operand: Operand) -> str:
        if operand.is_fact:
            return REPORT_FACTS[operand.path].label.get(self.language)
        cell = self.view.cells.get(operand.path)
        if cell is None:
            return self.view.narrative_labels.get(operand.path, operand.path)
        scope = self.instance.scope
        row, column = cell.row, cell.column
        if column is None or column.key == scope.get(COLUMN):
            return self._item(row.path)
        if row.path == scope.get("row"):
            return column.label
        if operand.path.rpartition(".")[0] == scope.get("block"):
            return column.label.rpartition(" / ")[2]
        if operand.in_narrative and column.key == TOTAL and row.label:
            return self._item(row.path)  # a sentence states the total without saying so
        if self.language == "zh" and row.label:
            return f"{self._item(row.path)}的{quoted(column.label)}列"
        return self.view.label(operand.path)

    def _item(self, path: str) -> str:
        """Return how a message refers to a row: in Chinese as the notices do."""
        return self.view.names.item(path) if self.language == "zh" else self.view.label(path)

    def _block_label(self, path: str) -> str | None:
        """Return the captions above a block of heads, None if it is a whole row."""
        inside = (cell for p, cell in self.view.cells.items() if p.startswith(f"{path}."))
        cell = next((cell for cell in inside if cell.column is not None), None)
        if cell is None or cell.column is None or cell.row.path == path:
            return None
        return cell.column.label.rpartition(" / ")[0]

    def _spelled(self, expression: Expression) -> str:
        match expression:
            case Operand():
                value = self.operands.values.get(expression.key)
                shown = _BLANK[self.language] if value is None else number_text(value)
                return f"{self.short_label(expression)} {shown}"
            case SignedSum(terms):
                return self._spelled_sum(terms)
            case Number(value):
                return number_text(value)
            case _:
                return unparse(expression)

    def _spelled_sum(self, terms: tuple[tuple[int, Expression], ...]) -> str:
        shown = terms
        if len(terms) > _SHORT_SUM:
            shown = tuple(term for term in terms if not self._is_zero(term[1]))
        if not shown:
            return _ALL_ZERO[self.language]
        spelled = self._spelled if len(shown) <= _LONG_SUM else self._number
        text = ""
        for sign, term in shown:
            joint = (" + " if sign > 0 else " - ") if text else ("" if sign > 0 else "-")
            text += joint + spelled(term)
        return text

    def _number(self, term: Expression) -> str:
        """Return the value of a term of a long sum, without its label."""
        if isinstance(term, Operand):
            return number_text(self.operands.values.get(term.key))
        return self._spelled(term)

    def _is_zero(self, term: Expression) -> bool:
        """Return True for an operand that is 0 or has no value."""
        return isinstance(term, Operand) and not self.operands.values.get(term.key)


def column_label(instance: CheckInstance, view: FormView) -> str:
    """Return the label of the column that a check is about."""
    key = instance.scope[COLUMN]
    cells = (view.cells.get(operand.path) for operand in instance.check_operands)
    columns = (cell.column for cell in cells if cell is not None and cell.column is not None)
    return next((column.label for column in columns if column.key == key), key)


def number_text(value: Any) -> str:
    """Return a value as people write it, without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def require_placeholders(instance: CheckInstance, view: FormView) -> None:
    """Raise RuleBindingError if a message uses what the rule or the form does not have."""
    rule = instance.rule
    with errors_of(rule):
        for template in (rule.message.zh, rule.message.en):
            for name, spelled in _PLACEHOLDER.findall(template):
                _require_placeholder(name, bool(spelled), instance, view)


def _require_placeholder(name: str, spelled: bool, instance: CheckInstance, view: FormView) -> None:
    binder = PathBinder(view, instance.scope)
    if name in (*_SIDES, _DIFFERENCE):
        if not all(isinstance(check, Compare) for check in instance.rule.checks):
            raise RuleBindingError(
                f"{{{name}}}只能用于比较两边的规则",
                f"{{{name}}} needs checks that compare two sides",
            )
    elif spelled or not (name in instance.scope or binder.expand(name) in view.rows):
        binder.resolve(PathReference(name))
