"""Read Excel files (.xlsx, .xlsm and what WPS saves as them).

Their XML is read directly, since libraries lose what matters here: a formula without a saved value
and an error both become an empty cell, and a count formatted as a date becomes a date from which
the count cannot be found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from attrs import define, frozen

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.package import ZipPackage
from gischema.reading.sheets.format_codes import (
    NOT_CALCULATED,
    ShownCell,
    built_in_format,
    show_number,
)
from gischema.reading.sheets.workbook import MergedRange, Workbook, Worksheet, parse_address

_USUAL = "xl/workbook.xml"
_COLUMN = re.compile(r"[1-9]\d{0,5}\Z")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold, such as the line break of another system."""

_RAISED = "rPr/vertAlign[@val='superscript']"
_ON = frozenset({"1", "true"})
LOST_TEXT = "#缺失"
"""Stands for a text that the file refers to and does not hold."""


def read_xlsx(data: bytes, name: str | None) -> Document:
    """Return the sheets of an Excel file.

    Raises:
        UnreadableSource: If the file is damaged, too large or binary.
    """
    package = ZipPackage(data, name)
    main = package.related_by_kind("", "officeDocument") or _USUAL
    if main not in package or main.endswith(".bin"):
        raise UnreadableSource(
            name,
            "这是二进制的 Excel 文件（.xlsb），不能直接读取：请另存为 .xlsx",
            "this is a binary Excel file (.xlsb) and cannot be read as it is: save it as .xlsx",
            "unsupported",
        )
    book = Workbook(name)
    targets = {key: (kind, part) for key, kind, part in package.related(main)}
    workbook = package.xml(main)
    values = _CellValues(
        _strings(package, package.related_by_kind(main, "sharedStrings")),
        _styles(package, package.related_by_kind(main, "styles")),
        any(one.get("date1904") in _ON for one in workbook.iterfind("workbookPr")),
    )
    for element in workbook.iter("sheet"):
        kind, part = targets.get(element.get("id", ""), ("", ""))
        if kind != "worksheet":
            continue
        title = element.get("name", "")
        if element.get("state", "visible") != "visible":
            book.leave_out(title)
        else:
            book.add(_sheet(Worksheet(title, book), package.xml(part), values))
    return book.document("xlsx")


@frozen
class _CellStyle:
    """The style of a cell: the format of its number, and how its text is shown.

    `struck` is set if it is struck out, `unseen` if it is white without a colour behind it.
    """

    format: str = ""
    struck: bool = False
    unseen: bool = False


_PLAIN = _CellStyle()
_NO_FONT = Element("font")


@frozen
class _CellValues:
    """The shared strings, styles and date system that the cells of a file refer to."""

    strings: list[ShownCell]
    styles: list[_CellStyle]
    since_1904: bool

    def shown_cell(self, cell: Element, *, zeros: bool) -> ShownCell:
        """Return a cell as shown; `zeros` is set if its sheet shows zeros."""
        kind, value, style = cell.get("t", "n"), cell.findtext("v", "").strip(), self._style(cell)
        if style.struck and (value or kind == "inlineStr"):
            return "", "struck"
        if kind == "inlineStr":
            found = cell.find("is")
            return ("", "") if found is None else _rich(found)
        if value and style.unseen:
            return "", "unshown"
        if value:
            return self._value(kind, value, style.format, zeros=zeros)
        if cell.find("f") is not None and kind != "str":
            return NOT_CALCULATED, "uncalculated"
        return "", ""

    def _value(self, kind: str, value: str, code: str, *, zeros: bool) -> ShownCell:
        """Return a saved value as shown, by the type of its cell."""
        if kind == "n":
            return self._number(value, code, zeros=zeros)
        if kind == "s":
            return self.strings[int(value)] if _is_index(value, self.strings) else (LOST_TEXT, "")
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE", ""
        return value, ""

    def _style(self, cell: Element) -> _CellStyle:
        at = cell.get("s", "0")
        return self.styles[int(at)] if _is_index(at, self.styles) else _PLAIN

    def _number(self, value: str, code: str, *, zeros: bool) -> ShownCell:
        try:
            number = float(value)
        except ValueError:
            return value, ""
        return show_number(number, code, since_1904=self.since_1904, zeros=zeros)


@define(eq=False)
class _CellCursor:
    """The position of cells that do not state it: behind the one before."""

    row: int = -1
    column: int = -1


def _sheet(sheet: Worksheet, root: Element, values: _CellValues) -> Worksheet:
    views = root.iterfind("sheetViews/sheetView")
    sheet.zeros = all(view.get("showZeros", "1") in _ON for view in views)
    at = _CellCursor()
    for row in root.iter("row"):
        number = row.get("r", "")
        at.row = int(number) - 1 if number.isdecimal() and len(number) < 8 else at.row + 1
        at.column = -1
        if row.get("hidden") in _ON or _is_nothing(row.get("ht")):
            sheet.hidden_rows.add(at.row)
        for cell in row.iter("c"):
            at.row, at.column = parse_address(cell.get("r", "")) or (at.row, at.column + 1)
            sheet.put(at.row, at.column, *values.shown_cell(cell, zeros=sheet.zeros))
    for first, last in _hidden_columns(root):
        sheet.hide(first, last)
    sheet.merges.extend(_merges(root))
    return sheet


def _hidden_columns(root: Element) -> Iterator[tuple[int, int]]:
    for column in root.iter("col"):
        first, last = column.get("min", ""), column.get("max", "")
        is_hidden = column.get("hidden") in _ON or _is_nothing(column.get("width"))
        if is_hidden and _COLUMN.match(first) and _COLUMN.match(last):
            yield int(first) - 1, int(last) - 1


def _merges(root: Element) -> Iterator[MergedRange]:
    for element in root.iter("mergeCell"):
        first, _, last = element.get("ref", "").partition(":")
        begin, end = parse_address(first), parse_address(last)
        if begin is not None and end is not None:
            yield MergedRange(*begin, *end)


def _strings(package: ZipPackage, part: str | None) -> list[ShownCell]:
    return [] if part is None else [_rich(item) for item in package.xml(part).iter("si")]


def _rich(item: Element) -> ShownCell:
    """Return the text of a string in one or several runs, without the reading printed above it.

    Raised text, such as the mark of a note, is set apart from the digits before it. Struck-out text
    is left out.
    """
    runs = [child for child in item if child.tag in ("t", "r")]
    kept = [run for run in runs if not _is_on(run.find("rPr/strike"))]
    text = "".join(
        (" " if run.find(_RAISED) is not None else "") + (part.text or "")
        for run in kept
        for part in run.iter("t")
    )
    if "_x" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return text, "struck" if len(kept) < len(runs) else ""


def _styles(package: ZipPackage, part: str | None) -> list[_CellStyle]:
    """Return the styles of cells."""
    if part is None:
        return []
    root = package.xml(part)
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter("numFmt")}
    fonts = [*root.iterfind("fonts/font")]
    clear = [fill.find("patternFill/fgColor") is None for fill in root.iterfind("fills/fill")]
    styles: list[_CellStyle] = []
    for style in root.iterfind("cellXfs/xf"):
        key, at, fill = style.get("numFmtId", ""), style.get("fontId", ""), style.get("fillId", "0")
        code = own[key] if key in own else built_in_format(key)
        font = fonts[int(at)] if _is_index(at, fonts) else _NO_FONT
        is_clear = not _is_index(fill, clear) or clear[int(fill)]
        styles.append(_CellStyle(code, _is_on(font.find("strike")), is_clear and _is_white(font)))
    return styles


def _is_white(font: Element) -> bool:
    colour = font.find("color")
    return colour is not None and (
        colour.get("rgb", "").upper().endswith("FFFFFF") or colour.get("theme") == "0"
    )


def _is_nothing(size: str | None) -> bool:
    """Return True for a height or width of 0: nothing of the row or column is seen."""
    return size is not None and re.fullmatch(r"0(?:\.0*)?", size) is not None


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get("val", "1") in _ON


def _is_index(text: str, items: Sequence[object]) -> bool:
    return text.isdecimal() and len(text) < 8 and int(text) < len(items)
