"""The running text of a report, cut into lines and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from attrs import define

from gischema.chinese.enumerators import CHAPTER, ITEM, ORDINAL, SECTION

_INLINE_HEADING = re.compile(rf"[ \t。;]{CHAPTER}")
_BAR = "|"
_BETWEEN_CELLS = " \t\n|"
_SHORTEST = 2  # characters of a line
_NEAR = 20  # characters around a number that are looked at
_FAR = 400  # characters of the line before it
_MIN_WRAPPED = 20  # characters of a line that may be a piece of a paragraph
_CLOSING = tuple("。;:!?")
_INNER = frozenset(",。;、")
# Few texts have broken lines; a heading, an item, a row or an indented paragraph begins a line.
_HEADING = rf"\s*(?:{CHAPTER}|{SECTION})[^。]*\Z"
_BEGINS = rf"[ \t]|{ORDINAL}\s*[、.]|\(|第.{{1,2}}[章部]|{ITEM}|附|[^|]*\|"
_CELL = re.compile(r"[^|\t]+")
_BARE_CELL = re.compile(r"[^,。;]*\Z")
_MIN_PROSE = 12  # characters of a cell that may be running text
MAX_SENTENCE = 2000
"""Characters after which a sentence without an end is cut, but not inside of a number."""

_BETWEEN_NUMBERS = re.compile(r"(?<=\d)[^\S\n](?=\s*\d)")
_NUMBER = re.compile(r"\s*\d[\d.,]*%?\s*\Z")
_BEHIND_NUMBER = re.compile(r"\s*[\u4e00-\u9fff]{0,3}[,。;、:)]")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_SENTENCE = re.compile(rf"[^。;!?]{{1,{MAX_SENTENCE}}}(?:(?<!\d)|(?![^。;!?]))[。;!?]?|[。;!?]|\d+")


@define(eq=False)
class Sentence:
    """A sentence without its blanks, and where each of its characters stood in the normal form."""

    text: str
    start: int
    end: int
    places: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the normal form that `start:end` of the sentence stands for."""
        if self.places is None:
            return self.start + start, self.start + end
        return self.places[start], self.places[end - 1] + 1


@define(eq=False)
class TextLine:
    """A line of running text; a paragraph that holds several headings gives several lines."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the line."""
        blanks = self.text.split() != [self.text]
        for match in _SENTENCE.finditer(self.text):
            text, start = match[0], self.start + match.start()
            if not blanks:
                yield Sentence(text, start, start + len(text))
            elif not text.isspace():
                yield _without_blanks(text, start)


def _without_blanks(text: str, start: int) -> Sentence:
    """Return a sentence without its blanks, but for one between two numbers.

    收到数量 3 1 0 4 are four numbers, never one; a break of the line may stand inside of one.
    """
    kept = [n for n, character in enumerate(text) if not character.isspace()]
    between = {m.start() for m in _BETWEEN_NUMBERS.finditer(text)}
    places = sorted([*kept, *between]) if between else kept
    return Sentence(
        "".join(text[n] if n not in between else " " for n in places),
        start,
        start + len(text),
        [start + n for n in places],
    )


def lines(text: str, taken: Iterable[tuple[int, int]]) -> list[TextLine]:
    """Return the lines of a text outside of `taken`: sorted spans of tables, none within another.

    Lines that were broken in the middle of a sentence are one line, also around a number that
    looks like a cell of a table.
    """
    found: list[TextLine] = []
    breaks = [heading.start() + 1 for heading in _INLINE_HEADING.finditer(text)]
    at = 0
    for start, end in chain(_in_tables(text, taken), ((len(text), len(text)),)):
        between = text[at:start]
        if between.strip(_BETWEEN_CELLS) and not _is_cell(between):
            for first, last in _rejoined(text, at, between.split("\n")):
                _add(found, text, first, last, breaks)
        at = end
    return found


def _in_tables(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans that stand in tables, not the numbers of broken sentences among them."""
    last = 0
    for start, end in taken:
        if not _is_in_broken_sentence(text, start, end, last):
            yield start, end
        last = end


def _is_in_broken_sentence(text: str, start: int, end: int, last: int) -> bool:
    """Return True if a span is a number alone on its line between the halves of a sentence.

    `last` is where the table in front of it ends.
    """
    line = text.rfind("\n", max(0, start - _NEAR), start) + 1
    behind, _, following = text[end : end + _NEAR].partition("\n")
    if not line or text[line:start].strip() or behind.strip():
        return False
    before = text.rfind("\n", max(0, line - _FAR), line - 1) + 1
    if last > before or (not before and line > _FAR):
        return False
    return _is_number_of_sentence(text[before : line - 1], text[start:end], following)


def _is_cell(text: str) -> bool:
    """Return True if a text is no more than a unit between two bars of a row."""
    return len(text) < _MIN_PROSE and _BAR in text and "\n" not in text


def _rejoined(text: str, start: int, printed: Iterable[str]) -> list[tuple[int, int]]:
    """Return the spans of lines that are `printed` from `start` on, hard-wrapped ones together."""
    found: list[tuple[int, int]] = []
    first, last, in_number = start, "", False
    for line, following in pairwise((*printed, "")):
        end = start + len(line)
        in_number = in_number or _is_number_of_sentence(last, line, following)
        fits = end - first <= MAX_SENTENCE and _is_whole(text, start - len(last) - 1, end)
        if found and line and fits and (in_number or _is_wrapped(last, line)):
            found[-1] = (first, end)
        elif line:
            first = start
            found.append((first, end))
        in_number = in_number and _NUMBER.match(line) is not None
        start, last = end + 1, line
    return found


def _is_number_of_sentence(last: str, line: str, following: str) -> bool:
    """Return True if a number on a line of its own stands in the sentence around it."""
    if not _NUMBER.match(line) or not _BEHIND_NUMBER.match(following):
        return False
    begun = _WORDS.search(last) is not None and not last.rstrip().endswith(_CLOSING)
    return begun and _BAR not in last


def _is_wrapped(last: str, line: str) -> bool:
    """Return True if a line continues a long one that ends in the middle of a sentence."""
    return len(last) >= _MIN_WRAPPED and _is_broken(last) and not re.match(_BEGINS, line)


def _is_broken(line: str) -> bool:
    """Return True if a long line may end in the middle of a sentence: no heading and no row."""
    if line.endswith(_CLOSING) or line.rstrip().endswith(_CLOSING) or _BAR in line:
        return False
    return not _INNER.isdisjoint(line) and not re.match(_HEADING, line)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return True if a span begins and ends with a line, not where a table does."""
    return text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def _add(found: list[TextLine], text: str, start: int, end: int, breaks: Sequence[int]) -> None:
    """Add what runs from `start` to `end`: a line, or those of its cells, cut at `breaks`."""
    line = text[start:end]
    if len(line) < _SHORTEST or line.isspace():
        return
    if _BAR in line or "\t" in line.strip():
        if len(line) >= _MIN_PROSE:
            for cell in _CELL.finditer(line):
                if len(cell[0]) >= _MIN_PROSE and not _BARE_CELL.match(cell[0]):
                    _add(found, text, start + cell.start(), start + cell.end(), breaks)
        return
    if breaks:
        for place in breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]:
            found.append(TextLine(start, text[start:place]))
            start = place
    found.append(TextLine(start, text[start:end]))
