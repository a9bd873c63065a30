"""Find where the figures at the end of a text begin, and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from gischema.tables.numbers import FIGURES, SIGNS, is_value
from gischema.tables.printed_units import UNITS

_FEW = 2  # figures that make a row
_GAP = "  "  # between the columns of a text that keeps the layout of a page
_TAIL = re.compile(rf"(?:{FIGURES}|\d{{16,}})[.,]?\s*\Z")
_FIGURE_CHARACTERS = "0123456789.,+-—―/ "
_RUN_TOGETHER = re.compile(rf"(?:[\d\s.,/—-]|{SIGNS}|{UNITS})+\Z")
_UNIT = re.compile(UNITS)
_LONGEST_UNIT = 8  # characters, with blanks around it
_UNIT_BEFORE = re.compile(rf"\s*{UNITS}[\s:]*\Z")


def figures_at_end(text: str) -> int | None:
    """Return where the figures at the end of a text begin, None if there are none."""
    start = len(text.rstrip(_FIGURE_CHARACTERS))  # nearly always right, and much faster
    start += len(text[start:]) - len(text[start:].lstrip())
    if start < len(text) and _TAIL.match(text, start):
        return start
    found = _TAIL.search(text)
    return found.start() if found else None


def marked_figures_at_end(text: str) -> int | None:
    """Return where several figures at the end of a text begin; the last has a mark behind it.

    A single figure counts if a wide gap stands before it.
    """
    words = [*re.finditer(r"\S+", text)]
    figures = [*takewhile(lambda word: _is_figure(word[0]), reversed(words))]
    start = figures[-1].start() if figures else 0
    return start if len(figures) >= _FEW or text[:start].endswith(_GAP) else None


def _is_figure(word: str) -> bool:
    """Return True if a word is a figure, with or without a mark behind it."""
    return is_value(word) or (word[0].isdigit() and not any(map(str.isalpha, _UNIT.sub("", word))))


def without_unit(text: str) -> int:
    """Return where the unit at the end of a label begins (收到申请数件); its end if it has none."""
    unit = _UNIT_BEFORE.search(text, max(0, len(text) - _LONGEST_UNIT))
    return unit.start() if unit else len(text)


def label_ends(text: str, glued: int) -> Iterator[int]:
    """Yield where a label with figures behind it may end.

    That is before the figures, before a unit, or before a run of figures and units. A unit that
    begins such a run may also be the end of the label (查询事项0件0件).

    Args:
        text: The label and its figures.
        glued: Where the figures begin, as `figures_at_end` finds it.
    """
    yield glued
    yield without_unit(text[:glued])
    leftmost = _TAIL.search(text)
    if leftmost is not None and leftmost.start() < glued:
        yield leftmost.start()
        yield without_unit(text[: leftmost.start()])
    run_together = _RUN_TOGETHER.search(text)
    if run_together is not None:
        yield run_together.start()
        if unit := _UNIT.match(text, run_together.start()):
            yield unit.end()
