"""Where grammars lie and how they are built, with a cache in the user's own folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import lark
from attrs import frozen
from lark import Lark
from lark.grammar import NonTerminal, Rule
from lark.lexer import Lexer, LexerThread
from lark.parsers.lalr_interactive_parser import InteractiveParser
from lark.parsers.lalr_parser import LALR_Parser

from gischema._version import __version__
from gischema.forms import labels, parsers
from gischema.forms.cache import fingerprint, kept, place_of
from gischema.forms.labels import Label, read_label
from gischema.forms.parsers import lean

T = TypeVar("T")


def grammar_folder() -> Path:
    """The folder of the national grammars, in an installed package or beside the source."""
    package = Path(__file__).parents[1]
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def _state(path: Path) -> str:
    """Changes with this code, with Lark, and with every grammar that a grammar may import."""
    files = [Path(__file__), Path(labels.__file__), Path(parsers.__file__)]
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
    lexer: type[Lexer]
    cache: Path | None = None

    def __reduce__(self) -> tuple[type[Grammar], tuple[Path, type[Lexer], Path | None]]:
        """A copy is built anew: Lark knows the actions of a parser by their identity."""
        return type(self), (self.path, self.lexer, self.cache)

    @cached_property
    def lark(self) -> Lark:
        """The grammar, built."""
        return Lark.open(
            str(self.path),
            parser="lalr",
            lexer=self.lexer,
            maybe_placeholders=False,
            import_paths=[str(grammar_folder())],
        )

    @cached_property
    def outline(self) -> Outline:
        """The outline, from the cache if nothing has changed since."""
        return self._kept("outline", lambda: Outline.of(self.lark))

    def parse(self, source: object) -> InteractiveParser:
        """A parser that stands before what the grammar's lexer reads off `source`."""
        lexer = LexerThread.from_custom_input(self.lexer(), source)
        return self._parser.parse_interactive(lexer, "start")  # type: ignore[no-any-return]

    @cached_property
    def _parser(self) -> LALR_Parser:
        """The parser without the grammar, from the cache too."""
        return self._kept("parser", lambda: lean(self.lark.parser.parser))

    def _kept(self, what: str, make: Callable[[], T]) -> T:
        if self.cache is None:
            return make()
        file = self.cache / f"{self.path.stem}-{place_of(self.path)}.{what}"
        return kept(file, self.fingerprint, make)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what is kept of the grammar must be made anew."""
        return _state(self.path)
