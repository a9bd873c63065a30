"""Read Excel files of before 2007 (.xls) and WPS sheets (.et) with xlrd.

xlrd is slower than other libraries, but gives the number behind a date, and does not read errors as
empty cells.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.sheets.format_codes import ShownCell, show_number
from gischema.reading.sheets.workbook import MergedRange, Workbook, Worksheet

_RAISED = 1
_LARGEST = 8 * 2**20  # bytes; a report takes a hundredth

FontRuns: TypeAlias = Sequence[tuple[int, int]]
"""Where other fonts begin in a text, and their numbers."""


def read_xls(data: bytes, name: str | None) -> Document:
    """Return the sheets of an old Excel file.

    Raises:
        UnreadableSource: If xlrd is missing, or the file is damaged or too large.
    """
    try:
        import xlrd
    except ImportError as error:
        raise UnreadableSource(
            name,
            "读取旧版 Excel 文件（.xls）需要安装：pip install 'gischema[xls]'；也可先另存为 .xlsx",
            "old Excel files (.xls) need: pip install 'gischema[xls]'; or save the file as .xlsx",
            "missing_extra",
        ) from error
    if len(data) > _LARGEST:
        raise UnreadableSource(
            name,
            f"旧版 Excel 文件超过 {_LARGEST // 2**20} MB，不会是一份年度报告；"
            "请只留下报告的表格，另存为 .xlsx",
            f"the old Excel file has more than {_LARGEST // 2**20} MB; this is no annual report: "
            "keep its tables only and save them as .xlsx",
            "too_large",
        )
    try:
        workbook = xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        )
        return _book(workbook, name).document("xls")
    except UnreadableSource:
        raise
    except Exception as error:
        if "encrypted" in str(error):
            raise UnreadableSource(
                name,
                "文件有密码保护，请先取消密码再读取",
                "the file is protected by a password; remove the password first",
                "protected",
            ) from error
        raise UnreadableSource(
            name,
            "旧版 Excel 文件已损坏，读不出来：请用 Excel 或 WPS 打开，另存为 .xlsx",
            "the old Excel file is damaged: open it with Excel or WPS and save it as .xlsx",
        ) from error


def _book(workbook: Any, name: str | None) -> Workbook:
    book = Workbook(name)
    for found in workbook.sheets():
        if found.visibility:
            book.leave_out(found.name)
        else:
            book.add(_sheet(workbook, found, book))
    return book


def _sheet(workbook: Any, found: Any, book: Workbook) -> Worksheet:
    sheet = Worksheet(found.name, book, zeros=bool(found.show_zero_values))
    for row in range(found.nrows):
        for column in range(found.row_len(row)):
            cell = found.cell(row, column)
            if cell.ctype:
                runs = found.rich_text_runlist_map.get((row, column), ())
                sheet.put(row, column, *_shown(workbook, cell, runs, zeros=sheet.zeros))
    sheet.merges.extend(
        MergedRange(top, left, bottom - 1, right - 1)
        for top, bottom, left, right in found.merged_cells
    )
    sheet.hidden_rows.update(row for row, info in found.rowinfo_map.items() if info.hidden)
    for column, info in found.colinfo_map.items():
        if info.hidden:
            sheet.hide(column, column)
    return sheet


def _shown(workbook: Any, cell: Any, runs: FontRuns, *, zeros: bool) -> ShownCell:
    """Return a cell as shown. `runs` are the fonts in its text; `zeros` if zeros are shown."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BLANK:
        return "", ""
    style = workbook.xf_list[cell.xf_index]
    if workbook.font_list[style.font_index].struck_out and not runs:
        return "", "struck"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!")), ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE", ""
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        # Only formulas have an empty text, those that were never calculated among them.
        fonts = [(0, style.font_index), *runs]
        return _text(workbook, str(cell.value), fonts) if cell.value else ("", "uncalculated")
    code = workbook.format_map[style.format_key].format_str
    return show_number(cell.value, code, since_1904=workbook.datemode == 1, zeros=zeros)


def _text(workbook: Any, text: str, fonts: FontRuns) -> ShownCell:
    """Return a text in several fonts: raised text is set apart, struck-out text left out."""
    kept: list[str] = []
    struck = False
    for (start, number), (end, _) in pairwise([*fonts, (len(text), 0)]):
        font = workbook.font_list[number]
        if font.struck_out:
            struck = struck or end > start
        else:
            kept += [" " * (font.escapement == _RAISED), text[start:end]]
    return "".join(kept), "struck" if struck else ""
