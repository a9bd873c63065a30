"""Find tables without ruled lines, by the positions of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gischema.chinese.enumerators import CHAPTER
from gischema.reading.pdf.join_unruled_rows import continues_label, join_labels, label_above
from gischema.reading.pdf.page_content import Box, bounding_box
from gischema.reading.pdf.ruled_tables import BROKEN, PLACED, PdfCell, PdfTable
from gischema.reading.pdf.text_lines import PdfLine
from gischema.reading.pdf.unruled_rows import PdfRow, is_near, parted_at_edges, rows_of

_CHAPTER = re.compile(CHAPTER)
_MANY = 5  # figures: a single row with as many is a table
_AMONG = 2  # lines without columns that may stand between lines with columns


def with_unruled_tables(lines: Sequence[PdfLine], page: int) -> list[PdfLine | PdfTable]:
    """Return lines, those that form tables put together."""
    rows = list(rows_of(lines))
    parts: list[PdfLine | PdfTable] = []
    at = 0
    for start, end in _regions(rows):
        parts += _sources(rows[at:start])
        parts.append(_table(rows[start:end], page))
        at = end
    return [*parts, *_sources(rows[at:])]


def _sources(rows: Sequence[PdfRow]) -> list[PdfLine]:
    return [line for row in rows for line in row.sources]


def _regions(rows: Sequence[PdfRow]) -> Iterator[tuple[int, int]]:
    """Yield the first row of each table, and the first row behind it."""
    groups: list[list[int]] = []
    chapter = False
    end = 0  # behind the last row of the last group, with the rest of its labels
    for at, row in enumerate(rows):
        if len(row.lines) < 2:
            chapter = chapter or (at >= end and _CHAPTER.match(row.lines[0].text) is not None)
            continue
        begins = chapter and not row.values  # heads behind the heading of a chapter
        chapter = False
        if groups and at - end <= _AMONG and not begins:
            groups[-1].append(at)
        else:
            groups.append([at])
        if at >= end or row.values:
            end = _end_of_labels(rows, at)
    for group in groups:
        figures = [len(rows[at].values) for at in group if rows[at].values]
        if len(figures) >= 2 or sum(figures) >= _MANY:
            yield group[0], max(_end_of_labels(rows, at) for at in group)


def _end_of_labels(rows: Sequence[PdfRow], at: int) -> int:
    """Return the number of the first line behind a row that does not continue its labels."""
    end = at + 1
    if rows[at].values:
        while end < len(rows) and continues_label(rows[at], rows[end]):
            if not is_near(rows[end - 1].lines[0], rows[end].lines[0]):
                break
            end += 1
    return end


def _table(rows: Sequence[PdfRow], page: int) -> PdfTable:
    cells: list[list[PdfCell]] = []
    run: list[PdfRow] = []
    for row in join_labels(parted_at_edges(rows)):
        if row.values:
            run.append(row)
            continue
        cells += _padded(run, page)
        run = []
        cells.append(_label_cells(row, page))
    cells += _padded(run, page)
    box = bounding_box(line.box for row in rows for line in row.lines)
    return PdfTable(page, box, cells)


def _label_cells(row: PdfRow, page: int) -> list[PdfCell]:
    """Return the cells before the figures, each label with its further lines."""
    parts = [[label] for label in row.labels]
    for rest in row.rests:
        parts[label_above(row, rest) or 0].append(rest)
    return [_cell(part, page) for part in parts]


def _padded(run: Sequence[PdfRow], page: int) -> list[list[PdfCell]]:
    """Return the rows of one block, with an empty cell where a column holds nothing.

    A column is where figures of several rows stand below each other; dashes make none. If the
    columns are not certain, no cell is added; the number of figures then shows that the row lacks
    some.
    """
    counted = [row for row in run if _has_digits(row)]
    columns = _columns([value.box for row in counted for value in row.values])
    places = [[_column(columns, value.box) for value in row.values] for row in run]
    certain = all(len(set(row)) == len(row) for row in places) and any(
        len(row) == len(columns) for row in places
    )
    rows = []
    for row, taken in zip(run, places, strict=True):
        cells = [_cell([value], page) for value in row.values]
        for cell, value in zip(cells, row.values, strict=True):
            if value in row.broken:
                cell.doubts[BROKEN] = [value.text]
            if row.torn:
                cell.doubts[PLACED] = []
        if certain and None not in taken:
            cells = _spread(dict(zip(taken, cells, strict=True)), columns)
        rows.append([*_label_cells(row, page), *cells])
    return rows


def _spread(
    found: Mapping[int | None, PdfCell], columns: Sequence[tuple[float, float]]
) -> list[PdfCell]:
    """Return the cells of a row with empty ones added, which make its figures doubtful."""
    first = next(iter(found.values()))
    _, top, _, bottom = first.box
    cells = [
        found.get(number) or PdfCell("", first.page, (left, top, right, bottom))
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


def _column(columns: Sequence[tuple[float, float]], box: Box) -> int | None:
    return next((n for n, (left, right) in enumerate(columns) if left <= box[0] <= right), None)


def _has_digits(row: PdfRow) -> bool:
    return any(any(map(str.isdigit, value.text)) for value in row.values)


def _cell(lines: Sequence[PdfLine], page: int) -> PdfCell:
    return PdfCell(
        "".join(line.text for line in lines), page, bounding_box(line.box for line in lines)
    )
