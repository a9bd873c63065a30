"""Build a grammar from its file and the files that it imports.

Lark mangles the names that an import brings along: `art20_2019__NOT_HELD`. So that the author of a
variant need not know through how many files a row came, a name is looked up through any depth of
import: `%override NOT_HELD` changes the row wherever the imported rules use it, and a rule of the
file may use it without importing it.
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from lark import Token, Tree
from lark.exceptions import GrammarError, UnexpectedInput
from lark.grammar import Symbol
from lark.load_grammar import Definition, Grammar, _get_mangle

from gischema.file_errors import FileError, caret, near
from gischema.forms.grammar_names import START, ImportedNames, Mangle
from gischema.forms.grammar_source import (
    EXTEND,
    declared_names,
    line_of,
    names_of_grammars,
    read_source,
    without_anchor,
)
from gischema.forms.grammar_tree import is_nullable, only_part, symbols, symbols_in_order
from gischema.text import normalise

_MADE = re.compile(r"__(\w+)_(?:plus|star)_\d+")
"""The name of a rule that Lark makes for `+` and `*` in another."""

_COLLIDING = re.compile(r"<(\w+) : ([^>]*)>")


class FormGrammarBuilder(ImportedNames):
    """Load a grammar file with its imports, and build the grammar.

    Attributes:
        file: The grammar file.
        changed: The names that the file overrides or extends.
    """

    def __init__(self, file: Path, folder: Path, above: tuple[Path, ...] = ()) -> None:
        """Prepare to load `file`, which `above` import; `folder` has the national grammars."""
        super().__init__(file, folder, above)
        self.changed: list[str] = []
        self._anchors: list[tuple[str, str | None]] = []

    def load(self, mangle: Mangle | None = None) -> None:
        """Load the file.

        Raises:
            FileError: The file, or one that it imports, is wrong; with the line and what to write.
            OSError: The file cannot be read.
        """
        self._mangle = mangle
        text = read_source(self.file)
        self._anchors = [(found[2], found[3]) for found in EXTEND.finditer(text)]
        try:
            self.load_grammar(EXTEND.sub(without_anchor, text), str(self.file), mangle)
        except GrammarError as error:
            raise self._translated(error) from None
        except UnexpectedInput as error:  # of a line that Lark does not read as a statement
            raise self._not_understood(error.line, error.column) from None
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
            known = [*names_of_grammars(self._folder), *names_of_grammars(self.file.parent)]
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
            if not is_term:
                self._require_new(one, exp)
            if anchor is not None:
                self._insert(one, exp, anchor)
                continue
            super()._extend(one, is_term, exp, params, options)  # type: ignore[no-untyped-call]

    def _require_new(self, rule: str, exp: Tree[Symbol]) -> None:
        """Raise FileError if a group has what is added to it: its row would stand there twice."""
        tree = self._definitions[rule].tree
        there = {self._written(name) for name in symbols_in_order(tree)}
        for name in map(self._written, symbols_in_order(exp)):
            if name in there:
                group = self._written(rule)
                raise self.fault(
                    f"组 {group} 里已有 {name}；请删去这一行 %extend，或给新行另取名字",
                    f"the group {group} has {name} already: delete this %extend, or give the new "
                    "row another name",
                    name,
                )

    def _insert(self, rule: str, exp: Tree[Symbol], anchor: str) -> None:
        """Insert what is added to a rule behind a symbol of it, which gives it a place."""
        tree = self._definitions[rule].tree
        for part in list(tree.iter_subtrees_topdown()):
            for place, child in enumerate(part.children):
                if part.data == "expansions" and self._is(only_part(child), anchor):
                    part.children.insert(place + 1, exp)
                    return
                if part.data == "expansion" and len(part.children) > 1 and self._is(child, anchor):
                    part.children.insert(place + 1, Tree("expr", [exp, Token("OP", "?")]))
                    return
        names = [self._written(name) for name in symbols_in_order(tree)]
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
        if "%import" not in read_source(self.file):
            raise self.fault(
                f"{what} {written}：没有引入表式；请在前面写 %import .stat_2014 (start) 之类的一行",
                f"{what} {written}: no form is imported; write a line such as "
                "%import .stat_2014 (start) above it",
                written,
            )
        hint, hint_en = near(written, self._written_names())
        raise self.fault(
            f"{what} {written}：引入的表式里没有“{written}”{hint}",
            f"{what} {written}: the imported form has no {written}{hint_en}",
            written,
        )

    def _find_missing(self) -> None:
        """Look up the symbols that rules use and nothing in the file defines or imports."""
        for name, definition in list(self._definitions.items()):
            known = self._definitions.keys() | set(definition.params)
            for symbol in sorted(symbols(definition.tree) - known):
                if not self._lift(symbol):
                    raise self._undefined(self._written(symbol), self._written(name))
        for name in self._ignore_names:
            if name not in self._definitions and not self._lift(name):
                raise self._undefined(self._written(name), "%ignore")

    def build(self) -> Grammar:
        """Return the grammar.

        Raises:
            FileError: There is no `start`, or something that the file overrides is not used.
        """
        if START not in self._definitions:
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
                if not symbols(one.tree):
                    raise self.fault(
                        f'{group} 是小写，是组的名字；行名用大写：{group.upper()}: "{label}"',
                        f"{group} in small letters is a group; the name of a label is in capitals: "
                        f'{group.upper()}: "{label}"',
                        group,
                    )
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
            name: sorted(symbols(one.tree))
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
        written = dict.fromkeys(declared_names(read_source(self.file)))
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
                if not one.is_term and name not in found and is_nullable(one.tree, found)
            }
            if not more:
                groups = [name for name in self._definitions if name in found - {START}]
                return sorted(
                    groups, key=lambda n: bool(found & symbols(self._definitions[n].tree))
                )
            found |= more

    def uncompiled(self, error: GrammarError) -> FileError:
        """Return the error of rules that no parser can be made of, in words about groups."""
        if not _COLLIDING.search(str(error)):
            return self._translated(error)
        if empty := self.nullable():
            name = self._written(empty[0])
            parts = " | ".join(
                self._written(one) for one in symbols_in_order(self._definitions[empty[0]].tree)
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

    def _undefined(self, symbol: str, where: str) -> FileError:
        hint, hint_en = near(symbol, self._written_names())
        kind, kind_en = ("行名", "label") if symbol.isupper() else ("组", "group")
        return self.fault(
            f"{where} 用到的{kind} {symbol} 没有定义{hint}",
            f"{where} uses the {kind_en} {symbol}, which is not defined{hint_en}",
            symbol,
        )

    def _not_understood(self, line: int, column: int, said: str = "") -> FileError:
        context = caret(read_source(self.file), line, column)
        hint, hint_en = _slip(context.partition("\n")[0], column)
        lead = f": {said}" if said else ""
        return FileError(
            f'这里写得不对{hint}；行名写作 NAME: "(一)文字 | 件"，组写作 name: (A | B)+',
            f"this is not understood{lead}{hint_en}; a label is written "
            'NAME: "(一)text | 件", a group name: (A | B)+',
            self.file.name,
            line,
            column,
            context,
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
            said = found[1] if found[1] != "Unexpected input" else ""
            return self._not_understood(int(found[2]), int(found[3]), said)
        if "mpty terminals" in text or "cannot be empty" in text:
            empty = next((name for name, one in self._definitions.items() if _is_empty(one)), "")
            name = self._written(empty)
            return self.fault(
                f'行名 {name} 是空的；请写出表上印的文字，如 {name}: "(一)来信数 | 件"',
                f"the label {name} is empty: write the words that the form prints",
                name,
            )
        if found := re.search(r"Recursion in terminal '(\w+)'", text):
            name = self._written(found[1])
            return self.fault(f"行名 {name} 用到了它自己", f"the label {name} uses itself", name)
        return self.fault(text, text)


def _slip(text: str, column: int) -> tuple[str, str]:
    """Return a hint at the slip in a line that was not understood; empty if it is none of these."""
    char = text[column - 1 : column]
    if (wide := _full_width(char))[0]:
        return wide
    if char == "'":
        return '：文字用双引号 "…"，不用单引号', ': text stands in double quotes "…"'
    if char.isalpha() and not char.isascii():
        return (
            f"：“{char}”处应为名称，名称用英文字母，如 FERRY；中文写在引号里",
            ": a name is written in Latin letters, such as FERRY, and Chinese in quotes",
        )
    if text.count('"') % 2:
        return "：引号没有配对", ": a quote is not closed"
    if text.startswith("%") and ":" not in text.partition('"')[0]:
        return "：名称后要有冒号，如 %extend _section: FERRY", ": a colon follows the name"
    return "", ""


def _full_width(char: str) -> tuple[str, str]:
    """Return a hint if a character is a full-width one that stands for a half-width one."""
    half = '"' if char in ("“", "”") else normalise(char).text if char else ""
    if half == char or not half:
        return "", ""
    return f"：“{char}”是全角符号，请改为半角 {half}", f": “{char}” is full-width, write {half}"


def _is_empty(definition: Definition) -> bool:
    """Return True for a label without any text."""
    if not definition.is_term or definition.tree is None:
        return False
    texts = [str(one.children[0]) for one in definition.tree.find_data("literal")]
    return '""' in texts
