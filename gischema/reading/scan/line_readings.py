"""Recognise the lines of text of one page: numbers in several ways, and what else they may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby

import cv2
from attrs import frozen

from gischema.reading.pdf.page_content import LOST
from gischema.reading.scan.digits import ALIKE, Choice
from gischema.reading.scan.page_layout import PageLayout, ScanLine
from gischema.reading.scan.raster import Image, image
from gischema.reading.scan.recogniser import Recognised, RecognisedText, Recogniser, scaled

_AIR = (0.16, 0.34, 0.5)  # of the height of type: ways to cut out a line
_CLEAR = 0.9  # probability of each character of a text that is not read a second time
_LEAST = 0.85  # of the height of type: a lower line gets more paper around it
_SURE = 0.6  # probability of a number that identities may vouch for
_SURE_AT_LINE = 0.95  # the same of one that touches a ruled line
_GUESS = 0.2  # probability below which a number is not stated
MOST_CHOICES = 3
"""What a number may be at most."""

_WAYS = 2  # of cutting a number out that have to agree
_NUMERIC = {alike: char for char, all_alike in ALIKE.items() for alike in all_alike}


@frozen
class LineReading:
    """A recognised line: its text, and if it is a number what else it may be."""

    line: ScanLine
    text: str
    choices: tuple[str, ...] = ()
    weak: bool = False
    alike: tuple[str, ...] = ()


def line_readings(layout: PageLayout, recogniser: Recogniser) -> Iterator[LineReading]:
    """Yield the lines of a page as they were recognised: those of each cell, then the others.

    Args:
        layout: The page.
        recogniser: The recogniser.
    """
    lines = list(layout.text_lines())
    first = _recognised(layout, lines, recogniser, _AIR[0])
    numeric = [n for n, one in enumerate(first) if _is_number(one)]
    trimmed = {n: line for n in numeric if (line := layout.trimmed(lines[n])) != lines[n]}
    for n, one in zip(
        trimmed, _recognised(layout, [*trimmed.values()], recogniser, _AIR[0]), strict=True
    ):
        lines[n], first[n] = trimmed[n], one
    numbers = _numbers(layout, {n: lines[n] for n in numeric}, first, recogniser)
    texts = {n: one.text() for n, one in enumerate(first) if n not in numbers}
    unsure = [n for n, one in texts.items() if one.least < _CLEAR]
    ways = {n: [texts[n]] for n in unsure}
    for air in _AIR[1:]:
        more = _recognised(layout, [lines[n] for n in unsure], recogniser, air)
        for n, one in zip(unsure, more, strict=True):
            ways[n].append(one.text())
    texts.update({n: _likeliest(found) for n, found in ways.items()})
    texts.update(_read_in_one(layout, lines, texts, recogniser))
    for number, line in enumerate(lines):
        if number in numbers:
            yield numbers[number]
        else:
            found = texts[number]
            digits = (
                s for char, s in zip(found.text, found.scores, strict=True) if char.isdecimal()
            )
            weak = min(digits, default=1.0) < _SURE
            alike = tuple(a for char, a in zip(found.text, found.alike, strict=True) if char != " ")
            yield LineReading(line, found.text, (), weak, alike)


def _likeliest(ways: Sequence[RecognisedText]) -> RecognisedText:
    """Return the text that most ways of cutting out a line give, and of those the surest."""
    given = Counter(one.text for one in ways)
    return max(ways, key=lambda one: (given[one.text], one.mean))


def _numbers(
    layout: PageLayout,
    lines: Mapping[int, ScanLine],
    first: Sequence[Recognised],
    recogniser: Recogniser,
) -> dict[int, LineReading]:
    """Return the lines that hold numbers, cut out in a second way, and in a third if in doubt."""
    ways = {n: [first[n].numbers()] for n in lines}
    found: dict[int, LineReading] = {}
    for air in _AIR[1:]:
        left = {n: line for n, line in lines.items() if n not in found or found[n].weak}
        again = _recognised(layout, [*left.values()], recogniser, air)
        for (n, line), one in zip(left.items(), again, strict=True):
            ways[n].append(one.numbers())
            found[n] = _number(line, ways[n])
    return found


def _read_in_one(
    layout: PageLayout,
    lines: Sequence[ScanLine],
    texts: Mapping[int, RecognisedText],
    model: Recogniser,
) -> Iterator[tuple[int, RecognisedText]]:
    """Yield the texts of cells whose words are broken over lines, recognised as one line.

    A character at the end or beginning of a line is recognised better among its neighbours.
    """
    cells = [
        numbers
        for cell, group in groupby(texts, key=lambda n: lines[n].cell)
        if cell is not None and len(numbers := list(group)) > 1
        if min(texts[n].least for n in numbers) < _CLEAR
    ]
    strips = [
        cv2.hconcat([scaled(cut_out(layout, lines[n], _AIR[0])) for n in numbers])
        for numbers in cells
    ]
    for numbers, one in zip(cells, model.read([image(strip) for strip in strips]), strict=True):
        whole = one.text()
        lengths = [len(texts[n].text) for n in numbers]
        before = [score for n in numbers for score in texts[n].scores]
        if len(whole.text) != sum(lengths) or whole.mean <= sum(before) / len(before):
            continue
        ends = list(accumulate(lengths))
        for n, start, end in zip(numbers, [0, *ends], ends, strict=False):
            yield n, whole.part(start, end)


def _recognised(
    layout: PageLayout, lines: Sequence[ScanLine], recogniser: Recogniser, air: float
) -> list[Recognised]:
    return recogniser.read([cut_out(layout, line, air) for line in lines])


def cut_out(layout: PageLayout, line: ScanLine, air: float = _AIR[0]) -> Image:
    """Return the picture of a line with paper around it, `air` in heights of type."""
    around, least = max(1, round(air * layout.em)), round((_LEAST + 2 * air) * layout.em)
    return line.box.with_air(around, least).cut_from(layout.grey)


def _is_number(one: Recognised) -> bool:
    if all(char in _NUMERIC for char in one.text().text.replace(" ", "")):
        return True
    likely = one.numbers()[0]
    return bool(likely.text) and likely.score >= _GUESS


def _number(line: ScanLine, ways: Sequence[Sequence[Choice]]) -> LineReading:
    """Return a line that holds a number, which two ways of cutting it out have to agree on.

    No other way may be as sure of another number.
    """
    scores: dict[str, float] = {}
    for choice in chain.from_iterable(ways):
        scores[choice.text] = scores.get(choice.text, 0.0) + choice.score / len(ways)
    ordered = sorted(scores, key=lambda text: (-scores[text], text))
    best = ordered[0]
    least = _SURE_AT_LINE if line.touches else _SURE
    sure = [way[0].text for way in ways if way[0].score >= least]
    weak = not best or len(sure) < _WAYS or set(sure) != {best}
    unread = LOST if line.cell is not None else ""
    text = best if best and scores[best] >= _GUESS else unread
    return LineReading(line, text, tuple(one for one in ordered if one)[:MOST_CHOICES], weak)
