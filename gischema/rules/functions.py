"""The functions of the rule language, and the types of its expressions."""

from __future__ import annotations

from typing import NamedTuple

from gischema.file_errors import near
from gischema.rules.errors import RuleSyntaxError
from gischema.rules.expressions import (
    FACTS,
    FIGURE_SOURCES,
    OWN_FACT,
    REPORT_ROLES,
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
)
from gischema.rules.model import ValueKind
from gischema.rules.report_facts import REPORT_FACTS


class Function(NamedTuple):
    """The signature of a function.

    Attributes:
        takes: The types of its arguments.
        gives: The type of its result.
        repeats: True if more arguments of the last type may follow.
        of_cell: True if the function takes one path and tests its cell, not its value. Such a
            function is never undecided.
    """

    takes: tuple[ValueKind, ...]
    gives: ValueKind
    repeats: bool = False
    of_cell: bool = False


FUNCTIONS: dict[str, Function] = {
    "sum": Function(("number",), "number", repeats=True),
    "max": Function(("number",), "number", repeats=True),
    "min": Function(("number",), "number", repeats=True),
    "all": Function(("truth",), "truth", repeats=True),
    "any": Function(("truth",), "truth", repeats=True),
    "abs": Function(("number",), "number"),
    "whole": Function(("number",), "truth"),
    "date": Function(("number", "number", "number"), "date"),
    "contains": Function(("text", "text"), "truth"),
    "ends": Function(("text", "text"), "truth"),
    "stated": Function(("number",), "truth", of_cell=True),
    "blank": Function(("number",), "truth", of_cell=True),
    "printed": Function(("number",), "truth", of_cell=True),
    "has_unit": Function(("number",), "truth", of_cell=True),
    "missing": Function(("number",), "truth", of_cell=True),
}

AGGREGATES = frozenset(name for name, function in FUNCTIONS.items() if function.repeats)
"""Functions that are applied to all parts that a `*` in their argument stands for."""

_KINDS_ZH = {"number": "数值", "truth": "判断", "text": "文字", "date": "日期"}


def value_kind(expression: Expression) -> ValueKind:
    """Return the type of an expression.

    Raises:
        RuleSyntaxError: The types of its parts do not fit together.
    """
    match expression:
        case Number():
            return "number"
        case Text():
            return "text"
        case PathReference() | Operand():
            return _path_kind(expression)
        case SignedSum(terms):
            return _need("number", *(term for _, term in terms))
        case Product(_, left, right):
            return _need("number", left, right)
        case Compare():
            return _comparison_kind(expression)
        case Junction(_, terms):
            return _need("truth", *terms)
        case Implies(left, right):
            return _need("truth", left, right)
        case Not(term):
            return _need("truth", term)
        case Call():
            return _call_kind(expression)


def _comparison_kind(comparison: Compare) -> ValueKind:
    operator, kind = comparison.operator, value_kind(comparison.left)
    _need(kind, comparison.right)
    if kind == "truth" or (kind == "text" and operator not in ("=", "!=")):
        raise _misfit(f"“{operator}”不能比较{_KINDS_ZH[kind]}", f"{operator} on a {kind}")
    return "truth"


def _path_kind(path: PathReference | Operand) -> ValueKind:
    if not path.path.startswith(FACTS):
        return "number"
    if path.path in REPORT_FACTS:
        return REPORT_FACTS[path.path].kind
    if path.path.startswith(OWN_FACT):
        return "number"
    zh, en = near(path.path, REPORT_FACTS)
    line, column = path.at if isinstance(path, PathReference) else (0, 0)
    raise RuleSyntaxError(
        f"没有“{path.path}”这一项{zh}", f"there is no fact {path.path}{en}", "", line, column
    )


def _call_kind(call: Call) -> ValueKind:
    function = FUNCTIONS.get(call.name)
    if function is None:
        zh, en = near(call.name, [*FUNCTIONS, *REPORT_ROLES, *FIGURE_SOURCES])
        message = (f"没有函数“{call.name}”{zh}", f"there is no function {call.name}{en}")
        raise RuleSyntaxError(*message, "", *call.at)
    given, taken = len(call.arguments), len(function.takes)
    if given != taken and not (function.repeats and given > taken):
        message = (
            f"“{call.name}”应有{taken}个参数，写了{given}个",
            f"{call.name} takes {taken} argument(s), {given} given",
        )
        raise RuleSyntaxError(*message, "", *call.at)
    if function.of_cell and not isinstance(call.arguments[0], PathReference | Operand):
        message = (f"“{call.name}”只能用于一个指标路径", f"{call.name} takes one path")
        raise RuleSyntaxError(*message, "", *call.at)
    kinds = (*function.takes, *(function.takes[-1:] * (given - taken)))
    for kind, argument in zip(kinds, call.arguments, strict=True):
        if not function.of_cell:
            _need(kind, argument)
    return function.gives


def _need(kind: ValueKind, *expressions: Expression) -> ValueKind:
    for expression in expressions:
        found = value_kind(expression)
        if found != kind:
            raise _misfit(
                f"此处应为{_KINDS_ZH[kind]}，写的是{_KINDS_ZH[found]}",
                f"a {kind} is needed here, this is a {found}",
            )
    return kind


def _misfit(message: str, message_en: str) -> RuleSyntaxError:
    return RuleSyntaxError(message, message_en)
