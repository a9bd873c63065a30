"""Join glyphs into lines of text, and lines into one text."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from math import inf

from attrs import define, frozen

from gischema.reading.pdf.page_content import Box, Glyph, bounding_box

_CHINESE = re.compile(
    "[\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\u2014\u2018\u2019\u201c\u201d\u2026〓\U00020000-\U0003ffff]"
)
_FIGURE = re.compile(r"[0-9０-９.,．，%+-]")
_DOUBLE = 0.2  # of the size: equal glyphs that are nearer were printed twice to look bold
_SMALL = 0.75  # of the size next to it: smaller type is the mark of a note
# Of the size: neighbours further apart than this are two words.
_GAP, _MIXED_GAP, _CHINESE_GAP = 0.2, 0.6, 0.8
_OVER = 0.4  # of the size: glyphs that overlap by more are printed over each other
_COVERED = 0.8  # of the size: a text that overlaps another by as much is printed over it
_SLACK = 2.0  # of the size: the most empty space at the end of a line that goes on


@frozen(slots=False)
class PdfLine:
    """Glyphs next to each other, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def box(self) -> Box:
        """Return the box around the glyphs."""
        return bounding_box((g.left, g.top, g.right, g.bottom) for g in self.glyphs)

    @cached_property
    def size(self) -> float:
        """Return the usual size of their type."""
        return statistics.median(glyph.size for glyph in self.glyphs)

    @property
    def width(self) -> float:
        """Return the distance from left to right."""
        return self.box[2] - self.box[0]

    @cached_property
    def text(self) -> str:
        """Return their text, with blanks between words."""
        parts = [self.glyphs[0].text]
        for left, right in pairwise(self.glyphs):
            if _is_gap(left, right):
                parts.append(" ")
            parts.append(right.text)
        return "".join(parts)

    def split(self, gap: float) -> list[PdfLine]:
        """Return the parts of the line that stand further apart than `gap`, or overlap."""
        parts: list[list[Glyph]] = [[self.glyphs[0]]]
        for left, right in pairwise(self.glyphs):
            between = right.left - left.right
            if between > gap or (between < -_OVER * right.size and right.left > left.left):
                parts.append([])
            parts[-1].append(right)
        return [PdfLine(tuple(part)) for part in parts]


@define(eq=False)
class JoinedLines:
    """A text joined from lines, and the numbers in it that go over the end of a line."""

    text: str
    broken: list[str]


def without_double_print(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs without those that were printed a second time to look bold."""
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
    """Return the lines that glyphs form, from top to bottom.

    Text that was printed over other text is a line of its own.
    """
    glyphs = list(glyphs)
    order = {id(glyph): number for number, glyph in enumerate(glyphs)}
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
    layers = (
        layer for line in found for layer in _layers(sorted(line, key=lambda g: order[id(g)]))
    )
    return [PdfLine(tuple(sorted(layer, key=lambda g: g.left))) for layer in layers]


def _layers(line: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of a line in layers: each text that covers others, then all others.

    Args:
        line: The glyphs in the order in which the page prints them.
    """
    runs: list[list[Glyph]] = []
    for glyph in line:
        gap = glyph.left - runs[-1][-1].right if runs else inf
        if -_OVER * glyph.size <= gap <= _CHINESE_GAP * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    covering = [run for run in runs if any(_covers(run, other) for other in runs)]
    rest = [glyph for run in runs if run not in covering for glyph in run]
    return [*covering, rest] if rest else covering


def _covers(run: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Return True if a text is printed over a shorter one, by more than its last character."""
    width, narrow = run[-1].right - run[0].left, other[-1].right - other[0].left
    over = min(run[-1].right, other[-1].right) - max(run[0].left, other[0].left)
    return run is not other and narrow < width and over > _COVERED * min(narrow, run[0].size)


def join_lines(lines: Sequence[PdfLine], width: float) -> JoinedLines:
    """Return the text of lines that were wrapped at `width`, rejoined.

    Two lines are joined without a blank if the beginning of the second would not have fitted on the
    first. Only then are digits at the end of one and at the beginning of the next one number.
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
    """Return True if a character is Chinese, or punctuation used in Chinese text."""
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
    """Return True if a line goes on in the next without a blank between them."""
    last, first = before.glyphs[-1], line.glyphs[0]
    if not is_chinese(last.text[-1]) and not is_chinese(first.text[0]):
        return False
    return before.width + _SLACK * before.size > width


def _broken_number(before: PdfLine, line: PdfLine, width: float) -> str:
    """Return the number that begins on one line and ends on the next because it did not fit."""
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
