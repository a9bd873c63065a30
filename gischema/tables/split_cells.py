"""Split a cell that holds several labels or rows, as a line of a text without bars may do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from attrs import evolve

from gischema.forms.label_index import LabelIndex
from gischema.forms.labels import key, squeeze, strip_enumerator
from gischema.tables.begun_row import begun_row
from gischema.tables.classify_cell import classify_cell
from gischema.tables.cut_line import cut_line
from gischema.tables.items import PrintedLabel, UnknownText
from gischema.tables.match_label import (
    DASHES,
    MAX_GLUED,
    MAX_LABEL,
    MAX_LABEL_CELLS,
    plain_label,
)
from gischema.tables.numbers import LAST, is_value
from gischema.tables.printed_units import UNITS
from gischema.tables.remarks import STOPS, without_stop
from gischema.tables.tokenize import TextCell
from gischema.tables.trailing_numbers import figures_at_end, without_unit

_DIGIT_APART = re.compile(r"[\s:]\d")
_FIGURE = re.compile(rf"[\s:]\d|{UNITS}\d|\d{{5}}")  # or a row whose figures run together
_PAGE_MARK = re.compile(
    r"(?P<mark>[-—]\s?\d{1,4}\s?[-—]|第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?"
    r"|[Pp](?:age|AGE|\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)\s+(?=\d{1,2}[.、]|[^\s\d])"
)
_FIGURE_BEFORE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?=[^\W\d_]|\()")
_NEXT_ROW = re.compile(r"(?<=\d)(?:\s+(?=\d{1,2}[.、)]\D)|\s*(?=[^\s\d.,%/—-]))")


def split_cell(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Return the parts of a cell that is no label but holds rows or labels; else nothing."""
    text = cell.text
    if (mark := _PAGE_MARK.match(text)) is not None:
        return _parts(cell, [(0, mark.end("mark")), (mark.end(), len(text))])
    parts = _labels_and_rows(cell, index) or _figure_and_label(cell, index)
    if not parts and text[-1] in STOPS:
        parts = _without_stop(cell, index)
    if not parts and _DIGIT_APART.search(text):
        parts = _group_and_row(cell, index)
    if not parts and (len(text) > MAX_GLUED or _FIGURE.search(text)):
        parts = _parts(cell, cut_line(text, index))
    return parts


def _figure_and_label(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split the last figure of a row from the label of the next: `5行政规范性文件`."""
    figure = _FIGURE_BEFORE.match(cell.text)
    if figure is None:
        return []
    entry = index.entries.get(key(cell.text[figure.end() :]))
    if entry is None or not (entry.rows or entry.captions):
        return []
    return _parts(cell, [figure.span(), (figure.end(), len(cell.text))])


def _labels_and_rows(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split a cell of nothing but labels, or of rows with only figures behind them."""
    text = cell.text
    if len(text) > MAX_GLUED:
        return []
    if text[-1] in LAST and " " in text and (parts := _groups_and_row(cell, index)):
        return parts
    if text[-1].isdigit():
        return _rows(cell, index)
    return (_side_by_side(cell, index) if " " in text else []) or _run_together(cell, index)


def _without_stop(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Return the cell without the stop behind its figures, if it is a row or part of one."""
    text = without_stop(cell.text)
    if text == cell.text:
        return []
    bare = evolve(cell, end=cell.start + len(text), text=text)
    if is_value(text):
        return [bare]
    if not text[-1].isdigit() and text[-1] not in DASHES:
        return []  # a sentence ends in a unit
    item = classify_cell([bare], 0, index)
    if not isinstance(item, UnknownText):
        return [bare] if isinstance(item, PrintedLabel) and item.tail is not None else []
    # The label may be misprinted. No sentence has the unit before the figure.
    is_row = item.tail is not None and without_unit(item.text) < len(item.text)
    return [bare] if is_row else _labels_and_rows(bare, index)


def _group_and_row(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split the name of a group from the row behind it that has words behind its figures."""
    text = cell.text
    if not index.may_begin(strip_enumerator(text)[0] or text):
        return []
    for gap in islice(re.finditer(r"\s+", text), MAX_LABEL_CELLS):
        entry = index.entries.get(key(text[: gap.start()]))
        if entry is not None and (entry.rows or entry.captions):
            parts = _parts(cell, [(0, gap.start()), (gap.end(), len(text))])
            row, is_sure = begun_row(parts[1], 0, index)
            numbered = row is not None and row.numbered
            is_row = numbered or (is_sure and not entry.filled)
            return parts if is_row or _group_and_row(parts[1], index) else []
    return []


def _rows(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split a line of several rows, as the halves of a table next to each other make one."""
    gaps = [found.span() for found in _NEXT_ROW.finditer(cell.text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(cell.text)]
    parts = _parts(cell, [*zip(starts, ends, strict=True)]) if gaps else []
    rows = [plain_label(part, 0, index) for part in parts]
    return parts if all(row is not None and row.tail is not None for row in rows) else []


def _groups_and_row(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split a row from the names of its groups before it (`不予公开 属于国家秘密 0 1`)."""
    figures = figures_at_end(cell.text)
    if figures is None:
        return []
    label = TextCell(cell.start, cell.start + figures, cell.text[:figures].rstrip(), "", cell.line)
    parts = _side_by_side(label, index)
    entries = [index.entries[key(part.text)] for part in parts]
    if not parts or not entries[-1].rows:
        return []
    numbered = strip_enumerator(parts[-1].text)[1] > 0
    if not numbered and any(entry.filled for entry in entries[:-1]):
        return []
    last = parts[-1].start
    return [*parts[:-1], evolve(cell, start=last, text=cell.text[last - cell.start :])]


def _run_together(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split labels with nothing between them (`结果维持结果纠正…`)."""
    text = cell.text
    if text[:2] not in index.beginnings or squeeze(text) in index.entries:
        return []
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        upto = _end_of_longest(text, at, index)
        if upto is None:
            return []
        parts.append((at, upto))
        at = upto
    return _parts(cell, parts) if len(parts) > 1 else []


def _end_of_longest(text: str, at: int, index: LabelIndex) -> int | None:
    """Return the end of the longest label that begins at `at`."""
    longest: int | None = None
    for upto in range(at + 2, min(len(text), at + MAX_LABEL) + 1):
        beginning = squeeze(text[at:upto])
        if beginning in index.entries:
            longest = upto
        elif beginning and beginning not in index.beginnings:
            break
    return longest


def _side_by_side(cell: TextCell, index: LabelIndex) -> list[TextCell]:
    """Split labels with blanks between them (`自然人 总计`)."""
    words = list(re.finditer(r"\S+", cell.text))
    if len(words) < 2 or squeeze(cell.text) in index.entries:
        return []
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        for upto in range(min(len(words), at + MAX_LABEL_CELLS), at, -1):
            start, end = words[at].start(), words[upto - 1].end()
            printed = strip_enumerator(cell.text[start:end])[0]
            if squeeze(printed) in index.entries:
                parts.append((start, end))
                at = upto
                break
        else:
            return []
    return _parts(cell, parts) if len(parts) > 1 else []


def _parts(cell: TextCell, spans: Sequence[tuple[int, int]]) -> list[TextCell]:
    """Return the parts of a cell at these spans of its text."""
    if not spans:
        return []
    closings = [" "] * (len(spans) - 1) + [cell.closing]
    return [
        TextCell(cell.start + start, cell.start + end, cell.text[start:end], closing, cell.line)
        for (start, end), closing in zip(spans, closings, strict=True)
    ]
