"""Recognise one page: the cells of its ruled tables one by one, and the lines around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from attrs import field, frozen

from gischema.reading.errors import UnreadableSource
from gischema.reading.pdf.page_content import Box, Glyph, PageContent
from gischema.reading.pdf.text_lines import is_chinese
from gischema.reading.scan.line_readings import MOST_CHOICES, LineReading, line_readings
from gischema.reading.scan.orientation import upright
from gischema.reading.scan.page_layout import PageLayout
from gischema.reading.scan.raster import Image
from gischema.reading.scan.recogniser import Recogniser, TimeIsUp, TooMuchText, recogniser
from gischema.reading.scanned import CellReading


@frozen(eq=False)
class ScanReader:
    """Recognises the pages of one file, for as long as one may take."""

    name: str | None
    recogniser: Recogniser = field(factory=recogniser)

    def page(self, colours: Image, scale: float, number: int) -> PageContent:
        """Return what a page prints; an empty one if the time for the file is up.

        Args:
            colours: Red, green and blue of each pixel.
            scale: Points per pixel.
            number: The number of the page, from 1.

        Raises:
            UnreadableSource: If the file holds far more text than a report, or a picture of two
                pages.
        """
        try:
            self.recogniser.check_time()
            layout = upright(colours, scale, self.recogniser)
            if layout.shows_two_pages():
                raise self._two_pages(number)
            return recognised_page(layout, number, self.recogniser)
        except TimeIsUp:
            height, width = colours.shape[:2]
            return PageContent(number, width * scale, height * scale, given_up=True)
        except TooMuchText as error:
            raise UnreadableSource(
                self.name,
                "扫描件的文字过多，不会是一份年度报告；请只留下报告的页面",
                "the scan holds too much text for an annual report: keep its pages only",
                "too_large",
            ) from error

    def _two_pages(self, number: int) -> UnreadableSource:
        return UnreadableSource(
            self.name,
            f"扫描件第{number}页是并排的两页：请分成单页，再按顺序读取",
            f"page {number} of the scan shows two pages side by side: cut it into single pages",
            "scan",
        )


def recognised_page(layout: PageLayout, number: int, recogniser: Recogniser) -> PageContent:
    """Return what a page prints as far as it was recognised, with its ruled lines.

    Args:
        layout: The page.
        number: Its number, from 1.
        recogniser: The recogniser.
    """
    raster = layout.raster
    readings = list(line_readings(layout, recogniser))
    return PageContent(
        number,
        raster.width * raster.scale,
        raster.height * raster.scale,
        [glyph for one in readings for glyph in _glyphs(one, raster.scale)],
        layout.lines.rulings,
        cells=_cells(layout, readings),
        on_scan=raster.on_scan,
    )


def _glyphs(reading: LineReading, scale: float) -> Iterator[Glyph]:
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


def _cells(layout: PageLayout, readings: Sequence[LineReading]) -> list[CellReading]:
    """Return what was recognised in each cell; a number over several lines is never certain."""
    found = {
        cell: list(group)
        for cell, group in groupby(readings, key=lambda one: one.line.cell)
        if cell is not None
    }
    return [
        _cell(layout, number, box, found.get(number, ())) for number, box in enumerate(layout.cells)
    ]


def _cell(
    layout: PageLayout, number: int, box: Box, readings: Sequence[LineReading]
) -> CellReading:
    if not readings:
        return CellReading(box, (), not layout.is_empty(number))
    weak = any(one.weak for one in readings)
    if all(one.choices for one in readings):
        return CellReading(box, _choices(readings), weak)
    if len(readings) == 1:
        return CellReading(box, (readings[0].text,), weak, readings[0].alike)
    alike = [one for reading in readings for one in reading.alike or [""] * len(reading.text)]
    return CellReading(box, (), weak or any(one.choices for one in readings), tuple(alike))


def _choices(readings: Sequence[LineReading]) -> tuple[str, ...]:
    """Return what a number may be that is broken over lines, where at most one of them differs."""
    likely = [one.choices[0] for one in readings]
    others = (
        "".join([*likely[:n], choice, *likely[n + 1 :]])
        for n, one in enumerate(readings)
        for choice in one.choices[1:]
    )
    return ("".join(likely), *others)[:MOST_CHOICES]
