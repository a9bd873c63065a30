"""Which items belong to the row of a label: its figures, words in their place, units."""

from __future__ import annotations

import re

from gischema.chinese.enumerators import ORDINAL
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.items import NumberCells, PrintedLabel, SideNote, UnknownText
from gischema.tables.label_roles import is_unit_item
from gischema.tables.placeholders import is_odd
from gischema.tables.region import Region
from gischema.tables.remarks import ERRORS, figure_before_words, is_remark
from gischema.tables.row_neighbours import has_own_line, is_in_bars, row_at

_NUMBER = re.compile(rf"\(?{ORDINAL}[)、]?")
_MAX_WORD = 12  # characters of a word that may stand in place of a figure


def row_end(region: Region, at: int) -> int:
    """Return the first item after the row of item `at`: after its figures and words among them."""
    items = region.items
    at += 1
    while at < len(items):
        item = items[at]
        if isinstance(item, PrintedLabel):
            break
        is_figure = isinstance(item, NumberCells) or is_unit_item(item, region.form)
        if not is_figure and not _is_cell_of_row(region, at):
            break
        at += 1
    return at


def furniture_end(region: Region, at: int) -> int:
    """Return the first item after page furniture and its number; in bars, both share a line."""
    cells = region.scan.cells
    last, end = cells[region.items[at].last], row_end(region, at)
    while last.closing == "|" and end > at + 1:
        if cells[region.items[end - 1].first].line == last.line:
            break
        end -= 1
    return end


def _is_cell_of_row(region: Region, at: int) -> bool:
    """Return True if the words of item `at` stand in a cell of a row.

    They stand after its figures, or in place of its only one.
    """
    item = region.items[at]
    assert isinstance(item, (UnknownText, SideNote))
    if isinstance(item, UnknownText) and _begins_row(region, at, item):
        return False
    is_word = len(squeeze(item.text)) <= _MAX_WORD
    if not is_in_bars(region, at):
        return _is_line_of_row(region, at, item, is_word=is_word)
    if not is_word and not figure_before_words(item.text):
        label_before = isinstance(region.items[at - 1], PrintedLabel)
        return not label_before and is_remark(item.text) and not is_in_bars(region, at + 1)
    return not isinstance(region.items[at - 1], PrintedLabel) or _may_hold_words(region, at, item)


def _begins_row(region: Region, at: int, item: UnknownText) -> bool:
    """Return True if words have a number as labels do, or a unit and a figure behind them."""
    if strip_enumerator(item.text)[1] and not figure_before_words(item.text):
        return True
    unit, figure = (*region.items[at + 1 : at + 3], None, None)[:2]
    is_unit = unit is not None and is_unit_item(unit, region.form)
    return is_unit and isinstance(figure, NumberCells)


def _is_line_of_row(
    region: Region, at: int, item: UnknownText | SideNote, *, is_word: bool
) -> bool:
    """Return True if a line of words stands in place of a figure, or begins with one."""
    if not isinstance(item, UnknownText) or not has_own_line(region, item):
        return False
    if is_word and is_odd(item.text):
        return not _is_cut_label(region, at, item)
    following = region.items[at + 1] if at + 1 < len(region.items) else None
    within_table = isinstance(following, (PrintedLabel, NumberCells))
    return within_table and bool(figure_before_words(item.text))


def _is_cut_label(region: Region, at: int, item: UnknownText) -> bool:
    """Return True if the last words of the text begin a label, which was cut off: `第二`.

    Or they are the number of one (`三`), and figures stand before it.
    """
    if at + 1 < len(region.items) or region.stop < len(region.scan.cells):
        return False
    if _NUMBER.fullmatch(item.text):
        return isinstance(region.items[at - 1], NumberCells)
    labels = region.form.labels.values()
    begun = any(each.text.startswith(item.text) for label in labels for each in label.wordings)
    return begun and len(item.text) > 1


def _may_hold_words(region: Region, at: int, item: UnknownText | SideNote) -> bool:
    """Return True if words may stand in the first cell after a label.

    The label is that of a row with one column, or of one that is no group, or the words are an
    error of a spreadsheet.
    """
    row = row_at(region, at - 1)
    if row is None:
        return False
    is_error = isinstance(item, UnknownText) and item.text.startswith(ERRORS)
    return row.heads is None or is_error or not row.group
