"""Names of a grammar through any depth of import.

Lark mangles the names that an import brings along: `art20_2019__NOT_HELD`. An author writes
NOT_HELD, however many files the row came through.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lark.grammar import Symbol
from lark.load_grammar import GrammarBuilder

from gischema.file_errors import FileError
from gischema.forms.grammar_source import line_of
from gischema.forms.grammar_tree import symbols

Mangle = Callable[[str], str]

START = "start"


class ImportedNames(GrammarBuilder):
    """The definitions of a grammar file and of those that it imports, by their names.

    Attributes:
        file: The grammar file.
    """

    def __init__(self, file: Path, folder: Path, above: tuple[Path, ...] = ()) -> None:
        """Prepare to load `file`, which `above` import; `folder` has the national grammars."""
        super().__init__(import_paths=[str(folder)])
        self.file = file
        self._folder = folder
        self._above = above
        self._below: dict[str, frozenset[str]] = {}
        self._source: dict[str, str] = {}
        self._mangle: Mangle | None = None

    def _lift(self, name: str) -> bool:
        """Rename the one definition below that was written with this name; False if none is.

        Raises:
            FileError: Several imported files have the name, with different contents.
        """
        copies = self._reached_copies(name) or self._copies(name)
        if len({str(self._definitions[copy].tree) for copy in copies}) > 1:
            written = self._written(name)
            raise self.fault(
                f"“{written}”在几个引入的文件里都有；请写明 %import 哪一个",
                f"several imported files have {written}; write which one to %import",
                written,
            )
        for copy in copies:
            self._rename(copy, name)
        return bool(copies)

    def _copies(self, name: str) -> list[str]:
        """Return the other definitions that were written with the same name.

        If `name` is imported, only those of the same family of files: a row of one national form
        is none of another.
        """
        written, source = self._written(name), self._source.get(name)
        return [
            one
            for one in self._definitions
            if one != name
            and self._written(one) == written
            and (source is None or self._is_related(source, self._defined_in(one)))
        ]

    def _is_related(self, one: str, other: str) -> bool:
        below = self._below
        return one == other or one in below.get(other, ()) or other in below.get(one, ())

    def _reached_copies(self, name: str) -> list[str]:
        reached = self._reached()
        return [one for one in self._copies(name) if one in reached]

    def _reached(self) -> set[str]:
        """Return what the rules use from `start` on; everything while there is no `start`."""
        start = self._mangle(START) if self._mangle is not None else START
        if start not in self._definitions:
            return set(self._definitions)
        reached, pending = {start}, [start]
        while pending:
            tree = self._definitions[pending.pop()].tree
            for symbol in symbols(tree) & self._definitions.keys() - reached:
                reached.add(symbol)
                pending.append(symbol)
        return reached

    def _rename(self, old: str, new: str) -> None:
        """Give a definition another name wherever it is used."""
        moved = self._definitions.pop(old)
        self._definitions.setdefault(new, moved)
        for definition in self._definitions.values():
            for tree in definition.tree.iter_subtrees() if definition.tree is not None else ():
                for place, child in enumerate(tree.children):
                    if isinstance(child, Symbol) and child.name == old:
                        tree.children[place] = type(child)(new)

    def _written(self, name: str) -> str:
        """Return a name as its file has it, without the prefixes of imports."""
        return self._parts(name)[0]

    def _defined_in(self, name: str) -> str:
        """Return the innermost of the files that a name has as prefixes; empty without any."""
        return self._parts(name)[1]

    def _parts(self, name: str) -> tuple[str, str]:
        mark, last = "_" if name.startswith("_") else "", ""
        rest, stems = name.removeprefix("_"), {*self._below}
        if self._above:
            stems.add(self.file.stem)
        while stem := next((one for one in stems if rest.startswith(f"{one}__")), None):
            rest, last = rest.removeprefix(f"{stem}__"), stem
        return mark + rest, last

    def _written_names(self) -> list[str]:
        return [self._written(name) for name in self._definitions]

    def fault(self, message: str, message_en: str, name: str = "") -> FileError:
        """Return an error with the first line of the file that has `name`."""
        return FileError(message, message_en, self.file.name, line_of(self.file, name))
