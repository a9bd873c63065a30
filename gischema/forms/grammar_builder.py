"""Build a grammar from its file and the files that it imports.

Lark mangles the names that an import brings along: `art20_2019__NOT_HELD`. So that the author of a
variant need not know through how many files a row came, a name is looked up through any depth of
import: `%override NOT_HELD` changes the row wherever the imported rules use it, and a rule of the
file may use it without importing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from lark import Token, Tree
from lark.exceptions import GrammarError, UnexpectedInput
from lark.grammar import Symbol
from lark.load_grammar import (
    Grammar,
    GrammarBuilder,
    _find_used_symbols,
    _get_mangle,
)

from gischema.file_errors import FileError, caret, near

Mangle = Callable[[str], str]

_START = "start"
_MADE = re.compile(r"__(\w+)_(?:plus|star)_\d+")
"""The name of a rule that Lark makes for `+` and `*` in another."""

EXTEND = re.compile(
    r"^(%extend[ \t]+[?!]*(_?[A-Za-z]\w*)(?:\.\d+)?[ \t]*:[^\n]*?)"
    r"(?:[ \t]+after[ \t]+(_?[A-Za-z]\w*)[ \t]*)?(?=[ \t]*//[^\n\"]*$|$)",
    re.MULTILINE,
)
"""A line `%extend RULE: NAME after NAME`: what it says, its rule, and the name behind `after`."""

_COLLIDING = re.compile(r"<(\w+) : ([^>]*)>")
_NO_FORMS = {"rules"}


class FormGrammarBuilder(GrammarBuilder):
    """Load a grammar file with its imports, and build the grammar.

    Attributes:
        file: The grammar file.
        changed: The names that the file overrides or extends.
    """

    def __init__(self, file: Path, folder: Path, above: tuple[Path, ...] = ()) -> None:
        """Prepare to load `file`, which `above` import; `folder` has the national grammars."""
        super().__init__(import_paths=[str(folder)])
        self.file = file
        self.changed: list[str] = []
        self._folder = folder
        self._above = above
        self._below: dict[str, frozenset[str]] = {}
        self._source: dict[str, str] = {}
        self._anchors: list[tuple[str, str | None]] = []
        self._mangle: Mangle | None = None

    # -- loading --------------------------------------------------------------------------------

    def load(self, mangle: Mangle | None = None) -> None:
        """Load the file.

        Raises:
            FileError: The file, or one that it imports, is wrong; with the line and what to write.
            OSError: The file cannot be read.
        """
        self._mangle = mangle
        text = self.file.read_text("utf-8-sig")
        self._anchors = [(found[2], found[3]) for found in EXTEND.finditer(text)]
        try:
            self.load_grammar(EXTEND.sub(_without_anchor, text), str(self.file), mangle)
        except UnexpectedInput as error:  # pragma: no cover - Lark turns most into GrammarError
            raise self.fault(str(error), str(error)) from None
        except GrammarError as error:
            raise self._translated(error) from None
        self._find_missing()

    def do_import(
        self,
        dotted_path: tuple[str, ...],
        base_path: str | None,  # noqa: ARG002 - as Lark calls it
        aliases: dict[str, str],
        base_mangle: Mangle | None = None,
    ) -> None:
        """Import names from another grammar file; Lark calls this for each file once."""
        mangle = _get_mangle("__".join(dotted_path), aliases, base_mangle)
        inner = FormGrammarBuilder(
            self._imported(dotted_path), self._folder, (*self._above, self.file)
        )
        inner.load(mangle)
        stem = "__".join(dotted_path)
        self._below |= {**inner._below, stem: frozenset(inner._below)}
        for name in aliases:
            inner.require(name, importing=self)
            self._source[mangle(name)] = stem
        inner._remove_unused(map(mangle, aliases))  # type: ignore[no-untyped-call]
        if twice := sorted(inner._definitions.keys() & self._definitions.keys()):
            raise self.fault(
                f"“{twice[0]}”从两个文件引入；请只从其中一个引入",
                f"{twice[0]} is imported from two files; import it from one of them",
                twice[0],
            )
        self._definitions.update(inner._definitions)

    def require(self, name: str, importing: FormGrammarBuilder) -> None:
        """Give an imported name to a definition below, or raise FileError if there is none."""
        assert self._mangle is not None
        mangled = self._mangle(name)
        if mangled not in self._definitions and not self._lift(mangled):
            hint, hint_en = near(name, self._written_names())
            raise FileError(
                f"“{self.file.name}”里没有“{name}”{hint}",
                f"{self.file.name} has no {name}{hint_en}",
                importing.file.name,
                line_of(importing.file, self.file.stem),
            )

    def _imported(self, dotted_path: tuple[str, ...]) -> Path:
        """Return the file that is imported: the national one, else that next to this file."""
        name = "/".join(dotted_path) + ".lark"
        for folder in (self._folder, self.file.parent):
            if (file := folder / name).is_file():
                break
        else:
            known = [*_stems(self._folder), *_stems(self.file.parent)]
            others = [one for one in known if one != self.file.stem]
            hint, hint_en = near(dotted_path[-1], others)
            names = "、".join(dict.fromkeys(others))
            raise self.fault(
                f"没有语法文件 {name}{hint}；现有：{names}",
                f"there is no grammar file {name}{hint_en} known: {names.replace('、', ', ')}",
                dotted_path[-1],
            )
        if file in (*self._above, self.file):
            way = [*self._above, self.file]
            chain = [one.name for one in way[way.index(file) :]]
            through = f"（经 {'、'.join(chain[1:])}）" if chain[1:] else ""
            through_en = f" (through {', '.join(chain[1:])})" if chain[1:] else ""
            raise self.fault(
                f"{file.name} 引入了它自己{through}；请删去这一行 %import",
                f"{file.name} imports itself{through_en}; delete this line",
                dotted_path[-1],
            )
        return file

    # -- names through any depth of import --------------------------------------------------------

    def _define(
        self,
        name: str,
        is_term: bool,
        exp: Tree[Symbol],
        params: tuple[str, ...] = (),
        options: object = None,
        *,
        override: bool = False,
    ) -> None:
        if override:
            self.changed.append(name)
            self._adopt(name, "%override")
            copies = self._copies(name)
            old = [self._definitions[one].tree for one in (name, *copies)]
            for copy in copies:
                self._rename(copy, name)
            super()._define(name, is_term, exp, params, options, override=True)  # type: ignore[no-untyped-call]
            for tree in old:
                if is_term and tree is not None:  # labels that are defined as this one hold it
                    tree.set(exp.data, exp.children)
            return
        super()._define(name, is_term, exp, params, options)  # type: ignore[no-untyped-call]

    def _extend(
        self,
        name: str,
        is_term: bool,
        exp: Tree[Symbol],
        params: tuple[str, ...] = (),
        options: object = None,
    ) -> None:
        self.changed.append(name)
        self._adopt(name, "%extend")
        _, anchor = self._anchors.pop(0) if self._anchors else ("", None)
        copies = self._reached_copies(name)
        if copies and name not in self._reached():
            self._definitions.pop(name)
            self._rename(copies[0], name)
        for one in (name, *self._reached_copies(name)):
            if anchor is not None:
                self._insert(one, exp, anchor)
                continue
            super()._extend(one, is_term, exp, params, options)  # type: ignore[no-untyped-call]

    def _insert(self, rule: str, exp: Tree[Symbol], anchor: str) -> None:
        """Insert what is added to a rule behind a symbol of it, which gives it a place."""
        tree = self._definitions[rule].tree
        for part in list(tree.iter_subtrees_topdown()):
            for place, child in enumerate(part.children):
                if part.data == "expansions" and self._is(_only(child), anchor):
                    part.children.insert(place + 1, exp)
                    return
                if part.data == "expansion" and len(part.children) > 1 and self._is(child, anchor):
                    part.children.insert(place + 1, Tree("expr", [exp, Token("OP", "?")]))
                    return
        names = [self._written(name) for name in _in_order(tree)]
        hint, hint_en = near(anchor, names)
        group = self._written(rule)
        raise self.fault(
            f"组 {group} 里没有 {anchor}{hint}；有：{'、'.join(names)}",
            f"the group {group} has no {anchor}{hint_en} it has: {', '.join(names)}",
            anchor,
        )

    def _is(self, part: object, name: str) -> bool:
        """Return True if a part of a rule is a symbol of this name, also an optional one."""
        if isinstance(part, Tree) and part.data in ("value", "expr"):
            return self._is(part.children[0], name)
        return isinstance(part, Symbol) and self._written(str(part.name)) == name

    def _adopt(self, name: str, what: str) -> None:
        """Give `name` to the definition below that is meant, or raise FileError."""
        if name in self._definitions or self._lift(name):
            return
        written = self._written(name)
        hint, hint_en = near(written, self._written_names())
        raise self.fault(
            f"{what} {written}：引入的表式里没有“{written}”{hint}",
            f"{what} {written}: the imported form has no {written}{hint_en}",
            written,
        )

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
        start = self._mangle(_START) if self._mangle is not None else _START
        if start not in self._definitions:
            return set(self._definitions)
        reached, pending = {start}, [start]
        while pending:
            tree = self._definitions[pending.pop()].tree
            for symbol in _symbols(tree) & self._definitions.keys() - reached:
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

    def _find_missing(self) -> None:
        """Look up the symbols that rules use and nothing in the file defines or imports."""
        for name, definition in list(self._definitions.items()):
            known = self._definitions.keys() | set(definition.params)
            for symbol in sorted(_symbols(definition.tree) - known):
                if not self._lift(symbol):
                    raise self._undefined(self._written(symbol), self._written(name))
        for name in self._ignore_names:
            if name not in self._definitions and not self._lift(name):
                raise self._undefined(self._written(name), "%ignore")

    # -- the grammar, and what is wrong with it --------------------------------------------------

    def build(self) -> Grammar:
        """Return the grammar.

        Raises:
            FileError: There is no `start`, or something that the file overrides is not used.
        """
        if _START not in self._definitions:
            raise self.fault(
                "没有 start；变体写 %import .stat_2014 (start, _section)，"
                "新表式写 start: _section*",
                "there is no start: a variant has %import .stat_2014 (start, _section), "
                "a new form has start: _section*",
            )
        reached = self._reached() | set(self._ignore_names)
        for name in self.changed:
            if name not in reached and not self._inside_labels(name):
                raise self.fault(
                    f"“{name}”改了也没有用：从 start 起没有一处用到它；"
                    "请改用到它的组，或删去这一行",
                    f"the change of {name} has no effect: nothing from start on uses it; "
                    "change the group that uses it, or delete this line",
                    name,
                )
        self._require_labels_with_names()
        self._require_no_circle()
        return super().build()

    def _require_labels_with_names(self) -> None:
        """Raise FileError if a group holds a text instead of the name of a label."""
        for name, one in self._definitions.items():
            texts = one.tree.find_data("literal") if one.tree is not None else ()
            if not one.is_term and (text := next(iter(texts), None)) is not None:
                group, label = self._written(name), str(text.children[0]).strip('"/')
                raise self.fault(
                    f"组 {group} 里直接写了文字“{label}”，这一行不会被读取；"
                    f'请给它一个名字：NAME: "{label}"，在组里写 NAME',
                    f"the group {group} holds the text “{label}”, which is not read as a row: give "
                    f'it a name, NAME: "{label}", and write NAME in the group',
                    group,
                )

    def _require_no_circle(self) -> None:
        """Raise FileError if a group contains itself."""
        inner = {
            name: sorted(_symbols(one.tree))
            for name, one in self._definitions.items()
            if not one.is_term
        }
        try:
            TopologicalSorter(inner).prepare()
        except CycleError as error:
            way = [self._written(name) for name in error.args[1]][::-1]
            raise self.fault(
                f"组 {way[0]} 包含它自己：{' → '.join(way)}；一个组只包含行和其他的组",
                f"the group {way[0]} contains itself: {' → '.join(way)}; a group contains rows "
                "and other groups",
                way[0],
            ) from None

    def _inside_labels(self, name: str) -> bool:
        """Return True if another label is defined as this one."""
        tree = self._definitions[name].tree if name in self._definitions else None
        others = (one.tree for key, one in self._definitions.items() if key != name and one.is_term)
        return tree is not None and any(
            tree is part for one in others if one is not None for part in one.iter_subtrees()
        )

    def idle(self) -> list[str]:
        """Return the names that the file itself defines and nothing uses."""
        reached = self._reached() | set(self._ignore_names)
        written = dict.fromkeys(_declared(self.file.read_text("utf-8-sig")))
        return [
            name
            for name in written
            if name in self._definitions and name not in reached and not self._inside_labels(name)
        ]

    def nullable(self) -> list[str]:
        """Return the groups, other than `start`, of which nothing has to be printed.

        Those that contain no other of them come first.
        """
        found: set[str] = set()
        while True:
            more = {
                name
                for name, one in self._definitions.items()
                if not one.is_term and name not in found and _is_nullable(one.tree, found)
            }
            if not more:
                groups = [name for name in self._definitions if name in found - {_START}]
                return sorted(
                    groups, key=lambda n: bool(found & _symbols(self._definitions[n].tree))
                )
            found |= more

    def ambiguous(self, error: GrammarError) -> FileError:
        """Return the error of rules between which a parser cannot decide, in words about groups."""
        if empty := self.nullable():
            name = self._written(empty[0])
            parts = " | ".join(
                self._written(one) for one in _in_order(self._definitions[empty[0]].tree)
            )
            return self.fault(
                f"组 {name} 可以什么都不印；请写 {name}: ({parts})+",
                f"nothing has to be printed of the group {name}; write {name}: ({parts})+",
                name,
            )
        found = dict.fromkeys(_COLLIDING.findall(str(error)))
        groups = dict.fromkeys(self._group(rule) for rule, _ in found)
        rows = dict.fromkeys(
            self._written(symbols.split()[-1]) for _, symbols in found if symbols.strip()
        )
        row, names = "、".join(rows), " 和 ".join(groups)
        own = f"{next(iter(groups), 'x').lstrip('_').upper()}__{row.rpartition('__')[2]}"
        return self.fault(
            f"行 {row} 同在组 {names} 里，印在两组之间时分不清属于哪一组；"
            f"请给每组一个自己的行名（如 {own}），写同样的文字",
            f"the row {row} is in the groups {' and '.join(groups)}: between them a page does not "
            f"show which is meant; give each group a label of its own (such as {own}) with the "
            "same text",
            next(iter(rows), ""),
        )

    def _group(self, rule: str) -> str:
        made = _MADE.fullmatch(rule)
        return self._written(made[1] if made else rule)

    def fault(self, message: str, message_en: str, name: str = "") -> FileError:
        """Return an error with the first line of the file that has `name`."""
        return FileError(message, message_en, self.file.name, line_of(self.file, name))

    def _undefined(self, symbol: str, where: str) -> FileError:
        hint, hint_en = near(symbol, self._written_names())
        kind, kind_en = ("行名", "label") if symbol.isupper() else ("组", "group")
        return self.fault(
            f"{where} 用到的{kind} {symbol} 没有定义{hint}",
            f"{where} uses the {kind_en} {symbol}, which is not defined{hint_en}",
            symbol,
        )

    def _translated(self, error: GrammarError) -> FileError:
        """Return the error of Lark in words about groups and labels."""
        text = str(error)
        if found := re.search(r"(?:Terminal|Rule) '(\w+)' defined more than once", text):
            name = self._written(found[1])
            return self.fault(
                f"“{name}”定义了两次；要改引入的行，请写 %override {name}: …",
                f"{name} is defined twice; to change an imported one, write %override {name}: …",
                name,
            )
        if found := re.search(r"Terminal used but not defined: (\w+)", text):
            return self._undefined(self._written(found[1]), self.file.stem)
        if found := re.search(
            r"Rules aren't allowed inside terminals \(\w+\('(\w+)'\) in (\w+)\)", text
        ):
            name = self._written(found[2])
            return self.fault(
                f"{name} 是行名，只能写引号中的文字；小写的 {self._written(found[1])} 是组",
                f"{name} is a label, which is text in quotes; {self._written(found[1])} is a group",
                name,
            )
        if found := re.search(r"(?s)^(.*?),? at line (\d+) column (\d+)[^\n]*\n*(.*)", text):
            line, column = int(found[2]), int(found[3])
            said = f"：{found[1]}" if found[1] != "Unexpected input" else ""
            return FileError(
                '这里写得不对；行名写作 NAME: "(一)文字 | 件"，组写作 name: (A | B)+',
                f"this is not understood{said.replace('：', ': ')}; a label is written "
                'NAME: "(一)text | 件", a group name: (A | B)+',
                self.file.name,
                line,
                column,
                caret(self.file.read_text("utf-8-sig"), line, column),
            )
        return self.fault(text, text)


def _without_anchor(extend: re.Match[str]) -> str:
    """Return a `%extend` without ` after NAME`, with blanks in its place."""
    return extend[1] + " " * (len(extend[0]) - len(extend[1]))


def _only(part: object) -> object:
    """Return the one part of an alternative; None if it has several."""
    if isinstance(part, Tree) and part.data == "expansion" and len(part.children) == 1:
        return part.children[0]
    return None


def _in_order(tree: Tree[Symbol] | None) -> list[str]:
    """Return the symbols of a rule, each once, as they stand in it."""
    if tree is None:
        return []
    symbols = tree.scan_values(lambda value: isinstance(value, Symbol))
    return list(dict.fromkeys(str(one.name) for one in symbols))


def written(name: str) -> str:
    """Return the name of a symbol as an author wrote it, as far as its prefixes show it.

    `art20_2019__NOT_HELD` is NOT_HELD, `FEES__ITEMS_LAST_YEAR` keeps its own prefix: that of an
    import is the name of a file.
    """
    mark = "_" if name.startswith("_") else ""
    parts = name.removeprefix("_").split("__")
    while len(parts) > 1 and parts[0] != parts[0].upper() and parts[-1] == parts[-1].upper():
        parts = parts[1:]
    return mark + "__".join(parts)


def line_of(file: Path, name: str, *, comments: bool = False) -> int:
    """Return the line of a file that defines a name, else the first that has it; 0 if none has."""
    if not name:
        return 0
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    own = re.compile(rf"(?:%\w+\s+)?{re.escape(name)}\s*:|%import\s+\.?{re.escape(name)}\b")
    lines = file.read_text("utf-8-sig").split("\n")
    code = [line if comments else line.partition("//")[0] for line in lines]
    found = [number for number, line in enumerate(code, 1) if word.search(line)]
    defined = (number for number in found if own.match(code[number - 1]))
    return next(defined, found[0] if found else 0)


def _declared(text: str) -> Iterable[str]:
    return re.findall(r"^(_?[A-Za-z]\w*)(?:\.\d+)?\s*:", text, re.MULTILINE)


def _stems(folder: Path) -> Iterator[str]:
    return (file.stem for file in sorted(folder.glob("*.lark")) if file.stem not in _NO_FORMS)


def _symbols(tree: Tree[Symbol] | None) -> set[str]:
    return set() if tree is None else {str(name) for name in _find_used_symbols(tree)}


def _is_nullable(tree: object, found: set[str]) -> bool:
    """Return True if a part of a rule may match nothing, given the rules that may."""
    if isinstance(tree, Symbol):
        return tree.name in found
    if not isinstance(tree, Tree):
        return False
    parts = [child for child in tree.children if isinstance(child, (Tree, Symbol))]
    match tree.data:
        case "expansions":
            return any(_is_nullable(part, found) for part in parts)
        case "expansion":
            return all(_is_nullable(part, found) for part in parts)
        case "maybe":
            return True
        case "expr":
            operator = str(tree.children[1])
            return operator in ("?", "*") or _is_nullable(tree.children[0], found)
        case "value" | "alias":
            return bool(parts) and _is_nullable(parts[0], found)
    return False
