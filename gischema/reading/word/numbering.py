"""The numbers that Word puts before paragraphs (一、（一）1.), as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from attrs import define, field, frozen

from gischema.reading.word.list_number_formats import format_number

_LEVELS = 9
_REFERENCE = re.compile(r"%([1-9])")
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)
_MOST_PARENTS = 20
_LONGEST = 100  # characters of the text of a number


@frozen
class _ListLevel:
    """One level of a list: the format of its numbers, and where they begin.

    `restart` is the level (from 1) whose numbers restart it, None if every higher level does, 0 if
    none does; `style` is the paragraph style that stands for the level.
    """

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    style: str = ""


@frozen
class _NumberedList:
    """A list: its levels, those that restart in it, and the key of the counts that it shares."""

    key: str
    levels: dict[int, _ListLevel]
    begins: frozenset[int] = frozenset()


@frozen
class _ParagraphStyle:
    """The numbering of a paragraph style; `based_on` is its parent style."""

    name: str
    based_on: str
    list_id: str | None
    level: str | None


@define(eq=False)
class ParagraphNumbering:
    """Counts the numbered paragraphs of a document."""

    _lists: dict[str, _NumberedList]
    _styles: dict[str, _ParagraphStyle]
    _counts: dict[str, list[int | None]] = field(factory=dict)
    _begun: set[tuple[str, int]] = field(factory=set)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> ParagraphNumbering:
        """Return the numbering of the parts `numbering.xml` and `styles.xml`."""
        known = {} if styles is None else dict(_styles(styles))
        return cls({} if numbering is None else dict(_lists(numbering, known)), known)

    def is_contents(self, paragraph: Element) -> bool:
        """Return True if a paragraph is a line of the table of contents."""
        style = self._styles.get(_value(paragraph, "pPr/pStyle") or "")
        return style is not None and _CONTENTS.match(style.name) is not None

    def number(self, paragraph: Element) -> str:
        """Count a paragraph, and return the number before it, an empty string if it has none."""
        list_id, at = self._place(paragraph)
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(at) if numbered else None
        if numbered is None or level is None:
            return ""
        counts = self._counts.setdefault(numbered.key, [None] * _LEVELS)
        count = counts[at]
        if at in numbered.begins and (list_id, at) not in self._begun:
            count = None
        self._begun.add((list_id, at))
        counts[at] = level.start if count is None else count + 1
        for below in range(at + 1, _LEVELS):
            restart = numbered.levels.get(below, level).restart
            if restart is None or at < restart:
                counts[below] = None
        return _printed(numbered, level, counts)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and the level of a paragraph, from the paragraph or its style."""
        list_id = _value(paragraph, "pPr/numPr/numId")
        level = _value(paragraph, "pPr/numPr/ilvl")
        name = _value(paragraph, "pPr/pStyle") or ""
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(name)
            if style is None or (list_id is not None and level is not None):
                break
            if list_id is None and style.list_id is not None:
                list_id = style.list_id
                level = level or style.level or self._level_of(name, list_id)
            name = style.based_on
        return list_id or "", _integer(level, 0)

    def _level_of(self, style: str, list_id: str) -> str | None:
        numbered = self._lists.get(list_id)
        levels = numbered.levels.items() if numbered else ()
        return next((str(at) for at, level in levels if level.style == style), None)


def _printed(numbered: _NumberedList, level: _ListLevel, counts: list[int | None]) -> str:
    def count(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other, number = numbered.levels.get(at, level), counts[at]
        return format_number(other.start if number is None else number, other.format)

    return "" if level.format == "bullet" else _REFERENCE.sub(count, level.text)


def _lists(
    root: Element, styles: dict[str, _ParagraphStyle]
) -> Iterator[tuple[str, _NumberedList]]:
    models = {
        element.get("abstractNumId", ""): (dict(_levels(element)), _value(element, "numStyleLink"))
        for element in root.iter("abstractNum")
    }
    keys = {
        element.get("numId", ""): _value(element, "abstractNumId") or ""
        for element in root.iter("num")
    }
    for element in root.iter("num"):
        list_id = element.get("numId", "")
        key = keys[list_id]
        style = styles.get(models[key][1] or "") if key in models else None
        if style is not None:
            key = keys.get(style.list_id or "", key)
        if key in models:
            levels = dict(models[key][0])
            begins = frozenset(_override(element, levels))
            yield list_id, _NumberedList(key, levels, begins)


def _override(element: Element, levels: dict[int, _ListLevel]) -> Iterator[int]:
    """Replace the levels in which a list differs from its model, and yield those that restart."""
    for override in element.iter("lvlOverride"):
        at = _integer(override.get("ilvl"), 0)
        levels.update(_levels(override))
        start = _value(override, "startOverride")
        if start is not None and at < _LEVELS:
            old = levels.get(at, _ListLevel())
            levels[at] = _ListLevel(
                old.format, old.text, _integer(start, 1), old.restart, old.style
            )
            yield at


def _levels(parent: Element) -> Iterator[tuple[int, _ListLevel]]:
    for element in parent.iter("lvl"):
        restart = _value(element, "lvlRestart")
        at = _integer(element.get("ilvl"), 0)
        if at >= _LEVELS:
            continue
        yield (
            at,
            _ListLevel(
                _value(element, "numFmt") or "decimal",
                (_value(element, "lvlText") or "")[:_LONGEST],
                _integer(_value(element, "start"), 1),
                None if restart is None else _integer(restart, 0),
                _value(element, "pStyle") or "",
            ),
        )


def _styles(root: Element) -> Iterator[tuple[str, _ParagraphStyle]]:
    for element in root.iter("style"):
        yield (
            element.get("styleId", ""),
            _ParagraphStyle(
                _value(element, "name") or "",
                _value(element, "basedOn") or "",
                _value(element, "pPr/numPr/numId"),
                _value(element, "pPr/numPr/ilvl"),
            ),
        )


def _value(parent: Element, path: str) -> str | None:
    found = parent.find(path)
    return None if found is None else found.get("val")


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else otherwise
