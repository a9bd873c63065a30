"""The place of a figure as a person finds it in the file."""

from __future__ import annotations

import re

from gischema.filenames import displayed
from gischema.forms.printed_names import quoted
from gischema.output.language import Lang, say
from gischema.report import Origin

_SHEET_CELL = re.compile(r"(?:.*!)?[A-Z]+\d+")
_WORD_CELL = re.compile(r".*/tr\[(\d+)\]/tc\[(\d+)\]")
_WORD_PARAGRAPH = re.compile(r"body/p\[(\d+)\]")


def place(origin: Origin | None, lang: Lang, row: str | None = None) -> str:
    """Return the place of an origin in the terms of its file, an empty text without an origin.

    A cell of a sheet is `Sheet!D33`, a cell of a Word file or web page 第5个表格第11行第4格, a
    figure of a PDF file 第3页 with the name of its `row`, a place in a text `line:column`.
    """
    if origin is None:
        return ""
    words = _in_file(origin, lang, row)
    return f"{displayed(origin.file)} {words}" if origin.file is not None else words


def _in_file(origin: Origin, lang: Lang, row: str | None) -> str:
    element = origin.element or ""
    if _SHEET_CELL.fullmatch(element):
        return displayed(element)
    cell = _cell(origin, lang)
    if origin.page is not None:
        page = say(lang, f"第{origin.page}页", f"page {origin.page}")
        if cell and row:
            cell = say(lang, f"{quoted(row)}行", f"row {quoted(row)}")
        return say(lang, "", ", ").join((page, cell)) if cell else page
    if cell and element:
        return cell
    if paragraph := _WORD_PARAGRAPH.fullmatch(element):
        return say(lang, f"第{paragraph[1]}段", f"paragraph {paragraph[1]}")
    return say(lang, "正文", "running text") if element else f"{origin.line}:{origin.column}"


def _cell(origin: Origin, lang: Lang) -> str:
    """Return table, row and cell, each from 1; an empty text outside of tables.

    The element of a Word file counts rows and cells as Word does, `row` and `cell` those that were
    read.
    """
    if origin.block is None or origin.row is None or origin.cell is None:
        return ""
    table, row, cell = origin.block + 1, origin.row + 1, origin.cell + 1
    if numbers := _WORD_CELL.fullmatch(origin.element or ""):
        row, cell = map(int, numbers.groups())
    return say(
        lang, f"第{table}个表格第{row}行第{cell}格", f"table {table}, row {row}, cell {cell}"
    )
