"""Tables as this reader hands them on, and how the cells of a ruled table are filled."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import define, evolve, field

from gischema.reading.merged_cells import SHARED, CellSpan, find_shared
from gischema.reading.pdf.page_content import LOST, Box, Glyph
from gischema.reading.pdf.ruled_grid import RuledCell, RuledGrid
from gischema.reading.pdf.text_lines import PdfLine, is_chinese, join_lines, lines_of

PLACED, BROKEN, CROSSED = "D652", "D653", "D655"
"""The notes about cells separated by position only, numbers over two lines, or over a wall."""

_WIDEST_PADDING = 8.0  # points
_SLACK = 2.0  # of the size: the most empty space at the end of a full line
_BEARING = 0.5  # of the size: the paper at both sides of the ink of a number
_STRADDLES = 0.15  # of a glyph's width: the most that may stand beyond a wall
_OVERLAP, _TOGETHER = -0.3, 0.25  # of the size: the gap between the digits of a number
_LEVEL = 0.1  # of the size: the largest difference in height of the digits of a number
_FIGURE = re.compile(r"[0-9０-９.,．，]")


@define(eq=False)
class PdfCell:
    """A cell: its text, and where it stands."""

    text: str
    page: int
    box: Box
    full: bool = False
    """True if its last line reaches the end, so that its text may go on on the next page."""
    doubts: dict[str, list[str]] = field(factory=dict)
    """The doubts about the cell: codes of notes, and the numbers concerned."""


@define(eq=False)
class PdfTable:
    """A table: its rows of cells, a merged cell only where it begins, and its place."""

    page: int
    box: Box
    rows: list[list[PdfCell]]
    ruled: bool = False
    """True if lines separate its cells, not only their positions."""


def fill_grid(
    grid: RuledGrid, glyphs: Sequence[Glyph], page: int, *, inked: bool = False
) -> PdfTable:
    """Return the table of a grid with the glyphs that stand in it.

    Args:
        grid: The ruled lines of the table.
        glyphs: The characters in it.
        page: The number of the page.
        inked: True if the boxes of the characters only hold their ink, as on a scan.
    """
    held, crossed = _held(grid, glyphs)
    padding = _padding(held)
    columns = _printed_columns(grid, held)
    table = PdfTable(page, grid.box, [], ruled=True)
    rows: dict[int, list[PdfCell]] = defaultdict(list)
    spots: dict[int, list[CellSpan]] = defaultdict(list)
    for cell in grid.cells:
        if cell.column not in columns:
            continue
        left, _, right, _ = cell.box
        filled = PdfCell("", page, cell.box)
        if cell in crossed:
            filled.doubts[CROSSED] = crossed[cell]
        if cell in held:
            around = _BEARING * held[cell][0].size if inked else 0
            _write(filled, held[cell], right - left - 2 * padding - around)
        rows[cell.row].append(filled)
        spots[cell.row].append((cell.column, _rows_of(cell, grid), filled.text))
    table.rows = [rows[row] for row in sorted(rows)]
    for row, number in find_shared([spots[row] for row in range(len(grid.across))]):
        rows[row][number].doubts[SHARED] = [rows[row][number].text]
    return table


def _rows_of(cell: RuledCell, grid: RuledGrid) -> int:
    """Return how many rows of the grid a cell spans."""
    return bisect_left(grid.across, cell.box[3], cell.row + 1) - cell.row


GlyphsByCell: TypeAlias = dict[RuledCell, list[Glyph]]


def _held(
    grid: RuledGrid, glyphs: Iterable[Glyph]
) -> tuple[GlyphsByCell, dict[RuledCell, list[str]]]:
    """Assign glyphs to cells. A number that reaches over a wall stays together.

    If it covers several cells, it may be several numbers. Each of these cells then holds a lost
    character instead.

    Returns:
        The glyphs of each cell, and the numbers that reach over its walls.
    """
    held: GlyphsByCell = defaultdict(list)
    crossed: dict[RuledCell, list[str]] = defaultdict(list)
    finder = _CellFinder(grid)
    for run in _runs(glyphs):
        cells = [finder.cell(glyph.x, glyph.y) for glyph in run]
        if not _crosses(run, cells):
            for glyph, cell in zip(run, cells, strict=True):
                if cell is not None:
                    held[cell].append(glyph)
            continue
        touched = set(filter(None, cells))
        covered = {cell for cell in touched if _covers(run, cell.box)}
        if len(covered) > 1:
            for cell in covered:
                held[cell].append(evolve(run[0], text=LOST))
            continue
        for cell in touched:
            crossed[cell].append("".join(glyph.text for glyph in run))
        main = Counter(cells).most_common(1)[0][0]
        if main is not None:
            held[main].extend(run)
    return held, crossed


def _crosses(run: Sequence[Glyph], cells: Sequence[RuledCell | None]) -> bool:
    """Return True if a number reaches over the wall between two cells."""
    return len(set(cells)) > 1 and any(
        cell and _straddles(glyph, cell.box) for glyph, cell in zip(run, cells, strict=True)
    )


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs, the digits of a number together: those on one level that touch."""
    figures, runs = [], []
    for glyph in glyphs:
        if _FIGURE.match(glyph.text):
            figures.append(glyph)
        else:
            runs.append([glyph])
    for level in _levels(figures):
        runs.append([level[0]])
        for left, right in pairwise(level):
            gap = (right.left - left.right) / right.size
            if _OVERLAP <= gap <= _TOGETHER:
                runs[-1].append(right)
            else:
                runs.append([right])
    return runs


def _levels(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return glyphs at the same height, from left to right."""
    levels: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.y):
        if levels and glyph.y - levels[-1][0].y <= _LEVEL * glyph.size:
            levels[-1].append(glyph)
        else:
            levels.append([glyph])
    return [sorted(level, key=lambda g: g.left) for level in levels]


def _covers(run: Sequence[Glyph], box: Box) -> bool:
    return run[0].left < (box[0] + box[2]) / 2 < run[-1].right


def _straddles(glyph: Glyph, box: Box) -> bool:
    over = _STRADDLES * (glyph.right - glyph.left)
    return glyph.left < box[0] - over or glyph.right > box[2] + over


@define(init=False)
class _CellFinder:
    """Finds the cell at a point of a table."""

    _rows: dict[int, list[RuledCell]]
    _grid: RuledGrid

    def __init__(self, grid: RuledGrid) -> None:
        self._grid = grid
        self._rows = defaultdict(list)
        for cell in grid.cells:
            for row, top in enumerate(grid.across[:-1]):
                if cell.box[1] <= top < cell.box[3]:
                    self._rows[row].append(cell)

    def cell(self, x: float, y: float) -> RuledCell | None:
        """Return the cell at a point, None outside the table."""
        row = sum(1 for top in self._grid.across if top <= y) - 1
        for cell in self._rows.get(row, ()):
            if cell.box[0] <= x < cell.box[2]:
                return cell
        return None


def _padding(held: GlyphsByCell) -> float:
    """Return the usual distance between the lines of a table and the text of its fullest cells."""
    gaps = []
    for cell, glyphs in held.items():
        left = min(glyph.left for glyph in glyphs) - cell.box[0]
        right = cell.box[2] - max(glyph.right for glyph in glyphs)
        gaps.append(min(left, right))
    return min(max(0.0, min(gaps, default=0.0)), _WIDEST_PADDING)


def _printed_columns(grid: RuledGrid, held: GlyphsByCell) -> range:
    """Return the columns of a table without outer ones that only protruding lines make."""
    ends = [cell.column + sum(cell.box[0] < x < cell.box[2] for x in grid.down) for cell in held]
    first, last = 0, len(grid.down) - 2
    if held and grid.open_left and min(cell.column for cell in held) > 0:
        first = 1
    if held and grid.open_right and max(ends) < last:
        last -= 1
    return range(first, last + 1)


def _write(cell: PdfCell, glyphs: list[Glyph], width: float) -> None:
    """Put the text of glyphs into a cell that leaves them `width`."""
    turn = Counter(glyph.turn for glyph in glyphs).most_common(1)[0][0]
    if turn:
        glyphs = [glyph.turned(turn) for glyph in glyphs]
    lines = lines_of(glyphs)
    cell.full = lines[-1].width + _SLACK * lines[-1].size > width
    cell.text = _stacked(lines)
    if not cell.text:
        gathered = join_lines(lines, float("inf") if turn else width)
        cell.text = gathered.text
        if gathered.broken:
            cell.doubts[BROKEN] = gathered.broken


def _stacked(lines: Sequence[PdfLine]) -> str:
    """Return the text of characters that stand below each other, in columns from the right.

    The text is empty if the characters read across.
    """
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    if len(lines) < 2 or not all(is_chinese(glyph.text[0]) for glyph in glyphs):
        return ""
    if len(lines) == len(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    size = statistics.median(glyph.size for glyph in glyphs)
    if not _reads_down(lines, size):
        return ""
    columns = _columns_from_right(glyphs, size)
    return "".join(glyph.text for column in columns for glyph in column)


def _reads_down(lines: Sequence[PdfLine], size: float) -> bool:
    """Return True if characters stand closer below each other than next to each other."""
    across = [right.left - left.right for line in lines for left, right in pairwise(line.glyphs)]
    down = [lower.box[1] - upper.box[3] for upper, lower in pairwise(lines)]
    return min(across) >= 0.2 * size and min(across) > max(down)


def _columns_from_right(glyphs: Iterable[Glyph], size: float) -> list[list[Glyph]]:
    """Return glyphs in columns from right to left, each from top to bottom."""
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.x):
        if columns and abs(columns[-1][0].x - glyph.x) < 0.5 * size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return [sorted(column, key=lambda g: g.y) for column in columns]
