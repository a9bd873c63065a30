"""Read the body of a binary Word file with the few structures that a report needs.

This is the second way, for files that `msdoc2docx` refuses. It follows [MS-DOC]: the file
information block (2.5), the piece table (2.9.38), and the properties of paragraphs and characters
(2.9.23, 2.9.33). Numbers of lists, text boxes and footnotes are not read.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Generic, TypeVar
from xml.etree.ElementTree import Element, SubElement

from attrs import define, field, frozen

from gischema.reading.word.row_layouts import CellLayout, RowLayout, TableBuilder

_MAGIC = 0xA5EC
_FLAGS_AT, _LENGTH_AT, _OFFSETS_AT = 0x0A, 0x4C, 0x9A
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_CHARACTERS, _PARAGRAPHS, _PIECES = 12, 13, 33
"""The numbers of three structures: PlcfBteChpx, PlcfBtePapx and Clx."""

_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
_PARAGRAPH_ENTRY = 13  # bytes for each paragraph on a page of paragraph properties
_COMPRESSED = 0x40000000
_MAX_CHARACTERS = 4_000_000
_MAX_LEVELS = 20  # tables in one another

_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
"""The lengths of the operands of properties by their kind; 0 where the operand states its own."""
_IN_TABLE, _ENDS_ROW, _LEVEL = 0x2416, 0x2417, 0x6649
_ENDS_INNER_CELL, _ENDS_INNER_ROW = 0x244B, 0x244C
_TABLE_DEFINITION, _LONG_TABS = 0xD608, 0xC615
_MARKS = {0x0800: "del", 0x0801: "ins", 0x083C: "vanish", 0x0837: "strike", 0x2A53: "strike"}
_POSITION, _SUPERSCRIPT = 0x2A48, 1
_CELL_SIZE = 20  # bytes of the properties of a cell in the definition of a row
_FIRST_MERGED, _MERGED, _MERGED_BELOW, _FIRST_BELOW = 0x01, 0x02, 0x20, 0x40

_CELL_END, _PARAGRAPH_END = "\x07", "\r"
_ENDS = re.compile(rf"(?<=[{_CELL_END}{_PARAGRAPH_END}])")
_PRINTED = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": None, "\xa0": " "})
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x12\x16-\x1d]")
_FIELD_MARK = re.compile("([\x13-\x15])")
_FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}

_ENCODINGS = {1: "cp1252", 2: "utf-16-le"}

_T = TypeVar("_T")


class BrokenWordFile(Exception):
    """Raised for a file whose structures lead nowhere."""


@frozen
class _ParagraphEnd:
    """What the end of a paragraph states: its level of tables, and whether it ends cell or row."""

    level: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    layout: RowLayout = field(factory=RowLayout)


def is_encrypted(stream: bytes) -> bool:
    """Return True if the stream `WordDocument` is protected by a password."""
    return len(stream) > _OFFSETS_AT and bool(_short(stream, _FLAGS_AT) & _ENCRYPTED)


def table_stream(stream: bytes) -> str:
    """Return the name of the stream that holds the structures of `WordDocument`.

    Raises:
        BrokenWordFile: The stream is not one of Word 97 or later.
    """
    if len(stream) < _OFFSETS_AT or _short(stream, 0) != _MAGIC:
        raise BrokenWordFile("no file information block")
    return "1Table" if _short(stream, _FLAGS_AT) & _SECOND_TABLE else "0Table"


def body_of(stream: bytes, table: bytes) -> Element:
    """Return the body of a Word file.

    Args:
        stream: The stream `WordDocument`.
        table: The stream that `table_stream` names.

    Raises:
        BrokenWordFile: The structures of the file lead nowhere.
    """

    def structure(number: int) -> bytes:
        start, size = struct.unpack_from("<II", stream, _OFFSETS_AT + 8 * number)
        return table[start : start + size]

    try:
        length = min(_long(stream, _LENGTH_AT), _MAX_CHARACTERS)
        pieces = list(_pieces(structure(_PIECES), length))
        characters = _Properties(stream, structure(_CHARACTERS), _character_entry, _marks)
        paragraphs = _Properties(stream, structure(_PARAGRAPHS), _paragraph_entry, _paragraph_end)
        builder = _BodyBuilder()
        for count, offset, width in pieces:
            for start, end in characters.spans(offset, min(offset + count * width, len(stream))):
                marks = characters.at(start)
                at = start
                for part in filter(
                    None, _ENDS.split(stream[start:end].decode(_ENCODINGS[width], "replace"))
                ):
                    at += len(part) * width
                    builder.add(part, marks, paragraphs.at(at - width))
        return builder.body()
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenWordFile(str(error)) from error


@define(eq=False)
class _BodyBuilder:
    """Builds the body from stretches of text: each ends at a paragraph, a cell or other marks."""

    root: Element = field(factory=lambda: Element("body"))
    tables: list[TableBuilder] = field(factory=list)
    paragraph: Element = field(factory=lambda: Element("p"))

    def add(self, text: str, marks: frozenset[str], end: _ParagraphEnd) -> None:
        """Add a stretch of text; `end` counts if the text ends a paragraph."""
        last = text[-1]
        if last not in (_CELL_END, _PARAGRAPH_END):
            self._run(text, marks)
            return
        self._run(text[:-1], marks)
        level = min(end.level, _MAX_LEVELS)
        if level and end.ends_row:
            self._at(level)
            self.tables[-1].end_row(end.layout)
        else:
            self._place(level)
            if level and (end.ends_cell or last == _CELL_END):
                self.tables[-1].end_cell()
        self.paragraph = Element("p")

    def body(self) -> Element:
        """Return the finished body."""
        if len(self.paragraph):
            self._place(0)
        self._at(0)
        return self.root

    def _run(self, text: str, marks: frozenset[str]) -> None:
        to = self.paragraph
        if "\x01" in text:
            SubElement(SubElement(SubElement(to, "r"), "pict"), "imagedata")
        for change in marks & {"del", "ins"}:
            to = SubElement(to, change)
        run = SubElement(to, "r")
        properties = SubElement(run, "rPr")
        for mark in sorted(marks & {"vanish", "strike"}):
            SubElement(properties, mark)
        if "raised" in marks:
            SubElement(properties, "vertAlign", val="superscript")
        for part in filter(None, _FIELD_MARK.split(_UNPRINTED.sub("", text))):
            if part in _FIELD_MARKS:
                SubElement(run, "fldChar", fldCharType=_FIELD_MARKS[part])
            else:
                SubElement(run, "t").text = part.translate(_PRINTED)

    def _place(self, level: int) -> None:
        self._at(level)
        (self.tables[-1].cell if self.tables else self.root).append(self.paragraph)

    def _at(self, level: int) -> None:
        """Open or close tables until as many are open as the level says."""
        while len(self.tables) < level:
            self.tables.append(TableBuilder())
        while len(self.tables) > level:
            table = self.tables.pop().table()
            (self.tables[-1].cell if self.tables else self.root).append(table)


class _Properties(Generic[_T]):
    """The properties of stretches of the stream, which stand on pages of 512 bytes."""

    def __init__(
        self,
        stream: bytes,
        index: bytes,
        entry: Callable[[bytes, int, int], bytes],
        read: Callable[[bytes], _T],
    ) -> None:
        """Read every page that the index names.

        Args:
            stream: The stream `WordDocument`.
            index: The numbers of the pages (PlcBte).
            entry: Returns the properties of a stretch, from its page, the number of stretches on
                it and the number of the stretch.
            read: Makes a value of them.
        """
        self._starts: list[int] = []
        self._values: list[_T] = []
        self._none = read(b"")
        count = max(0, (len(index) - 4) // 8)
        for number in range(count):
            at = (_long(index, 4 * (count + 1) + 4 * number) & _PAGE_NUMBER) * _PAGE
            page = stream[at : at + _PAGE]
            runs = page[-1]
            for run in range(runs):
                self._starts.append(_long(page, 4 * run))
                self._values.append(read(entry(page, runs, run)))
        order = sorted(range(len(self._starts)), key=self._starts.__getitem__)
        self._starts = [self._starts[at] for at in order]
        self._values = [self._values[at] for at in order]

    def at(self, offset: int) -> _T:
        """Return the value at an offset of the stream."""
        number = bisect_right(self._starts, offset) - 1
        return self._values[number] if number >= 0 else self._none

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the spans between two offsets that have one value each."""
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end - 1)
        cuts = [start, *self._starts[first:last], end]
        yield from ((a, b) for a, b in pairwise(cuts) if a < b)


def _pieces(structure: bytes, length: int) -> Iterator[tuple[int, int, int]]:
    """Yield the pieces of the text: their number of characters, offset, and bytes a character."""
    at = 0
    while structure[at] == 1:  # the properties of pieces, which are of no use here
        at += 3 + _short(structure, at + 1)
    size = _long(structure, at + 1)
    table = structure[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        first, last = places[number], min(places[number + 1], length)
        place = _long(table, 4 * (count + 1) + 8 * number + 2)
        if first >= last:
            continue
        if place & _COMPRESSED:
            yield last - first, (place & ~_COMPRESSED) // 2, 1
        else:
            yield last - first, place, 2


def _paragraph_entry(page: bytes, runs: int, number: int) -> bytes:
    at = page[4 * (runs + 1) + _PARAGRAPH_ENTRY * number] * 2
    if not at:
        return b""
    size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
    return page[at + 2 : at + size]  # behind the number of the style


def _character_entry(page: bytes, runs: int, number: int) -> bytes:
    at = page[4 * (runs + 1) + number] * 2
    return page[at + 1 : at + 1 + page[at]] if at else b""


def _paragraph_end(properties: bytes) -> _ParagraphEnd:
    level, in_table, ends_row, ends_cell, layout = 0, False, False, False, RowLayout()
    for code, operand in _single(properties):
        if code == _IN_TABLE:
            in_table = operand[:1] == b"\x01"
        elif code == _LEVEL and len(operand) == 4:
            level = max(0, int.from_bytes(operand, "little", signed=True))
        elif code in (_ENDS_ROW, _ENDS_INNER_ROW):
            ends_row = ends_row or operand[:1] == b"\x01"
        elif code == _ENDS_INNER_CELL:
            ends_cell = operand[:1] == b"\x01"
        elif code == _TABLE_DEFINITION:
            layout = _row_layout(operand)
    return _ParagraphEnd(level or int(in_table), ends_row, ends_cell, layout)


def _row_layout(definition: bytes) -> RowLayout:
    count = definition[0] if definition else 0
    if len(definition) < 1 + 2 * (count + 1):
        return RowLayout()
    edges = struct.unpack_from(f"<{count + 1}h", definition, 1)
    cells = definition[1 + 2 * (count + 1) :]
    layouts: list[CellLayout] = []
    for number in range(count):
        own = cells[_CELL_SIZE * number : _CELL_SIZE * number + 2]
        flags = int.from_bytes(own, "little")
        across = "restart" if flags & _FIRST_MERGED else "continue" if flags & _MERGED else ""
        down = "restart" if flags & _FIRST_BELOW else "continue" if flags & _MERGED_BELOW else ""
        layouts.append(CellLayout(edges[number + 1], across, down))
    return RowLayout(edges[0], tuple(layouts))


def _marks(properties: bytes) -> frozenset[str]:
    found = set()
    for code, operand in _single(properties):
        if code in _MARKS and operand[:1] == b"\x01":
            found.add(_MARKS[code])
        elif code == _POSITION and operand[:1] == bytes([_SUPERSCRIPT]):
            found.add("raised")
    return frozenset(found)


def _single(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield single properties: their codes and operands. The last operand may be cut short."""
    at = 0
    while at + 2 <= len(properties):
        code = _short(properties, at)
        at += 2
        size = _OPERANDS[code >> 13]
        if code == _TABLE_DEFINITION and at + 2 <= len(properties):
            size, at = _short(properties, at) - 1, at + 2
        elif not size and at < len(properties):
            size, at = properties[at], at + 1
            if code == _LONG_TABS and size == 0xFF:
                return
        yield code, properties[at : at + max(size, 0)]
        at += max(size, 0)


def _short(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _long(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
