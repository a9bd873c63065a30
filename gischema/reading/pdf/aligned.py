"""Tables without ruled lines: cells told apart by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, field

from gischema.reading.pdf.lines import Line
from gischema.reading.pdf.sheet import Box, surround
from gischema.reading.pdf.table import ENUMERATOR, PLACED, Table, TableCell

_CELL_GAP = 1.2  # of the size: from what gap on two words stand in two cells
_CLOSE = 0.9  # of the size: lines of one cell stand no further apart
_INDENT = 2  # of the size: how far apart lines of one label may begin
_AMONG = 2  # lines without columns that may stand between lines with columns
_FIGURES = re.compile(r"[\d０-９.,．，+/\-—―－ ]+(?:万元|元|件|条|次|个|%)?")


@define(eq=False, repr=False)
class _Row:
    """A row of a table: what stands before its figures, its figures, and the rest of its label."""

    labels: list[Line]
    values: list[Line]
    rests: list[Line] = field(factory=list)

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
        while end < len(rows) and rows[end - 1].values and _is_rest(rows[end - 1], rows[end]):
            end += 1
        yield group[0], end


def _table(rows: Sequence[_Row], page: int) -> Table:
    cells: list[list[TableCell]] = []
    run: list[_Row] = []
    for row in _unwrapped(rows):
        if row.values:
            run.append(row)
            continue
        cells += _padded(run, page)
        run = []
        cells.append(_label_cells(row, page))
    cells += _padded(run, page)
    box = surround(line.box for row in rows for line in row.lines)
    return Table(page, box, cells)


def _label_cells(row: _Row, page: int) -> list[TableCell]:
    """The cells before the figures; what a label lacks stands on the lines below it."""
    parts = [[label] for label in row.labels]
    if parts:
        parts[-1] += row.rests
    return [_cell(part, page) for part in parts]


def _unwrapped(rows: Sequence[_Row]) -> list[_Row]:
    """The rows with labels that run over several lines put together."""
    merged: list[_Row] = []
    for before, row in zip((None, *rows), rows, strict=False):
        last = merged[-1] if merged else None
        if before is None or last is None or not _is_near(before, row):
            merged.append(evolve(row, labels=list(row.labels)))
        elif last.values and _is_rest(last, row):
            last.rests.append(row.labels[0])
        elif _is_amid(last, row):
            last.labels[:0] = row.labels
            last.values = row.values
        else:
            merged.append(evolve(row, labels=list(row.labels)))
    return merged


def _is_amid(row: _Row, following: _Row) -> bool:
    """Whether figures stand beside the middle of a label that begins on the line above them.

    What may stand before them is the label of a group, in a column of its own.
    """
    if row.values or len(row.labels) != 1 or not following.values:
        return False
    return all(label.box[2] <= row.labels[0].box[0] for label in following.labels)


def _is_rest(row: _Row, following: _Row) -> bool:
    """Whether a line is nothing but the rest of the label of the row before."""
    if len(following.labels) != 1 or following.values or not row.labels:
        return False
    label, rest = row.labels[-1], following.labels[0]
    if ENUMERATOR.match(rest.text) or rest.box[2] > row.values[0].box[0]:
        return False
    return abs(label.box[0] - rest.box[0]) < _INDENT * rest.size


def _is_near(before: _Row, row: _Row) -> bool:
    lower, upper = row.lines[0], before.lines[0]
    return lower.box[1] - upper.box[3] <= _CLOSE * lower.size


def _padded(run: Sequence[_Row], page: int) -> list[list[TableCell]]:
    """Rows of one block with an empty cell where a column holds nothing.

    Columns are where figures of several rows stand below each other. Where that is not certain no
    cell is added: a row that lacks figures then shows by their number.
    """
    columns = _columns([value.box for row in run for value in row.values])
    places = [[_column(columns, value.box) for value in row.values] for row in run]
    certain = all(len(set(row)) == len(row) for row in places) and any(
        len(row) == len(columns) for row in places
    )
    rows = []
    for row, taken in zip(run, places, strict=True):
        cells = [_cell([value], page) for value in row.values]
        if certain:
            cells = _spread(dict(zip(taken, cells, strict=True)), columns)
        rows.append([*_label_cells(row, page), *cells])
    return rows


def _spread(
    found: Mapping[int, TableCell], columns: Sequence[tuple[float, float]]
) -> list[TableCell]:
    """The cells of a row, empty ones where a column holds nothing; its figures are then placed."""
    first = next(iter(found.values()))
    _, top, _, bottom = first.box
    cells = [
        found.get(number) or TableCell("", first.page, (left, top, right, bottom))
        for number, (left, right) in enumerate(columns)
    ]
    if len(found) < len(columns):
        for cell in cells:
            cell.doubts[PLACED] = []
    return cells


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
