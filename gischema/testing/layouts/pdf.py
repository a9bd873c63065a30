"""Pages as PDF files: ruled tables that run over pages, with running heads and page numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from attrs import define, field, frozen

from gischema.testing.choices import ChoiceSource, PlainChoices
from gischema.testing.layouts.table_grid import PlacedCell, TableGrid, blocks
from gischema.testing.sample_page import SamplePage

_FONT = "STSong-Light"  # every PDF program knows it, so it need not be embedded
_WIDTH, _HEIGHT = 595.0, 842.0  # A4 in points
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 535.0, 70.0, 772.0
_PADDING = 3.0
_LEADING = 1.3


@frozen
class PdfStyle:
    """The look of a file: sizes in points, and what is printed around the text of each page."""

    size: float = 9.0
    label_share: float = 0.45
    ruled: bool = True
    centred: bool = False
    open_sides: bool = False
    numbered: str = "- {} -"
    head: str = ""

    @classmethod
    def of(cls, choices: ChoiceSource, *, ruled: bool) -> PdfStyle:
        """Return a chosen style; the plainest choices give the usual one."""
        return cls(
            choices.pick((9.0, 7.5, 10.5)),
            choices.pick((0.45, 0.3, 0.6)),
            ruled,
            choices.chance(2),
            choices.chance(3),
            choices.pick(("- {} -", "{}", "第 {} 页", "")),
            choices.pick(("", "政府信息公开工作年度报告")),
        )


def pdf_file(page: SamplePage, choices: ChoiceSource | None = None, *, ruled: bool = True) -> bytes:
    """Return the page as a PDF file, its tables with lines around the cells or without.

    Needs reportlab (`pip install 'gischema[test]'`).
    """
    drawing = _PdfWriter(PdfStyle.of(choices or PlainChoices(), ruled=ruled))
    for block in blocks(page):
        if isinstance(block, TableGrid):
            drawing.table(block)
        else:
            drawing.paragraph("".join(cell.text for cell in block.cells))
    return drawing.finish()


@define(eq=False)
class _PdfWriter:
    """Draws a file from top to bottom; heights are measured from the top of the page."""

    style: PdfStyle
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
        """Draw a paragraph with its first line indented."""
        for line in _wrapped("　　" + text, _RIGHT - _LEFT, self.style.size):
            if self.at + self._leading > _BOTTOM:
                self._end_page()
            self._write(line, _LEFT, self.at)
            self.at += self._leading
        self.at += 4

    def table(self, grid: TableGrid) -> None:
        """Draw a table; on a full page it continues on the next, even inside a merged cell."""
        down = [_LEFT, *accumulate(_widths(grid, self.style.label_share), initial=_LEFT)][1:]
        texts = {placed: self._text(placed, down) for row in grid.by_row() for placed in row}
        heights = self._heights(grid.rows, texts)
        first = 0
        while first < grid.rows:
            stop, bottom = first, self.at
            while stop < grid.rows and bottom + heights[stop] <= _BOTTOM:
                bottom += heights[stop]
                stop += 1
            if stop == first:
                self._end_page()
                continue
            tops = [self.at, *accumulate(heights[first:stop], initial=self.at)][1:]
            for placed, lines in texts.items():
                self._cell(placed, lines, down, tops, first, stop)
            self.at = bottom
            first = stop
        self.at += 8

    def _text(self, placed: PlacedCell, down: Sequence[float]) -> list[str]:
        width = down[placed.column + placed.columns] - down[placed.column] - 2 * _PADDING
        return _wrapped(placed.cell.text, width, self.style.size)

    def _heights(self, rows: int, texts: dict[PlacedCell, list[str]]) -> list[float]:
        """Return the height of each row; a tall merged cell stretches its first row."""
        heights = [self._leading + 2 * _PADDING] * rows
        for placed, lines in sorted(texts.items(), key=lambda item: item[0].rows):
            needed = len(lines) * self._leading + 2 * _PADDING
            lacking = needed - sum(heights[placed.row : placed.row + placed.rows])
            heights[placed.row] += max(0.0, lacking)
        return heights

    def _cell(
        self,
        placed: PlacedCell,
        lines: Sequence[str],
        down: Sequence[float],
        tops: Sequence[float],
        first: int,
        stop: int,
    ) -> None:
        """Draw the part of a cell that is on this page; its text stands in the first part."""
        begin, end = max(placed.row, first), min(placed.row + placed.rows, stop)
        if begin >= end:
            return
        left, right = down[placed.column], down[placed.column + placed.columns]
        top, bottom = tops[begin - first], tops[end - first]
        if self.style.ruled:
            self._box(left, top, right, bottom)
        if begin == placed.row:
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


def _widths(grid: TableGrid, label_share: float) -> list[float]:
    """Return the widths of the columns: labels take their share, figures the rest."""
    width = _RIGHT - _LEFT
    labels = {
        placed.column
        for placed in grid.cells
        if placed.cell.role == "label" and placed.columns == 1
    }
    if not labels or len(labels) == grid.columns:
        return [width / grid.columns] * grid.columns
    label = width * label_share / len(labels)
    figure = width * (1 - label_share) / (grid.columns - len(labels))
    return [label if column in labels else figure for column in range(grid.columns)]


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """Return a text as lines that fit, broken anywhere, each with at least one character."""
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
