"""Checks as linear equations of figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gischema.report import Amount
from gischema.rules.expressions import Compare, Expression, Number, Operand, Product, SignedSum


class LinearSum(NamedTuple):
    """Figures times constant factors, plus a constant."""

    factors: Mapping[Operand, Amount]
    constant: Amount = 0

    def plus(self, other: LinearSum, times: Amount = 1) -> LinearSum:
        """Return this sum plus `times` another."""
        factors = dict(self.factors)
        for operand, factor in other.factors.items():
            factors[operand] = factors.get(operand, 0) + times * factor
        nonzero = {operand: factor for operand, factor in factors.items() if factor}
        return LinearSum(nonzero, self.constant + times * other.constant)


def linear_equation(check: Expression) -> LinearSum | None:
    """Return what must be 0 for a check to hold, None if it is no linear equation of figures."""
    match check:
        case Compare("=", left, right):
            one, other = linear_sum(left), linear_sum(right)
            return one.plus(other, -1) if one is not None and other is not None else None
        case _:
            return None


def linear_sum(expression: Expression) -> LinearSum | None:
    """Return an expression as a linear sum, None if it is none."""
    match expression:
        case Number(value):
            return LinearSum({}, value)
        case Operand():
            return None if expression.is_fact else LinearSum({expression: 1})
        case SignedSum(terms):
            return _signed_sum(terms)
        case Product("*", left, right):
            return _product(linear_sum(left), linear_sum(right))
        case _:
            return None


def _product(one: LinearSum | None, other: LinearSum | None) -> LinearSum | None:
    if one is None or other is None or (one.factors and other.factors):
        return None
    constant, rest = (one, other) if other.factors else (other, one)
    return LinearSum({}).plus(rest, constant.constant)


def _signed_sum(terms: tuple[tuple[int, Expression], ...]) -> LinearSum | None:
    total = LinearSum({})
    for sign, term in terms:
        part = linear_sum(term)
        if part is None:
            return None
        total = total.plus(part, sign)
    return total
