"""Rejoin labels of tables without ruled lines that the end of a page cuts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from gischema.chinese.enumerators import PRINTED_ENUMERATOR
from gischema.reading.merged_cells import is_number
from gischema.reading.pdf.page_furniture import PagePart, PageParts
from gischema.reading.pdf.ruled_tables import PdfCell, PdfTable
from gischema.reading.pdf.text_lines import PdfLine

_NEAR = 4.0  # points between the sides of the lines of one label
_LAST = 0.12  # of the height of a page: how far the last line stands above the lowest
_LINES = 2  # how far a label that goes on may end above the last line of its row
_SENTENCE = "。；;"


def join_torn_labels(pages: Sequence[PageParts]) -> None:
    """Move the rest of labels at the top of a page to the labels at the end of the page before."""
    lowest = max((part.box[3] for page in pages for part in page.parts), default=0.0)
    for before, page in pairwise(pages):
        table = before.parts[-1] if before.parts else None
        if not isinstance(table, PdfTable) or table.ruled:
            continue
        if table.box[3] > lowest - _LAST * page.sheet.height:
            while page.parts and _moves_rest(table, page.parts):
                pass


def _moves_rest(table: PdfTable, parts: list[PagePart]) -> bool:
    """Move the rest of labels on the first line of a page to the labels of a table's last row."""
    part = parts[0]
    if isinstance(part, PdfLine):
        cells = [PdfCell(part.text, table.page, part.box)]
    else:
        cells = part.rows[0]
    above = [_label_above(table, cell) for cell in cells]
    labels = [label for label in above if label is not None]
    if len(labels) < len(cells):
        return False
    for label, cell in zip(labels, cells, strict=True):
        label.text += cell.text
    if isinstance(part, PdfTable):
        del part.rows[0]
    if isinstance(part, PdfLine) or not part.rows:
        del parts[0]
    return True


def _label_above(table: PdfTable, cell: PdfCell) -> PdfCell | None:
    """Return the label at the end of a table that goes on in a cell, None if there is none."""
    row = table.rows[-1]
    labels = list(takewhile(_is_label, row))
    if len(labels) == len(row) or cell.box[2] > row[len(labels)].box[0]:
        return None
    if PRINTED_ENUMERATOR.match(cell.text) or cell.text.endswith(tuple(_SENTENCE)):
        return None
    line = cell.box[3] - cell.box[1]
    for label in labels:
        ends = table.box[3] - label.box[3]
        if ends < _LINES * line and abs(label.box[0] - cell.box[0]) < _NEAR:
            return label
    return None


def _is_label(cell: PdfCell) -> bool:
    return not is_number(cell.text) or PRINTED_ENUMERATOR.match(cell.text) is not None
