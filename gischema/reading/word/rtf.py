"""Read RTF files: their paragraphs and tables as elements of a Word file.

RTF is Word's own model of a text in another notation, so `WordBlockWriter` reads merged cells,
tracked changes, hidden text and text boxes of both. Numbers of paragraphs are printed in the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, SubElement

from attrs import define, evolve, field, frozen

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.word.read_word import word_document
from gischema.reading.word.row_layouts import CellLayout, RowLayout, TableBuilder
from gischema.reading.word.rtf_tokens import RtfToken, rtf_tokens

_MAX_DEPTH = 400  # groups in one another; Word files have about twenty
_MAX_PARTS = 1_000_000  # runs, paragraphs and cells
_MAX_LEVELS = 20  # tables in one another

_CHARSETS = {0: "cp1252", 77: "mac-roman", 78: "shift-jis", 79: "euc-kr", 80: "gb18030",
             81: "big5", 128: "shift-jis", 129: "euc-kr", 134: "gb18030", 136: "big5"}  # fmt: skip
"""Encodings by the number of a font's character set."""
_CHINESE = "gb18030"
_UNBALANCED = "D637"
_CODES = 0x10000  # the numbers of characters may be written as negative ones
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The two halves of a character beyond the first 65,536."""

_SKIPPED = frozenset(
    ["fonttbl", "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf",
     "footer", "footerl", "footerr", "footerf", "annotation", "pict", "nonshppict", "objdata",
     "objclass", "objname", "shprslt", "nonesttables", "listtable", "listoverridetable", "revtbl",
     "filetbl", "pnseclvl", "sn", "sv", "fldinst", "tc", "xe", "ftnsep", "ftnsepc", "aftnsep",
     "aftnsepc"]
)  # fmt: skip
"""Groups whose text is not printed in the body of the page."""
_READ = frozenset(
    ["shpinst", "shppict", "shptxt", "ud", "nesttableprops", "pn", "fldrslt", "result", "listtext"]
)
"""Groups that are read although a program may skip them."""
_PRINTED = {"tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“",
            "rdblquote": "”", "emdash": "—", "endash": "-", "bullet": "•", "emspace": " ",
            "enspace": " ", "qmspace": " "}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_COLOURS = re.compile(rb"\\colortbl([^{}]{0,5000})\}")
_PARTS_OF_WHITE = re.compile(rb"(?:\\(?:red|green|blue)255\s*){3}")
_BEHIND = re.compile(rb"\\(?:clcbpat|chcbpat|highlight|cb)[1-9]")
_PAGE_FIELD = re.compile(rb"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)


@frozen
class _Style:
    """How characters are set: their encoding and what a run of Word states of them."""

    encoding: str = ""
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    white: bool = False
    size: int = 24  # half points
    inserted: bool = False
    deleted: bool = False


_PLAIN = _Style()


@define(eq=False)
class _Group:
    """A group that is open: its character style, and what happens to its text.

    `fallback` is how many characters stand for a Unicode one, `to_skip` how many are still to be
    left out.
    """

    style: _Style
    fallback: int = 1
    to_skip: int = 0
    silent: bool = False
    destination: str = ""
    box: bool = False
    note: bool = False


@define(eq=False)
class _Story:
    """A text of its own: the body, a text box, or a footnote."""

    root: Element
    tables: list[TableBuilder] = field(factory=list)
    runs: list[Element] = field(factory=list)
    level: int = 0


def read_rtf(data: bytes, name: str | None) -> Document:
    """Return the document of an RTF file.

    Raises:
        UnreadableSource: If the file is nested too deeply or too large.
    """
    reader = _RtfReader(name, _white(data))
    for token in rtf_tokens(data):
        reader.take(token)
    is_whole = reader.is_whole
    document = word_document(reader.finish(), name, "rtf")
    return document if is_whole else document.doubted(_UNBALANCED)


def _white(data: bytes) -> frozenset[int]:
    """Return the numbers of the colours that are white, none if any text has a colour behind it."""
    table = _COLOURS.search(data)
    if table is None or _BEHIND.search(data):
        return frozenset()
    colours = enumerate(table[1].split(b";"))
    return frozenset(n for n, colour in colours if _PARTS_OF_WHITE.fullmatch(colour.strip()))


class _RtfReader:
    """Follows the tokens of a file, and builds the body of a Word file."""

    def __init__(self, name: str | None, white: frozenset[int]) -> None:
        self._name = name
        self._white = white
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._high = 0
        self._groups = [_Group(_Style())]
        self._stories = [_Story(Element("body"))]
        self._notes: list[Element] = []
        self._bytes = bytearray()
        self._layout = RowLayout()
        self._next = CellLayout(0)
        self._starred = False
        self._is_beyond = False
        self._parts = 0
        self._instruction = bytearray()

    @property
    def is_whole(self) -> bool:
        """Return True if every group was closed, and nothing stands behind the last."""
        return len(self._groups) == 1 and not self._is_beyond

    def take(self, token: RtfToken) -> None:
        """Take one more token."""
        if token.kind == "text":
            self._text(token.text)
            return
        self._flush()
        if token.kind == "open":
            self._open()
        elif token.kind == "close":
            self._close()
        elif token.kind == "symbol":
            self._symbol(token.name)
        else:
            self._word(token.name, token.number)

    def finish(self) -> Element:
        """Return the body, with the footnotes behind the text."""
        self._flush()
        while len(self._groups) > 1:
            self._close()
        body = self._stories[0]
        if body.runs:
            self._end_paragraph()
        self._close_tables(body, 0)
        body.root.extend(self._notes)
        return body.root

    @property
    def _group(self) -> _Group:
        return self._groups[-1]

    @property
    def _story(self) -> _Story:
        return self._stories[-1]

    def _open(self) -> None:
        if len(self._groups) > _MAX_DEPTH:
            raise UnreadableSource(
                self._name,
                "RTF 文件嵌套过深，请用 Word 或 WPS 另存为 .docx",
                "the RTF file is nested too deeply; save it as .docx with Word or WPS",
                "too_large",
            )
        around = self._group
        self._groups.append(_Group(around.style, around.fallback, 0, around.silent))
        self._starred = False

    def _close(self) -> None:
        if len(self._groups) == 1:
            self._is_beyond = True
            return
        group = self._groups.pop()
        self._starred = False
        if group.box or group.note:
            if self._story.runs:
                self._end_paragraph()
            story = self._stories.pop()
            self._close_tables(story, 0)
            if group.note:
                self._notes.extend(story.root)
            elif len(story.root):
                run = Element("r")
                SubElement(run, "drawing").append(story.root)
                self._story.runs.append(run)

    def _symbol(self, name: str) -> None:
        if name == "*":
            self._starred = True
        elif name in "\r\n":
            self._end_paragraph()
        elif name in _SYMBOLS:
            self._write(_SYMBOLS[name])

    def _word(self, name: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if name in _SKIPPED or (starred and name not in _READ):
            self._skip(name)
        elif name in _READ or name in ("footnote", "upr", "field", "object"):
            self._destination(name)
        elif name in _PRINTED:
            self._write(_PRINTED[name])
        elif name in _TOGGLES:
            self._group.style = _TOGGLES[name](self._group.style, number != 0)
        elif name in _MEASURES:
            self._group.style = _MEASURES[name](self._group.style, number or 0)
        elif name == "cf":
            self._group.style = evolve(self._group.style, white=(number or 0) in self._white)
        elif name in _TABLE_WORDS:
            _TABLE_WORDS[name](self, number or 0)
        elif name in _ENCODING_WORDS:
            _ENCODING_WORDS[name](self, number or 0)

    def _skip(self, name: str) -> None:
        self._group.silent = True
        self._group.destination = name
        if name == "pict" and not any(around.silent for around in self._groups[:-1]):
            run = Element("r")
            SubElement(SubElement(run, "pict"), "imagedata")
            self._story.runs.append(run)
        if name == "fldinst":
            self._instruction.clear()

    def _destination(self, name: str) -> None:
        group = self._group
        group.destination = name
        if name == "upr":  # its first version is for programs without Unicode
            group.silent = True
        elif name == "ud":
            group.silent = len(self._groups) > 2 and self._groups[-3].silent
        elif name == "fldrslt" and _PAGE_FIELD.match(self._instruction):
            group.silent = True
        elif name == "object" and not group.silent:
            run = Element("r")
            SubElement(SubElement(run, "object"), "OLEObject")
            self._story.runs.append(run)
        elif name == "shptxt" and not group.silent:
            group.box = True
            self._stories.append(_Story(Element("txbxContent")))
        elif name == "footnote" and not group.silent:
            group.note = True
            self._stories.append(_Story(Element("note")))

    def _text(self, text: bytes) -> None:
        group = self._group
        if group.silent:
            if group.destination == "fldinst":
                self._instruction += text
            return
        if group.to_skip:
            skipped = min(group.to_skip, len(text))
            group.to_skip -= skipped
            text = text[skipped:]
        self._bytes += text

    def _flush(self) -> None:
        """Write the bytes so far. A character may be several bytes in several tokens."""
        if self._bytes:
            encoding = self._group.style.encoding or self._encoding
            self._write(self._bytes.decode(encoding, errors="replace"))
            self._bytes.clear()

    def _write(self, text: str) -> None:
        group = self._group
        if group.silent or not text:
            return
        self._count()
        run = Element("r")
        style = group.style
        if evolve(style, encoding="") != _PLAIN:
            properties = SubElement(run, "rPr")
            SubElement(properties, "sz", val=str(style.size))
            if style.white:
                SubElement(properties, "color", val="FFFFFF")
            if style.hidden:
                SubElement(properties, "vanish")
            if style.struck:
                SubElement(properties, "strike")
            if style.raised:
                SubElement(properties, "vertAlign", val="superscript")
        SubElement(run, "t").text = text
        if style.deleted or style.inserted:
            change = Element("del" if style.deleted else "ins")
            change.append(run)
            run = change
        self._story.runs.append(run)

    def _count(self) -> None:
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise UnreadableSource(
                self._name,
                "RTF 文件过大，不会是一份年度报告",
                "the RTF file is far too large; this is no annual report",
                "too_large",
            )

    def _end_paragraph(self, level: int | None = None) -> None:
        """Close the paragraph, at a level of tables or at its own; without text if it is a cell."""
        story = self._story
        level = min(story.level if level is None else level, _MAX_LEVELS)
        if not story.runs and level:
            self._open_tables(story, level)
            return
        self._count()
        paragraph = Element("p")
        paragraph.extend(story.runs)
        story.runs = []
        self._close_tables(story, level)
        self._open_tables(story, level)
        (story.tables[-1].cell if story.tables else story.root).append(paragraph)

    def _open_tables(self, story: _Story, level: int) -> None:
        while len(story.tables) < level:
            story.tables.append(TableBuilder())

    def _close_tables(self, story: _Story, level: int) -> None:
        while len(story.tables) > level:
            table = story.tables.pop().table()
            (story.tables[-1].cell if story.tables else story.root).append(table)

    # What control words do.

    def _par(self, _number: int) -> None:
        if not self._group.silent:
            self._end_paragraph()

    def _pard(self, _number: int) -> None:
        self._story.level = 0

    def _in_table(self, _number: int) -> None:
        self._story.level = max(self._story.level, 1)

    def _nested(self, number: int) -> None:
        self._story.level = max(0, min(number, _MAX_LEVELS))

    def _cell(self, _number: int) -> None:
        self._end_cell(1)

    def _nested_cell(self, _number: int) -> None:
        self._end_cell(max(self._story.level, 1))

    def _end_cell(self, level: int) -> None:
        if self._group.silent:
            return
        self._count()
        self._end_paragraph(level)
        self._close_tables(self._story, level)
        self._story.tables[level - 1].end_cell()

    def _row(self, _number: int) -> None:
        self._end_row(1)

    def _nested_row(self, _number: int) -> None:
        self._end_row(max(len(self._story.tables), 1))

    def _end_row(self, level: int) -> None:
        if self._group.silent:
            return
        self._open_tables(self._story, level)
        self._close_tables(self._story, level)
        self._story.tables[level - 1].end_row(self._layout)

    def _row_begins(self, _number: int) -> None:
        self._layout, self._next = RowLayout(), CellLayout(0)

    def _row_left(self, number: int) -> None:
        self._layout = evolve(self._layout, start=number)

    def _cell_ends(self, number: int) -> None:
        cell = evolve(self._next, end=number)
        self._layout = evolve(self._layout, cells=(*self._layout.cells, cell))
        self._next = CellLayout(0)

    def _merged(self, across: str = "", down: str = "") -> None:
        cell = self._next
        self._next = evolve(cell, across=across or cell.across, down=down or cell.down)

    def _font_of(self, number: int) -> None:
        self._font = number
        if not self._in_fonts:
            self._group.style = evolve(self._group.style, encoding=self._fonts.get(number, ""))

    def _charset(self, number: int) -> None:
        if number in _CHARSETS and self._in_fonts:
            self._fonts[self._font] = _CHARSETS[number] if number else ""

    @property
    def _in_fonts(self) -> bool:
        return any(one.destination == "fonttbl" for one in self._groups[-2:])

    def _code_page(self, number: int) -> None:
        try:
            name = codecs.lookup(f"cp{number}").name
        except LookupError:
            return
        self._encoding = _CHINESE if name == "gbk" else name

    def _unicode(self, number: int) -> None:
        code = number % _CODES
        if code in _HIGH:
            self._high = code
        elif code in _LOW and self._high:
            pair = self._high.to_bytes(2, "big") + code.to_bytes(2, "big")
            self._write(pair.decode("utf-16-be"))
        else:
            self._write(chr(code))
        self._group.to_skip = self._group.fallback

    def _fallback(self, number: int) -> None:
        self._group.fallback = max(0, min(number, 10))

    def _plain(self, _number: int) -> None:
        self._group.style = evolve(_Style(), encoding=self._group.style.encoding)


_TOGGLES: Mapping[str, Callable[[_Style, bool], _Style]] = {
    "v": lambda style, on: evolve(style, hidden=on),
    "strike": lambda style, on: evolve(style, struck=on),
    "striked": lambda style, on: evolve(style, struck=on),
    "super": lambda style, on: evolve(style, raised=on),
    "sub": lambda style, on: evolve(style, raised=on),
    "nosupersub": lambda style, _: evolve(style, raised=False),
    "revised": lambda style, on: evolve(style, inserted=on),
    "deleted": lambda style, on: evolve(style, deleted=on),
}
_MEASURES: Mapping[str, Callable[[_Style, int], _Style]] = {
    "fs": lambda style, size: evolve(style, size=size),
    "up": lambda style, shift: evolve(style, raised=shift > 0),
}
_TABLE_WORDS: Mapping[str, Callable[[_RtfReader, int], None]] = {
    "par": _RtfReader._par,
    "sect": _RtfReader._par,
    "page": _RtfReader._par,
    "pard": _RtfReader._pard,
    "intbl": _RtfReader._in_table,
    "itap": _RtfReader._nested,
    "cell": _RtfReader._cell,
    "nestcell": _RtfReader._nested_cell,
    "row": _RtfReader._row,
    "nestrow": _RtfReader._nested_row,
    "trowd": _RtfReader._row_begins,
    "trleft": _RtfReader._row_left,
    "cellx": _RtfReader._cell_ends,
    "clmgf": lambda reader, _: reader._merged(across="restart"),
    "clmrg": lambda reader, _: reader._merged(across="continue"),
    "clvmgf": lambda reader, _: reader._merged(down="restart"),
    "clvmrg": lambda reader, _: reader._merged(down="continue"),
}
_ENCODING_WORDS: Mapping[str, Callable[[_RtfReader, int], None]] = {
    "f": _RtfReader._font_of,
    "fcharset": _RtfReader._charset,
    "ansicpg": _RtfReader._code_page,
    "u": _RtfReader._unicode,
    "uc": _RtfReader._fallback,
    "plain": _RtfReader._plain,
}
