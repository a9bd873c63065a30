"""Classify one cell of a text, together with the cells behind it that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gischema.forms.label_index import LabelIndex
from gischema.forms.labels import strip_enumerator
from gischema.tables.items import (
    GluedNumbers,
    Item,
    NumberCells,
    PrintedLabel,
    SideNote,
    UnknownText,
)
from gischema.tables.match_label import MAX_GLUED, MAX_NOTE, LabelMatcher, plain_label
from gischema.tables.numbers import LAST, is_no_figure, is_value
from gischema.tables.remarks import STOPS
from gischema.tables.tokenize import TextCell, next_with_text
from gischema.tables.trailing_numbers import figures_at_end, marked_figures_at_end

_MAX_BRACKET_CELLS = 8  # cells over which a text in brackets may run
_PAGE_MARK = re.compile(
    r"(?:第\s*\d+\s*页)?\s*[,/]?\s*(?:共\s*\d+\s*页)?\Z|[-—]\s*\d{1,4}\s*[-—]\Z"
    r"|(?:Page|PAGE|page|P\.?|p\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d+)?\s*(?:-.{0,30})?\Z"
)
_ROW_NUMBER = re.compile(r"\d{1,2}(?:\s+|(?=[^\d\s.,%]))")


def classify_cell(cells: Sequence[TextCell], position: int, index: LabelIndex) -> Item | None:
    """Return the item that begins in the cell at `position`; None if the cell is empty."""
    text = cells[position].text
    if not text:
        return None
    if _is_page_mark(text):
        return SideNote(position, position, text)
    if is_value(text):
        return NumberCells(position, _last_value(cells, position))
    if (plain := plain_label(cells[position], position, index)) is not None:
        return plain
    rest, cut = strip_enumerator(text)
    if not rest:
        return SideNote(position, position, text)
    matcher = LabelMatcher(cells, index)
    label = matcher.longest(position, cut) or _behind_row_number(matcher, position, cut)
    if label is not None:
        label.numbered = cut > 0
        return label
    if rest[0] == "(" and (end := _closing_cell(cells, position)) is not None:
        return SideNote(position, end, text)
    return _without_label(cells[position], position)


def _behind_row_number(matcher: LabelMatcher, position: int, cut: int) -> PrintedLabel | None:
    """Return the label behind the number of a row (`12 受理申请`) and its own enumerator."""
    text = matcher.cells[position].text
    number = _ROW_NUMBER.match(text, cut)
    if number is None or _is_end_of_row(matcher.cells, position, number):
        return None
    behind = number.end() + strip_enumerator(text[number.end() :])[1]
    label = matcher.longest(position, behind) if behind < len(text) else None
    if label is None or not (label.entry.rows or label.entry.captions):
        return None  # no number stands before page furniture: 5(注) is a figure
    return label


def _is_end_of_row(cells: Sequence[TextCell], position: int, number: re.Match[str]) -> bool:
    """Return True if the number before a label is the last figure of the row before it.

    Figures stand before it on its line, of which the end is lost: `规章 | 0 | 0 | 5行政规范性文件`.
    """
    cell, before = cells[position], position - 1
    while before >= 0 and cells[before].line == cell.line and not cells[before].text:
        before -= 1
    is_glued = not number[0][-1].isspace()
    is_figure = before >= 0 and cells[before].line == cell.line and is_value(cells[before].text)
    return is_glued and is_figure


def _without_label(cell: TextCell, position: int) -> UnknownText | NumberCells | SideNote:
    """Return the item for a text that has no label; figures at its end are set apart."""
    text = cell.text
    if not text.strip(STOPS):
        return SideNote(position, position, text)
    if len(text) > MAX_GLUED or "。" in text or text[-1] in STOPS:
        return UnknownText(position, position, text)
    marked = text[-1] not in LAST
    figures = marked_figures_at_end(text) if marked else figures_at_end(text)
    if marked and figures == 0:
        return NumberCells(position, position)
    if figures is None or figures < 2 or is_no_figure(text):
        return UnknownText(position, position, text)
    tail = GluedNumbers(cell.start + figures, cell.end, text[figures:])
    return UnknownText(position, position, text[:figures].strip(), tail)


def _last_value(cells: Sequence[TextCell], position: int) -> int:
    """Return the last cell of the run of values that begins at `position`."""
    for following in range(position + 1, len(cells)):
        text = cells[following].text
        if text:
            if not is_value(text) or _is_page_mark(text):
                break
            position = following
    return position


def _is_page_mark(text: str) -> bool:
    return text[0] in "-—第Pp" and _PAGE_MARK.match(text) is not None


def _closing_cell(cells: Sequence[TextCell], position: int) -> int | None:
    """Return the cell that ends with the bracket that closes the one at `position`."""
    length, current = 0, position
    for _ in range(_MAX_BRACKET_CELLS):
        text = cells[current].text
        length += len(text)
        if text.endswith(")"):
            return current
        following = next_with_text(cells, current)
        if ")" in text or following is None or length > MAX_NOTE:
            return None
        current = following
    return None
