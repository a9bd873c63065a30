"""Pages as Word files, with the merged cells that the forms have."""

from __future__ import annotations

import io
from typing import Any

from gischema.testing.layouts.grid import Grid, blocks
from gischema.testing.page import Page


def word_file(page: Page) -> bytes:
    """The page as a .docx file. Needs python-docx (`pip install 'gischema[test]'`)."""
    import docx

    document = docx.Document()
    for block in blocks(page):
        if isinstance(block, Grid):
            _write_table(document.add_table(block.rows, block.columns), block)
        else:
            document.add_paragraph("".join(cell.text for cell in block.cells))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write_table(table: Any, grid: Grid) -> None:
    cells = [row.cells for row in table.rows]
    for spot in grid.spots:
        first = cells[spot.row][spot.column]
        first.text = spot.cell.text
        if spot.rows > 1 or spot.columns > 1:
            first.merge(cells[spot.row + spot.rows - 1][spot.column + spot.columns - 1])
