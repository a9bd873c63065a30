"""Build rules from Lark's tree of a rule file: one method per grammar rule, with its name."""
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from attrs import frozen
from lark import Token

from gischema.forms.grammar_source import read_years
from gischema.rules.errors import RuleSyntaxError
from gischema.rules.expression_builder import ExpressionBuilder, number_of, position_of, text_of
from gischema.rules.expressions import Call, Expression, PathReference, walk
from gischema.rules.functions import value_kind
from gischema.rules.model import Citation, Localized, Quantifier, Rule, RuleExample

_NEEDED = ("title", "forms", "source", "since", "check", "message")
_MANY = ("source", "for each", "check", "example")


@frozen
class RuleLine:
    """One line of a rule: its keyword and its value."""

    name: str
    value: Any


class RuleBuilder(ExpressionBuilder):
    """Builds rules bottom up; each keeps `file`."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file

    def start(self, parts: list[Any]) -> list[Rule]:
        head = [part for part in parts if isinstance(part, RuleLine)]
        return [self._rule(part, head) for part in parts if not isinstance(part, RuleLine)]

    def rule(self, parts: list[Any]) -> list[Any]:
        return parts

    def _rule(self, parts: list[Any], head: Sequence[RuleLine]) -> Rule:
        code, kind, severity, *lines = parts
        given: dict[str, list[Any]] = {}
        for line in lines:
            given.setdefault(line.name, []).append(line.value)
        own = frozenset(given)
        for line in head:
            if line.name not in own:
                given.setdefault(line.name, []).append(line.value)
        _require(code, given)
        return Rule(
            code=str(code),
            kind=cast(Any, str(kind)),
            severity=cast(Any, str(severity)),
            forms=given["forms"][0],
            title=given["title"][0],
            message=given["message"][0],
            citations=tuple(given["source"]),
            since=given["since"][0],
            checks=tuple(given["check"]),
            quantifiers=tuple(given.get("for each", ())),
            guard=given.get("when", [None])[0],
            tolerance=given.get("tolerance", [0])[0],
            blanks=given.get("blanks", ["nothing"])[0],
            why=given.get("why", [None])[0],
            examples=tuple(given.get("example", ())),
            years=given.get("years", [None])[0],
            file=self.file,
            at=position_of(code),
        )

    # ------------------------------------------------------------ description

    def forms(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("forms", tuple(str(token) for token in tokens))

    def source(self, tokens: list[Token | None]) -> RuleLine:
        notice, article, certainty = tokens
        where = None if article is None else text_of(article)
        return RuleLine(
            "source", Citation(text_of(cast(Token, notice)), where, cast(Any, certainty))
        )

    def CERTAINTY(self, token: Token) -> str:  # noqa: N802
        return str(token)

    def since(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("since", str(tokens[0]))

    def years(self, tokens: list[Token]) -> RuleLine:
        found = read_years(str(tokens[0]))
        if found is None or (found[1] is not None and found[1] < found[0]):
            message = (f"“{tokens[0]}”的末年早于首年", f"“{tokens[0]}” ends before it begins")
            raise RuleSyntaxError(*message, "", *position_of(tokens[0]))
        return RuleLine("years", found)

    def title(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("title", Localized(*map(text_of, tokens)))

    def why(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("why", Localized(*map(text_of, tokens)))

    def message(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("message", Localized(*map(text_of, tokens)))

    # ------------------------------------------------------------ checks

    def quantifier(self, parts: list[Any]) -> RuleLine:
        kind, *paths = parts
        within, having, without = (() if part is None else part for part in paths)
        return RuleLine(
            "for each", Quantifier(str(kind), within, having, without, position_of(kind))
        )

    def of(self, tokens: list[Token]) -> tuple[str, ...]:
        return tuple(str(token) for token in tokens)

    having = without = of

    def when(self, parts: list[Expression]) -> RuleLine:
        return RuleLine("when", _truth(parts[0]))

    def check(self, parts: list[Expression]) -> RuleLine:
        return RuleLine("check", _truth(parts[0]))

    def tolerance(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("tolerance", number_of(tokens[0]))

    def blanks(self, tokens: list[Token]) -> RuleLine:
        return RuleLine("blanks", str(tokens[0]))

    # ------------------------------------------------------------ examples

    def passes(self, parts: list[Any]) -> RuleLine:
        form, *entries = parts
        return RuleLine("example", RuleExample(True, form, tuple(entries)))

    def fails(self, parts: list[Any]) -> RuleLine:
        form, *entries = parts
        return RuleLine("example", RuleExample(False, form, tuple(entries)))

    def on(self, tokens: list[Token]) -> str:
        return str(tokens[0])

    def fact(self, parts: list[Any]) -> tuple[Any, ...]:
        path, _, token = parts
        if not isinstance(path, PathReference):
            message = ("等号左边应为指标路径", "a path is needed left of =")
            at = path.at if isinstance(path, Call) else position_of(token)
            raise RuleSyntaxError(*message, "", *at)
        match token.type:
            case "NOTHING":
                return path, "blank" if token == "blank" else "not_applicable", None
            case "STRING":
                return path, "stated", _day(text_of(token))
            case _:
                return path, "stated", number_of(token)


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _truth(expression: Expression) -> Expression:
    """Return the expression; raise RuleSyntaxError at its first path if it is no statement."""
    message = ("此处应为一个判断，如 a = b", "a statement such as a = b is needed here")
    first = next((e.at for e in walk(expression) if isinstance(e, PathReference)), (0, 0))
    try:
        if value_kind(expression) == "truth":
            return expression
    except RuleSyntaxError as error:
        if error.line:
            raise
        message = (error.message, error.message_en)
    raise RuleSyntaxError(*message, "", *first)


def _require(code: Token, given: dict[str, list[Any]]) -> None:
    """Raise RuleSyntaxError if a rule lacks a line, or repeats one."""
    for name in _NEEDED:
        if name not in given:
            message = (f"规则{code}缺少“{name}”", f"rule {code} has no “{name}”")
            raise RuleSyntaxError(*message, "", *position_of(code))
    for name, values in given.items():
        if len(values) > 1 and name not in _MANY:
            message = (
                f"规则{code}的“{name}”写了{len(values)}次",
                f"rule {code} has “{name}” {len(values)} times",
            )
            raise RuleSyntaxError(*message, "", *position_of(code))
