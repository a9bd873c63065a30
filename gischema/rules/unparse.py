"""Write expressions in the language of rule files."""

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
"""Precedence levels, from the loosest operator to the tightest."""


def unparse(expression: Expression) -> str:
    """Return the text of an expression; parsing it gives the same expression."""
    match expression:
        case Number() | Text() | PathReference() | Operand():
            return _atom(expression)
        case SignedSum(terms):
            return _sum(terms)
        case Product(operator, left, right):
            return f"{_nested(left, _PRODUCT)} {operator} {_nested(right, _ATOM)}"
        case Compare(operator, left, right):
            return f"{_nested(left, _SUM)} {operator} {_nested(right, _SUM)}"
        case Not(term):
            return f"not {_nested(term, _NOT)}"
        case Junction(operator, terms):
            inner = _precedence(expression) + 1
            return f" {operator} ".join(_nested(term, inner) for term in terms)
        case Implies(left, right):
            return f"{_nested(left, _OR)} implies {_nested(right, _IMPLIES)}"
        case Call(name, arguments):
            return f"{name}({', '.join(map(unparse, arguments))})"


def _atom(expression: Number | Text | PathReference | Operand) -> str:
    match expression:
        case Number(value):
            return f"{value}"
        case Text(value):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case PathReference(path, role, source) | Operand(path, role, source):
            path = path if source == "table" else f"{source}({path})"
            return path if role == "own" else f"{role}({path})"


def _precedence(expression: Expression) -> int:
    """Return the precedence of the outermost operator."""
    match expression:
        case Number(value) if value < 0:
            return _PRODUCT
        case SignedSum():
            return _SUM
        case Product():
            return _PRODUCT
        case Compare():
            return _COMPARE
        case Not():
            return _NOT
        case Junction(operator):
            return _AND if operator == "and" else _OR
        case Implies():
            return _IMPLIES
        case _:
            return _ATOM


def _nested(expression: Expression, precedence: int) -> str:
    """Return the text of an operand, in parentheses if it binds looser than `precedence`."""
    text = unparse(expression)
    return text if _precedence(expression) >= precedence else f"({text})"


def _sum(terms: tuple[tuple[int, Expression], ...]) -> str:
    sign, first = terms[0]
    text = _nested(first, _PRODUCT) if sign > 0 else f"-{_nested(first, _ATOM)}"
    for sign, term in terms[1:]:
        text += f" {'+' if sign > 0 else '-'} {_nested(term, _PRODUCT)}"
    return text
