"""Classify the cells of a text: labels of known forms, values, or other text."""

from __future__ import annotations

from collections.abc import Iterable

from gischema.forms.label_index import LabelIndex
from gischema.tables.begun_row import begun_row
from gischema.tables.classify_cell import classify_cell
from gischema.tables.items import (
    ClassifiedText,
    Item,
    NumberCells,
    PrintedLabel,
    UnknownText,
    stands_as_row,
)
from gischema.tables.split_cells import split_cell
from gischema.tables.tokenize import TextCell


def classify_text(cells: Iterable[TextCell], index: LabelIndex) -> ClassifiedText:
    """Classify the cells of a text. A cell that holds several labels or rows is split."""
    cells = list(cells)
    items: list[Item] = []
    position, has_begun = 0, False
    while position < len(cells):
        item = classify_cell(cells, position, index)
        if isinstance(item, UnknownText):
            cell = cells[position]
            if parts := split_cell(cell, index):
                cells[position : position + 1] = parts
                continue
            row, is_sure = begun_row(cell, position, index)
            if row is not None and is_sure:
                item = row
            elif row is not None:
                item.row, has_begun = row, True
        if item is not None:
            items.append(item)
            position = item.last
        position += 1
    return ClassifiedText(tuple(cells), tuple(items), has_begun)


def table_spans(printed: ClassifiedText) -> list[tuple[int, int]]:
    """Return the spans of the text that stand in tables: figures and their labels, no captions."""
    return [
        (printed.cells[item.first].start, printed.cells[item.last].end)
        for item in printed.items
        if _is_in_table(item)
    ]


def label_starts(printed: ClassifiedText) -> list[int]:
    """Return where the labels in a text begin."""
    return [item.start for item in printed.items if isinstance(item, PrintedLabel)]


def _is_in_table(item: Item) -> bool:
    if isinstance(item, PrintedLabel):
        return bool(item.entry.rows or item.entry.heads)
    return isinstance(item, NumberCells) or (isinstance(item, UnknownText) and stands_as_row(item))
