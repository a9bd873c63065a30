"""A text cut into cells: what stands between bars, tabs and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define

_SEPARATOR = re.compile(r"[|\t\n]|\Z")
_PADDING = " *_`"  # Markdown prints **bold** cells
_RULE = re.compile(r":?-{3,}:?\Z")


@define(eq=False)  # frozen classes cost three times as much to make, and these are many
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
    line = start = 0
    for match in _SEPARATOR.finditer(text):
        end, closing = match.start(), match[0]
        raw = text[start:end]
        stripped = raw.strip(_PADDING)
        if not stripped:
            yield Cell(end, end, "", closing, line)
        elif stripped[-1] not in "-:" or not _RULE.match(stripped):
            at = start + raw.find(stripped)
            yield Cell(at, at + len(stripped), stripped, closing, line)
        if closing == "\n":
            line += 1
        start = end + 1
