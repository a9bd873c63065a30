"""Messages of findings: templates filled with labels of the form and figures of the report.

`{left}` `{right}` `{difference}`  the values of both sides of a comparison, and their difference
`{row}` `{column}` …               the label of what the rule ranges over
`{requests.concluded}`             the label of a figure
`{left=}` `{requests.concluded=}`  the same written out: every label with its figure
`{parts}`                          what the right side adds up: （一）至（六）各项
`{blanks}` `{zeros}`               the cells of the check that are printed empty, or hold 0
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile
from typing import Any, NamedTuple

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
    walk,
)
from gischema.rules.form_view import TOTAL, FormView
from gischema.rules.model import Language, Localized
from gischema.rules.quantifiers import COLUMN
from gischema.rules.report_operands import ReportOperands
from gischema.rules.unparse import unparse

_PLACEHOLDER = re.compile(r"\{([^{}=]+)(=?)\}")
_SIDES = ("left", "right")
_DIFFERENCE = "difference"
_PARTS = "parts"
_CELLS = ("blanks", "zeros")
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
_FILLED = {"own": "填", "previous": "填", "version": "填"}
"""What a body does with a figure of a table, by the report that it is in."""
_BLANK = {"zh": "空白", "en": "blank"}
_ALL_ZERO = {"zh": "各项均为0", "en": "all parts 0"}


class ComparisonSides(NamedTuple):
    """The values of both sides of a comparison, and `left` minus `right`."""

    left: Any = None
    right: Any = None
    difference: Any = None


class MessageRenderer(NamedTuple):
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
        if name == _PARTS:
            return self._parts()
        if name in _CELLS:
            return self._cells(name)
        if name == COLUMN:
            return column_label(self.instance, self.view)
        if name in self.instance.scope:
            word = self._scope_label(name, spelled=spelled)
            if word is not None:
                return word
        return self._label(name, spelled=spelled)

    def _side(self, name: str, *, spelled: bool) -> str:
        check, left = self.instance.check, name == "left"
        side = (check.left if left else check.right) if isinstance(check, Compare) else None
        if spelled and side is not None:
            return self._stated(side)
        if isinstance(side, Operand) and side.key in self.operands.words:
            return self.operands.words[side.key].get(self.language)
        return number_text(self.sides.left if left else self.sides.right)

    def _parts(self) -> str:
        """Return the rows that the right side adds up, by their numbers where they have some."""
        check = self.instance.check
        inside = walk(check.right) if isinstance(check, Compare) else ()
        paths = (e.path for e in inside if isinstance(e, Operand))
        cells = (self.view.cells[path] for path in paths if path in self.view.cells)
        steps = [cell.row.path.split(".") for cell in cells]
        above = sum(
            1 for _ in takewhile(lambda level: len({*level}) == 1, zip(*steps, strict=False))
        )
        items = dict.fromkeys(".".join(path[: above + 1]) for path in steps)
        numbers = self.view.names.numbers(items) or ""
        return f"{numbers}各项" if self.language == "zh" else "its parts"

    def _cells(self, kind: str) -> str:
        """Return the names of the cells that are printed empty, or hold 0."""
        known, values = self.instance.check_operands, self.operands.values
        if kind == "blanks":
            found = [operand.path for operand in known if operand.key in self.operands.empty]
        else:
            found = [operand.path for operand in known if values.get(operand.key) == 0]
        return self.view.names.cells(found, self.language)

    def _scope_label(self, name: str, *, spelled: bool) -> str | None:
        """Return the label of what the rule ranges over; None for a figure that is spelled."""
        path = self.instance.scope[name]
        if (fact := self.view.fact_label(path)) is not None:
            return fact.get(self.language)
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
        return self._stated(operand) if spelled else self.short_label(operand)

    def short_label(self, operand: Operand) -> str:
        """Return the label of an operand without what the scope of the check implies."""
        label = self._own_label(operand)
        for source in (operand.source, operand.role):
            if source in SOURCES:
                label = SOURCES[source].get(self.language) + label
        return label

    def _own_label(self, operand: Operand) -> str:
        if (fact := self.view.fact_label(operand.path)) is not None:
            return fact.get(self.language)
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
        label = self.view.label(operand.path)
        return quoted(label) if self.language == "zh" else label

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

    def _stated(self, side: Expression) -> str:
        """Return a side written out; in Chinese a sentence if it is a single figure or fact."""
        if self.language == "en" or not isinstance(side, Operand):
            return self._spelled(side)
        value = self.operands.values.get(side.key)
        if value is None:
            return self._spelled(side)
        verb = "是" if side.is_fact else "为" if side.in_narrative else _FILLED.get(side.role, "为")
        return f"{self.short_label(side)}{verb}{number_text(value)}"

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
    if name in _CELLS:
        return
    if name in (*_SIDES, _DIFFERENCE, _PARTS):
        if not all(isinstance(check, Compare) for check in instance.rule.checks):
            raise RuleBindingError(
                f"{{{name}}}只能用于比较两边的规则",
                f"{{{name}}} needs checks that compare two sides",
            )
    elif spelled or not (name in instance.scope or binder.expand(name) in view.rows):
        binder.resolve(PathReference(name))
