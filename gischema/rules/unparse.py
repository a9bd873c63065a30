"""Expressions written out again in the language of rule files."""

from __future__ import annotations

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
)

_IMPLIES, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _ATOM = range(8)


def write(expression: Expression) -> str:
    """The expression as a rule file would have it; parsing that gives the same expression."""
    return _written(expression)[0]


def _written(expression: Expression) -> tuple[str, int]:
    """The text and how tightly its outermost operator binds."""
    match expression:
        case Number(value):
            return f"{value}", _ATOM if value >= 0 else _PRODUCT
        case Text(value):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"', _ATOM
        case PathReference(path, whose, said) | Operand(path, whose, said):
            path = path if said == "table" else f"{said}({path})"
            return (path if whose == "own" else f"{whose}({path})"), _ATOM
        case SignedSum(terms):
            return _sum(terms), _SUM
        case Product(operator, left, right):
            return f"{_within(left, _PRODUCT)} {operator} {_within(right, _ATOM)}", _PRODUCT
        case Compare(operator, left, right):
            return f"{_within(left, _SUM)} {operator} {_within(right, _SUM)}", _COMPARE
        case Not(term):
            return f"not {_within(term, _NOT)}", _NOT
        case Junction(operator, terms):
            own = _AND if operator == "and" else _OR
            return f" {operator} ".join(_within(term, own + 1) for term in terms), own
        case Implies(left, right):
            return f"{_within(left, _OR)} implies {_within(right, _IMPLIES)}", _IMPLIES
        case Call(name, arguments):
            return f"{name}({', '.join(map(write, arguments))})", _ATOM


def _within(expression: Expression, binding: int) -> str:
    text, own = _written(expression)
    return text if own >= binding else f"({text})"


def _sum(terms: tuple[tuple[int, Expression], ...]) -> str:
    sign, first = terms[0]
    text = _within(first, _PRODUCT) if sign > 0 else f"-{_within(first, _ATOM)}"
    for sign, term in terms[1:]:
        text += f" {'+' if sign > 0 else '-'} {_within(term, _PRODUCT)}"
    return text
