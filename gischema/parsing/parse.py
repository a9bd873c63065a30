"""Feeding a region to its form's parser, and going on where a row stands out of place."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from lark import Token, Tree, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser
from lark.parsers.lalr_parser_state import ParserState

from gischema.forms.form import is_caption
from gischema.parsing.region import Region, RowToken

_END = "$END"


def parse_region(region: Region) -> list[Tree[Token] | Token]:
    """The trees of a region: one if all rows stand in their places, more where parsing went on.

    Rows that fit nowhere are put into `region.displaced`.
    """
    parser = region.form.grammar.parse(region)
    feed = parser.parser_state.feed_token
    trees: list[Tree[Token] | Token] = []
    for token in parser.lexer_thread.lex(parser.parser_state):  # type: ignore[no-untyped-call]
        try:
            feed(token)
        except UnexpectedToken:
            _recover(parser, token, region, trees)
    trees.append(_finish(parser, trees))
    return trees


def _recover(
    parser: InteractiveParser, token: Token, region: Region, trees: list[Tree[Token] | Token]
) -> None:
    """Make room for a token that does not stand in its place."""
    missing = _bridge(parser, token, region)
    if missing is not None:
        parser.feed_token(Token(missing, ""))
        parser.feed_token(token)
    elif _abandon(parser, token, trees):
        parser.feed_token(token)
    elif isinstance(token, RowToken):
        region.displaced.append(token)


def _finish(parser: InteractiveParser, trees: list[Tree[Token] | Token]) -> Tree[Token] | Token:
    """Close the parse; what is unfinished at the end is kept as it is."""
    end = Token(_END, "")
    try:
        return parser.feed_token(end)  # type: ignore[no-any-return]
    except UnexpectedToken:
        _abandon(parser, end, trees)
        return parser.feed_token(end)  # type: ignore[no-any-return]


def _bridge(parser: InteractiveParser, token: Token, region: Region) -> str | None:
    """The one terminal whose row or caption is missing before `token`, if that is certain.

    A token that stands for one row is at home wherever it fits; one that several rows share needs
    a bridge that leaves no choice.
    """
    state, form = parser.parser_state, region.form
    found = [
        name
        for name in state.parse_conf.parse_table.states[state.position]
        if name in form.terminals and _accepts(state, (Token(name, ""), token))
    ]
    ambiguous = len(form.rows_of.get(token.type, ())) > 1
    if not found or (ambiguous and len(found) > 1):
        return None
    return min(found, key=lambda name: (not is_caption(name), form.terminals[name]))


def _abandon(parser: InteractiveParser, token: Token, trees: list[Tree[Token] | Token]) -> bool:
    """Leave unfinished rules until `token` fits, keeping what they hold; False if it never does."""
    state = parser.parser_state
    for depth in range(1, len(state.state_stack)):
        shorter = _copy(state)
        del shorter.state_stack[-depth:]
        del shorter.value_stack[-depth:]
        if _accepts(shorter, (token,)):
            trees.extend(_flat(state.value_stack[-depth:]))
            del state.state_stack[-depth:]
            del state.value_stack[-depth:]
            return True
    return False


def _accepts(state: ParserState[Any], tokens: tuple[Token, ...]) -> bool:
    trial = _copy(state)
    try:
        for token in tokens:
            trial.feed_token(token, token.type == _END)
    except UnexpectedToken:
        return False
    return True


def _copy(state: ParserState[Any]) -> ParserState[Any]:
    """A copy of the parser's state that builds no trees."""
    conf = copy(state.parse_conf)
    conf.callbacks = {}
    return ParserState(conf, state.lexer, list(state.state_stack), list(state.value_stack))


def _flat(values: list[Any]) -> Iterator[Tree[Token] | Token]:
    """The trees and tokens on a value stack; half-built repetitions are lists."""
    for value in values:
        if isinstance(value, (Tree, Token)):
            yield value
        elif isinstance(value, list):
            yield from _flat(value)
