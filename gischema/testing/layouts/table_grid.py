"""A page as grids of merged cells, from which Word, Excel, PDF and HTML files are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from attrs import define, field, frozen

from gischema.forms import HeadGroup
from gischema.forms.form_outline import head_rows
from gischema.testing.layouts.layout import TABLE, tables, with_leads
from gischema.testing.sample_page import PageCell, PageLine, SamplePage

_EMPTY = PageCell("filler", "")


@frozen
class PlacedCell:
    """A cell on a grid: its first row and column, and how many of each it spans."""

    cell: PageCell
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@frozen
class TableGrid:
    """A table of cells that do not overlap. Positions without a cell are empty cells."""

    cells: tuple[PlacedCell, ...]
    rows: int
    columns: int

    def by_row(self) -> list[list[PlacedCell]]:
        """Return the cells that begin in each row, from left to right, with the empty ones."""
        taken = {
            (placed.row + row, placed.column + column)
            for placed in self.cells
            for row in range(placed.rows)
            for column in range(placed.columns)
        }
        places = product(range(self.rows), range(self.columns))
        empty = (PlacedCell(_EMPTY, *place) for place in places if place not in taken)
        rows: list[list[PlacedCell]] = [[] for _ in range(self.rows)]
        for placed in sorted([*self.cells, *empty], key=lambda placed: placed.column):
            rows[placed.row].append(placed)
        return rows


def blocks(page: SamplePage) -> Iterator[PageLine | TableGrid]:
    """Yield the lines of running text and the tables of a page, in order.

    On a grid merged cells leave no fillers, so those of the page are left out.
    """
    leads = [lead for _, lead in with_leads(page)]
    for run in tables(page):
        lines = [page.lines[place] for place in run]
        if lines[0].role in TABLE:
            yield _GridBuilder(lines, [leads[place] for place in run]).grid()
        else:
            yield lines[0]


@define(eq=False)
class _GridBuilder:
    """The lines of one table, and the group labels that begin on each."""

    lines: Sequence[PageLine]
    leads: Sequence[tuple[PageCell, ...]]
    cells: list[PlacedCell] = field(factory=list)
    depth: int = field(init=False)
    """The number of columns that the labels take."""
    unfilled: int = 0
    """The number of columns behind them that have a head, such as 计量单位, and no figures."""

    @depth.default
    def _depth(self) -> int:
        labelled = [line for line in self.lines if line.row is not None and line.row.label]
        return max((len(line.spans) + 1 for line in labelled), default=0)

    def grid(self) -> TableGrid:
        at = 0
        while at < len(self.lines):
            stop = at + 1
            if self.lines[at].role == "heads":
                while stop < len(self.lines) and self.lines[stop].role == "heads":
                    stop += 1
                self._heads(at, stop)
            elif self.lines[at].role == "row":
                self._row(at)
            else:
                self._in_a_line(at, 0, self.lines[at].cells)
            at = stop
        width = max(placed.column + placed.columns for placed in self.cells)
        cells = tuple(
            PlacedCell(placed.cell, placed.row, 0, 1, width)
            if self.lines[placed.row].role == "title" and len(self.lines[placed.row].cells) == 1
            else placed
            for placed in self.cells
        )
        return TableGrid(cells, len(self.lines), width)

    def _in_a_line(self, at: int, column: int, cells: Sequence[PageCell]) -> None:
        for number, cell in enumerate(cells):
            self.cells.append(PlacedCell(cell, at, column + number))

    def _row(self, at: int) -> None:
        """Place a row: group labels over all rows of their groups, its label over the rest."""
        line = self.lines[at]
        column, cells = 0, line.cells
        if line.row is not None and line.row.label:
            for lead in self.leads[at]:
                level = line.spans.index(lead)
                self.cells.append(PlacedCell(lead, at, column + level, self._reach(at, level)))
            own = len(line.spans)
            self.cells.append(PlacedCell(cells[0], at, column + own, 1, max(1, self.depth - own)))
            column += max(self.depth, own + 1) + self.unfilled
            cells = cells[1:]
        self._in_a_line(at, column, cells)

    def _reach(self, at: int, level: int) -> int:
        """Return the number of rows that the group label at `level` of the row `at` spans."""
        stop = at + 1
        while stop < len(self.lines):
            line = self.lines[stop]
            begun = len(line.spans) - len(self.leads[stop])
            if line.role != "row" or begun <= level:
                break
            stop += 1
        return stop - at

    def _heads(self, at: int, stop: int) -> None:
        """Place heads over their columns if they are complete and in order, else side by side."""
        row = self.lines[stop].row if stop < len(self.lines) else None
        lines = [self.lines[number].cells for number in range(at, stop)]
        self.unfilled = 0
        if row is not None and row.heads is not None and _keys(lines) == _expected(row.heads):
            self._heads_of(row.heads, at, lines)
            return
        for number, cells in enumerate(lines):
            self._in_a_line(at + number, self.depth if number else 0, cells)

    def _heads_of(self, group: HeadGroup, at: int, lines: Sequence[Sequence[PageCell]]) -> None:
        keys = {key for key, _ in _spans(group, 0)}
        above = [cell for cell in lines[0] if cell.key not in keys]
        if self.depth and (len(above) > 1 or len(lines) == 1):
            corner = above.pop(0) if above else _EMPTY
            self.cells.append(PlacedCell(corner, at, 0, len(lines), self.depth))
        if len(lines) == 1:  # next to the heads of figures, not above them
            self._in_a_line(at, self.depth, above)
            self.unfilled = len(above)
        else:
            self.cells += (PlacedCell(cell, at, self.depth, 1, _width(group)) for cell in above)
        spans = dict(_spans(group, self.depth + self.unfilled))
        for number, cells in enumerate(lines):
            for cell in cells:
                if cell.key in spans:
                    column, width, is_leaf = spans[cell.key]
                    height = len(lines) - number if is_leaf else 1
                    self.cells.append(PlacedCell(cell, at + number, column, height, width))


def _keys(lines: Sequence[Sequence[PageCell]]) -> list[list[str]]:
    return [[cell.key for cell in cells] for cells in lines]


def _expected(group: HeadGroup) -> list[list[str]]:
    return [
        [head if isinstance(head, str) else head.key for head in heads]
        for heads in head_rows(group)
    ]


def _width(group: HeadGroup) -> int:
    return sum(column.unit is not None for column in group.columns)


def _spans(group: HeadGroup, column: int) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    """Yield each head with its first column, its width, and True for a single column."""
    if group.caption:
        yield group.caption, (column, _width(group), False)
    for member in group.members:
        if isinstance(member, HeadGroup):
            yield from _spans(member, column)
            column += _width(member)
        elif member.unit is not None:
            yield member.key, (column, 1, True)
            column += 1
