"""Where a run of column heads begins and ends, and which numbers stand below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gischema.report import Amount
from gischema.tables.header_layout import begins, mentions
from gischema.tables.items import NumberCells, PrintedLabel, SideNote, UnknownText
from gischema.tables.label_roles import is_column_head, is_known, may_be_head, may_be_row
from gischema.tables.numbers import read_value
from gischema.tables.printed_units import counter_stated
from gischema.tables.region import Region
from gischema.tables.row_neighbours import has_own_line, is_in_bars

_SOON = 3  # items from a text among heads to the next label
_REACH = 16  # items to look at on a line
_UNIT = "单位"
_UNITS = frozenset({_UNIT, f"计量{_UNIT}"})
_MAX_HEAD = 30  # characters of a head that no grammar knows


def begins_heads(region: Region, at: int) -> bool:
    """Return True if column heads begin at item `at`.

    One of the heads that follow each other there is no row. No figures stand behind the first one
    on its line: the word of a head before them is a label (`小计 | 3 | 0`).
    """
    form = region.form
    first = region.items[at]
    if not isinstance(first, PrintedLabel) or not is_column_head(first, form):
        return False
    if is_in_bars(region, at + 1) and isinstance(region.items[at + 1], NumberCells):
        return False
    for item in region.items[at:]:
        if not isinstance(item, PrintedLabel) or item.tail is not None:
            return False
        if not may_be_head(item, form):
            return False
        if not may_be_row(item, form):
            return True
    return False


def head_run(region: Region, at: int) -> tuple[list[PrintedLabel | UnknownText], int]:
    """Return the heads from item `at` on, and the first item after them."""
    run: list[PrintedLabel | UnknownText] = []
    form = region.form
    while at < len(region.items):
        item = region.items[at]
        if isinstance(item, NumberCells):
            break
        if is_known(item, form):
            if is_column_head(item, form):
                run.append(item)
            elif not item.terminals(form.id).keys() <= form.ignored:
                break
        elif not isinstance(item, SideNote) and not _is_no_head(region, item, run):
            if item.tail or len(item.text) > _MAX_HEAD or not _is_followed_by_label(region, at):
                break
            run.append(item)
        at += 1
    return run, at


def number_rows_below(region: Region, at: int) -> Iterator[list[Amount]]:
    """Yield the rows of numbers between item `at` and the next heads."""
    cells = region.scan.cells
    for item in region.items[at:]:
        texts: list[str] = []
        if isinstance(item, NumberCells):
            texts = [cell.text for cell in cells[item.first : item.last + 1] if cell.text]
        elif isinstance(item, PrintedLabel):
            if may_be_head(item, region.form) and not may_be_row(item, region.form):
                return
            texts = item.tail.text.split() if item.tail is not None else []
        numbers = [read_value(text).number for text in texts]
        known = [number for number in numbers if number is not None]
        if len(known) == len(texts) > 1:
            yield known


def _is_no_head(
    region: Region, item: PrintedLabel | UnknownText, run: Sequence[PrintedLabel | UnknownText]
) -> bool:
    """Return True for a line with a unit, and for one without bars below heads in bars.

    That is the title at the head of a page, the time of printing, words of the site. It is read
    as heads if it is like any.
    """
    if _is_unit_line(region, item):
        return True
    cells = region.scan.cells
    if isinstance(item, PrintedLabel) or not has_own_line(region, item):
        return False
    in_bars = bool(run) and cells[run[-1].last].closing == "|" != cells[item.first].closing
    like = (mentions(one, item.text) or begins(one, item.text) for one in region.form.heads)
    return in_bars and not any(like)


def _is_unit_line(region: Region, item: PrintedLabel | UnknownText) -> bool:
    """Return True if a text states the unit of a table and nothing else: `单位:件`.

    Or it is the head of a column of units, which hold no figures.
    """
    text = region.scan.cells[item.first].text
    return text in _UNITS or (text.startswith(_UNIT) and counter_stated(text) is not None)


def _is_followed_by_label(region: Region, at: int) -> bool:
    """Return True if a label of the form follows a text among heads before any figures do.

    It follows soon, or behind other texts on the same line.
    """
    cells, line = region.scan.cells, region.scan.cells[region.items[at].first].line
    for distance, item in enumerate(region.items[at + 1 : at + 1 + _REACH]):
        if isinstance(item, NumberCells):
            return False
        if is_known(item, region.form):
            return True
        if distance + 1 >= _SOON and cells[item.first].line != line:
            return False
    return False
