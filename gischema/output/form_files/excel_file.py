"""A form as an Excel file, in which totals add themselves up and wrong ones turn red."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve

from gischema.errors import MissingPackage
from gischema.forms.form_grid import GridCell, GridTable
from gischema.output.form_files.filled_form import FilledForm, sums

_RED = "FFFFC7CE"
_LABEL, _GROUP, _NARROW = 40, 13, 11  # widths of columns, in digits
_LINE = 15  # points


def excel_file(filled: FilledForm) -> bytes:
    """Return the form as an .xlsx file with one sheet; last year's figures are notes on the cells.

    On a blank form totals are formulas. A total of a report keeps its number, which turns red where
    its parts do not add up to it.

    Raises:
        MissingPackage: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingPackage(
            "写 Excel 表式需要：pip install 'gischema[forms]'",
            "Excel files of forms need: pip install 'gischema[forms]'",
        ) from error

    book = openpyxl.Workbook()
    sheet: Any = book.active
    labels = max((table.labels for table in filled.tables), default=1)
    tables = [_aligned(table, labels) for table in filled.tables]
    widths = _widths(tables, labels)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = width
    sheet.title = filled.form.id.replace("+", " ")[:31]
    places = _write(sheet, filled, tables, widths)
    for total, parts in sums(filled.form).items():
        if total in places:
            _add_up(sheet, places[total], [places[p] for p in parts if p in places], filled)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _aligned(table: GridTable, labels: int) -> GridTable:
    """Return a table whose labels take so many columns that all figures stand below each other."""
    more = labels - table.labels
    if not table.labels or not more:
        return table
    cells = tuple(_moved(cell, table.labels, more) for cell in table.cells)
    return evolve(table, cells=cells, columns=table.columns + more, labels=labels)


def _moved(cell: GridCell, labels: int, more: int) -> GridCell:
    if cell.column >= labels:
        return evolve(cell, column=cell.column + more)
    reaches = cell.column + cell.columns >= labels
    return evolve(cell, columns=cell.columns + more) if reaches else cell


def _widths(tables: Sequence[GridTable], labels: int) -> list[int]:
    """Return the width of each column: the last column of labels holds the longest."""
    columns = max((table.columns for table in tables), default=1)
    return [*[_GROUP] * (labels - 1), _LABEL, *[_NARROW] * (columns - labels)]


def _height(row: list[GridCell], filled: FilledForm, widths: list[int]) -> int:
    """Return the height of a row in points: Excel does not find it where cells are merged."""
    lines = [
        -(-2 * len(filled.text(cell)) // sum(widths[cell.column : cell.column + cell.columns]))
        for cell in row
        if cell.rows == 1
    ]
    return _LINE * max(lines, default=1) or _LINE


def _write(
    sheet: Any, filled: FilledForm, tables: Sequence[GridTable], widths: list[int]
) -> dict[str, str]:
    """Write all cells; return where the figure of each path stands, such as `D7`."""
    places: dict[str, str] = {}
    row = 1
    for line in filled.titles:
        _set_text(sheet.cell(row, 1), line)
        row += 1
    for table in tables:
        if table.heading:
            _set_text(sheet.cell(row, 1), table.heading)
            row += 1
        for cell in table.cells:
            made = _cell(sheet, row, cell, filled)
            if cell.path:
                places[cell.path] = made.coordinate
        for number, cells in enumerate(table.by_row()):
            sheet.row_dimensions[row + number].height = _height(cells, filled, widths)
        row += table.rows
        row += 0 if table is tables[-1] else 1
    return places


def _set_text(cell: Any, text: str) -> None:
    """Write text, which is never a formula."""
    cell.value, cell.data_type = text, "s"


def _cell(sheet: Any, top: int, cell: GridCell, filled: FilledForm) -> Any:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Side

    row, column = top + cell.row, cell.column + 1
    value = filled.value(cell)
    text = filled.text(cell)
    made = sheet.cell(row, column)
    if value is not None:
        made.value = float(value) if isinstance(value, Decimal) else value
    elif text:
        _set_text(made, text)
    line = Side(style="thin")
    for down in range(cell.rows):
        for right in range(cell.columns):
            covered = sheet.cell(row + down, column + right)
            covered.border = Border(left=line, right=line, top=line, bottom=line)
    if last_year := filled.last_year(cell):
        made.comment = Comment(f"{filled.last_year_name}：{last_year}", filled.last_year_name)
    across = "left" if cell.role == "label" else "center"
    made.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    if cell.rows > 1 or cell.columns > 1:
        last = row + cell.rows - 1, column + cell.columns - 1
        sheet.merge_cells(None, row, column, *last)
    return made


def _add_up(sheet: Any, total: str, parts: list[str], filled: FilledForm) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    cells = ",".join(parts)
    if filled.report is None:
        sheet[total] = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    red = PatternFill(start_color=_RED, end_color=_RED, fill_type="solid")
    wrong = f"AND(ISNUMBER({total}),ROUND({total}-SUM({cells}),6)<>0)"
    sheet.conditional_formatting.add(total, FormulaRule(formula=[wrong], fill=red))
