"""The running text of a report, cut into lines and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[^。;!?]*[。;!?]?")
_BLANKS = " \t\n"
_BLANK = re.compile(rf"[{_BLANKS}]+")
_INLINE_HEADING = re.compile(r"(?<=[\s。;])(?=[一二三四五六七八九十]{1,3}[ ]?、)")
_BAR = "|"
_MIN_WRAPPED = 20  # characters of a line that may be a piece of a paragraph
_CLOSING = tuple("。;:!?")
_INNER = re.compile(r"[,。;、]")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[ ]?、|\([一二三四五六七八九十]\))[^。]*\Z"
)
_BEGINS = re.compile(
    r"[ \t]|[一二三四五六七八九十]{1,3}[ ]?[、.]|\(|第.{1,2}[章部]|\d{1,2}[.、]\D|附|[^|]*\|"
)  # a heading, an item, a row, or an indented paragraph
_CELL = re.compile(r"[^|]+")
_BARE_CELL = re.compile(r"[^,。;]*\Z")
_MIN_PROSE = 12  # characters of a cell that may be running text
MAX_SENTENCE = 2000
"""Characters after which a sentence without an end is cut."""


@frozen
class Sentence:
    """A sentence without its blanks, and where each of its characters stood in the normal form."""

    text: str
    start: int
    end: int
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the normal form that `start:end` of the sentence stands for."""
        if self.places is None:
            return self.start + start, self.start + end
        return self.places[start], self.places[end - 1] + 1


@frozen
class Line:
    """A line of running text; a paragraph that holds several headings gives several lines."""

    start: int
    end: int
    text: str

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the line."""
        for match in _END.finditer(self.text):
            for start in range(match.start(), match.end(), MAX_SENTENCE):
                end = min(match.end(), start + MAX_SENTENCE)
                if not self.text[start:end].isspace():
                    yield _sentence(self.text[start:end], self.start + start)


def _sentence(text: str, start: int) -> Sentence:
    if not _BLANK.search(text):
        return Sentence(text, start, start + len(text))
    places = [n for n, character in enumerate(text, start) if character not in _BLANKS]
    return Sentence(_BLANK.sub("", text), start, start + len(text), tuple(places))


def lines(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Line]:
    """The lines of a text that no table has taken; `taken` are sorted spans.

    Lines that were broken in the middle of a sentence are one line.
    """
    at = 0
    for start, end in _rejoined(text, taken):
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        position, here = start, at
        while here < len(taken) and taken[here][0] < end:
            yield from _lines(text, position, taken[here][0])
            position = max(position, taken[here][1])
            here += 1
        yield from _lines(text, position, end)


def _rejoined(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of the lines, hard-wrapped ones together."""
    start = last = end = -1
    for match in _LINE.finditer(text):
        if (
            match.start() == end + 1
            and match.end() - start <= MAX_SENTENCE
            and _is_broken(text[last:end])
            and not _BEGINS.match(match[0])
            and not _is_taken(last, match.end(), taken)
        ):
            last, end = match.span()
            continue
        if end >= 0:
            yield start, end
        start, end = match.span()
        last = start
    if end >= 0:
        yield start, end


def _is_broken(line: str) -> bool:
    """Whether a line may end in the middle of a sentence: it is long, and no heading or row."""
    whole = len(line) < _MIN_WRAPPED or line.rstrip()[-1:] in _CLOSING or _BAR in line
    return not whole and bool(_INNER.search(line)) and not _HEADING.match(line)


def _is_taken(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    place = bisect_left(taken, (start, start))
    return any(a < end and start < b for a, b in taken[max(0, place - 1) : place + 1])


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    if end - start < 2:
        return
    line = text[start:end]
    if _BAR in line:
        for cell in _CELL.finditer(line):
            if len(cell[0]) >= _MIN_PROSE and not _BARE_CELL.match(cell[0]):
                yield from _lines(text, start + cell.start(), start + cell.end())
        return
    cuts = [0, *(m.start() for m in _INLINE_HEADING.finditer(line)), len(line)]
    for first, last in pairwise(cuts):
        if last > first:
            yield Line(start + first, start + last, line[first:last])
