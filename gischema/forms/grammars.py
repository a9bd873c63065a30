"""Find the grammar files and build them, with the user's cache."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen
from lark import Lark, Token, Tree
from lark.common import LexerConf
from lark.exceptions import GrammarError
from lark.grammar import NonTerminal, Rule
from lark.lexer import Lexer, TerminalDef
from lark.parsers.lalr_interactive_parser import InteractiveParser

from gischema.chinese import enumerators, numerals, units
from gischema.file_errors import FileError
from gischema.forms import grammar_source, labels
from gischema.forms.cache import cached, digest
from gischema.forms.grammar_source import line_of, read_source
from gischema.forms.labels import Label, NotALabel, read_label

if TYPE_CHECKING:
    from gischema.forms.grammar_builder import FormGrammarBuilder

_BUILDERS = ("extensions.py", "grammar_builder.py", "grammar_names.py", "grammar_tree.py")
"""The modules that only build grammars: 3 ms that a start with grammars in the cache is spared."""

_IMPORT = re.compile(r"^[ \t]*%import[ \t]+(\.?)([\w.]+)", re.MULTILINE)


class _NoLexer(Lexer):
    """A lexer that reads nothing: the tokens of a form come from the rows of a page."""

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


@lru_cache(maxsize=1)
def grammar_folder() -> Path:
    """Return the folder of the national grammars, in an installed package or next to the source."""
    package = Path(__file__).parents[1]
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def sources(path: Path) -> tuple[Path, ...]:
    """Return a grammar file and the files that it imports, with all that these import.

    Lark looks for `%import name` and for `%import .name` among the national grammars, for the
    latter next to the file too. The last step of a name may be a symbol of the file before it.
    """
    found = [path]
    for file in found:
        for dot, name in _IMPORT.findall(read_source(file)):
            folders = dict.fromkeys((grammar_folder(), file.parent if dot else grammar_folder()))
            for steps in (name.replace(".", "/"), name.rpartition(".")[0].replace(".", "/")):
                places = (folder / f"{steps}.lark" for folder in folders)
                found += [place for place in places if place not in found and place.is_file()]
    return tuple(found)


@frozen
class Outline:
    """The part of a grammar that a form needs without parsing.

    Attributes:
        labels: The label of every terminal.
        ignored: The terminals of page furniture.
        symbols: The symbols of each rule in grammar order; True marks a terminal. Rules that Lark
            makes for `+` and `*` are replaced by their own symbols.
        added: Rules with the symbols that `%extend` adds to them.
        idle: Names that the file defines and nothing uses.
    """

    labels: dict[str, Label]
    ignored: frozenset[str]
    symbols: dict[str, tuple[tuple[str, bool], ...]]
    added: frozenset[tuple[str, str]]
    idle: tuple[str, ...] = ()

    @classmethod
    def of(cls, lark: Lark, files: Sequence[Path], idle: Iterable[str] = ()) -> Outline:
        """Return the outline of a grammar that was built of `files`, its own first.

        Raises:
            FileError: A label of the grammar is invalid. The error has the file and the line.
        """
        from gischema.forms.extensions import added_symbols  # see _BUILDERS

        rules: dict[str, list[Rule]] = {}
        for rule in lark.rules:
            rules.setdefault(rule.origin.name, []).append(rule)
        return cls(
            {str(terminal.name): _label(terminal, files) for terminal in lark.terminals},
            frozenset(str(name) for name in lark.lexer_conf.ignore),
            {name: _symbols(name, rules) for name in rules if not name.startswith("__")},
            added_symbols(files[0], _imported),
            tuple(idle),
        )


def _imported(importing: Path, name: str) -> Path:
    """Return the file that a grammar imports by name: the national one, else that next to it."""
    national = grammar_folder() / f"{name}.lark"
    return national if national.is_file() else importing.with_name(f"{name}.lark")


def _label(terminal: TerminalDef, files: Sequence[Path]) -> Label:
    """Return the label that a terminal declares, or raise ValueError with its place."""
    try:
        return read_label(terminal)
    except NotALabel as error:
        written = (f'"{error.label}"', f"/{error.label}/")
        for file in files:
            lines = read_source(file).split("\n")
            for number, line in enumerate(lines, 1):
                if any(text in line for text in written):
                    raise _placed(error, file, number) from None
        raise _placed(error, files[0], line_of(files[0], str(terminal.name))) from None


def _placed(error: NotALabel, file: Path, line: int) -> FileError:
    return FileError(error.message, error.message_en, file.name, line)


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
    """A grammar file, built on first use; to get the outline alone is much cheaper."""

    path: Path

    def __reduce__(self) -> tuple[type[Grammar], tuple[Path]]:
        """Let a copy load its parser again: pickle cannot copy parsers."""
        return type(self), (self.path,)

    @cached_property
    def lark(self) -> Lark:
        """The grammar, built, or from the cache if nothing has changed since."""
        return cached(Lark, ("grammar", self.digest), self._built)

    def _built(self) -> Lark:
        builder = self._builder()
        try:
            return Lark(
                builder.build(),
                parser="lalr",
                lexer=_NoLexer,
                tree_class=_Node,
                maybe_placeholders=False,
                source_path=str(self.path),
            )
        except GrammarError as error:
            raise builder.uncompiled(error) from None

    def _builder(self) -> FormGrammarBuilder:
        from gischema.forms.grammar_builder import FormGrammarBuilder  # see _BUILDERS

        builder = FormGrammarBuilder(self.path, grammar_folder())
        builder.load()
        return builder

    @cached_property
    def outline(self) -> Outline:
        """The outline, from the cache if nothing has changed since."""
        return cached(
            Outline,
            ("outline", self.digest, Path(labels.__file__)),
            lambda: Outline.of(self.lark, sources(self.path), self._builder().idle()),
        )

    def parser(self) -> InteractiveParser:
        """Return a parser at the beginning of the form; tokens are fed to it."""
        return self.lark.parse_interactive()

    @cached_property
    def digest(self) -> str:
        """A digest of the grammar, of all that it imports, and of the code that reads it.

        Raises:
            OSError: A file cannot be opened.
            UnicodeDecodeError: A file is not UTF-8.
        """
        builders = (Path(__file__).with_name(name) for name in _BUILDERS)
        code = (
            __file__,
            grammar_source.__file__,
            labels.__file__,
            enumerators.__file__,
            numerals.__file__,
            units.__file__,
        )
        return digest((*builders, *map(Path, code), *sources(self.path)))
