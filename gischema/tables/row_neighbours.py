"""Where an item of a region stands, and what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, takewhile

from gischema.forms.form import Row
from gischema.tables.items import Item, NumberCells, PrintedLabel, SideNote, UnknownText
from gischema.tables.label_roles import is_unit_item
from gischema.tables.placeholders import is_odd
from gischema.tables.region import Region

STOP = "。"
"""What sentences end in, and no cell of a table."""

_MAX_LINES = 3  # lines of a label above its figures, or below them


def place_of(region: Region, item: Item) -> tuple[str, int, int]:
    """Return the text of an item, and where it begins and ends."""
    if isinstance(item, PrintedLabel):
        return item.text, item.start, item.end
    cells = region.scan.cells
    text = "" if isinstance(item, NumberCells) else item.text
    return text, cells[item.first].start, cells[item.last].end


def stop_before(region: Region, at: int) -> int:
    """Return the first cell after a row that ends before item `at`."""
    return region.items[at].first if at < len(region.items) else region.stop


def row_at(region: Region, at: int) -> Row | None:
    """Return the row whose label is item `at`; the row without a label if figures stand there."""
    form = region.form
    item = region.items[at] if at < len(region.items) else None
    if isinstance(item, PrintedLabel):
        rows = (row for name in item.terminals(form.id) for row in form.rows_of.get(name, ()))
        return next(rows, None)
    if isinstance(item, NumberCells):
        return next(iter(form.rows_of.get(form.unlabelled, ())), None)
    return None


def is_followed_by_figures(region: Region, at: int) -> bool:
    """Return True if figures follow item `at`, glued to it or after no more than a unit."""
    first = region.items[at]
    if isinstance(first, (PrintedLabel, UnknownText)) and first.tail is not None:
        return True
    for item in region.items[at + 1 : at + 3]:
        if isinstance(item, NumberCells) or (isinstance(item, UnknownText) and is_odd(item.text)):
            return True
        if not is_unit_item(item, region.form):
            return False
    return False


def is_in_bars(region: Region, at: int) -> bool:
    """Return True if item `at` shares its line with the item before it, a bar between them."""
    if at >= len(region.items):
        return False
    first, last = region.items[at].first, region.items[at - 1].last
    cells = region.scan.cells
    return cells[last].line == cells[first].line and cells[first - 1].closing in ("|", "\t")


def has_own_line(region: Region, item: UnknownText | SideNote) -> bool:
    """Return True if nothing else is printed on the line of a text."""
    cells = region.scan.cells
    line = cells[item.first].line
    above = (cells[place] for place in range(item.first - 1, -1, -1))
    below = (cells[place] for place in range(item.last + 1, len(cells)))
    near = chain(*(takewhile(lambda cell: cell.line == line, each) for each in (above, below)))
    return not any(cell.text for cell in near)


def lines_above(region: Region, at: int) -> list[str]:
    """Return the lines of words above item `at`, the next one first."""
    return list(_lines(region, at, range(at - 1, -1, -1)))


def lines_below(region: Region, at: int, end: int) -> list[str]:
    """Return the lines of words below the row of item `at`, which ends before item `end`."""
    return list(_lines(region, at, range(end, len(region.items))))


def _lines(region: Region, at: int, places: Iterable[int]) -> Iterator[str]:
    """Yield the texts of the items at `places`, as long as each has a line for itself."""
    cells = region.scan.cells
    line = cells[region.items[at].last].line
    for place in islice(places, _MAX_LINES):
        item = region.items[place]
        if not isinstance(item, UnknownText) or item.tail or STOP in item.text:
            return
        if cells[item.first].line == line:
            return
        line = cells[item.first].line
        yield item.text
