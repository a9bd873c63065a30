"""The layout of programs that keep the positions of a PDF (`pdftotext -layout`).

Only their position separates cells. A label too long for its column is broken into lines with its
figures at half its height, and merged cells run down next to the rows that they span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias
from unicodedata import east_asian_width

from attrs import frozen

from gischema.testing.layouts.layout import Layout
from gischema.testing.layouts.table_grid import PlacedCell, TableGrid, blocks
from gischema.testing.printed_page import LayoutWriter
from gischema.testing.sample_page import PageCell, PageLine, SamplePage

_WIDE = frozenset("WF")
_WHOLE = re.compile(r".(?:[（(][^（()）]{1,6}[)）])*", re.DOTALL)  # with its pinyin
_GAP = 2
_VALUES = 6
"""The smallest width of a column of figures. Wider heads are broken into lines."""

Piece: TypeAlias = tuple[int, str, PageCell | None]
"""The column where a part of a cell begins, its text, and the cell if this is all of it."""


@frozen
class Positioned:
    """Prints labels at most `label` characters wide, and the labels of groups at most `group`."""

    label: int
    group: int

    def write(self, writer: LayoutWriter, page: SamplePage) -> None:
        """Print a page."""
        for block in blocks(page):
            if isinstance(block, PageLine):
                writer.line()
                for cell in block.cells:
                    writer.cell(cell)
                writer.text("\n")
            else:
                self._table(writer, block)

    def _table(self, writer: LayoutWriter, grid: TableGrid) -> None:
        starts = self._columns(grid)
        cut = {
            placed: list(
                _wrapped(
                    placed.cell, starts[placed.column + placed.columns] - starts[placed.column]
                )
            )
            for row in grid.by_row()
            for placed in row
        }
        tops = _rows(grid, cut)
        lines: dict[int, list[Piece]] = {}
        for placed, parts in cut.items():
            # Lines count half: an odd number of lines is centred between the lines of an even one.
            first = tops[placed.row] + tops[placed.row + placed.rows] - len(parts)
            for number, part in enumerate(parts):
                whole = placed.cell if len(parts) == 1 else None
                lines.setdefault(first + 2 * number, []).append(
                    (starts[placed.column], part, whole)
                )
        row = 0
        for at in sorted(lines):
            while row < grid.rows and 2 * tops[row] <= at:
                writer.line()
                row += 1
            _print(writer, lines[at])
        for _ in range(row, grid.rows):
            writer.line()

    def _columns(self, grid: TableGrid) -> list[int]:
        """Return where each column begins, and where the last one ends."""
        widths = [0] * grid.columns
        for row in grid.by_row():
            for placed in row:
                if placed.columns == 1:
                    widths[placed.column] = max(widths[placed.column], self._width(placed))
        starts = [0]
        for width in widths:
            starts.append(starts[-1] + max(width, _VALUES) + _GAP)
        return starts

    def _width(self, placed: PlacedCell) -> int:
        """Return the width that a cell asks of its column."""
        if placed.cell.role == "label":
            return min(_wide(placed.cell.text), self.label if placed.rows == 1 else self.group)
        return _wide(placed.cell.text) if placed.cell.role == "value" else 0


def _rows(grid: TableGrid, cut: dict[PlacedCell, list[str]]) -> list[int]:
    """Return the line on which each row begins, and the number of lines of the table."""
    heights = [1] * grid.rows
    for placed in sorted(cut, key=lambda placed: placed.rows):
        last = placed.row + placed.rows
        lacking = len(cut[placed]) - sum(heights[placed.row : last])
        heights[last - 1] += max(0, lacking)
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _wrapped(cell: PageCell, width: int) -> Iterator[str]:
    """Yield the lines of a cell in a column of this width. Figures are never broken."""
    if cell.figures or not cell.text:
        yield cell.text
        return
    line = ""
    for characters in _WHOLE.findall(cell.text):
        if line and _wide(line + characters) > width - _GAP:
            yield line
            line = ""
        line += characters
    yield line


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(character) in _WIDE else 1 for character in text)


def _print(writer: LayoutWriter, pieces: list[Piece]) -> None:
    """Write one line with its pieces at their positions."""
    at = 0
    for start, text, cell in sorted(pieces, key=lambda piece: piece[0]):
        if not text:
            continue
        writer.text(" " * max(start - at, 1 if at else 0))
        at = max(start, at + 1 if at else 0) + _wide(text)
        if cell is not None:
            writer.cell(cell)
        else:
            writer.text(text)
    writer.text("\n")


DRAWN = (
    Layout(
        "drawn",
        "按版面位置排印",
        "cells at their positions on the page",
        Positioned(28, 6).write,
        blanks=False,
        one_line=False,
        whole=False,
    ),
)
