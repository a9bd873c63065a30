"""From glyphs to lines of text, and from lines to one text."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from attrs import define, frozen

from gischema.reading.pdf.page_content import Box, Glyph, bounding_box

_CHINESE = re.compile(
    "[\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\u2014\u2018\u2019\u201c\u201d\u2026〓\U00020000-\U0003ffff]"
)
_FIGURE = re.compile(r"[0-9０-９.,．，%+-]")
_DOUBLE = 0.2  # of the size: nearer than this the same glyph was printed twice to look bold
_SMALL = 0.75  # of the size of its line: a note above the line
# Of the size: from what gap on two neighbours are two words.
_GAP, _MIXED_GAP, _CHINESE_GAP = 0.2, 0.6, 0.8
_SLACK = 2.0  # of the size: how much of a line of Chinese may stay empty though the text goes on


@frozen(eq=False, repr=False, slots=False)
class PdfLine:
    """Glyphs side by side, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def box(self) -> Box:
        """The box around them."""
        return bounding_box((g.left, g.top, g.right, g.bottom) for g in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The usual size of their type."""
        return statistics.median(glyph.size for glyph in self.glyphs)

    @property
    def width(self) -> float:
        """From left to right."""
        return self.box[2] - self.box[0]

    @cached_property
    def text(self) -> str:
        """What they say, words apart."""
        parts = [self.glyphs[0].text]
        for left, right in pairwise(self.glyphs):
            if _is_gap(left, right):
                parts.append(" ")
            parts.append(right.text)
        return "".join(parts)

    def split(self, gap: float) -> list[PdfLine]:
        """The parts of the line that stand further apart than `gap`."""
        parts: list[list[Glyph]] = [[self.glyphs[0]]]
        for left, right in pairwise(self.glyphs):
            if right.left - left.right > gap:
                parts.append([])
            parts[-1].append(right)
        return [PdfLine(tuple(part)) for part in parts]


@define
class JoinedLines:
    """A text gathered from lines, and the numbers that were put together over a line's end."""

    text: str
    broken: list[str]


def without_double_print(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those that were printed a second time to look bold."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept = []
    for glyph in glyphs:
        near = _DOUBLE * glyph.size
        step = max(near, 0.1)
        column, row = int(glyph.left // step), int(glyph.top // step)
        if not any(
            abs(other.left - glyph.left) <= near and abs(other.top - glyph.top) <= near
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for other in seen.get((glyph.text, c, r), ())
        ):
            seen.setdefault((glyph.text, column, row), []).append(glyph)
            kept.append(glyph)
    return kept


def lines_of(glyphs: Iterable[Glyph]) -> list[PdfLine]:
    """The lines that glyphs form, from top to bottom."""
    found: list[list[Glyph]] = []
    level = tallest = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if found and glyph.y - level <= 0.5 * max(glyph.size, tallest):
            found[-1].append(glyph)
            tallest = max(tallest, glyph.size)
        else:
            found.append([glyph])
            tallest = glyph.size
        level += (glyph.y - level) / len(found[-1])
    return [PdfLine(tuple(sorted(line, key=lambda g: g.left))) for line in found]


def join_lines(lines: Sequence[PdfLine], width: float) -> JoinedLines:
    """The text of lines that were wrapped at `width`, rejoined.

    Two lines are one word or sentence where the second would not have fitted on the first; digits
    at the end of one and the beginning of the next are one number only then.
    """
    gathered = JoinedLines(lines[0].text if lines else "", [])
    for before, line in pairwise(lines):
        number = _broken_number(before, line, width)
        if number:
            gathered.broken.append(number)
        apart = not number and not _runs_on(before, line, width)
        gathered.text += (" " if apart else "") + line.text
    return gathered


def is_chinese(text: str) -> bool:
    """Whether a character is Chinese or punctuation that stands among Chinese."""
    return _CHINESE.match(text) is not None


def _is_gap(left: Glyph, right: Glyph) -> bool:
    gap, size = right.left - left.right, max(left.size, right.size)
    if min(left.size, right.size) < _SMALL * size and _is_figure(left) and _is_figure(right):
        return True
    chinese = is_chinese(left.text[-1]) + is_chinese(right.text[0])
    return gap > size * (_GAP, _MIXED_GAP, _CHINESE_GAP)[chinese]


def _is_figure(glyph: Glyph) -> bool:
    return _FIGURE.match(glyph.text) is not None


def _runs_on(before: PdfLine, line: PdfLine, width: float) -> bool:
    """Whether a line goes on in the next without a blank between them."""
    last, first = before.glyphs[-1], line.glyphs[0]
    if not is_chinese(last.text[-1]) and not is_chinese(first.text[0]):
        return False
    return before.width + _SLACK * before.size > width


def _broken_number(before: PdfLine, line: PdfLine, width: float) -> str:
    """The number that begins on one line and ends on the next because it did not fit."""
    start, end = len(before.glyphs), 0
    while start and _is_figure(before.glyphs[start - 1]):
        start -= 1
    while end < len(line.glyphs) and _is_figure(line.glyphs[end]):
        end += 1
    first, second = before.glyphs[start:], line.glyphs[:end]
    if not first or not second:
        return ""
    needed = first[-1].right - first[0].left + second[-1].right - second[0].left
    if needed <= width:
        return ""
    return "".join(glyph.text for glyph in first + second)
