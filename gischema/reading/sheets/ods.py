"""Read OpenDocument sheets (.ods): what each cell shows, and the number behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.package import ZipPackage
from gischema.reading.sheets.format_codes import (
    NO_WORDS,
    NOT_CALCULATED,
    ShownCell,
    plain_number,
    show_number,
)
from gischema.reading.sheets.workbook import MergedRange, Workbook, Worksheet

_CONTENT = "content.xml"
_SETTINGS = "settings.xml"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")
_HALF = 0.5 + 1e-9  # of the last shown digit: the largest error of rounding
_SCALES = {"float": 1, "currency": 1, "percentage": 100}
"""The factor between the value of a number and what is shown, by its type."""
_DAY_ZERO = date(1899, 12, 30)
_DATE = "yyyy/m/d"
_MOST_REPEATED = 1000
_WHITE = frozenset({"s", "tab", "line-break"})


def read_ods(data: bytes, name: str | None) -> Document:
    """Return the sheets of an OpenDocument file.

    Raises:
        UnreadableSource: If the file is damaged or too large.
    """
    package = ZipPackage(data, name)
    if _CONTENT not in package:
        raise UnreadableSource(
            name,
            "文件已损坏：没有 content.xml，请用 LibreOffice 或 WPS 打开后重新保存",
            "the file is damaged: it has no content.xml; "
            "open it with LibreOffice and save it again",
        )
    root = package.xml(_CONTENT)
    book = Workbook(name)
    hidden = {
        style.get("name")
        for style in root.iter("style")
        if style.find("table-properties[@display='false']") is not None
    }
    struck = frozenset(
        style.get("name", "")
        for style in root.iter("style")
        if (text := style.find("text-properties")) is not None
        and text.get("text-line-through-style", "none") != "none"
    )
    without_zeros = set(_without_zeros(package))
    for table in root.iterfind("body/spreadsheet/table"):
        title = table.get("name", "")
        if table.get("style-name") in hidden:
            book.leave_out(title)
        else:
            sheet = Worksheet(title, book, zeros=title not in without_zeros)
            _fill(sheet, table, struck)
            book.add(sheet)
    return book.document("ods")


def _without_zeros(package: ZipPackage) -> Iterator[str]:
    """Yield the names of the sheets that do not show zeros."""
    if _SETTINGS in package:
        for settings in package.xml(_SETTINGS).iter("config-item-map-entry"):
            item = settings.find("config-item[@name='ShowZeroValues']")
            if item is not None and item.text == "false":
                yield settings.get("name", "")


def _fill(sheet: Worksheet, table: Element, struck: frozenset[str]) -> None:
    """Put the cells of a table into its sheet; `struck` are the styles that strike text out."""
    at = 0
    for column in table.iter("table-column"):
        behind = at + _count(column, "number-columns-repeated")
        if column.get("visibility", "visible") != "visible":
            sheet.hide(at, behind - 1)
        at = behind
    at = 0
    for row in table.iter("table-row"):
        repeated = _count(row, "number-rows-repeated")
        behind = at + min(repeated, _MOST_REPEATED)
        if row.get("visibility", "visible") != "visible":
            sheet.hidden_rows.update(range(at, behind))
        if any(_is_used(cell) for cell in row):
            for number in range(at, behind):
                _row(sheet, row, number, struck)
        at += repeated


def _row(sheet: Worksheet, row: Element, number: int, struck: frozenset[str]) -> None:
    column = 0
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _count(cell, "number-columns-repeated")
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merges.append(MergedRange(number, column, number + down - 1, column + across - 1))
        if _is_used(cell):
            content = _shown(cell, struck, zeros=sheet.zeros)
            for place in range(column, column + min(repeated, _MOST_REPEATED)):
                sheet.put(number, place, *content)
        column += repeated


def _is_used(cell: Element) -> bool:
    """Return True if a cell holds something, or is an empty cell of its own."""
    return len(cell) > 0 or (
        cell.tag == "table-cell" and "number-columns-repeated" not in cell.attrib
    )


def _shown(cell: Element, struck: frozenset[str], *, zeros: bool) -> ShownCell:
    """Return a cell as shown; `zeros` is set if its sheet shows zeros."""
    if cell.get("style-name") in struck and any(_paragraphs(cell, frozenset())):
        return "", "struck"
    printed = "\n".join(_paragraphs(cell, struck)).strip()
    if any(span.get("style-name") in struck for span in cell.iter("span")):
        return printed, "struck"
    kind = cell.get("value-type", "")
    try:
        if kind in _SCALES:
            return _number(float(cell.get("value", "")) * _SCALES[kind], printed, zeros=zeros)
        if kind == "date":
            day = date.fromisoformat(cell.get("date-value", "")[:10])
            return show_number((day - _DAY_ZERO).days, _DATE)
    except ValueError:
        return printed, ""
    if not printed and "formula" in cell.attrib and kind != "string":
        return NOT_CALCULATED, "uncalculated"
    return printed, ""


def _number(number: float, printed: str, *, zeros: bool) -> ShownCell:
    """Return a number with all its digits, and the text around it as printed."""
    if number == 0 and not zeros:
        return "", "unshown"
    digits = list(_NUMBER.finditer(printed))
    if len(digits) != 1:
        return printed, "" if digits else "unshown"
    seen, decimals = float(digits[0][0].replace(",", "")), len(digits[0][0].partition(".")[2])
    if abs(abs(number) - seen) > _HALF / 10**decimals:
        return printed, "scaled"
    before, behind = printed[: digits[0].start()], printed[digits[0].end() :]
    text = before.translate(NO_WORDS) + plain_number(number) + behind.translate(NO_WORDS)
    return text, "" if plain_number(seen) == plain_number(abs(number)) else "rounded"


def _paragraphs(cell: Element, struck: frozenset[str]) -> Iterator[str]:
    for paragraph in cell.iterfind("p"):
        yield "".join(_words(paragraph, struck))


def _words(element: Element, struck: frozenset[str]) -> Iterator[str]:
    if element.tag == "annotation" or element.get("style-name") in struck:
        return
    yield element.text or ""
    for child in element:
        if child.tag in _WHITE:
            yield " "
        yield from _words(child, struck)
        yield child.tail or ""


def _count(element: Element, attribute: str) -> int:
    text = element.get(attribute, "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1
