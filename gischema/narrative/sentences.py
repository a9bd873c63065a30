"""The running text of a report, cut into lines and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from attrs import define

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。;!?]*[。;!?]?")
_INLINE_HEADING = re.compile(r"[\s。;][一二三四五六七八九十]{1,3}[ ]?、")
_BAR = "|"
_BETWEEN_CELLS = " \t\n|"
_SHORTEST = 2  # characters of a line
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


@define(eq=False, repr=False)
class Sentence:
    """A sentence without its blanks, and where each of its characters stood in the normal form."""

    text: str
    start: int
    end: int
    places: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the normal form that `start:end` of the sentence stands for."""
        if self.places is None:
            return self.start + start, self.start + end
        return self.places[start], self.places[end - 1] + 1


@define(eq=False, repr=False)
class Line:
    """A line of running text; a paragraph that holds several headings gives several lines."""

    start: int
    end: int
    text: str

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the line."""
        for match in _SENTENCE.finditer(self.text):
            first, last = match.span()
            for start in range(first, last, MAX_SENTENCE):
                text = self.text[start : min(last, start + MAX_SENTENCE)]
                if not text.isspace():
                    yield _sentence(text, self.start + start)


def _sentence(text: str, start: int) -> Sentence:
    bare = "".join(text.split())
    if len(bare) == len(text):
        return Sentence(text, start, start + len(text))
    places = [n for n, character in enumerate(text, start) if not character.isspace()]
    return Sentence(bare, start, start + len(text), places)


def lines(text: str, taken: Iterable[tuple[int, int]]) -> list[Line]:
    """The lines of a text that no table has taken; `taken` are sorted spans.

    Lines that were broken in the middle of a sentence are one line.
    """
    found: list[Line] = []
    at = 0
    for start, end in chain(taken, ((len(text), len(text)),)):
        if text[at:start].strip(_BETWEEN_CELLS):
            for first, last in _rejoined(text, at, start):
                found += _lines(text, first, last)
        at = max(at, end)
    return found


def _rejoined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines between `start` and `end`, hard-wrapped ones together."""
    first = begin = stop = -1
    for match in _LINE.finditer(text, start, end):
        here, behind = match.span()
        if (
            here == stop + 1
            and stop - begin >= _MIN_WRAPPED
            and behind - first <= MAX_SENTENCE
            and _is_broken(text[begin:stop])
            and not _BEGINS.match(text, here, behind)
            and _is_whole(text, begin, behind)
        ):
            begin, stop = here, behind
            continue
        if stop >= 0:
            yield first, stop
        first, begin, stop = here, here, behind
    if stop >= 0:
        yield first, stop


def _is_broken(line: str) -> bool:
    """Whether a long line may end in the middle of a sentence: it is no heading and no row."""
    closed = line.rstrip()[-1:] in _CLOSING or _BAR in line
    return not closed and bool(_INNER.search(line)) and not _HEADING.match(line)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a span begins and ends with a line, not where a table does."""
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    line = text[start:end]
    if len(line) < _SHORTEST or line.isspace():
        return
    if _BAR in line:
        if len(line) < _MIN_PROSE:
            return
        for cell in _CELL.finditer(line):
            if len(cell[0]) >= _MIN_PROSE and not _BARE_CELL.match(cell[0]):
                yield from _lines(text, start + cell.start(), start + cell.end())
        return
    at = 0
    for heading in _INLINE_HEADING.finditer(line):
        yield Line(start + at, start + heading.start() + 1, line[at : heading.start() + 1])
        at = heading.start() + 1
    yield Line(start + at, end, line[at:] if at else line)
