"""Tables as programs print them that keep the places of a PDF (`pdftotext -layout`).

Cells are told apart by where they stand. A label too long for its column is broken into lines, its
figures stand at half its height, and merged cells run down beside the rows that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias
from unicodedata import east_asian_width

from attrs import frozen

from gischema.testing.layouts.grid import Grid, Spot, blocks
from gischema.testing.layouts.layout import Layout
from gischema.testing.page import Cell, Line, Page
from gischema.testing.printed import Writer

_WIDE = frozenset("WF")
_WHOLE = re.compile(r".(?:[（(][^（()）]{1,6}[)）])*", re.DOTALL)  # with its pinyin
_GAP = 2
_VALUES = 6
"""The least width of a column of figures; heads wider than that are broken into lines."""

Piece: TypeAlias = tuple[int, str, Cell | None]
"""Where in its line a part of a cell begins, its text, and the cell if that is all of it."""


@frozen
class Drawn:
    """Prints labels `label` columns wide at most, and names of groups beside them `group`."""

    label: int
    group: int

    def write(self, writer: Writer, page: Page) -> None:
        """Print a page."""
        for block in blocks(page):
            if isinstance(block, Line):
                writer.line()
                for cell in block.cells:
                    writer.cell(cell)
                writer.text("\n")
            else:
                self._table(writer, block)

    def _table(self, writer: Writer, grid: Grid) -> None:
        starts = self._columns(grid)
        cut = {
            spot: list(
                _wrapped(spot.cell, starts[spot.column + spot.columns] - starts[spot.column])
            )
            for row in grid.by_row()
            for spot in row
        }
        tops = _rows(grid, cut)
        lines: dict[int, list[Piece]] = {}
        for spot, parts in cut.items():
            # In half lines: what has an odd number stands between the lines of an even one.
            first = tops[spot.row] + tops[spot.row + spot.rows] - len(parts)
            for number, part in enumerate(parts):
                whole = spot.cell if len(parts) == 1 else None
                lines.setdefault(first + 2 * number, []).append((starts[spot.column], part, whole))
        row = 0
        for at in sorted(lines):
            while row < grid.rows and 2 * tops[row] <= at:
                writer.line()
                row += 1
            _print(writer, lines[at])
        for _ in range(row, grid.rows):
            writer.line()

    def _columns(self, grid: Grid) -> list[int]:
        """Where each column begins, and the last ends."""
        widths = [0] * grid.columns
        for row in grid.by_row():
            for spot in row:
                if spot.columns == 1:
                    widths[spot.column] = max(widths[spot.column], self._width(spot))
        starts = [0]
        for width in widths:
            starts.append(starts[-1] + max(width, _VALUES) + _GAP)
        return starts

    def _width(self, spot: Spot) -> int:
        """How wide a cell wants its column."""
        if spot.cell.role == "label":
            return min(_wide(spot.cell.text), self.label if spot.rows == 1 else self.group)
        return _wide(spot.cell.text) if spot.cell.role == "value" else 0


def _rows(grid: Grid, cut: dict[Spot, list[str]]) -> list[int]:
    """The line on which each row begins; the last line of the table."""
    heights = [1] * grid.rows
    for spot in sorted(cut, key=lambda spot: spot.rows):
        last = spot.row + spot.rows
        lacking = len(cut[spot]) - sum(heights[spot.row : last])
        heights[last - 1] += max(0, lacking)
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _wrapped(cell: Cell, width: int) -> Iterator[str]:
    """The lines of a cell in a column so wide; figures are never broken."""
    if cell.marks or not cell.text:
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


def _print(writer: Writer, pieces: list[Piece]) -> None:
    """One line, its pieces in their places."""
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
    Layout("drawn", "按版面位置排印", "cells where they stand on the page", Drawn(28, 6).write,
           blanks=False, one_line=False, whole=False),
)  # fmt: skip
