"""Follow a form as its rows are printed: what may come next, which group a row stands in.

The form's grammar decides both. Its parser is fed one token a row, a caption or a column head.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from lark import Token, Tree, UnexpectedToken
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_interactive_parser import InteractiveParser

from gischema.forms.form import Form, is_caption, step
from gischema.tables.region import PrintedRow, RowToken

_END = Token("$END", "")
_MADE = "__"
"""What the names of rules begin with that Lark makes for `+` and `*`; they are no groups."""

_NO_STEP = frozenset({"columns", "start"})
"""Rules of a grammar that add no step to the paths below them."""


class FormCursor:
    """Advance through a form as its rows are printed.

    A token that does not fit is handled in one of two ways. If exactly one row or caption is
    missing before it, that one is supplied. Else the rows so far are closed, and the token begins
    the form anew.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._parser = form.grammar.parser()
        self._trees: list[Tree[Token]] = []

    @property
    def expected(self) -> Collection[str]:
        """The terminals that may come next."""
        return self._choices.keys()

    @property
    def _choices(self) -> Mapping[str, tuple[Any, ...]]:
        """Return the terminals that may come next, and what the parser would do for each."""
        choices: Mapping[str, tuple[Any, ...]] = self._parser.choices()
        return choices

    def advance(self, token: Token) -> bool:
        """Advance over a token. Return False, and stay, if it fits nowhere."""
        try:
            self._parser.feed_token(token)
        except UnexpectedToken:
            return self._supply_missing(token) or self._begin_anew(token)
        return True

    def choose(self, terminals: Collection[str]) -> str:
        """Return one of several terminals with one wording: that of the innermost open group."""
        ordered = sorted(terminals, key=self._form.terminals.__getitem__)
        if len(ordered) == 1:
            return ordered[0]
        expected = self.fitting(ordered)
        return min(expected, key=self._count_closed) if expected else ordered[0]

    def fitting(self, terminals: Iterable[str]) -> list[str]:
        """Return those of several terminals that may come next."""
        return [name for name in terminals if name in self._choices]

    def _count_closed(self, terminal: str) -> int:
        """Return how many groups end before a terminal that may come next."""
        state = self._parser.parser_state
        table = state.parse_conf.parse_table.states
        stack = list(state.state_stack)
        closed = 0
        while (action := table[stack[-1]][terminal])[0] is not Shift:
            rule = action[1]
            del stack[len(stack) - len(rule.expansion) :]
            stack.append(table[stack[-1]][rule.origin.name][1])
            closed += not rule.origin.name.startswith(_MADE)
        return closed

    def group_paths(self) -> dict[PrintedRow, str]:
        """Close the form, and return the path of the group that each row stands in."""
        self._close()
        return {token.row: path for tree in self._trees for token, path in _row_tokens(tree, ())}

    def _supply_missing(self, token: Token) -> bool:
        """Advance over the one row or caption that is missing before `token`, and over `token`.

        A token that several rows share needs a gap that leaves no choice.
        """
        form = self._form
        fitting = [name for name in self._fillers() if self._accepts(Token(name, ""), token)]
        ambiguous = len(form.rows_of.get(token.type, ())) > 1
        if not fitting or (ambiguous and len(fitting) > 1):
            return False
        missing = min(fitting, key=lambda name: (not is_caption(name), form.terminals[name]))
        self._feed(Token(missing, ""), token)
        return True

    def _begin_anew(self, token: Token) -> bool:
        """Close the form and begin it again with a token. Return False if it cannot begin so."""
        parser = self._form.grammar.parser()
        if not _accepts(parser, (token,)):
            return False
        self._close()
        self._parser = parser
        self._feed(token)
        return True

    def _close(self) -> None:
        """Keep the rows so far as a tree, after supplying the one row that the form still requires.

        A block of column heads without any row is no tree: it is dropped.
        """
        if not self._accepts(_END):
            fitting = (name for name in self._fillers() if self._accepts(Token(name, ""), _END))
            if (missing := next(fitting, None)) is None:
                return
            self._feed(Token(missing, ""))
        self._trees.append(self._parser.feed_token(_END))

    def _fillers(self) -> Iterator[str]:
        """Return the terminals of the form that may come next."""
        return (name for name in self._choices if name in self._form.terminals)

    def _feed(self, *tokens: Token) -> None:
        for token in tokens:
            self._parser.feed_token(token)

    def _accepts(self, *tokens: Token) -> bool:
        return _accepts(self._parser, tokens)


def _accepts(parser: InteractiveParser, tokens: Iterable[Token]) -> bool:
    """Return True if the parser could advance over the tokens, without advancing it."""
    trial = parser.copy(deepcopy_values=False)
    try:
        for token in tokens:
            trial.feed_token(token)
    except UnexpectedToken:
        return False
    return True


def _row_tokens(tree: Tree[Token], path: tuple[str, ...]) -> Iterator[tuple[RowToken, str]]:
    """Yield the row tokens of a tree, and the steps of the groups that they stand in."""
    name = str(tree.data)
    if not is_caption(name) and step(name) not in _NO_STEP:
        path = (*path, step(name))
    for node in tree.children:
        if isinstance(node, RowToken):
            yield node, ".".join(path)
        elif isinstance(node, Tree):
            yield from _row_tokens(node, path)
