"""What stands on a page and where: ruled cells, and the lines of text in and around them."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from attrs import define, evolve, field, frozen

from gischema.reading.pdf.page_content import Box
from gischema.reading.pdf.ruled_grid import RuledGrid, find_grids
from gischema.reading.scan.ink_lines import (
    DIRT,
    InkBox,
    bands,
    text_lines,
    without_sides,
    without_specks,
)
from gischema.reading.scan.raster import Image, Raster, image
from gischema.reading.scan.ruled_lines import RuledLines, find_lines

_TYPE = (5.0, 16.0)  # points: heights of lines of text
_USUAL = 10.0
_EDGE = 2.5  # points on both sides of the middle of a ruled line in which its pixels lie
_INSET = 0.7  # points from there to the ink of a cell
_TOGETHER, _LINE = 0.3, (0.4, 1.6)  # of the height of type: gaps and heights of lines of text
_FEW_LINES = 10.0  # the same of the length of all lines down a page that is upright
_WIDE, _MIDDLE = 1.2, (0.38, 0.62)  # of two pages: width by height, where the strip is
_GUTTER, _SPECKLED, _OPEN_BOOK = 0.05, 0.002, 5
"""Of its width and of the ink in it, and the fewest lines at both sides."""
_PAPER_NOISE = 0.35  # of the darkness of the type: what an empty cell may show at most
_TINT = 0.01  # of a cell: red ink that may hide a figure


@frozen(eq=False)
class ScanLine:
    """A line of text: its box, and the index of its cell, None outside of tables.

    `touches` is set if its ink reaches the border of the cell.
    """

    box: InkBox
    cell: int | None = None
    touches: bool = False


@define(eq=False)
class PageLayout:
    """The layout of one page.

    Attributes:
        raster: The page.
        cells: The boxes of the cells of its tables, in points.
        em: The usual height of its type, in pixels.
        grey: The page without its ruled lines.
    """

    raster: Raster
    lines: RuledLines = field(init=False)
    grids: list[RuledGrid] = field(init=False)
    cells: list[Box] = field(init=False)
    em: float = field(init=False)
    grey: Image = field(init=False)
    _ink: Image = field(init=False)
    _darkness: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find the tables of the page and the height of its type."""
        self.lines = find_lines(self.raster)
        self.grids = find_grids(self.lines.rulings)
        self.cells = [cell.box for grid in self.grids for cell in grid.cells]
        self._ink = self.raster.ink & ~self.lines.pixels
        self.grey = image(np.where(self.lines.pixels > 0, 255, self.raster.grey))
        self.em = self._type_height()
        self._ink = without_specks(self._ink, self.em)
        inked = self.raster.grey[self._ink > 0]
        self._darkness = 255 - float(np.percentile(inked, 25)) if inked.size else 255.0

    def text_lines(self) -> Iterator[ScanLine]:
        """Yield the lines of text: those of each cell, then those outside of tables."""
        for number in range(len(self.cells)):
            yield from self._lines_of(number)
        outside = self._ink.copy()
        for grid in self.grids:
            outside[self._part(grid.box, -_EDGE)] = 0
        for box in text_lines(outside, self.em):
            if not self._is_dirt(box):
                yield ScanLine(box)

    def trimmed(self, line: ScanLine) -> ScanLine:
        """Return the line of a number without specks above and below it."""
        box = line.box
        ink = self._ink[box.top : box.bottom, box.left : box.right]
        speck = DIRT * self.em
        tall = [
            (top, bottom)
            for top, bottom in bands(ink)
            if max(bottom - top, int(ink[top:bottom].any(axis=0).sum())) >= speck
        ]
        if not tall:
            return line
        top, bottom = box.top + tall[0][0], box.top + tall[-1][1]
        return evolve(line, box=evolve(box, top=top, bottom=bottom))

    def lines_run_down(self) -> bool:
        """Return True if the lines of text run down the page: it lies on its side."""
        gap = image(np.ones((max(2, round(_TOGETHER * self.em)),) * 2))
        joined = cv2.morphologyEx(self._ink, cv2.MORPH_CLOSE, gap)
        _, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        sides = boxes[1:, 2:4] / self.em
        sides = sides[(sides.min(axis=1) > _LINE[0]) & (sides.min(axis=1) < _LINE[1])]
        long = sides.max(axis=1) > 2 * sides.min(axis=1)
        across, down = (
            sides[long & (sides[:, 0] > sides[:, 1])],
            sides[long & (sides[:, 1] > sides[:, 0])],
        )
        return bool(down.sum() > max(_FEW_LINES, across.sum()))

    def shows_two_pages(self) -> bool:
        """Return True if the picture shows two pages next to each other, as of an open book.

        It is wide, nothing is drawn or printed in a broad strip down its middle, and lines of text
        stand at both sides.
        """
        height, width = self.raster.ink.shape
        if width < _WIDE * height:
            return False
        first, last = (round(share * width) for share in _MIDDLE)
        drawn = (self.raster.ink[:, first:last] > 0).mean(axis=0) > _SPECKLED
        edges = np.flatnonzero(np.concatenate(([True], drawn, [True])))
        if int(np.diff(edges).max()) <= _GUTTER * width:
            return False
        middles = [(line.box.left + line.box.right) / 2 for line in self.text_lines()]
        sides = (
            sum(1 for at in middles if at < width / 2),
            sum(1 for at in middles if at > width / 2),
        )
        return min(sides) >= _OPEN_BOOK

    def is_empty(self, cell: int) -> bool:
        """Return True if a cell without lines shows nothing but paper, so that none is hidden."""
        part = self._part(self.cells[cell], _INSET)
        grey = self.grey[part]
        if not grey.size or self.raster.tinted[part].mean() > 255 * _TINT:
            return False
        return 255 - int(cv2.blur(grey, (3, 3)).min()) < _PAPER_NOISE * self._darkness

    def _lines_of(self, cell: int) -> Iterator[ScanLine]:
        rows, columns = self._part(self.cells[cell], _INSET)
        inside = self._ink[rows, columns]
        if not inside.size or not inside.any():
            return
        inside = without_sides(inside, round(_EDGE / self.raster.scale), self.em)
        for box in text_lines(inside, self.em):
            if self._is_dirt(box) or self._hugs(box, inside.shape[0]):
                continue
            moved = box.moved(columns.start, rows.start)
            around = moved.with_air(1, 0)
            touched = self.lines.pixels[around.top : around.bottom, around.left : around.right]
            yield ScanLine(moved, cell, bool(touched.any()))

    def _hugs(self, box: InkBox, height: int) -> bool:
        """Return True for what is left of a line across above or below a cell."""
        edge = _EDGE / self.raster.scale
        return box.bottom <= edge or box.top >= height - edge

    def _is_dirt(self, box: InkBox) -> bool:
        return max(box.width, box.height) < DIRT * self.em

    def _type_height(self) -> float:
        least, most = (points / self.raster.scale for points in _TYPE)
        heights = [
            bottom - top
            for box in self.cells
            for top, bottom in bands(self._ink[self._part(box, _INSET)])
        ]
        heights += [bottom - top for top, bottom in bands(self._ink)]
        usual = [height for height in heights if least <= height <= most]
        if not usual:
            return _USUAL / self.raster.scale
        return float(np.percentile(usual, 80))

    def _part(self, box: Box, inset: float) -> tuple[slice, slice]:
        """Return the rows and columns of pixels in a box, without `inset` at its sides."""
        scale = self.raster.scale
        left, top, right, bottom = box
        rows = round((top + inset) / scale), round((bottom - inset) / scale)
        columns = round((left + inset) / scale), round((right - inset) / scale)
        return slice(max(0, rows[0]), max(0, rows[1])), slice(
            max(0, columns[0]), max(0, columns[1])
        )
