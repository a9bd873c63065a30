"""A page as grids of merged cells: what Word, Excel and HTML files are written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from attrs import define, field, frozen

from gischema.forms import HeadGroup
from gischema.testing.layouts.layout import TABLE, tables, with_leads
from gischema.testing.outline import head_rows
from gischema.testing.page import Cell, Line, Page

_EMPTY = Cell("filler", "")


@frozen
class Spot:
    """A cell on a grid: where it begins, and over how many rows and columns it goes."""

    cell: Cell
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@frozen
class Grid:
    """A table: cells that do not overlap. Places without one are empty cells."""

    spots: tuple[Spot, ...]
    rows: int
    columns: int

    def by_row(self) -> list[list[Spot]]:
        """The cells that begin in each row, from left to right, the empty ones too."""
        taken = {
            (spot.row + row, spot.column + column)
            for spot in self.spots
            for row in range(spot.rows)
            for column in range(spot.columns)
        }
        places = product(range(self.rows), range(self.columns))
        empty = (Spot(_EMPTY, *place) for place in places if place not in taken)
        rows: list[list[Spot]] = [[] for _ in range(self.rows)]
        for spot in sorted([*self.spots, *empty], key=lambda spot: spot.column):
            rows[spot.row].append(spot)
        return rows


def blocks(page: Page) -> Iterator[Line | Grid]:
    """The lines of running text and the tables of a page, in order.

    On a grid merged cells leave no fillers beside a row: those of the page are left out.
    """
    leads = [lead for _, lead in with_leads(page)]
    for run in tables(page):
        lines = [page.lines[place] for place in run]
        if lines[0].role in TABLE:
            yield _Table(lines, [leads[place] for place in run]).grid()
        else:
            yield lines[0]


@define
class _Table:
    """The lines of one table, and the group labels that begin on each."""

    lines: Sequence[Line]
    leads: Sequence[tuple[Cell, ...]]
    spots: list[Spot] = field(factory=list)
    depth: int = field(init=False)
    """How many columns the labels take."""

    @depth.default
    def _depth(self) -> int:
        labelled = [line for line in self.lines if line.row is not None and line.row.label]
        return max((len(line.spans) + 1 for line in labelled), default=0)

    def grid(self) -> Grid:
        at = 0
        while at < len(self.lines):
            behind = at + 1
            if self.lines[at].role == "heads":
                while behind < len(self.lines) and self.lines[behind].role == "heads":
                    behind += 1
                self._heads(at, behind)
            elif self.lines[at].role == "row":
                self._row(at)
            else:
                self._in_a_line(at, 0, self.lines[at].cells)
            at = behind
        width = max(spot.column + spot.columns for spot in self.spots)
        spots = tuple(
            Spot(spot.cell, spot.row, 0, 1, width)
            if self.lines[spot.row].role == "title" and len(self.lines[spot.row].cells) == 1
            else spot
            for spot in self.spots
        )
        return Grid(spots, len(self.lines), width)

    def _in_a_line(self, at: int, column: int, cells: Sequence[Cell]) -> None:
        for number, cell in enumerate(cells):
            self.spots.append(Spot(cell, at, column + number))

    def _row(self, at: int) -> None:
        """A row: group labels over all rows of their groups, its own label over what is left."""
        line = self.lines[at]
        column, cells = 0, line.cells
        if line.row is not None and line.row.label:
            for lead in self.leads[at]:
                level = line.spans.index(lead)
                self.spots.append(Spot(lead, at, column + level, self._reach(at, level)))
            own = len(line.spans)
            self.spots.append(Spot(cells[0], at, column + own, 1, max(1, self.depth - own)))
            column += max(self.depth, own + 1)
            cells = cells[1:]
        self._in_a_line(at, column, cells)

    def _reach(self, at: int, level: int) -> int:
        """Over how many rows the group label at `level` of the row `at` goes."""
        behind = at + 1
        while behind < len(self.lines):
            line = self.lines[behind]
            begun = len(line.spans) - len(self.leads[behind])
            if line.role != "row" or begun <= level:
                break
            behind += 1
        return behind - at

    def _heads(self, at: int, behind: int) -> None:
        """The heads, each over the columns that belong to it if all stand in their places."""
        row = self.lines[behind].row if behind < len(self.lines) else None
        lines = [self.lines[number].cells for number in range(at, behind)]
        if row is None or row.heads is None or _keys(lines) != _expected(row.heads):
            for number, cells in enumerate(lines):
                self._in_a_line(at + number, self.depth if number else 0, cells)
            return
        placed = dict(_placed(row.heads, self.depth))
        above = [cell for cell in lines[0] if cell.key not in placed]
        if self.depth and (len(above) > 1 or len(lines) == 1):
            self.spots.append(Spot(above.pop(0), at, 0, len(lines), self.depth))
        self.spots += (Spot(cell, at, self.depth, 1, _width(row.heads)) for cell in above)
        for number, cells in enumerate(lines):
            for cell in cells:
                if cell.key in placed:
                    column, width, is_leaf = placed[cell.key]
                    height = len(lines) - number if is_leaf else 1
                    self.spots.append(Spot(cell, at + number, column, height, width))


def _keys(lines: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return [[cell.key for cell in cells] for cells in lines]


def _expected(group: HeadGroup) -> list[list[str]]:
    return [
        [head if isinstance(head, str) else head.key for head in heads]
        for heads in head_rows(group)
    ]


def _width(group: HeadGroup) -> int:
    return sum(column.unit is not None for column in group.columns)


def _placed(group: HeadGroup, column: int) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    """Where each head begins, over how many columns it goes, and whether it is one column's."""
    if group.caption:
        yield group.caption, (column, _width(group), False)
    for member in group.members:
        if isinstance(member, HeadGroup):
            yield from _placed(member, column)
            column += _width(member)
        elif member.unit is not None:
            yield member.key, (column, 1, True)
            column += 1
