"""A line of the source with marks under the relevant characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gischema.output.columns import ELLIPSIS, clean, width

MAIN, OTHER = "^", "-"
_BREAK = re.compile(r"[\r\n]")


class Mark(NamedTuple):
    """A span of characters in a text and the sign to draw under it."""

    start: int
    end: int
    sign: str = MAIN


def excerpt(text: str, marks: Sequence[Mark], columns: int) -> tuple[str, str]:
    """Return the line of the first mark, and the signs to print under it.

    A line wider than `columns` is cut to a window around the first mark. Marks outside of the
    window are left out.
    """
    first = marks[0]
    start, end = _line(text, first.start)
    left, right = _window(text, start, end, first, columns)
    line = clean(text[left:right])
    head = ELLIPSIS if left > start else ""
    tail = ELLIPSIS if right < end else ""
    signs = [" "] * (width(line) + 1)
    for mark in sorted(marks, key=lambda m: m is first):
        if left <= mark.start <= right:
            at = width(line[: mark.start - left])
            span = max(1, width(line[mark.start - left : max(mark.end - left, 0)]))
            signs[at : at + span] = mark.sign * span
    return head + line + tail, " " * len(head) + "".join(signs).rstrip()


def same_line(text: str, one: int, other: int) -> bool:
    """Return True if two offsets are on one line of `text`."""
    return _BREAK.search(text, min(one, other), max(one, other)) is None


def _line(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the line that contains `offset`."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    found = _BREAK.search(text, offset)
    return start, found.start() if found else len(text)


def _window(text: str, start: int, end: int, mark: Mark, columns: int) -> tuple[int, int]:
    """Return the part of a line to show: all of it, or as much around `mark` as fits.

    The text before a figure identifies it better than the text after: it gets twice the space.
    """
    if end - start <= columns and width(text[start:end]) <= columns:
        return start, end
    room = columns - 3  # for two ellipses and half a wide character
    left = right = mark.start
    stop = min(mark.end, end)
    while right < stop and room > 0:
        room -= width(text[right])
        right += 1
    while room > 0 and (left > start or right < end):
        if left > start and (right >= end or mark.start - left <= 2 * (right - stop)):
            left -= 1
            room -= width(text[left])
        else:
            room -= width(text[right])
            right += 1
    return left, right
