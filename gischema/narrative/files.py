"""Read the files that define running text: groups of wordings, clauses, and relations of groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from attrs import field, frozen

from gischema.errors import GischemaError

KINDS = ("phrase", "modifier", "body", "lead", "chapter")
"""Kinds of groups of wordings; only phrases are looked for in sentences."""

_TABLES = (*KINDS, "clause", "set", "order", "adds_nothing", "takes_subject")
_GROUP = ("means", "labels", "wordings")
_CLAUSE = ("indicator", "all", "any", "optional", "unit", "certainty", "also")
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")
_CERTAINTY = ("certain", "possible")
_CHOICE = re.compile(r"\{([^{}]*)\}")  # 上{年|年度}无结转


class NarrativeFileError(GischemaError, ValueError):
    """A file of running text that cannot be used. The message names the file and the place."""

    def __init__(self, file: Path | None, zh: str, en: str) -> None:
        """Take the file, if one is to blame, and what is wrong, in Chinese and in English."""
        zh_at, en_at = (f"{file.name}：", f"{file.name}: ") if file is not None else ("", "")
        super().__init__(zh_at + zh, en_at + en)
        self.args = (file, zh, en)  # pickle builds the error from these


@frozen
class WordGroup:
    """Wordings that mean the same; `labels` are terminals of forms whose labels mean it too."""

    wordings: tuple[str, ...]
    labels: tuple[str, ...] = ()


@frozen
class ClauseRow:
    """A line of the table of clauses, with names of groups and of sets as written.

    Attributes:
        indicators: What the figure states.
        all: Groups that must stand in the clause.
        any: Groups of which one must stand in it.
        optional: Groups that may; of those in one tuple at most one.
        unit: Groups of units, or of words for none.
        certain: False if the clause need not state its indicators.
        also: What the same figure states too: 收到、办理申请5件.
    """

    indicators: tuple[str, ...]
    all: tuple[str, ...]
    any: tuple[str, ...]
    optional: tuple[tuple[str, ...], ...]
    unit: tuple[str, ...]
    certain: bool
    also: tuple[str, ...] = ()


@frozen
class RelationRow:
    """Two lists of names of groups and sets that a relation ties together."""

    first: tuple[str, ...]
    second: tuple[str, ...]


@frozen
class Definition:
    """What one or more files define."""

    groups: Mapping[str, Mapping[str, WordGroup]] = field(
        factory=lambda: {kind: {} for kind in KINDS}
    )
    clauses: tuple[ClauseRow, ...] = ()
    sets: Mapping[str, tuple[str, ...]] = field(factory=dict)
    chapters: tuple[str, ...] = ()
    adds_nothing: tuple[RelationRow, ...] = ()
    takes_subject: tuple[RelationRow, ...] = ()

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators that its clauses state."""
        return frozenset(name for clause in self.clauses for name in clause.indicators)

    def __or__(self, other: Definition) -> Definition:
        """This with what `other` adds: groups and sets of one name are joined."""
        groups = {kind: dict(self.groups[kind]) for kind in KINDS}
        for kind in KINDS:
            for name, group in other.groups[kind].items():
                known = groups[kind].get(name, WordGroup(()))
                groups[kind][name] = WordGroup(
                    known.wordings + group.wordings, known.labels + group.labels
                )
        sets = {**self.sets, **other.sets}
        sets |= {n: self.sets[n] + other.sets[n] for n in self.sets.keys() & other.sets.keys()}
        return Definition(
            groups,
            self.clauses + other.clauses,
            sets,
            self.chapters + other.chapters,
            self.adds_nothing + other.adds_nothing,
            self.takes_subject + other.takes_subject,
        )


def read_files(files: Iterable[Path]) -> Definition:
    """Return what the files define together.

    Raises:
        OSError: A file cannot be read.
        NarrativeFileError: A file is no TOML or holds what means nothing.
    """
    read = Definition()
    for file in files:
        read |= _read(file)
    return read


def _read(file: Path) -> Definition:
    if file.suffix == ".lark":
        raise NarrativeFileError(
            file,
            "正文词库现为 TOML 文件，不再是 .lark 文法：%extend NAME 改写为 [phrase.NAME] 的 "
            "wordings，每条规则改写为 clause 表的一行，见 docs/en/reference/narrative.md",
            "files of running text are TOML now: write `%extend NAME: …` as the `wordings` of "
            "[phrase.NAME] and each rule as a line of `clause`; see docs/en/reference/narrative.md",
        )
    import tomllib  # 3 ms, and the cache mostly has the lexicon

    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = _TOML_PLACE.search(str(error))
        where = f"（第{place[1]}行第{place[2]}列）" if place is not None else ""
        raise NarrativeFileError(file, f"不是 TOML 文件{where}", f"not TOML: {error}") from error
    return _FileReader(file).definition(tables)


@frozen
class _FileReader:
    """Reads the tables of one file, which it names in its errors."""

    file: Path

    def definition(self, tables: Mapping[str, Any]) -> Definition:
        """Return what the tables define."""
        self._known("", tables, _TABLES)
        order = self._table("order", tables.get("order", {}))
        self._known("order", order, ("chapters",))
        return Definition(
            {kind: dict(self._groups(kind, tables.get(kind, {}))) for kind in KINDS},
            tuple(self._clauses(tables.get("clause", []))),
            {
                name: self._words(f"set.{name}", text)
                for name, text in self._table("set", tables.get("set", {})).items()
            },
            self._words("order.chapters", order.get("chapters", "")),
            tuple(self._pairs("adds_nothing", tables, "with", "phrases")),
            tuple(self._pairs("takes_subject", tables, "subject", "phrases")),
        )

    def _groups(self, kind: str, tables: object) -> Iterator[tuple[str, WordGroup]]:
        for name, table in self._table(kind, tables).items():
            place = f"{kind}.{name}"
            self._known(place, self._table(place, table), _GROUP)
            wordings, labels = (
                self._words(f"{place}.{key}", table.get(key, "")) for key in ("wordings", "labels")
            )
            yield name, WordGroup(tuple(w for one in wordings for w in _spelt_out(one)), labels)

    def _clauses(self, tables: object) -> Iterator[ClauseRow]:
        for place, table in self._rows("clause", tables):
            self._known(place, table, _CLAUSE)
            names = {
                key: self._words(f"{place}.{key}", table.get(key, ""))
                for key in ("indicator", "all", "any", "unit", "also")
            }
            for key in ("indicator", "unit"):
                if not names[key]:
                    raise self._wrong(place, f"缺少 {key}", f"{key} is missing")
            certainty = table.get("certainty", "certain")
            if certainty not in _CERTAINTY:
                raise self._wrong(
                    f"{place}.certainty", "应为 certain 或 possible", "must be certain or possible"
                )
            optional = self._words(f"{place}.optional", table.get("optional", ""))
            yield ClauseRow(
                names["indicator"],
                names["all"],
                names["any"],
                tuple(tuple(one.split("|")) for one in optional),
                names["unit"],
                certainty == "certain",
                names["also"],
            )

    def _pairs(
        self, key: str, tables: Mapping[str, Any], first: str, second: str
    ) -> Iterator[RelationRow]:
        for place, table in self._rows(key, tables.get(key, [])):
            self._known(place, table, (first, second))
            yield RelationRow(
                self._words(f"{place}.{first}", table.get(first, "")),
                self._words(f"{place}.{second}", table.get(second, "")),
            )

    def _rows(self, key: str, tables: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if not isinstance(tables, list):
            raise self._wrong(key, "应为若干行的列表", "must be a list of rows")
        for number, table in enumerate(tables, 1):
            place = f"{key}[{number}]"
            yield place, self._table(place, table)

    def _table(self, place: str, value: object) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(place, "应为表", "must be a table")
        return value

    def _words(self, place: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, str):
            raise self._wrong(
                place, "应为以空格或换行分隔的文字", "must be text, with blanks or breaks between"
            )
        return tuple(value.split())

    def _known(self, place: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                known = "、".join(keys)
                raise self._wrong(
                    f"{place}.{key}".strip("."), f"没有此项；可用：{known}", "no such key"
                )

    def _wrong(self, place: str, zh: str, en: str) -> NarrativeFileError:
        return NarrativeFileError(self.file, f"{place} {zh}", f"{place}: {en}")


def _spelt_out(wording: str) -> Iterator[str]:
    """Yield what a wording with choices stands for: 上{年|年度}无结转 is two wordings."""
    parts = _CHOICE.split(wording)  # text and choices by turns
    for chosen in product(*(part.split("|") if n % 2 else [part] for n, part in enumerate(parts))):
        yield "".join(chosen)
