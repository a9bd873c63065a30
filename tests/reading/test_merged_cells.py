"""Merged cells, however they lie: each text is read once, in the row in which its cell begins."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from gischema.reading import read

ROWS, COLUMNS = 6, 7
QUICK = settings(settings.get_profile("quick"), max_examples=25)
Merge = tuple[int, int, int, int]


@st.composite
def merges(draw: Any) -> list[Merge]:
    """Rectangles of cells (top, left, bottom, right) that do not overlap."""
    chosen: list[Merge] = []
    taken: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(0, ROWS - 1)), draw(st.integers(0, COLUMNS - 1))
        bottom, right = draw(st.integers(top, ROWS - 1)), draw(st.integers(left, COLUMNS - 1))
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            chosen.append((top, left, bottom, right))
    return chosen


def printed(merged: list[Merge]) -> list[str]:
    """The lines that a table of cells `r,c` with these merges is."""
    covered = {
        (r, c)
        for top, left, bottom, right in merged
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    rows = (
        "".join(f"{r},{c} | " for c in range(COLUMNS) if (r, c) not in covered) for r in range(ROWS)
    )
    return [line for line in rows if line]


def saved(file: Any) -> bytes:
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


@QUICK
@given(merges())
def test_in_word(merged: list[Merge]) -> None:
    document = docx.Document()
    cells = [row.cells for row in document.add_table(ROWS, COLUMNS).rows]
    for r, row in enumerate(cells):
        for c, cell in enumerate(row):
            if not any(
                t <= r <= b and le <= c <= ri and (r, c) != (t, le) for t, le, b, ri in merged
            ):
                cell.text = f"{r},{c}"
    for top, left, bottom, right in merged:
        cells[top][left].merge(cells[bottom][right])
    assert read(saved(document)).text.splitlines() == printed(merged)


@QUICK
@given(merges())
def test_in_excel(merged: list[Merge]) -> None:
    """A row of a single cell is a paragraph, without a bar behind it."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for r in range(ROWS):
        for c in range(COLUMNS):
            sheet.cell(r + 1, c + 1, f"{r},{c}")
    for top, left, bottom, right in merged:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    lines = read(saved(book)).text.splitlines()
    assert [line.rstrip(" |") for line in lines] == [line.rstrip(" |") for line in printed(merged)]
