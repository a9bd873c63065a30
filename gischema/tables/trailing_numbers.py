"""Where the figures at the end of a text begin, and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from gischema.tables.numbers import FIGURES, SIGNS, is_value
from gischema.tables.printed_units import UNITS

_FEW = 2  # figures that make a row
_GAP = "  "  # between the columns of a text whose cells stand where they stood on a page
_TAIL = re.compile(rf"(?:{FIGURES}|\d{{16,}})[.,]?\s*\Z")
_FIGURE_CHARACTERS = "0123456789.,+-—―/ "
_HEAPED = re.compile(rf"(?:[\d\s.,/—-]|{SIGNS}|{UNITS})+\Z")
_UNIT = re.compile(UNITS)
_LONGEST_UNIT = 8  # characters, with blanks around it
_UNIT_BEFORE = re.compile(rf"\s*{UNITS}[\s:]*\Z")


def figures_at_end(text: str) -> int | None:
    """Where the figures at the end of a text begin, None if there are none."""
    start = len(text.rstrip(_FIGURE_CHARACTERS))  # nearly always right, and much quicker
    start += len(text[start:]) - len(text[start:].lstrip())
    if start < len(text) and _TAIL.match(text, start):
        return start
    found = _TAIL.search(text)
    return found.start() if found else None


def marked_figures_at_end(text: str) -> int | None:
    """Where several figures at the end of a text begin, the last of which has a mark behind it.

    One alone may be told by the gap before it.
    """
    words = [*re.finditer(r"\S+", text)]
    figures = [*takewhile(lambda word: _is_figure(word[0]), reversed(words))]
    start = figures[-1].start() if figures else 0
    return start if len(figures) >= _FEW or text[:start].endswith(_GAP) else None


def _is_figure(word: str) -> bool:
    """Whether a word is a figure but for a mark behind it."""
    return is_value(word) or (word[0].isdigit() and not any(map(str.isalpha, _UNIT.sub("", word))))


def without_unit(text: str) -> int:
    """How much of a label there is before the unit at its end (收到申请数件)."""
    unit = _UNIT_BEFORE.search(text, max(0, len(text) - _LONGEST_UNIT))
    return unit.start() if unit else len(text)


def label_ends(text: str, glued: int) -> Iterator[int]:
    """Where a label with figures behind it may end: before them, before a unit, before a heap.

    What looks like a unit where a heap begins may be the end of the label (查询事项0件0件).
    """
    yield glued
    yield without_unit(text[:glued])
    leftmost = _TAIL.search(text)
    if leftmost is not None and leftmost.start() < glued:
        yield leftmost.start()
        yield without_unit(text[: leftmost.start()])
    heaped = _HEAPED.search(text)
    if heaped is not None:
        yield heaped.start()
        if unit := _UNIT.match(text, heaped.start()):
            yield unit.end()
