"""Pages as PDF files: ruled tables that run over pages, with running heads and page numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from attrs import define, field, frozen

from gischema.testing.choices import Choices, PlainChoices
from gischema.testing.layouts.grid import Grid, Spot, blocks
from gischema.testing.page import Page

_FONT = "STSong-Light"  # known to every PDF program, so that none has to be embedded
_WIDTH, _HEIGHT = 595.0, 842.0  # A4 in points
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 535.0, 70.0, 772.0
_PADDING = 3.0
_LEADING = 1.3


@frozen
class Style:
    """How a file looks: sizes in points, and what stands around the text of each page."""

    size: float = 9.0
    label_share: float = 0.45
    ruled: bool = True
    centred: bool = False
    open_sides: bool = False
    numbered: str = "- {} -"
    head: str = ""

    @classmethod
    def of(cls, choices: Choices, *, ruled: bool) -> Style:
        """A style by choice; the plainest choices give the usual one."""
        return cls(
            choices.pick((9.0, 7.5, 10.5)),
            choices.pick((0.45, 0.3, 0.6)),
            ruled,
            choices.chance(2),
            choices.chance(3),
            choices.pick(("- {} -", "{}", "第 {} 页", "")),
            choices.pick(("", "政府信息公开工作年度报告")),
        )


def pdf_file(page: Page, choices: Choices | None = None, *, ruled: bool = True) -> bytes:
    """The page as a PDF file, its tables with lines around the cells or without.

    Needs reportlab (`pip install 'gischema[test]'`).
    """
    drawing = _Drawing(Style.of(choices or PlainChoices(), ruled=ruled))
    for block in blocks(page):
        if isinstance(block, Grid):
            drawing.table(block)
        else:
            drawing.paragraph("".join(cell.text for cell in block.cells))
    return drawing.finish()


@define(eq=False)
class _Drawing:
    """A file being drawn from top to bottom; heights are measured from the top of the page."""

    style: Style
    at: float = _TOP
    file: io.BytesIO = field(factory=io.BytesIO)
    canvas: Any = field(init=False)

    @canvas.default
    def _canvas(self) -> Any:
        from reportlab.pdfgen.canvas import Canvas

        _register_font()
        return Canvas(self.file, pagesize=(_WIDTH, _HEIGHT), invariant=1)

    def finish(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self.file.getvalue()

    def paragraph(self, text: str) -> None:
        """A paragraph with its first line indented."""
        for line in _wrapped("　　" + text, _RIGHT - _LEFT, self.style.size):
            if self.at + self._leading > _BOTTOM:
                self._end_page()
            self._write(line, _LEFT, self.at)
            self.at += self._leading
        self.at += 4

    def table(self, grid: Grid) -> None:
        """A table; where a page is full it goes on on the next, also amid a merged cell."""
        down = [_LEFT, *accumulate(_widths(grid, self.style.label_share), initial=_LEFT)][1:]
        texts = {spot: self._text(spot, down) for row in grid.by_row() for spot in row}
        heights = self._heights(grid.rows, texts)
        first = 0
        while first < grid.rows:
            behind, bottom = first, self.at
            while behind < grid.rows and bottom + heights[behind] <= _BOTTOM:
                bottom += heights[behind]
                behind += 1
            if behind == first:
                self._end_page()
                continue
            tops = [self.at, *accumulate(heights[first:behind], initial=self.at)][1:]
            for spot, lines in texts.items():
                self._cell(spot, lines, down, tops, first, behind)
            self.at = bottom
            first = behind
        self.at += 8

    def _text(self, spot: Spot, down: Sequence[float]) -> list[str]:
        width = down[spot.column + spot.columns] - down[spot.column] - 2 * _PADDING
        return _wrapped(spot.cell.text, width, self.style.size)

    def _heights(self, rows: int, texts: dict[Spot, list[str]]) -> list[float]:
        """The height of each row; the first row of a cell over several takes what it lacks."""
        heights = [self._leading + 2 * _PADDING] * rows
        for spot, lines in sorted(texts.items(), key=lambda item: item[0].rows):
            needed = len(lines) * self._leading + 2 * _PADDING
            lacking = needed - sum(heights[spot.row : spot.row + spot.rows])
            heights[spot.row] += max(0.0, lacking)
        return heights

    def _cell(
        self,
        spot: Spot,
        lines: Sequence[str],
        down: Sequence[float],
        tops: Sequence[float],
        first: int,
        behind: int,
    ) -> None:
        """Draw the part of a cell that stands on a page; its text stands in the first part."""
        begin, end = max(spot.row, first), min(spot.row + spot.rows, behind)
        if begin >= end:
            return
        left, right = down[spot.column], down[spot.column + spot.columns]
        top, bottom = tops[begin - first], tops[end - first]
        if self.style.ruled:
            self._box(left, top, right, bottom)
        if begin == spot.row:
            free = bottom - top - len(lines) * self._leading
            for number, line in enumerate(lines):
                slack = right - left - _length(line, self.style.size) if self.style.centred else 0
                start = left + max(_PADDING, slack / 2)
                self._write(line, start, top + max(_PADDING, free / 2) + number * self._leading)

    def _box(self, left: float, top: float, right: float, bottom: float) -> None:
        sides = [(left, top, right, top), (left, bottom, right, bottom)]
        sides += [
            (side, top, side, bottom)
            for side in (left, right)
            if not self.style.open_sides or _LEFT < side < _RIGHT - 0.1
        ]
        for x0, top0, x1, top1 in sides:
            self.canvas.line(x0, _HEIGHT - top0, x1, _HEIGHT - top1)

    @property
    def _leading(self) -> float:
        return self.style.size * _LEADING

    def _write(self, text: str, left: float, top: float) -> None:
        self.canvas.setFont(_FONT, self.style.size)
        self.canvas.drawString(left, _HEIGHT - top - self.style.size, text)

    def _end_page(self) -> None:
        number = self.style.numbered.format(self.canvas.getPageNumber())
        self._write(self.style.head, _LEFT, 36)
        self._write(number, (_LEFT + _RIGHT) / 2, _HEIGHT - 40)
        self.canvas.showPage()
        self.canvas.setLineWidth(0.5)
        self.at = _TOP


def _widths(grid: Grid, label_share: float) -> list[float]:
    """The widths of the columns: labels take their share, figures the rest."""
    width = _RIGHT - _LEFT
    labels = {spot.column for spot in grid.spots if spot.cell.role == "label" and spot.columns == 1}
    if not labels or len(labels) == grid.columns:
        return [width / grid.columns] * grid.columns
    label = width * label_share / len(labels)
    figure = width * (1 - label_share) / (grid.columns - len(labels))
    return [label if column in labels else figure for column in range(grid.columns)]


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """A text in lines that fit, broken anywhere; at least one line with one character."""
    lines = [""]
    for character in text:
        if lines[-1] and _length(lines[-1] + character, size) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _length(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    length: float = stringWidth(text, _FONT, size)
    return length


@cache
def _register_font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
