"""Recognise one page: the cells of its ruled tables one by one, and the lines around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from typing import TypeAlias

import cv2
from attrs import field, frozen

from gischema.reading.errors import UnreadableSource
from gischema.reading.pdf.page_content import LOST, Box, Glyph, PageContent
from gischema.reading.pdf.text_lines import is_chinese
from gischema.reading.scan.digits import ALIKE, Choice
from gischema.reading.scan.page_layout import PageLayout, ScanLine
from gischema.reading.scan.raster import Image, Raster, clean, image
from gischema.reading.scan.recogniser import Recognised, Recogniser, TooMuchText, recogniser, scaled
from gischema.reading.scanned import CellReading

_AIR = (0.16, 0.34, 0.5)  # of the height of type: ways to cut out a line
_CLEAR = 0.9  # probability of each character of a text that is not read a second time
_LEAST = 0.85  # of the height of type: a lower line gets more paper around it
_SURE = 0.6  # probability of a number that identities may vouch for
_SURE_AT_LINE = 0.95  # the same of one that touches a ruled line
_GUESS = 0.2  # probability below which a number is not stated
_Text: TypeAlias = tuple[str, list[float]]
_NUMERIC = {alike: char for char, all_alike in ALIKE.items() for alike in all_alike}


@frozen
class _Reading:
    """A recognised line: its text, and if it is a number what else it may be."""

    line: ScanLine
    text: str
    choices: tuple[str, ...] = ()
    weak: bool = False


@frozen(eq=False)
class ScanReader:
    """Recognises the pages of one file."""

    name: str | None
    recogniser: Recogniser = field(factory=recogniser)

    def page(self, colours: Image, scale: float, number: int) -> PageContent:
        """Return what a page prints.

        Args:
            colours: Red, green and blue of each pixel.
            scale: Points per pixel.
            number: The number of the page, from 1.

        Raises:
            UnreadableSource: If the file holds far more text than a report.
        """
        try:
            return recognised_page(clean(colours, scale), number, self.recogniser)
        except TooMuchText as error:
            raise UnreadableSource(
                self.name,
                "扫描件的文字过多，不会是一份年度报告；请只留下报告的页面",
                "the scan holds too much text for an annual report: keep its pages only",
                "too_large",
            ) from error


def recognised_page(raster: Raster, number: int, recogniser: Recogniser) -> PageContent:
    """Return what a page prints as far as it was recognised, with its ruled lines.

    Args:
        raster: The page.
        number: Its number, from 1.
        recogniser: The recogniser.
    """
    layout = PageLayout(raster)
    readings = list(_readings(layout, recogniser))
    return PageContent(
        number,
        raster.width * raster.scale,
        raster.height * raster.scale,
        [glyph for one in readings for glyph in _glyphs(one, raster.scale)],
        layout.lines.rulings,
        cells=_cells(layout, readings),
        on_scan=raster.on_scan,
    )


def _readings(layout: PageLayout, recogniser: Recogniser) -> Iterator[_Reading]:
    lines = list(layout.text_lines())
    first = _recognised(layout, lines, recogniser, _AIR[0])
    numeric = [n for n, one in enumerate(first) if _is_number(one)]
    again = _recognised(layout, [lines[n] for n in numeric], recogniser, _AIR[1])
    second = dict(zip(numeric, again, strict=True))
    texts = {n: one.text() for n, one in enumerate(first) if n not in second}
    unsure = [n for n, (_, scores) in texts.items() if min(scores, default=1.0) < _CLEAR]
    for air in _AIR[1:]:
        more = _recognised(layout, [lines[n] for n in unsure], recogniser, air)
        for n, one in zip(unsure, more, strict=True):
            texts[n] = max(texts[n], one.text(), key=_mean)
    texts.update(_read_in_one(layout, lines, texts, recogniser))
    for number, (line, one) in enumerate(zip(lines, first, strict=True)):
        if number in second:
            yield _number(line, one.numbers(), second[number].numbers())
        else:
            text, scores = texts[number]
            digits = [s for char, s in zip(text, scores, strict=True) if char.isdecimal()]
            yield _Reading(line, text, (), min(digits, default=1.0) < _SURE)


def _read_in_one(
    layout: PageLayout, lines: Sequence[ScanLine], texts: Mapping[int, _Text], model: Recogniser
) -> Iterator[tuple[int, _Text]]:
    """Yield the texts of cells whose words are broken over lines, recognised as one line.

    A character at the end or beginning of a line is recognised better among its neighbours.
    """
    cells = [
        numbers
        for cell, group in groupby(texts, key=lambda n: lines[n].cell)
        if cell is not None and len(numbers := list(group)) > 1
        if min(min(texts[n][1], default=0.0) for n in numbers) < _CLEAR
    ]
    strips = [
        cv2.hconcat([scaled(_cut_out(layout, lines[n], _AIR[0])) for n in numbers])
        for numbers in cells
    ]
    for numbers, one in zip(cells, model.read([image(strip) for strip in strips]), strict=True):
        text, scores = one.text()
        lengths = [len(texts[n][0]) for n in numbers]
        before = [score for n in numbers for score in texts[n][1]]
        if len(text) != sum(lengths) or _mean((text, scores)) <= _mean(("", before)):
            continue
        ends = list(accumulate(lengths))
        for n, start, end in zip(numbers, [0, *ends], ends, strict=False):
            yield n, (text[start:end], scores[start:end])


def _mean(read: _Text) -> float:
    """Return how sure a text is; one without characters is not."""
    return sum(read[1]) / len(read[1]) if read[1] else 0.0


def _recognised(
    layout: PageLayout, lines: Sequence[ScanLine], recogniser: Recogniser, air: float
) -> list[Recognised]:
    return recogniser.read([_cut_out(layout, line, air) for line in lines])


def _cut_out(layout: PageLayout, line: ScanLine, air: float) -> Image:
    around, least = max(1, round(air * layout.em)), round((_LEAST + 2 * air) * layout.em)
    return line.box.with_air(around, least).cut_from(layout.grey)


def _is_number(one: Recognised) -> bool:
    text, _ = one.text()
    if not text:
        return True
    return all(char in _NUMERIC for char in text.replace(" ", ""))


def _number(line: ScanLine, first: Sequence[Choice], second: Sequence[Choice]) -> _Reading:
    """Return a line that holds a number, which two ways of cutting it out have to agree on."""
    scores: dict[str, float] = {}
    for choice in (*first, *second):
        scores[choice.text] = scores.get(choice.text, 0.0) + choice.score / 2
    ordered = sorted(scores, key=lambda text: (-scores[text], text))
    best = ordered[0]
    least = _SURE_AT_LINE if line.touches else _SURE
    agreed = first[0].text == second[0].text and min(first[0].score, second[0].score) >= least
    weak = not agreed or not best
    unread = LOST if line.cell is not None else ""
    text = best if best and scores[best] >= _GUESS else unread
    return _Reading(line, text, tuple(one for one in ordered if one)[:3], weak)


def _glyphs(reading: _Reading, scale: float) -> Iterator[Glyph]:
    """Yield the characters of a line, spread evenly over its box."""
    box, text = reading.line.box, reading.text
    if not text.strip():
        return
    widths = [1.0 if is_chinese(char) else 0.55 for char in text]
    ends = [0.0, *accumulate(widths)]
    unit = box.width / ends[-1]
    size = max(box.height, min(unit, 2 * box.height)) * scale
    for char, (start, end) in zip(text, pairwise(ends), strict=True):
        if not char.isspace():
            left, right = (box.left + unit * start) * scale, (box.left + unit * end) * scale
            yield Glyph(char, left, box.top * scale, right, box.bottom * scale, size)


def _cells(layout: PageLayout, readings: Sequence[_Reading]) -> list[CellReading]:
    """Return what was recognised in each cell; a number over several lines is never certain."""
    found = {
        cell: list(group)
        for cell, group in groupby(readings, key=lambda one: one.line.cell)
        if cell is not None
    }
    return [
        _cell(layout, number, box, found.get(number, ())) for number, box in enumerate(layout.cells)
    ]


def _cell(layout: PageLayout, number: int, box: Box, readings: Sequence[_Reading]) -> CellReading:
    if not readings:
        return CellReading(box, (), not layout.is_empty(number))
    weak = any(one.weak for one in readings)
    if len(readings) == 1:
        return CellReading(box, readings[0].choices or (readings[0].text,), weak)
    several = sum(1 for one in readings if one.choices) > 1
    return CellReading(box, (), weak or several)
