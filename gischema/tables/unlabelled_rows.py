"""Rows whose label is not printed: which row of the form their figures may be."""

from __future__ import annotations

from gischema.forms.form import HeadGroup, Row
from gischema.tables.arrange_cells import arrange
from gischema.tables.items import Item, PrintedLabel
from gischema.tables.numbers import read_value
from gischema.tables.region import Region
from gischema.tables.row_cells import RowCells, gather, whole_line
from gischema.tables.row_neighbours import row_at, stop_before


def cells_without_label(region: Region, at: int, end: int) -> RowCells:
    """Return the cells of a row that begins with the numbers of item `at`, up to item `end`."""
    scan, stop = region.scan, stop_before(region, end)
    cells = whole_line(scan.cells, region.items[at].first, stop, leading=scan.leading_bars)
    if cells is not None:
        return cells
    return gather(scan.cells, region.items[at - 1].last if at else 0, stop)


def row_between(region: Region, last_row: int, block: HeadGroup | None, end: int) -> Row | None:
    """Return the only row of the form between the last one and that of item `end`, if there is one.

    Args:
        region: The region.
        last_row: The place of the last row in the form; -1 before the first.
        block: The head block that was printed last.
        end: The item after the figures.
    """
    following = row_at(region, end)
    if following is None:
        return None
    form = region.form
    rows = [
        row
        for row in form.rows[last_row + 1 : form.order[following]]
        if row.heads == following.heads and not row.group and row.placed
    ]
    return rows[-1] if len(rows) == 1 and block == following.heads else None


def row_of_sums(region: Region, last_row: int, cells: RowCells) -> Row | None:
    """Return a row without a label whose heads were not read, if figures can only be its own.

    It stands further on in the form than the last row. There are as many figures as it has
    columns, and the sums of the form hold.
    """
    form = region.form
    for row in form.rows_of.get(form.unlabelled, ()):
        further = -1 < last_row < form.order[row]
        if further and row.heads is not None and _sums_hold(row, row.heads, cells, region):
            return row
    return None


def _sums_hold(row: Row, heads: HeadGroup, cells: RowCells, region: Region) -> bool:
    if not heads.sums:
        return False
    arranged = arrange(cells, len(row.columns), region.usual_gap, summed=True)
    numbers = [read_value(piece.text).number for piece in arranged.pieces]
    if arranged.doubt or len(numbers) != len(row.columns):
        return False
    stated = {c: n for c, n in zip(row.columns, numbers, strict=True) if n is not None}
    return len(stated) == len(numbers) and all(
        stated[total] == sum(stated[part] for part in parts) for total, parts in heads.sums
    )


def shares_line_with_label(region: Region, item: Item, end: int) -> bool:
    """Return True if the figures below an item share their line with the label of item `end`."""
    if end >= len(region.items) or not isinstance(region.items[end], PrintedLabel):
        return False
    items = (item, region.items[end - 1], region.items[end])
    above, figures, label = (region.scan.cells[each.first].line for each in items)
    return above < figures == label
