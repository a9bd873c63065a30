"""Read OpenDocument texts (.odt): their paragraphs and tables as elements of a Word file.

`WordBlockWriter` then reads merged cells, hidden text and text boxes of both kinds of file. Numbers
of lists are counted here; deleted text of tracked changes stands apart and is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from attrs import define, field, frozen

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.package import ZipPackage
from gischema.reading.word.list_number_formats import format_number
from gischema.reading.word.read_word import word_document

_CONTENT, _STYLES = "content.xml", "styles.xml"
_PARAGRAPHS = frozenset({"p", "h"})
_UNPRINTED = frozenset({"annotation", "annotation-end", "tracked-changes", "forms", "ruby-text",
                        "sequence-decls", "variable-decls", "user-field-decls", "change",
                        "page-number", "page-count", "note-citation"})  # fmt: skip
_INDEXES = frozenset({"table-of-content", "alphabetical-index", "illustration-index"})
_WHITE = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
            "I": "upperRoman", "": "none"}  # fmt: skip
"""Word's names of the number formats of OpenDocument. Others are named by their first number."""
_COUNTED = {"一": "chineseCounting", "壹": "chineseLegalSimplified",
            "①": "decimalEnclosedCircle", "甲": "ideographTraditional",
            "子": "ideographZodiac", "１": "decimalFullWidth"}  # fmt: skip
_MOST_REPEATED = 1000
_MOST_SPACES = 100
_MAX_CELLS = 20_000  # with those that repeat; the largest report has a fiftieth
_MOST_PARENTS = 20


@frozen
class _TextStyle:
    """What a style states of characters, None if it leaves that to its parent."""

    parent: str
    hidden: bool | None
    struck: bool | None
    raised: bool | None
    white: bool | None
    tiny: bool | None


@frozen
class _OdtListLevel:
    """One level of a list style: number format, text around the number, levels shown, start."""

    format: str
    prefix: str
    suffix: str
    shown: int
    start: int


@define(eq=False)
class _OdtTranslator:
    """Makes the body of a Word file from the body of an OpenDocument text."""

    name: str | None
    styles: Mapping[str, _TextStyle]
    lists: Mapping[str, Mapping[int, _OdtListLevel]]
    notes: list[Element] = field(factory=list)
    _counts: dict[tuple[str, int], int] = field(factory=dict)
    _inserting: bool = False
    _cells: int = 0

    def blocks(self, parent: Element, to: Element, number: str = "") -> None:
        """Add the blocks of a body, a cell or a text box to an element of a Word file."""
        for child in parent:
            if child.tag in _PARAGRAPHS:
                self._paragraph(child, to, number)
                number = ""
            elif child.tag == "list":
                self._list(child, to, child.get("style-name", ""), 1)
            elif child.tag == "table":
                to.append(self._table(child))
            elif child.tag == "section" and child.get("display", "true") != "true":
                self._hidden(child, to)
            elif child.tag in ("change-start", "change-end"):
                self._inserting = child.tag == "change-start"
            elif child.tag not in _UNPRINTED and child.tag not in _INDEXES:
                self.blocks(child, to)

    def _hidden(self, section: Element, to: Element) -> None:
        """Add a section that is not shown as one hidden paragraph."""
        run = _run(SubElement(to, "p"), "\n".join(map(_plain, section.iter("p"))))
        run.insert(0, _properties("vanish"))

    def _paragraph(self, source: Element, to: Element, number: str) -> None:
        paragraph = SubElement(to, "p")
        if number:
            _run(paragraph, number + " ")
        self._words(source, paragraph, source.get("style-name", ""))

    def _words(self, source: Element, to: Element, style: str) -> None:
        """Add the text of an element as runs; `style` is the style of its characters."""
        self._text(source.text, to, style)
        for child in source:
            tag = child.tag
            if tag == "s":
                count = _number(child.get("c"), 1)
                self._text(" " * min(count, _MOST_SPACES), to, style)
            elif tag in _WHITE:
                self._text(_WHITE[tag], to, style)
            elif tag == "note":
                self._note(child)
            elif tag in ("frame", "custom-shape", "object", "g"):
                self._drawing(child, to)
            elif tag in ("change-start", "change-end"):
                self._inserting = tag == "change-start"
            elif tag == "change":
                SubElement(to, "del")
            elif tag == "hidden-text":
                _run(to, child.get("string-value", "")).insert(0, _properties("vanish"))
            elif tag not in _UNPRINTED:
                self._words(child, to, child.get("style-name") or style)
            self._text(child.tail, to, style)

    def _text(self, text: str | None, to: Element, style: str) -> None:
        if not text:
            return
        run = _run(SubElement(to, "ins") if self._inserting else to, text)
        marks = [
            name
            for name, is_set in (
                ("vanish", self._styled(style, lambda one: one.hidden)),
                ("strike", self._styled(style, lambda one: one.struck)),
            )
            if is_set
        ]
        properties = _properties(*marks)
        if self._styled(style, lambda one: one.raised):
            SubElement(properties, "vertAlign", val="superscript")
        if self._styled(style, lambda one: one.white):
            SubElement(properties, "color", val="FFFFFF")
        if self._styled(style, lambda one: one.tiny):
            SubElement(properties, "sz", val="2")
        if len(properties):
            run.insert(0, properties)

    def _styled(self, name: str, of: Callable[[_TextStyle], bool | None]) -> bool:
        """Return what a style or the first of its parents that states it says of characters."""
        for _ in range(_MOST_PARENTS):
            style = self.styles.get(name)
            if style is None:
                break
            if (found := of(style)) is not None:
                return found
            name = style.parent
        return False

    def _note(self, note: Element) -> None:
        """Keep a footnote or endnote for the end of the text."""
        for body in note.iter("note-body"):
            kept = Element("notes")
            self.blocks(body, kept)
            self.notes.extend(kept)

    def _drawing(self, frame: Element, to: Element) -> None:
        run = SubElement(to, "r")
        drawing = SubElement(run, "drawing")
        if frame.tag == "custom-shape":
            self.blocks(frame, SubElement(drawing, "txbxContent"))
            return
        for child in frame:
            if child.tag == "text-box":
                self.blocks(child, SubElement(drawing, "txbxContent"))
            elif child.tag == "image":
                SubElement(drawing, "blip")
            elif child.tag in ("object", "object-ole"):
                SubElement(SubElement(run, "object"), "OLEObject")
            elif child.tag in ("frame", "custom-shape", "g"):
                self._drawing(child, to)

    def _list(self, source: Element, to: Element, style: str, level: int) -> None:
        """Add the items of a list. Lists with one style go on counting, as most offices want."""
        if source.get("continue-numbering") != "true" and level > 1:
            self._counts.pop((style, level), None)
        for item in source:
            if item.tag not in ("list-item", "list-header"):
                continue
            number = ""
            if item.tag == "list-item" and any(child.tag in _PARAGRAPHS for child in item):
                number = self._count(style, level, item.get("start-value"))
            for child in item:
                if child.tag == "list":
                    self._list(child, to, child.get("style-name") or style, level + 1)
                elif child.tag in _PARAGRAPHS:
                    self._paragraph(child, to, number)
                    number = ""
                else:
                    self.blocks(child, to)

    def _count(self, style: str, level: int, start: str | None) -> str:
        """Count an item, and return the number before it."""
        found = self.lists.get(style, {}).get(level)
        if found is None:
            return ""
        last = self._counts.get((style, level), found.start - 1)
        self._counts[style, level] = last + 1 if start is None else _number(start, 1)
        for key in [key for key in self._counts if key[0] == style and key[1] > level]:
            del self._counts[key]
        shown = range(max(1, level - found.shown + 1), level + 1)
        numbers = (
            format_number(self._counts.get((style, at), 1), one.format)
            for at in shown
            if (one := self.lists[style].get(at)) is not None
        )
        return f"{found.prefix}{'.'.join(numbers)}{found.suffix}" if found.format != "none" else ""

    def _table(self, source: Element) -> Element:
        table = Element("tbl")
        for row in _rows(source):
            line = SubElement(table, "tr")
            if row.get("visibility", "visible") != "visible":
                SubElement(SubElement(line, "trPr"), "hidden")
            for cell in row:
                for _ in range(
                    min(_number(cell.get("number-columns-repeated"), 1), _MOST_REPEATED)
                ):
                    self._cell(cell, line)
        _mark_covered(table)
        return table

    def _cell(self, source: Element, row: Element) -> None:
        if source.tag not in ("table-cell", "covered-table-cell"):
            return
        self._cells += 1
        if self._cells > _MAX_CELLS:
            raise UnreadableSource(
                self.name,
                f"表格有超过 {_MAX_CELLS} 个单元格，不会是一份年度报告",
                f"its tables have more than {_MAX_CELLS} cells; this is no annual report",
                "too_large",
            )
        cell = SubElement(row, "tc")
        cell.set("covered", str(source.tag == "covered-table-cell"))
        cell.set("across", str(_number(source.get("number-columns-spanned"), 1)))
        cell.set("down", str(_number(source.get("number-rows-spanned"), 1)))
        if source.tag == "table-cell":
            self.blocks(source, cell)


def read_odt(data: bytes, name: str | None) -> Document:
    """Return the document of an OpenDocument text.

    Raises:
        UnreadableSource: If the file is damaged or too large.
    """
    package = ZipPackage(data, name)
    root = package.xml(_CONTENT) if _CONTENT in package else None
    text = None if root is None else root.find("body/text")
    if root is None or text is None:
        raise UnreadableSource(
            name,
            "文件已损坏：没有正文，请用 LibreOffice 或 WPS 打开后重新保存",
            "the file is damaged: it has no text; open it with LibreOffice and save it again",
        )
    roots = [package.xml(_STYLES)] if _STYLES in package else []
    roots.append(root)
    styles = {name: style for one in roots for name, style in _text_styles(one)}
    lists = {name: levels for one in roots for name, levels in _list_styles(one)}
    translator = _OdtTranslator(name, styles, lists)
    body = Element("body")
    if text.find("tracked-changes/changed-region/deletion") is not None:
        SubElement(SubElement(body, "p"), "del")
    translator.blocks(text, body)
    body.extend(translator.notes)
    return word_document(body, name, "odt")


def _text_styles(root: Element) -> Iterator[tuple[str, _TextStyle]]:
    for style in root.iter("style"):
        if style.get("family") in ("text", "paragraph"):
            found = style.find("text-properties")
            properties = Element("none") if found is None else found
            position = properties.get("text-position")
            yield (
                style.get("name", ""),
                _TextStyle(
                    style.get("parent-style-name", ""),
                    _stated(properties.get("display"), lambda value: value == "none"),
                    _stated(
                        properties.get("text-line-through-style"), lambda value: value != "none"
                    ),
                    _stated(position, _is_off_the_line),
                    _white(properties),
                    _stated(properties.get("font-size"), _is_tiny),
                ),
            )


def _stated(value: str | None, test: Callable[[str], bool]) -> bool | None:
    return None if value is None else test(value)


def _is_off_the_line(position: str) -> bool:
    shift = position.split(maxsplit=1)[0] if position.strip() else ""
    return shift in ("super", "sub") or (shift.endswith("%") and not shift.startswith("0"))


def _white(properties: Element) -> bool | None:
    """Return True if text is white with nothing behind it, None if no colour is stated."""
    behind = properties.get("background-color", "transparent")
    return _stated(
        properties.get("color"), lambda one: one.lower() == "#ffffff" and behind == "transparent"
    )


def _is_tiny(size: str) -> bool:
    return re.fullmatch(r"[0-2](?:\.\d*)?pt", size) is not None


def _list_styles(root: Element) -> Iterator[tuple[str, dict[int, _OdtListLevel]]]:
    for style in root.iter("list-style"):
        levels = {
            _number(level.get("level"), 1): _OdtListLevel(
                _format(level.get("num-format", "")),
                level.get("num-prefix", ""),
                level.get("num-suffix", ""),
                _number(level.get("display-levels"), 1),
                _number(level.get("start-value"), 1),
            )
            for level in style
            if level.tag == "list-level-style-number"
        }
        yield style.get("name", ""), levels


def _format(written: str) -> str:
    """Return Word's name of a number format (`1`, `a`, `一, 二, 三, ...`)."""
    return _FORMATS.get(written) or _COUNTED.get(written[:1], "decimal")


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, repeated ones as often as they stand in it."""
    for child in table:
        if child.tag == "table-row":
            count = min(_number(child.get("number-rows-repeated"), 1), _MOST_REPEATED)
            yield from [child] * count
        elif child.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _mark_covered(table: Element) -> None:
    """State merged cells as Word does: one cell over several columns, rows that go on below."""
    below: dict[int, int] = {}
    for row in table:
        column = 0
        cells = [cell for cell in row if cell.tag == "tc"]
        while cells:
            cell = cells.pop(0)
            across, down = int(cell.get("across", "1")), int(cell.get("down", "1"))
            properties = Element("tcPr")
            if cell.get("covered") == "True":
                if below.get(column, 0) > 0:
                    SubElement(properties, "vMerge")
                    below[column] -= 1
                else:
                    SubElement(properties, "hMerge")
                across = 1
            else:
                if down > 1:
                    SubElement(properties, "vMerge", val="restart")
                    below[column] = down - 1
                for covered in cells[: across - 1]:
                    if covered.get("covered") == "True":
                        row.remove(covered)
                del cells[: across - 1]
                SubElement(properties, "gridSpan", val=str(across))
            cell.attrib.clear()
            cell.insert(0, properties)
            column += across


def _run(to: Element, text: str) -> Element:
    run = SubElement(to, "r")
    SubElement(run, "t").text = text
    return run


def _properties(*marks: str) -> Element:
    properties = Element("rPr")
    for mark in marks:
        SubElement(properties, mark)
    return properties


def _plain(element: Element) -> str:
    return "".join(element.itertext())


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else otherwise
