"""A narrative grammar that was built: its wordings, what its rules are made of, and its parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen
from lark import Lark, Token
from lark.common import LexerConf
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer, LexerState, Pattern, PatternRE
from lark.parsers.lalr_parser_state import ParserState

_ESCAPED = re.compile(r"\\(.)")
_GROUPING = re.compile(r"(?<!\\)(?:\(\?:|\))")
_BAR = re.compile(r"(?<!\\)\|")


class ClauseLexer(Lexer):
    """Hands the phrases of a clause, already found and in order, to the parser."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: LexerConf | None = None) -> None:
        """Take the grammar's terminals; the clause is all that is needed."""

    def lex(
        self,
        lexer_state: LexerState,
        parser_state: ParserState[Any],  # noqa: ARG002
    ) -> Iterator[Token]:
        """The phrases of the clause that was given to the parser as its text."""
        names: tuple[str, ...] = lexer_state.text  # type: ignore[assignment]
        for name in names:
            yield Token(name, name)


@frozen(eq=False, repr=False)
class BuiltGrammar:
    """What reading needs of a grammar.

    `wordings` are those of every terminal, in the order of the grammar, `ignored` the terminals
    that may stand anywhere. `expansions` are the symbols on the right of each rule, once for each
    way to write it.
    """

    wordings: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    expansions: Mapping[str, tuple[tuple[str, ...], ...]]
    parser: Lark

    @classmethod
    def of(cls, *files: Path) -> BuiltGrammar:
        """The grammar in `files`, which are read as one.

        Raises OSError and lark.exceptions.LarkError.
        """
        text = "\n".join(file.read_text(encoding="utf-8") for file in files)
        built = Lark(text, parser="lalr", lexer=ClauseLexer, maybe_placeholders=False)
        expansions: dict[str, list[tuple[str, ...]]] = {}
        for rule in built.rules:
            symbols = tuple(str(symbol.name) for symbol in rule.expansion)
            expansions.setdefault(str(rule.origin.name), []).append(symbols)
        return cls(
            {str(t.name): _wordings(t.pattern) for t in built.terminals},
            frozenset(map(str, built.lexer_conf.ignore)),
            {rule: tuple(ways) for rule, ways in expansions.items()},
            built,
        )

    def rule(self, names: tuple[str, ...]) -> str | None:
        """The rule that a clause of these terminals fits, in the order of the grammar."""
        try:
            tree = self.parser.parse(names)
        except UnexpectedInput:
            return None
        rule = getattr(tree.children[0], "data", None) if tree.children else None
        return str(rule) if isinstance(rule, str) else None


def _wordings(pattern: Pattern) -> tuple[str, ...]:
    """The wordings of a terminal from its pattern; Lark joins alternatives to an expression."""
    if not isinstance(pattern, PatternRE):
        return (pattern.value,)
    text = _GROUPING.sub("", pattern.value)
    return tuple(_ESCAPED.sub(r"\1", part) for part in _BAR.split(text))
