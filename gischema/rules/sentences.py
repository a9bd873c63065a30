"""Say in Chinese what a rule checks, with the labels of a form instead of paths."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from gischema.forms.printed_names import quoted
from gischema.rules.expressions import (
    Call,
    Compare,
    Expression,
    Implies,
    Junction,
    Not,
    Number,
    Operand,
    PathReference,
    Product,
    SignedSum,
    Text,
    walk,
)
from gischema.rules.form_view import TOTAL, FormView
from gischema.rules.messages import SOURCES, number_text
from gischema.rules.model import Quantifier, Rule
from gischema.rules.report_facts import REPORT_FACTS

_LEVELS = {
    "province": "省", "city": "市", "county": "县", "township": "乡镇", "department": "部门",
}  # fmt: skip
"""The words for `report.level`."""
_COMPARED = {
    "=": "等于", "!=": "不等于", "<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于",
}  # fmt: skip
_DATES = {"=": "为", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"}
_EACH = {
    "column": "每一列", "row": "每一行", "section": "每张表", "group": "每一组",
    "block": "每一组列", "figure": "每个数", "count": "每个件数或项数", "amount": "每个金额",
    "chapter": "每一章",
}  # fmt: skip
_SUBTOTAL = "小计"
_THIS = {
    "row": "该行", "section": "该表", "group": f"该组{_SUBTOTAL}", "block": "该组",
    "figure": "该数", "count": "该数", "amount": "该金额", "chapter": "该章文字",
}  # fmt: skip
_PARTS = {"row": "其余各列", "section": "各格", "group": "各行", "block": "其余各列"}
_CALLS = {
    "stated": "{}有数", "blank": "{}空白", "printed": "印有{}", "has_unit": "{}写明单位",
    "whole": "{}是整数", "abs": "{}的绝对值", "max": "{}中最大的", "min": "{}中最小的",
    "missing": "缺少{}", "sum": "{}之和",
    "contains": "{}含有{}", "ends": "{}以{}结尾", "date": "{}年{}月{}日",
}  # fmt: skip
_DENIED = {"stated": "{}没有数", "blank": "{}不空白", "printed": "没有印{}", "missing": "不缺少{}"}
_QUANTITIES = {"any": "至少有一格", "all": "每一格都"}
_NONE = "没有一格"
_PART = "该格"


@frozen
class CheckSentences:
    """The sentences about one rule on one form."""

    rule: Rule
    view: FormView

    def lines(self) -> list[str]:
        """Return one sentence per statement of the rule."""
        scope = "，".join(map(self._quantifier, self.rule.quantifiers))
        guard = self.rule.guard
        condition = f"如果{self._say(guard)}，那么" if guard is not None else ""
        lead = f"{scope}：" if scope else ""
        return [f"{lead}{condition}{self._say(check)}" for check in self.rule.checks]

    def _quantifier(self, quantifier: Quantifier) -> str:
        each = _EACH[quantifier.kind]
        within = "、".join(self._group(path, quantifier.kind) for path in quantifier.within)
        having = "、".join(self._quoted_column(key) for key in quantifier.having)
        left_out = (self._column(key) for key in quantifier.without)
        without = "、".join(quoted(label) for label in left_out if label is not None)
        text = f"{within}的{each}" if within else each
        if quantifier.kind == "chapter" and within:
            text = f"{within}各章"
        text += f"（有{having}列的）" if having else ""
        return text + (f"（{without}除外）" if without else "")

    def _say(self, expression: Expression) -> str:
        match expression:
            case Number(value):
                return number_text(value)
            case Text(value):
                return quoted(_LEVELS.get(value, value))
            case PathReference(path, role, source) | Operand(path, role, source):
                words = (SOURCES[each].zh for each in (role, source) if each in SOURCES)
                return "".join(words) + self._name(path, in_text=source != "table")
            case SignedSum(terms):
                return self._sum(terms)
            case Product(operator, left, right):
                word = "乘以" if operator == "*" else "除以"
                return f"{self._inner(left)}{word}{self._inner(right)}"
            case Compare():
                return self._compared(expression)
            case Call():
                return self._call(expression)
            case _:
                return self._logic(expression)

    def _logic(self, expression: Junction | Implies | Not) -> str:
        match expression:
            case Junction(operator, terms):
                return ("，并且" if operator == "and" else "，或者").join(map(self._inner, terms))
            case Implies(left, right):
                return f"如果{self._say(left)}，那么{self._say(right)}"
            case Not(Call(name) as call) if name in _DENIED or name == "any":
                return self._call(call, denied=True)
            case Not(term):
                return f"并非{self._inner(term)}"

    def _compared(self, compare: Compare) -> str:
        words = _COMPARED[compare.operator]
        if isinstance(compare.right, Number) and compare.operator == "=":
            words = "为"
        if isinstance(compare.right, Call) and compare.right.name == "date":
            words = _DATES.get(compare.operator, words)
        return f"{self._say(compare.left)}{words}{self._say(compare.right)}"

    def _inner(self, expression: Expression) -> str:
        """Return a part, in brackets if it would be read wrongly without them."""
        text = self._say(expression)
        return f"（{text}）" if isinstance(expression, SignedSum | Junction | Implies) else text

    def _sum(self, terms: tuple[tuple[int, Expression], ...]) -> str:
        text = ""
        for sign, term in terms:
            joint = ("加" if sign > 0 else "减") if text else ("" if sign > 0 else "负")
            text += joint + self._say(term)
        return text

    def _call(self, call: Call, *, denied: bool = False) -> str:
        if call.name in _QUANTITIES:
            stars = (e.path for e in self._references(call) if "*" in e.path)
            where = self._whole(next(stars, ""))
            part = _OnePart(self.rule, self.view)
            inner = "，".join(part._say(each) for each in call.arguments)
            return f"{where}{_NONE if denied else _QUANTITIES[call.name]}满足“{inner}”"
        words = (_DENIED if denied else _CALLS)[call.name]
        return words.format(*map(self._inner, call.arguments))

    def _references(self, call: Call) -> Iterator[PathReference]:
        yield from (e for e in walk(call) if isinstance(e, PathReference))

    def _name(self, path: str, *, in_text: bool) -> str:
        """Return the name of what a path of the rule means; `in_text` if a sentence states it."""
        if (fact := self.view.fact_label(path)) is not None:
            return fact.zh
        first, _, rest = path.partition(".")
        if first in _THIS and any(first == each.kind for each in self.rule.quantifiers):
            return self._of_variable(first, rest)
        if "*" in path:
            return f"{self._whole(path)}以下各项"
        if path in self.view.rows:
            return self.view.names.item(path)
        cell = self.view.cells.get(path)
        if cell is None:
            return quoted(self.view.narrative_labels.get(path, path))
        row = self.view.names.item(cell.row.path)
        if cell.column is None or (in_text and cell.column.key == TOTAL and row):
            return row
        column = f"{quoted(cell.column.label)}列"
        return f"{row}的{column}" if row else column

    def _of_variable(self, kind: str, rest: str) -> str:
        if not rest:
            return _THIS[kind]
        this = _THIS[kind].removesuffix(_SUBTOTAL)
        before, star, after = rest.partition("*")
        if not star:
            return f"{this}{self._quoted_column(rest)}列"
        if before:
            return f"{this}{self._quoted_column(before.removesuffix('.'))}所含各列"
        column = after.strip("*.")
        return f"{this}{_PARTS[kind]}" + (f"的{self._quoted_column(column)}列" if column else "")

    def _whole(self, path: str) -> str:
        """Return the name of the whole whose parts a path with `*` means."""
        lead = path.partition("*")[0].removesuffix(".")
        first, _, _ = lead.partition(".")
        return _THIS[first].removesuffix(_SUBTOTAL) if first in _THIS else self._group(lead)

    def _group(self, path: str, kind: str = "") -> str:
        """Return the label of a group of rows; its first and last row if the form prints none."""
        if kind == "chapter":
            return quoted(REPORT_FACTS[f"chapters.{path}"].label.zh)
        label = self.view.names.group(path)
        if label is not None:
            return quoted(label)
        rows = self.view.rows_within(path)
        return f"{self.view.names.item(rows[0].path)}至{self.view.names.item(rows[-1].path)}"

    def _column(self, key: str) -> str | None:
        """Return the label of a column by its key or the end of it, None if the form has none."""
        for column in (c for heads in self.view.form.heads for c in heads.columns):
            if column.key == key:
                return column.label
            if column.key.endswith(f".{key}"):
                return column.label.rpartition(" / ")[2]
        return None

    def _quoted_column(self, key: str) -> str:
        return quoted(self._column(key) or key)


class _OnePart(CheckSentences):
    """Sentences in which a path with `*` means one cell."""

    def _name(self, path: str, *, in_text: bool) -> str:
        return _PART if "*" in path else super()._name(path, in_text=in_text)
