"""The running text of a report, cut into lines and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[^。;!?]*[。;!?]?")
_BLANK = re.compile(r"[ \t]+")
_INLINE_HEADING = re.compile(r"(?<=[\s。;])(?=[一二三四五六七八九十]{1,3}[ ]?、)")
_BAR = "|"
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
    if " " not in text and "\t" not in text:
        return Sentence(text, start, start + len(text))
    places = [n for n, character in enumerate(text, start) if character not in " \t"]
    return Sentence(_BLANK.sub("", text), start, start + len(text), tuple(places))


def lines(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Line]:
    """The lines of a text that no table has taken; `taken` are sorted spans."""
    position, at = 0, 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        position = start
        here = at
        while here < len(taken) and taken[here][0] < end:
            yield from _lines(text, position, taken[here][0])
            position = max(position, taken[here][1])
            here += 1
        yield from _lines(text, position, end)


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
