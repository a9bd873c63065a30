"""Pages as Word files, with the merged cells that the forms have."""

from __future__ import annotations

import io
from typing import Any

from gischema.testing.layouts.table_grid import TableGrid, blocks
from gischema.testing.sample_page import SamplePage


def word_file(page: SamplePage) -> bytes:
    """Return the page as a .docx file. Needs python-docx (`pip install 'gischema[test]'`)."""
    import docx

    document = docx.Document()
    for block in blocks(page):
        if isinstance(block, TableGrid):
            _write_table(document.add_table(block.rows, block.columns), block)
        else:
            document.add_paragraph("".join(cell.text for cell in block.cells))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write_table(table: Any, grid: TableGrid) -> None:
    cells = [row.cells for row in table.rows]
    for placed in grid.cells:
        first = cells[placed.row][placed.column]
        first.text = placed.cell.text
        if placed.rows > 1 or placed.columns > 1:
            first.merge(cells[placed.row + placed.rows - 1][placed.column + placed.columns - 1])
