"""Expressions made into functions of a report's facts. None is what cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias, cast

from gischema.rules.expressions import (
    Call,
    Compare,
    Expression,
    Implies,
    Junction,
    Not,
    Number,
    Operand,
    Product,
    SignedSum,
    Text,
)
from gischema.rules.model import Blanks
from gischema.rules.report_operands import ReportOperands

Evaluator: TypeAlias = Callable[[ReportOperands], Any]
"""Gives a value, or None where what it needs is not there."""

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    "<=": le,
    "<": lt,
    ">=": ge,
    ">": gt,
}


def compiled(expression: Expression, tolerance: int | Decimal, blanks: Blanks) -> Evaluator:
    """The function that computes `expression`, compiled once for any number of reports.

    Undecided operands follow the logic of three values: what a known operand already settles
    stays settled (`false and x` is false whatever x is).
    """

    def build(e: Expression) -> Evaluator:
        match e:
            case Number(value) | Text(value):
                return lambda _: value
            case Operand():
                key = e.key
                return lambda facts: facts.values.get(key)
            case SignedSum():
                return _sum(e, build, blanks)
            case Product(operator, left, right):
                return _product(operator, build(left), build(right))
            case Compare(operator, Operand() as cell, Number(constant)) if not tolerance:
                return _compare_with(operator, cell.key, constant)
            case Compare(operator, left, right):
                return _compare(operator, build(left), build(right), tolerance)
            case Junction(operator, terms):
                return _any_blank(e) or _junction(operator, [build(term) for term in terms])
            case Implies(left, right):
                return _junction("or", [_not(build(left)), build(right)])
            case Not(term):
                return _not(build(term))
            case Call():
                return _call(e, build, blanks)
            case _:
                raise TypeError(f"not bound to a form: {e}")

    return build(expression)


def _sum(e: SignedSum, build: Callable[[Expression], Evaluator], blanks: Blanks) -> Evaluator:
    """Adds up what is there. Blanks count as nothing beside at least one filled cell."""
    signed = [
        (sign, term.key if isinstance(term, Operand) else None, build(term))
        for sign, term in e.terms
    ]
    lenient = blanks == "nothing"

    def add(facts: ReportOperands) -> Any:
        total: Any = 0
        stated = blank = False
        for sign, key, evaluate in signed:
            value = evaluate(facts)
            if value is not None:
                total += sign * value
                stated = stated or key is not None
            elif lenient and key in facts.empty:
                blank = True
            else:
                return None
        return total if stated or not blank else None

    if any(key is None or sign < 0 for sign, key, _ in signed):
        return add
    keys = tuple(str(key) for _, key, _ in signed)

    def add_cells(facts: ReportOperands) -> Any:
        try:
            return sum(map(facts.values.__getitem__, keys))
        except KeyError:
            return add(facts)

    return add_cells


def _product(operator: str, left: Evaluator, right: Evaluator) -> Evaluator:
    def times(facts: ReportOperands) -> Any:
        a, b = left(facts), right(facts)
        return None if a is None or b is None else a * b

    def over(facts: ReportOperands) -> Any:
        a, b = left(facts), right(facts)
        if a is None or b is None:
            return None
        try:
            return Decimal(a) / Decimal(b)
        except (DivisionByZero, InvalidOperation):
            return None

    return times if operator == "*" else over


def _compare_with(operator: str, key: str, constant: int | Decimal) -> Evaluator:
    """One cell against a constant: by far the most frequent check, so it has the short way."""
    compare = _COMPARISONS[operator]

    def against(facts: ReportOperands) -> bool | None:
        value = facts.values.get(key)
        return None if value is None else compare(value, constant)

    return against


def _compare(
    operator: str, left: Evaluator, right: Evaluator, tolerance: int | Decimal
) -> Evaluator:
    compare = _COMPARISONS[operator]

    def exactly(facts: ReportOperands) -> bool | None:
        a, b = left(facts), right(facts)
        return None if a is None or b is None else compare(a, b)

    def nearly(facts: ReportOperands) -> bool | None:
        a, b = left(facts), right(facts)
        if a is None or b is None:
            return None
        try:
            close = bool(abs(a - b) <= tolerance)
        except TypeError:
            return compare(a, b)
        return not close if operator == "!=" else close or compare(a, b)

    return nearly if tolerance else exactly


def _junction(operator: str, terms: list[Evaluator]) -> Evaluator:
    settled = operator == "or"

    def join(facts: ReportOperands) -> bool | None:
        result: bool | None = not settled
        for term in terms:
            value = term(facts)
            if value is None:
                result = None
            elif value == settled:
                return settled
        return result

    return join


def _any_blank(e: Junction) -> Evaluator | None:
    """blank(a) or blank(b) …, of all cells of a form: asked at once; None if `e` is not that."""
    if e.operator != "or":
        return None
    keys: set[str] = set()
    for term in e.terms:
        match term:
            case Call("blank", (Operand() as cell,)):
                keys.add(cell.key)
            case _:
                return None
    return lambda facts: not facts.empty.isdisjoint(keys)


def _not(term: Evaluator) -> Evaluator:
    def contrary(facts: ReportOperands) -> bool | None:
        value = term(facts)
        return None if value is None else not value

    return contrary


def _call(e: Call, build: Callable[[Expression], Evaluator], blanks: Blanks) -> Evaluator:
    if e.name in _ASKS:
        key = cast(Operand, e.arguments[0]).key
        ask = _ASKS[e.name]
        return lambda facts: ask(facts, key)
    function = _COMPUTES[e.name]
    arguments = [build(argument) for argument in e.arguments]
    lenient = blanks == "nothing" and e.name in ("max", "min")
    keys = [argument.key if isinstance(argument, Operand) else None for argument in e.arguments]
    first = arguments[0]

    def call_with_one(facts: ReportOperands) -> Any:
        value = first(facts)
        return None if value is None else function(value)

    if len(arguments) == 1 and not lenient:
        return call_with_one

    def call(facts: ReportOperands) -> Any:
        given = []
        for key, argument in zip(keys, arguments, strict=True):
            value = argument(facts)
            if value is not None:
                given.append(value)
            elif not (lenient and key in facts.empty):
                return None
        return function(*given) if given else None

    return call


def _whole(number: int | Decimal) -> bool:
    return type(number) is int or number == int(number)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_ASKS: Mapping[str, Callable[[ReportOperands, str], bool]] = {
    "stated": lambda facts, key: key in facts.values,
    "blank": lambda facts, key: key in facts.empty,
    "printed": lambda facts, key: key in facts.figures or key in facts.values,
    "has_unit": lambda facts, key: key in facts.figures and facts.figures[key].unit is not None,
}

_COMPUTES: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "whole": _whole,
    "date": _date,
    "contains": lambda text, part: part in text,
    "ends": lambda text, end: text.endswith(end),
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
}
