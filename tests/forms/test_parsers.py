"""Parsers that are kept: half the size of Lark's, and the same in all they do."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from lark import Token, Tree, UnexpectedToken
from lark.lexer import LexerThread

from gischema.engine import Gischema
from gischema.forms.parsers import lean
from gischema.parsing.lexer import FormLexer
from gischema.testing import SeededChoices

FORMS = tuple(Gischema().forms.values())
_END = "$END"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_lean_parser_makes_the_same_trees(form):
    """Whatever a grammar allows comes out the same, and at each step the same may follow."""
    whole: Any = form.grammar.lark.parser.parser
    small = lean(whole)
    terminals = {_END, *form.terminals}
    finished = 0
    for seed in range(20):
        choices = SeededChoices(seed)
        one, other = (_start(parser) for parser in (whole, small))
        tree = None
        while tree is None:
            following = [name for name in one.choices() if name in terminals]
            assert [name for name in other.choices() if name in terminals] == following
            name = _END if _END in following else choices.pick(following)
            made = [_fed(parser, Token(name, "")) for parser in (one, other)]
            assert made[0] == made[1]
            tree = made[0]
        finished += tree.data == "start"
    assert finished


def test_a_lean_parser_leaves_the_built_one_whole():
    """The grammar's own parser goes on working, and weighs more."""
    whole: Any = FORMS[0].grammar.lark.parser.parser
    small = lean(whole)
    assert whole.parser_conf.callbacks
    assert list(_start(whole).choices()) == list(_start(small).choices())
    assert len(pickle.dumps(small._parse_table)) < len(pickle.dumps(whole._parse_table)) / 1.5


def _fed(parser: Any, token: Token) -> Any:
    """What a token finishes, if anything; why it cannot stand here."""
    try:
        return parser.feed_token(token)
    except UnexpectedToken as error:
        return Tree("unexpected", list[Any](sorted(error.expected)))


def _start(parser: Any) -> Any:
    return parser.parse_interactive(LexerThread.from_custom_input(FormLexer(), None), "start")
