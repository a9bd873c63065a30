"""Tables without ruled lines: cells told apart by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import define

from gischema.reading.pdf.lines import Line
from gischema.reading.pdf.sheet import Box, surround
from gischema.reading.pdf.table import Table, TableCell

_CELL_GAP = 1.2  # of the size: from what gap on two words stand in two cells
_CLOSE = 0.9  # of the size: lines of one cell stand no further apart
_AMONG = 2  # lines without columns that may stand between lines with columns
_FIGURES = re.compile(r"[\d０-９.,．，+/\-—―－ ]+(?:万元|元|件|条|次|个|%)?")
_ENUMERATOR = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）).．、﹒]|第[一二三四五六七八九十]+"
)


@define(eq=False, repr=False)
class _Row:
    """A line of a table: what stands before its figures, and its figures."""

    labels: list[Line]
    values: list[Line]

    @property
    def lines(self) -> list[Line]:
        return self.labels + self.values


def aligned(lines: Sequence[Line], page: int) -> list[Line | Table]:
    """Lines with those that form tables put together."""
    rows = [_row(line) for line in lines]
    parts: list[Line | Table] = []
    at = 0
    for start, end in _regions(rows):
        parts += lines[at:start]
        parts.append(_table(rows[start:end], page))
        at = end
    return [*parts, *lines[at:]]


def _row(line: Line) -> _Row:
    cells = line.split(_CELL_GAP * line.size)
    first = len(cells)
    while first and _FIGURES.fullmatch(cells[first - 1].text):
        first -= 1
    return _Row(cells[:first], cells[first:])


def _regions(rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """The first row of each table, and the first behind it."""
    spread = [at for at, row in enumerate(rows) if len(row.lines) > 1]
    groups: list[list[int]] = []
    for at in spread:
        if groups and at - groups[-1][-1] <= _AMONG + 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    for group in groups:
        if sum(1 for at in group if rows[at].values) < 2:
            continue
        end = group[-1] + 1
        while end < len(rows) and _goes_on(rows[end - 1], rows[end]):
            end += 1
        yield group[0], end


def _table(rows: Sequence[_Row], page: int) -> Table:
    merged = _unwrapped(rows)
    cells: list[list[TableCell]] = []
    run: list[tuple[list[TableCell], list[Line]]] = []
    for labels, values in merged:
        label_cells = [_cell(label, page) for label in labels]
        if not values:
            cells += _padded(run, page)
            run = []
            cells.append(label_cells)
        else:
            run.append((label_cells, values))
    cells += _padded(run, page)
    box = surround(line.box for row in rows for line in row.lines)
    return Table(page, box, cells, aligned=True)


def _unwrapped(rows: Sequence[_Row]) -> list[tuple[list[list[Line]], list[Line]]]:
    """The rows with labels that run over several lines put together."""
    merged: list[tuple[list[list[Line]], list[Line]]] = []
    for number, row in enumerate(rows):
        labels = [[label] for label in row.labels]
        before = rows[number - 1] if number else None
        if before and merged and _goes_on(before, row):
            merged[-1][0][-1].extend(row.labels)
        elif before and merged and not row.labels and _is_near(before, row) and not before.values:
            merged[-1][1].extend(row.values)
        else:
            merged.append((labels, list(row.values)))
    return merged


def _goes_on(before: _Row, row: _Row) -> bool:
    """Whether a row is nothing but the rest of the label of the one before."""
    if len(row.labels) != 1 or row.values or not before.lines or not before.values:
        return False
    if _ENUMERATOR.match(row.labels[0].text) or not _is_near(before, row):
        return False
    label, rest = (before.labels or before.values)[-1].box, row.labels[0].box
    if not before.labels:
        return rest[2] <= label[0]
    return abs(label[0] - rest[0]) < 2 * row.labels[0].size or rest[0] < label[2]


def _is_near(before: _Row, row: _Row) -> bool:
    lower, upper = row.lines[0], before.lines[0]
    return lower.box[1] - upper.box[3] <= _CLOSE * lower.size


def _padded(run: Sequence[tuple[list[TableCell], list[Line]]], page: int) -> list[list[TableCell]]:
    """Rows of one block with an empty cell where a column holds nothing.

    Columns are where figures of several rows stand below each other. Where that is not certain no
    cell is added: a row that lacks figures then shows by their number.
    """
    columns = _columns([value.box for _, values in run for value in values])
    places = [[_column(columns, value.box) for value in values] for _, values in run]
    certain = all(len(set(row)) == len(row) for row in places) and any(
        len(row) == len(columns) for row in places
    )
    rows = []
    for (labels, values), row in zip(run, places, strict=True):
        cells = [_cell([value], page) for value in values]
        if certain:
            found = dict(zip(row, cells, strict=True))
            top, bottom = values[0].box[1], values[0].box[3]
            cells = [
                found.get(number) or TableCell("", page, (left, top, right, bottom))
                for number, (left, right) in enumerate(columns)
            ]
        rows.append([*labels, *cells])
    return rows


def _columns(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for left, _, right, _ in sorted(boxes):
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _column(columns: Sequence[tuple[float, float]], box: Box) -> int:
    return next(n for n, (left, right) in enumerate(columns) if left <= box[0] <= right)


def _cell(lines: Sequence[Line], page: int) -> TableCell:
    return TableCell(
        "".join(line.text for line in lines), page, surround(line.box for line in lines)
    )
