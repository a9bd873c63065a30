"""Turn ruled lines into the cells of tables.

A line is a wall between the places of a grid. Places without a wall between them are one cell. The
outside of a table is a wall even where no line is drawn: Chinese tables are often open at their
sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from attrs import define, frozen

from gischema.reading.pdf.page_content import Box, Ruling

_NEAR = 3.0  # points: lines this close are one
_SHORTEST = 4.0  # points: shorter lines are strokes of a drawing
_COVERED = 0.6  # of a place's side: a line that covers as much is a wall
_MAX_RULINGS = 4_000  # of a page; a map has more
_MAX_PLACES = 40_000


@frozen
class RuledCell:
    """A cell: the row and column in which it begins, and its box."""

    row: int
    column: int
    box: Box


@frozen
class RuledGrid:
    """The cells of a table, row by row, and the positions of its lines.

    `across` holds the heights of the lines across the page, `down` the distances from the left of
    those down the page. `open_left` and `open_right` are set if no line closes the table at that
    side.
    """

    cells: tuple[RuledCell, ...]
    across: tuple[float, ...]
    down: tuple[float, ...]
    open_left: bool = False
    open_right: bool = False

    @property
    def box(self) -> Box:
        """Return the box around the table."""
        return self.down[0], self.across[0], self.down[-1], self.across[-1]


def find_grids(rulings: Iterable[Ruling]) -> list[RuledGrid]:
    """Return the tables that ruled lines make, from top to bottom, but no single cells."""
    lines = _merged(rulings)
    if len(lines) > _MAX_RULINGS:
        return []
    found = [grid for group in _connected(lines) if (grid := _grid(group))]
    return sorted(found, key=lambda grid: (grid.box[1], grid.box[0]))


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the lines, those that overlap or continue each other merged into one."""
    merged: list[Ruling] = []
    for across in (True, False):
        ordered = sorted((r for r in rulings if r.across is across), key=lambda r: r.at)
        group: list[Ruling] = []
        for ruling in ordered:
            if group and ruling.at - group[0].at > _NEAR:
                merged += _joined(group)
                group = []
            group.append(ruling)
        if group:
            merged += _joined(group)
    return merged


def _joined(group: list[Ruling]) -> list[Ruling]:
    at = sum(ruling.at for ruling in group) / len(group)
    spans: list[list[float]] = []
    for ruling in sorted(group, key=lambda r: r.start):
        if spans and ruling.start <= spans[-1][1] + _NEAR:
            spans[-1][1] = max(spans[-1][1], ruling.end)
        else:
            spans.append([ruling.start, ruling.end])
    across = group[0].across
    return [Ruling(across, at, a, b) for a, b in spans if b - a >= _SHORTEST]


def _connected(lines: Sequence[Ruling]) -> list[list[Ruling]]:
    """Return the lines in groups that touch each other."""
    union = _DisjointSets(len(lines))
    downs = sorted((i for i, r in enumerate(lines) if not r.across), key=lambda i: lines[i].at)
    for i, line in enumerate(lines):
        if not line.across:
            continue
        for j in downs:
            other = lines[j]
            if other.at > line.end + _NEAR:
                break
            if (
                other.at >= line.start - _NEAR
                and other.start - _NEAR <= line.at <= other.end + _NEAR
            ):
                union.join(i, j)
    groups: dict[int, list[Ruling]] = defaultdict(list)
    for i, line in enumerate(lines):
        groups[union.find(i)].append(line)
    return list(groups.values())


def _grid(lines: Sequence[Ruling]) -> RuledGrid | None:
    """Return the grid of lines that touch each other, None if they make no table."""
    across = [line for line in lines if line.across]
    down = [line for line in lines if not line.across]
    if len(across) < 2 or not down:
        return None
    rows, columns = _levels_of(across, down), _levels_of(down, across)
    if not 1 < len(rows) * len(columns) <= _MAX_PLACES:
        return None
    cells = _cells(rows, columns, across, down)
    if len(cells) < 2:
        return None
    drawn = [ruling.at for ruling in down]
    open_left, open_right = min(drawn) > columns[0] + _NEAR, max(drawn) < columns[-1] - _NEAR
    return RuledGrid(tuple(cells), tuple(rows), tuple(columns), open_left, open_right)


def _levels_of(lines: Iterable[Ruling], crossing: Iterable[Ruling]) -> list[float]:
    """Return the levels of lines in one direction, and those at which crossing lines end."""
    ends = [end for line in crossing for end in (line.start, line.end)]
    return _levels([*(line.at for line in lines), *ends])


def _levels(values: Iterable[float]) -> list[float]:
    """Return the values, those near each other merged into one."""
    levels: list[list[float]] = []
    for value in sorted(values):
        if levels and value - levels[-1][0] <= _NEAR:
            levels[-1].append(value)
        else:
            levels.append([value])
    return [sum(level) / len(level) for level in levels]


def _cells(
    rows: list[float], columns: list[float], across: list[Ruling], down: list[Ruling]
) -> list[RuledCell]:
    height, width = len(rows) - 1, len(columns) - 1
    if height < 1 or width < 1:
        return []
    floors = _walls(rows, columns, across)
    sides = _walls(columns, rows, down)
    union = _DisjointSets(height * width)
    for row in range(height):
        for column in range(width):
            place = row * width + column
            if column + 1 < width and (column + 1, row) not in sides:
                union.join(place, place + 1)
            if row + 1 < height and (row + 1, column) not in floors:
                union.join(place, place + width)
    regions: dict[int, list[int]] = defaultdict(list)
    for place in range(height * width):
        regions[union.find(place)].append(place)
    cells = [cell for places in regions.values() for cell in _boxes(places, width, rows, columns)]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _walls(
    levels: list[float], steps: list[float], rulings: Iterable[Ruling]
) -> set[tuple[int, int]]:
    """Return which levels have a wall over which steps, both as indices."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for ruling in rulings:
        level = min(range(len(levels)), key=lambda i: abs(levels[i] - ruling.at))
        for step in range(len(steps) - 1):
            over = min(ruling.end, steps[step + 1]) - max(ruling.start, steps[step])
            if over > 0:
                covered[level, step] += over / (steps[step + 1] - steps[step])
    return {place for place, share in covered.items() if share >= _COVERED}


def _boxes(
    places: list[int], width: int, rows: list[float], columns: list[float]
) -> list[RuledCell]:
    """Return the places of one region as a cell, or as one cell a row if they form no rectangle."""
    by_row: dict[int, list[int]] = defaultdict(list)
    for place in places:
        by_row[place // width].append(place % width)
    spans = {(min(found), max(found)) for found in by_row.values()}
    groups = [list(by_row)] if len(spans) == 1 else [[row] for row in by_row]
    cells = []
    for group in groups:
        first, last = min(by_row[group[0]]), max(by_row[group[0]])
        top, bottom = rows[min(group)], rows[max(group) + 1]
        cells.append(RuledCell(min(group), first, (columns[first], top, columns[last + 1], bottom)))
    return cells


@define(init=False)
class _DisjointSets:
    """Sets of numbers that can be joined (union-find)."""

    _parents: list[int]

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def find(self, one: int) -> int:
        """Return the number that stands for the set of `one`."""
        while self._parents[one] != one:
            self._parents[one] = self._parents[self._parents[one]]
            one = self._parents[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Join the sets of two numbers."""
        self._parents[self.find(one)] = self.find(other)
