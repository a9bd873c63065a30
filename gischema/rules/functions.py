"""The functions of the language and the kinds of values: what goes in, what comes out."""

from __future__ import annotations

from attrs import frozen

from gischema.rules.errors import RuleSyntaxError, near
from gischema.rules.expressions import (
    FACTS,
    FIGURE_SOURCES,
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


@frozen(eq=False, repr=False)
class Function:
    """A function: what it takes (the last kind may repeat) and what it gives.

    `asks` functions take one path and ask about its cell, not about its value: they are never
    undecided.
    """

    takes: tuple[ValueKind, ...]
    gives: ValueKind
    repeats: bool = False
    asks: bool = False


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
    "stated": Function(("number",), "truth", asks=True),
    "blank": Function(("number",), "truth", asks=True),
    "printed": Function(("number",), "truth", asks=True),
    "has_unit": Function(("number",), "truth", asks=True),
}

AGGREGATES = frozenset(name for name, function in FUNCTIONS.items() if function.repeats)
"""Functions that range over the parts which a `*` in their argument stands for."""

_KINDS_ZH = {"number": "数值", "truth": "判断", "text": "文字", "date": "日期"}


def value_kind(expression: Expression) -> ValueKind:
    """The kind of value that an expression has; raises if its parts do not fit together."""
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
        case Compare(operator, left, right):
            kind = value_kind(left)
            _need(kind, right)
            if kind == "truth" or (kind == "text" and operator not in ("=", "!=")):
                raise _misfit(f"“{operator}”不能比较{_KINDS_ZH[kind]}", f"{operator} on a {kind}")
            return "truth"
        case Junction(_, terms):
            return _need("truth", *terms)
        case Implies(left, right):
            return _need("truth", left, right)
        case Not(term):
            return _need("truth", term)
        case Call():
            return _call_kind(expression)


def _path_kind(path: PathReference | Operand) -> ValueKind:
    if not path.path.startswith(FACTS):
        return "number"
    if path.path in REPORT_FACTS:
        return REPORT_FACTS[path.path].kind
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
    if function.asks and not isinstance(call.arguments[0], PathReference | Operand):
        message = (f"“{call.name}”只能用于一个指标路径", f"{call.name} takes one path")
        raise RuleSyntaxError(*message, "", *call.at)
    kinds = (*function.takes, *(function.takes[-1:] * (given - taken)))
    for kind, argument in zip(kinds, call.arguments, strict=True):
        if not function.asks:
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
