"""Checks as linear equations: what a comparison with `=` says about the cells in it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from gischema.report import Amount
from gischema.rules.expressions import Compare, Expression, Number, Operand, Product, SignedSum


@frozen
class Linear:
    """Cells times constants, and a constant, added up."""

    factors: Mapping[Operand, Amount]
    constant: Amount = 0

    def plus(self, other: Linear, times: Amount = 1) -> Linear:
        """This sum and `times` another."""
        factors = dict(self.factors)
        for cell, factor in other.factors.items():
            factors[cell] = factors.get(cell, 0) + times * factor
        kept = {cell: factor for cell, factor in factors.items() if factor}
        return Linear(kept, self.constant + times * other.constant)


def equation(check: Expression) -> Linear | None:
    """What must be 0 for the check to hold; None if it is no linear equation of figures."""
    match check:
        case Compare("=", left, right):
            one, other = linear(left), linear(right)
            return one.plus(other, -1) if one is not None and other is not None else None
        case _:
            return None


def linear(expression: Expression) -> Linear | None:
    """The expression as a sum of cells times constants, None if it is none."""
    match expression:
        case Number(value):
            return Linear({}, value)
        case Operand():
            return None if expression.is_fact else Linear({expression: 1})
        case SignedSum(terms):
            return _sum(terms)
        case Product("*", left, right):
            one, other = linear(left), linear(right)
            if one is None or other is None or (one.factors and other.factors):
                return None
            constant, rest = (one, other) if other.factors else (other, one)
            return Linear({}).plus(rest, constant.constant)
        case _:
            return None


def _sum(terms: tuple[tuple[int, Expression], ...]) -> Linear | None:
    total = Linear({})
    for sign, term in terms:
        part = linear(term)
        if part is None:
            return None
        total = total.plus(part, sign)
    return total
