"""OpenDocument sheets (.ods): what each cell shows, and the number behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from gischema.reading.errors import UnreadableSource
from gischema.reading.package import Package
from gischema.reading.sheets.formats import CODES, plain, shown
from gischema.reading.sheets.sheet import LONGEST_NAME, Book, Merge, Sheet, address

_CONTENT = "content.xml"
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+\Z")
_DAY_ZERO = date(1899, 12, 30)
_DATE = "yyyy/m/d"
_MOST_REPEATED = 1000
_WHITE = frozenset({"s", "tab", "line-break"})


def read_ods(data: bytes, name: str | None) -> Book:
    """The sheets of an OpenDocument file. Raises UnreadableSource if it is damaged or too large."""
    package = Package(data, name)
    if _CONTENT not in package:
        raise UnreadableSource(
            name, "文件已损坏：没有 content.xml", "the file is damaged: it has no content.xml"
        )
    root = package.xml(_CONTENT)
    book = Book(name)
    hidden = {
        style.get("name")
        for style in root.iter("style")
        if style.find("table-properties[@display='false']") is not None
    }
    for table in root.iterfind("body/spreadsheet/table"):
        title = table.get("name", "")
        if table.get("style-name") in hidden:
            book.met["D642"].append(title[:LONGEST_NAME])
        else:
            book.sheets.append(_sheet(title, table, book))
    return book


def _sheet(title: str, table: Element, book: Book) -> Sheet:
    sheet = Sheet(title)
    at = 0
    for column in table.iter("table-column"):
        behind = at + _count(column, "number-columns-repeated")
        if column.get("visibility", "visible") != "visible":
            sheet.hide(at, behind - 1)
        at = behind
    at = 0
    for row in table.iter("table-row"):
        repeated = _count(row, "number-rows-repeated")
        if row.get("visibility", "visible") != "visible":
            sheet.hidden_rows.add(at)
        elif any(True for cell in row if _is_used(cell)):
            for number in range(at, at + min(repeated, _MOST_REPEATED)):
                _row(sheet, row, number, book)
        at += repeated
    if not sheet.is_whole:
        book.met["D642"].append(sheet.name)
    return sheet


def _row(sheet: Sheet, row: Element, number: int, book: Book) -> None:
    column = 0
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _count(cell, "number-columns-repeated")
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            sheet.merges.append(Merge(number, column, number + down - 1, column + across - 1))
        if _is_used(cell):
            for place in range(column, column + min(repeated, _MOST_REPEATED)):
                text = _text(cell, f"{sheet.name}!{address(number, place)}", book)
                book.count(1, len(text))
                sheet.put(number, place, text)
        column += repeated


def _is_used(cell: Element) -> bool:
    """Whether a cell holds something, or is empty in its own right."""
    return len(cell) > 0 or (
        cell.tag == "table-cell" and "number-columns-repeated" not in cell.attrib
    )


def _text(cell: Element, place: str, book: Book) -> str:
    printed = "\n".join(_paragraphs(cell))
    kind, value = cell.get("value-type"), cell.get("value", "")
    if kind == "float" and _NUMBER.match(printed):
        try:
            number = plain(float(value))
        except ValueError:
            return printed
        if number != plain(float(printed.replace(",", ""))):
            book.met[CODES["rounded"]].append(place)
        return number
    if kind == "date":
        try:
            day = date.fromisoformat(cell.get("date-value", "")[:10])
        except ValueError:
            return printed
        text, doubt = shown((day - _DAY_ZERO).days, _DATE)
        if doubt:
            book.met[CODES[doubt]].append(place)
        return text
    if not printed and "formula" in cell.attrib and kind != "string":
        book.met["D640"].append(place)
    return printed


def _paragraphs(cell: Element) -> Iterator[str]:
    for paragraph in cell.iterfind("p"):
        yield "".join(_words(paragraph))


def _words(element: Element) -> Iterator[str]:
    if element.tag == "annotation":
        return
    yield element.text or ""
    for child in element:
        if child.tag in _WHITE:
            yield " "
        yield from _words(child)
        yield child.tail or ""


def _count(element: Element, attribute: str) -> int:
    text = element.get(attribute, "1")
    return int(text) if text.isdecimal() and len(text) < 10 else 1
