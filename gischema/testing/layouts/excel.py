"""Pages as Excel files, with the merged cells that the forms have."""

from __future__ import annotations

import io
from typing import Any

from gischema.testing.layouts.table_grid import PlacedCell, TableGrid, blocks
from gischema.testing.sample_page import SamplePage


def excel_file(page: SamplePage, *, text: bool = False) -> bytes:
    """Return the page as an .xlsx file with one sheet; `text` stores numbers as text.

    Needs openpyxl (`pip install 'gischema[test]'`).
    """
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    row = 1
    for block in blocks(page):
        if isinstance(block, TableGrid):
            for placed in block.cells:
                _write(sheet, row, placed, text=text)
            row += block.rows
        else:
            sheet.cell(row, 1, "".join(cell.text for cell in block.cells))
            row += 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Any, top: int, placed: PlacedCell, *, text: bool) -> None:
    row, column = top + placed.row, placed.column + 1
    values = (held.value for held in placed.cell.figures if held.value is not None)
    value = next(values, None)
    is_number = not text and value is not None and str(value) == placed.cell.text
    sheet.cell(row, column, value if is_number else placed.cell.text)
    if placed.rows > 1 or placed.columns > 1:
        last = row + placed.rows - 1, column + placed.columns - 1
        sheet.merge_cells(None, row, column, *last)
