"""Build expressions from Lark's tree: one method per grammar rule, with its name."""
# ruff: noqa: D102

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, cast

from attrs import evolve
from lark import Token, Transformer

from gischema.rules.errors import RuleSyntaxError
from gischema.rules.expressions import (
    FIGURE_SOURCES,
    REPORT_ROLES,
    Call,
    Compare,
    Expression,
    Implies,
    Junction,
    Not,
    Number,
    PathReference,
    Position,
    Product,
    SignedSum,
    Text,
    children,
    rebuilt,
)

_BREAK = re.compile(r"\s*\n\s*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WIDE = "\u2e80"


class ExpressionBuilder(Transformer[Token, Any]):
    """Builds expressions bottom up."""

    def path(self, tokens: list[Token]) -> PathReference:
        return PathReference(str(tokens[0]), at=position_of(tokens[0]))

    def number(self, tokens: list[Token]) -> Number:
        return Number(number_of(tokens[0]))

    def text(self, tokens: list[Token]) -> Text:
        return Text(text_of(tokens[0]))

    def minus(self, parts: list[Any]) -> Expression:
        term = parts[1]
        return Number(-term.value) if isinstance(term, Number) else SignedSum(((-1, term),))

    def sum(self, parts: list[Any]) -> SignedSum:
        signs = [1, *(-1 if sign == "-" else 1 for sign in parts[1::2])]
        return SignedSum(tuple(zip(signs, parts[::2], strict=True)))

    def product(self, parts: list[Any]) -> Product:
        left, operator, right = parts
        return Product(cast(Any, str(operator)), left, right)

    def compare(self, parts: list[Any]) -> Compare:
        left, operator, right = parts
        return Compare(cast(Any, str(operator)), left, right)

    def negation(self, parts: list[Expression]) -> Not:
        return Not(parts[0])

    def conjunction(self, parts: list[Expression]) -> Junction:
        return Junction("and", tuple(parts))

    def disjunction(self, parts: list[Expression]) -> Junction:
        return Junction("or", tuple(parts))

    def implication(self, parts: list[Expression]) -> Implies:
        return Implies(parts[0], parts[1])

    def call(self, parts: list[Any]) -> Expression:
        name, *arguments = parts
        if name not in REPORT_ROLES | FIGURE_SOURCES:
            return Call(str(name), tuple(arguments), position_of(name))
        if len(arguments) != 1:
            raise RuleSyntaxError(
                f"“{name}”应有1个参数，写了{len(arguments)}个",
                f"{name} takes 1 argument, {len(arguments)} given",
                "",
                *position_of(name),
            )
        return _with_source(str(name), arguments[0])


def position_of(token: Token) -> Position:
    """Return line and column of a token."""
    return token.line or 0, token.column or 0


def number_of(token: Token) -> int | Decimal:
    """Return the number that a token spells."""
    return Decimal(token) if "." in token else int(token)


def text_of(token: Token) -> str:
    """Return the text of a quoted token. A line break in it is a space between words.

    Chinese is written without spaces, so a break next to a wide character leaves none.
    """

    def fold(match: re.Match[str]) -> str:
        before, after = inner[: match.start()][-1:], inner[match.end() :][:1]
        return " " if before and after and before < _WIDE and after < _WIDE else ""

    inner = str(token)[1:-1]
    return _ESCAPE.sub(r"\1", _BREAK.sub(fold, inner))


def _with_source(source: str, expression: Expression) -> Expression:
    """Return a copy whose paths refer to another report, or to the running text."""
    match expression:
        case PathReference() if source in REPORT_ROLES:
            return evolve(expression, role=cast(Any, source))
        case PathReference():
            return evolve(expression, source=cast(Any, source))
        case _:
            return rebuilt(expression, tuple(_with_source(source, c) for c in children(expression)))
