"""Compile expressions to functions of a report's operands. None is an undecided value."""

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
"""Returns a value, or None if an operand that it needs has none."""

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    "<=": le,
    "<": lt,
    ">=": ge,
    ">": gt,
}


def compile_expression(
    expression: Expression, tolerance: int | Decimal, blanks: Blanks
) -> Evaluator:
    """Return the function that evaluates a bound expression, for any number of reports.

    Undecided operands follow three-valued logic: `false and x` is false whatever x is.

    Args:
        expression: The expression.
        tolerance: How far two sides of a comparison may be apart.
        blanks: How a sum treats empty cells.
    """

    def build(e: Expression) -> Evaluator:
        match e:
            case Number(value) | Text(value):
                return lambda _: value
            case Operand():
                key = e.key
                return lambda operands: operands.values.get(key)
            case SignedSum():
                return _sum(e, build, blanks)
            case Product(operator, left, right):
                return _product(operator, build(left), build(right))
            case Compare(operator, left, right):
                return _compare(operator, build(left), build(right), tolerance)
            case Junction(operator, terms):
                return _junction(operator, [build(term) for term in terms])
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
    """Add up the terms. A blank cell adds nothing if at least one other cell is filled."""
    terms = [
        (sign, term.key, None) if isinstance(term, Operand) else (sign, None, build(term))
        for sign, term in e.terms
    ]
    lenient = blanks == "nothing"

    def add(operands: ReportOperands) -> Any:
        total: Any = 0
        stated = blank = False
        values: Mapping[str, Any] = operands.values
        for sign, key, evaluate in terms:
            value = evaluate(operands) if evaluate is not None else values.get(key or "")
            if value is not None:
                total += sign * value
                stated = stated or key is not None
            elif lenient and key in operands.empty:
                blank = True
            else:
                return None
        return total if stated or not blank else None

    return add


def _product(operator: str, left: Evaluator, right: Evaluator) -> Evaluator:
    def multiply(operands: ReportOperands) -> Any:
        a, b = left(operands), right(operands)
        return None if a is None or b is None else a * b

    def divide(operands: ReportOperands) -> Any:
        a, b = left(operands), right(operands)
        if a is None or b is None:
            return None
        try:
            return Decimal(a) / Decimal(b)
        except (DivisionByZero, InvalidOperation):
            return None

    return multiply if operator == "*" else divide


def _compare(
    operator: str, left: Evaluator, right: Evaluator, tolerance: int | Decimal
) -> Evaluator:
    compare = _COMPARISONS[operator]

    def exactly(operands: ReportOperands) -> bool | None:
        a, b = left(operands), right(operands)
        return None if a is None or b is None else compare(a, b)

    def nearly(operands: ReportOperands) -> bool | None:
        a, b = left(operands), right(operands)
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

    def join(operands: ReportOperands) -> bool | None:
        result: bool | None = not settled
        for term in terms:
            value = term(operands)
            if value is None:
                result = None
            elif value == settled:
                return settled
        return result

    return join


def _not(term: Evaluator) -> Evaluator:
    def negate(operands: ReportOperands) -> bool | None:
        value = term(operands)
        return None if value is None else not value

    return negate


def _call(e: Call, build: Callable[[Expression], Evaluator], blanks: Blanks) -> Evaluator:
    if e.name in _CELL_TESTS:
        key = cast(Operand, e.arguments[0]).key
        test = _CELL_TESTS[e.name]
        return lambda operands: test(operands, key)
    function = _FUNCTIONS[e.name]
    arguments = [
        (argument.key if isinstance(argument, Operand) else None, build(argument))
        for argument in e.arguments
    ]
    lenient = blanks == "nothing" and e.name in ("max", "min")

    def call(operands: ReportOperands) -> Any:
        given = []
        for key, evaluate in arguments:
            value = evaluate(operands)
            if value is not None:
                given.append(value)
            elif not (lenient and key in operands.empty):
                return None
        return function(*given) if given else None

    return call


def _whole(number: int | Decimal) -> bool:
    return number == int(number)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_CELL_TESTS: Mapping[str, Callable[[ReportOperands, str], bool]] = {
    "stated": lambda operands, key: key in operands.values,
    "blank": lambda operands, key: key in operands.empty,
    "printed": lambda operands, key: key in operands.figures or key in operands.values,
    "has_unit": lambda operands, key: (
        key in operands.figures and operands.figures[key].unit is not None
    ),
    "missing": lambda operands, key: key in operands.missing,
}

_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "whole": _whole,
    "date": _date,
    "contains": lambda text, part: part in text,
    "ends": lambda text, end: text.endswith(end),
    "max": lambda *values: max(values),
    "min": lambda *values: min(values),
}
