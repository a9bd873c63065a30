"""Find the symbols that `%extend` adds to the rules of a grammar.

Their place among the other symbols is left open. Lark puts them first and does not record where
they came from, so the text of the grammar is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from gischema.forms.grammar_source import read_source

Find: TypeAlias = Callable[[Path, str], Path]
"""Returns the file that a grammar imports by name."""

_EXTEND = re.compile(
    r"^%extend\s+[?!]*(_?[a-z]\w*)(?:\.\d+)?\s*:(.*(?:\n[ \t]*\|.*)*)", re.MULTILINE
)
_PLACED = re.compile(r"[ \t]after[ \t]+\w+[ \t]*(?://.*)?$")
"""What gives an addition its place: `%extend _section: FERRY after COMPLAINTS`."""

_NO_SYMBOL = re.compile(r'"(?:\\.|[^"\\])*"|//.*|->\s*\w+')
_SYMBOL = re.compile(r"_?[A-Za-z]\w*")
_IMPORT = re.compile(
    r"^%import\s+\.?(\w+)(?:\s*\(([^)]*)\)|\.(\w+)(?:\s*->\s*(\w+))?)", re.MULTILINE
)


def added_symbols(grammar: Path, find: Find) -> frozenset[tuple[str, str]]:
    """Return the rules that `%extend` adds to, each with a symbol that it adds.

    Names are those of the built grammar, where symbols that an import brings along have a prefix.

    Args:
        grammar: The file of the grammar.
        find: Returns the file that a grammar imports by name.
    """
    return frozenset(_added(grammar, find, frozenset({grammar})))


def _added(grammar: Path, find: Find, seen: frozenset[Path]) -> Iterator[tuple[str, str]]:
    text = read_source(grammar)
    for rule, body in _EXTEND.findall(text):
        if _PLACED.search(body):
            continue
        for symbol in _SYMBOL.findall(_NO_SYMBOL.sub("", body)):
            yield rule, symbol
    for name, kept in _imports(text).items():
        file = find(grammar, name)
        if file not in seen and file.is_file():
            for rule, symbol in _added(file, find, seen | {file}):
                yield _known_as(rule, name, kept), _known_as(symbol, name, kept)


def _imports(text: str) -> dict[str, dict[str, str]]:
    """Return the grammars that a text imports, with the names that they keep or are given."""
    found: dict[str, dict[str, str]] = {}
    for name, several, one, alias in _IMPORT.findall(text):
        names = found.setdefault(name, {})
        names.update((symbol, symbol) for symbol in _SYMBOL.findall(several))
        if one:
            names[one] = alias or one
    return found


def _known_as(symbol: str, grammar: str, kept: dict[str, str]) -> str:
    """Return the name of an imported symbol; one that the import does not list gets a prefix."""
    if symbol in kept:
        return kept[symbol]
    mark = "_" if symbol.startswith("_") else ""
    return f"{mark}{grammar}__{symbol.removeprefix('_')}"
