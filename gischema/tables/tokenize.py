"""Cut a text into cells at bars, tabs and line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define

_SEPARATOR = re.compile(r"([|\t])")
_NEAR = 6  # a text does not go on in a cell as far behind
_PADDING = " *_`"  # Markdown prints **bold** cells
MARKS = "▲△▼▽↑↓↗↘★☆●◆◇※"
"""Marks around labels and figures. Figures next to them are doubted where they are read."""

_MARKED = f"{_PADDING}{MARKS}"
_RULED = re.compile(r"[-:=+|\s\u2500-\u257f]++\Z")
_STROKES = re.compile(r"---|===|:-|-:|\+-|[\u2500-\u257f]")


@define(eq=False)  # by identity: two empty cells are two
class TextCell:
    """The text between two separators.

    Attributes:
        start: The offset of its first character in the normal form.
        end: The offset behind its last character.
        text: Its text, without the white space and Markdown marks around it.
        closing: The separator behind it: a bar, a tab, a line break, a space where a line of
            labels was split, or nothing at the end of the text.
        line: The number of its line.
        gap: How many empty lines follow.
    """

    start: int
    end: int
    text: str
    closing: str
    line: int
    gap: int = 0


def cut_cells(text: str) -> list[TextCell]:
    """Return the cells of a text in order, empty ones included.

    Empty lines are counted on the cell before them. Drawn lines, which rule a table or close its
    heads in Markdown, are left out.
    """
    cells: list[TextCell] = []
    at = -1
    for number, line in enumerate(text.split("\n")):
        at += 1
        stripped = line.strip(_PADDING)
        if not stripped:
            if cells:
                cells[-1].gap += 1
        elif _is_rule(stripped):
            pass
        elif "|" in stripped or "\t" in line:
            _cut_line(line, at, number, cells)
        else:
            stripped = stripped.strip(_MARKED) or stripped
            start = at + line.find(stripped)
            cells.append(TextCell(start, start + len(stripped), stripped, "\n", number))
        at += len(line)
    if cells and cells[-1].gap:
        cells.append(TextCell(at, at, "", "", cells[-1].line + cells[-1].gap))
        cells[-2].gap -= 1
    return cells


def _is_rule(line: str) -> bool:
    """Return True for a drawn line (`|:---|--:|`, `+===+===+`); cells of `-` or `--` are values."""
    if line[0].isalnum():
        return False
    return _RULED.match(line) is not None and _STROKES.search(line) is not None


def _cut_line(line: str, at: int, number: int, cells: list[TextCell]) -> None:
    """Add the cells of a line that holds bars or tabs."""
    parts = _SEPARATOR.split(line)
    for raw, closing in zip(parts[::2], [*parts[1::2], "\n"], strict=True):
        stripped = raw.strip(_PADDING)
        if not stripped:
            cells.append(TextCell(at + len(raw), at + len(raw), "", closing, number))
        else:
            stripped = stripped.strip(_MARKED) or stripped
            start = at + raw.find(stripped)
            cells.append(TextCell(start, start + len(stripped), stripped, closing, number))
        at += len(raw) + 1


def next_with_text(cells: Sequence[TextCell], position: int) -> int | None:
    """Return the next cell with text behind `position`, a few empty cells on at most."""
    for following in range(position + 1, min(position + _NEAR, len(cells))):
        if cells[following].text:
            return following
    return None
