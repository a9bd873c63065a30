"""Where grammars lie and how they are built, with a cache in the user's own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import lark
from attrs import frozen
from lark import Lark, Token, Tree
from lark.common import LexerConf
from lark.grammar import NonTerminal, Rule
from lark.lexer import Lexer
from lark.parsers.lalr_interactive_parser import InteractiveParser

from gischema._version import __version__
from gischema.forms import labels
from gischema.forms.cache import fingerprint, kept, place_of
from gischema.forms.labels import Label, read_label

T = TypeVar("T")


class _NoLexer(Lexer):
    """Reads nothing: the tokens of a form come from the rows of a page, and are fed by hand."""

    def __init__(self, conf: LexerConf) -> None:
        """Take what Lark gives to any lexer."""

    def lex(self, *_: object) -> Iterator[Token]:
        """Return no token."""
        return iter(())


class _Node(Tree[Token]):
    """A node whose children are never changed, so that copies of a parser may share it.

    Lark's own tree builder adds to the list of children of a node that it has made before.
    """

    @property
    def children(self) -> list[Tree[Token] | Token]:
        """The children, as a list of its own each time."""
        return list(self._children)

    @children.setter
    def children(self, children: Iterable[Tree[Token] | Token]) -> None:
        self._children = tuple(children)


def grammar_folder() -> Path:
    """The folder of the national grammars, in an installed package or beside the source."""
    package = Path(__file__).parents[1]
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def _state(path: Path) -> str:
    """Changes with this code, with Lark, and with every grammar that a grammar may import."""
    files = [Path(__file__), Path(labels.__file__)]
    for folder in dict.fromkeys((path.parent, grammar_folder())):
        files += sorted(folder.glob("*.lark"))
    return fingerprint(f"{__version__} {lark.__version__}", *files)


@frozen(eq=False, repr=False)
class Outline:
    """What a form needs of its grammar without parsing: labels, and which symbols a rule holds.

    `symbols` has the names on the right of each rule in grammar order, and whether each is a
    terminal. Rules that Lark makes for `+` and `*` are looked through.
    """

    labels: dict[str, Label]
    ignored: frozenset[str]
    symbols: dict[str, tuple[tuple[str, bool], ...]]

    @classmethod
    def of(cls, lark: Lark) -> Outline:
        """The outline of a built grammar."""
        rules: dict[str, list[Rule]] = {}
        for rule in lark.rules:
            rules.setdefault(rule.origin.name, []).append(rule)
        return cls(
            {str(terminal.name): read_label(terminal) for terminal in lark.terminals},
            frozenset(str(name) for name in lark.lexer_conf.ignore),
            {name: _symbols(name, rules) for name in rules if not name.startswith("__")},
        )


def _symbols(rule: str, rules: dict[str, list[Rule]]) -> tuple[tuple[str, bool], ...]:
    seen: dict[str, bool] = {}
    pending, visited = [rule], {rule}
    while pending:
        for expansion in rules[pending.pop(0)]:
            for symbol in expansion.expansion:
                name = str(symbol.name)
                if not isinstance(symbol, NonTerminal):
                    seen.setdefault(name, True)
                elif not name.startswith("__"):
                    seen.setdefault(name, False)
                elif name not in visited:
                    visited.add(name)
                    pending.append(name)
    return tuple(seen.items())


@frozen(slots=False, eq=False)
class Grammar:
    """A grammar file, built when it is needed; the outline alone comes much cheaper."""

    path: Path
    cache: Path | None = None

    def __reduce__(self) -> tuple[type[Grammar], tuple[Path, Path | None]]:
        """Build a copy anew: Lark knows the actions of a parser by their identity."""
        return type(self), (self.path, self.cache)

    @cached_property
    def lark(self) -> Lark:
        """The grammar, built."""
        return Lark.open(
            str(self.path),
            parser="lalr",
            lexer=_NoLexer,
            tree_class=_Node,
            maybe_placeholders=False,
            import_paths=[str(grammar_folder())],
        )

    @cached_property
    def outline(self) -> Outline:
        """The outline, from the cache if nothing has changed since."""
        return self._kept("outline", lambda: Outline.of(self.lark))

    def parser(self) -> InteractiveParser:
        """Return a parser that stands at the beginning of the form; tokens are fed to it."""
        return self.lark.parse_interactive()

    def _kept(self, what: str, make: Callable[[], T]) -> T:
        if self.cache is None:
            return make()
        file = self.cache / f"{self.path.stem}-{place_of(self.path)}.{what}"
        return kept(file, self.fingerprint, make)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what is kept of the grammar must be made anew."""
        return _state(self.path)
