"""Pages as Excel files, with the merged cells that the forms have."""

from __future__ import annotations

import io
from typing import Any

from gischema.testing.layouts.grid import Grid, Spot, blocks
from gischema.testing.page import Page


def excel_file(page: Page, *, text: bool = False) -> bytes:
    """The page as the one sheet of an .xlsx file; with `text` numbers are stored as text.

    Needs openpyxl (`pip install 'gischema[test]'`).
    """
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    row = 1
    for block in blocks(page):
        if isinstance(block, Grid):
            for spot in block.spots:
                _write(sheet, row, spot, text=text)
            row += block.rows
        else:
            sheet.cell(row, 1, "".join(cell.text for cell in block.cells))
            row += 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Any, top: int, spot: Spot, *, text: bool) -> None:
    row, column = top + spot.row, spot.column + 1
    value = next((mark.value for mark in spot.cell.marks if mark.value is not None), None)
    is_number = not text and value is not None and str(value) == spot.cell.text
    sheet.cell(row, column, value if is_number else spot.cell.text)
    if spot.rows > 1 or spot.columns > 1:
        last = row + spot.rows - 1, column + spot.columns - 1
        sheet.merge_cells(None, row, column, *last)
