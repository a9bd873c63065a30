"""A text cut into cells: what stands between bars, tabs and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

_CELL = re.compile(r"([^|\t\n]*)([|\t\n]|\Z)")
_PADDING = " *_`?"  # Markdown prints **bold** cells; ? is what is left of a lost blank
_RULE = re.compile(r":?-{3,}:?\Z")


@frozen
class Cell:
    """The text between two separators; `start` and `end` are offsets in the normal form.

    `closing` is the separator behind the cell: a bar, a tab, a line break, a space where a line
    of labels was told apart, or nothing at the end of the text.
    """

    start: int
    end: int
    text: str
    closing: str
    line: int


def cut(text: str) -> list[Cell]:
    """The cells of a text in order, empty ones included; rules of Markdown tables are left out."""
    return list(_cells(text))


def _cells(text: str) -> Iterator[Cell]:
    line = 0
    for match in _CELL.finditer(text):
        raw, closing = match.groups()
        stripped = raw.strip(_PADDING)
        start = match.start() + raw.find(stripped) if stripped else match.end(1)
        if not (stripped and stripped[-1] in "-:" and _RULE.match(stripped)):
            yield Cell(start, start + len(stripped), stripped, closing, line)
        if closing == "\n":
            line += 1
        if not closing:
            return
