"""Translate expressions to Polars expressions. Null is an undecided value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import reduce
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import polars as pl
from attrs import field, frozen

from gischema.rules.columnar.frame import null_type, status_column, unit_column
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
from gischema.rules.functions import value_kind
from gischema.rules.model import Blanks

_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": eq,
    "!=": ne,
    "<=": le,
    "<": lt,
    ">=": ge,
    ">": gt,
}
_FIRST_YEAR, _LAST_YEAR = 1, 9999


class Inexpressible(Exception):
    """An expression that columns cannot evaluate as exactly as `gischema.check` does."""

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message, message_en)
        self.message = message
        self.message_en = message_en


@frozen
class PolarsTranslator:
    """Translates expressions for a table.

    Attributes:
        columns: The columns of the table.
        helpers: Columns that several checks share, such as what a cell adds to a sum.
    """

    columns: Collection[str]
    helpers: dict[str, pl.Expr] = field(factory=dict)

    def translated(self, expression: Expression, blanks: Blanks, tolerance: Any = 0) -> pl.Expr:
        """Return an expression over columns. Polars has the same three-valued logic."""

        def build(e: Expression) -> pl.Expr:
            match e:
                case Number(value) | Text(value):
                    return pl.lit(value)
                case Operand():
                    return self.value(e)
                case SignedSum(terms):
                    return self._sum(terms, build, lenient=blanks == "nothing")
                case Product(operator, left, right):
                    return _product(operator, left, right, build)
                case Compare(operator, left, right):
                    near = tolerance if value_kind(left) == "number" else 0
                    sides = (left, right) if near else _undivided(left, right)
                    one, other = map(build, sides)
                    return _compare(operator, one, other, near)
                case Junction(operator, terms):
                    join = pl.all_horizontal if operator == "and" else pl.any_horizontal
                    return join(*map(build, terms))
                case Implies(left, right):
                    return ~build(left) | build(right)
                case Not(term):
                    return ~build(term)
                case Call():
                    return self._call(e, build, lenient=blanks == "nothing")
                case _:
                    raise TypeError(f"not bound to a form: {e}")

        return build(expression)

    def value(self, operand: Operand) -> pl.Expr:
        """Return the value of an operand, null where the table has none."""
        if operand.in_narrative:
            raise Inexpressible(
                "要看正文，正文中一个数可能说到几次",
                "uses the running text, which may state a figure more than once",
            )
        if operand.key in self.columns:
            return pl.col(operand.key)
        return pl.lit(None, dtype=null_type(operand))

    def empty(self, key: str) -> pl.Expr:
        """Return True for a cell that is printed without a value."""
        if status_column(key) not in self.columns:
            return pl.lit(value=False)
        status = pl.col(status_column(key))
        return ((status == "blank") | (status == "not_applicable")).fill_null(value=False)

    def printed(self, key: str) -> pl.Expr:
        """Return True for a cell that is printed."""
        found = [pl.col(c).is_not_null() for c in (key, status_column(key)) if c in self.columns]
        return reduce(lambda one, other: one | other, found) if found else pl.lit(value=False)

    def _sum(
        self,
        terms: tuple[tuple[int, Expression], ...],
        build: Callable[[Expression], pl.Expr],
        *,
        lenient: bool,
    ) -> pl.Expr:
        """Add up the terms. A blank cell adds nothing if at least one other cell is filled."""
        operands = [term for _, term in terms if isinstance(term, Operand)]
        plain = [self.value(operand) for operand in operands]  # raises for running text
        added = [
            (sign, self._filled(term) if lenient and isinstance(term, Operand) else build(term))
            for sign, term in terms
        ]
        total = reduce(_plus, added, pl.lit(0))
        if not lenient or not operands:
            return total
        stated = pl.any_horizontal(*(value.is_not_null() for value in plain))
        blank = pl.any_horizontal(*(self._empty(operand) for operand in operands))
        return pl.when(stated | ~blank).then(total)

    def _filled(self, operand: Operand) -> pl.Expr:
        """Return what a cell adds to a sum: nothing if it is empty, null if it has no value."""

        def made() -> pl.Expr:
            return pl.coalesce(self.value(operand), pl.when(self.empty(operand.key)).then(0))

        return self.helper(f"{operand.key}:filled", made)

    def _empty(self, operand: Operand) -> pl.Expr:
        return self.helper(f"{operand.key}:empty", lambda: self.empty(operand.key))

    def helper(self, name: str, made: Callable[[], pl.Expr]) -> pl.Expr:
        """Return a column that is computed once for all checks."""
        if name not in self.helpers:
            self.helpers[name] = made()
        return pl.col(name)

    def _call(self, e: Call, build: Callable[[Expression], pl.Expr], *, lenient: bool) -> pl.Expr:
        match e.name, e.arguments:
            case "stated", (Operand() as operand,):
                return self.value(operand).is_not_null()
            case "blank", (Operand() as operand,):
                self.value(operand)
                return self.empty(operand.key)
            case "printed", (Operand() as operand,):
                self.value(operand)
                return self.printed(operand.key)
            case "has_unit", (Operand() as operand,):
                self.value(operand)
                name = unit_column(operand.key)
                return pl.col(name).is_not_null() if name in self.columns else pl.lit(value=False)
            case "abs", (one,):
                return build(one).abs()
            case "whole", (one,):
                value = build(one)
                return value == value.cast(pl.Int128)
            case "contains", (text, part):
                return build(text).str.contains(build(part), literal=True)
            case "ends", (text, end):
                return build(text).str.ends_with(build(end))
            case ("max" | "min") as name, arguments:
                return self._extreme(name, arguments, build, lenient=lenient)
            case "date", (year, Number(month), Number(day)) if month != 2 or day <= 28:
                number = build(year)
                known = pl.when(number.is_between(_FIRST_YEAR, _LAST_YEAR)).then(number)
                return pl.date(known, int(month), int(day))
            case _:
                message = f"函数{e.name}没有对应的列运算"
                raise Inexpressible(message, f"{e.name}( ) has no counterpart for columns")

    def _extreme(
        self,
        name: str,
        arguments: tuple[Expression, ...],
        build: Callable[[Expression], pl.Expr],
        *,
        lenient: bool,
    ) -> pl.Expr:
        """Return the largest or smallest argument. As in sums, empty cells are left out."""
        values = [build(argument) for argument in arguments]
        take = pl.max_horizontal if name == "max" else pl.min_horizontal
        missing = [
            value.is_null() & ~self._empty(argument)
            if lenient and isinstance(argument, Operand)
            else value.is_null()
            for argument, value in zip(arguments, values, strict=True)
        ]
        return pl.when(~pl.any_horizontal(*missing)).then(take(*values))


def _plus(total: pl.Expr, signed: tuple[int, pl.Expr]) -> pl.Expr:
    """Return a sum with a term added or subtracted. Some column types have no negation."""
    sign, part = signed
    return total + part if sign > 0 else total - part


def _undivided(left: Expression, right: Expression) -> tuple[Expression, Expression]:
    """Return both sides times a divisor on one side, if the quotients are exact.

    Quotients of rules keep 28 digits; quotients by 2, 5 and their products have fewer.
    """
    for side, other in ((left, right), (right, left)):
        match side:
            case Product("/", whole, Number(by)) if by > 0 and 10**6 % by == 0:
                times = Product("*", Number(by), other)
                return (whole, times) if side is left else (times, whole)
    return left, right


def _product(
    operator: str, left: Expression, right: Expression, build: Callable[[Expression], pl.Expr]
) -> pl.Expr:
    """Return a product with an integer, the only one that is exact in every column type."""
    whole = [e for e in (left, right) if isinstance(e, Number) and e.value == int(e.value)]
    if operator == "*" and whole:
        return build(left) * build(right)
    message = "含有除法或两个数相乘，列运算不能保证精确"
    raise Inexpressible(message, "divides or multiplies figures, which columns round")


def _compare(operator: str, left: pl.Expr, right: pl.Expr, tolerance: Any) -> pl.Expr:
    plain: pl.Expr = _COMPARISONS[operator](left, right)
    if not tolerance:
        return plain
    close = (left - right).abs() <= tolerance
    near: pl.Expr = ~close if operator == "!=" else close | plain
    return near
