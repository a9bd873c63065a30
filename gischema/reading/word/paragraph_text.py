"""Read the text of Word's paragraphs as it is printed once all tracked changes are accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal, TypeAlias
from xml.etree.ElementTree import Element

from attrs import define, field

from gischema.reading.word.numbering import ParagraphNumbering
from gischema.reading.word.run_styles import (
    RunStyles,
    is_left_out,
    is_off_the_line,
    is_switched_on,
    may_be_unseen,
)

_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_SILENT = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "rt", *_DELETED})
"""Elements without printed text: properties, pinyin above a word, deleted text."""

_PRINTED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = frozenset({"drawing", "pict", "object"})
_PICTURES = frozenset({"blip", "imagedata"})
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SCRIPTS = frozenset({"sup", "sub"})
"""What stands above or below the line in an equation."""

_FONT_BASE = 0xF000
"""Where fonts of symbols begin. In the font Symbol, ASCII characters follow in order."""


EncounteredMarkup: TypeAlias = Literal[
    "inserted",
    "deleted",
    "hidden",
    "raised",
    "unseen",
    "embedded",
    "pictures",
    "pictures in cells",
    "tables",
]
"""Markup that the reader counts, since it may need a diagnostic."""


@define(eq=False)
class _OpenField:
    """A field that is open: its instruction so far; `result` is set once its result has begun."""

    instruction: str = ""
    result: bool = False

    @property
    def is_mute(self) -> bool:
        """Return True if what stands in the field is not printed, or is a page number."""
        return not self.result or _is_page_field(self.instruction)


@define(eq=False)
class ParagraphReader:
    """Reads paragraphs in their order, on which their numbers depend.

    `styles` are those of the file. `fill` is the colour of the cell that is read. `notes` collects
    the footnotes and endnotes that the text refers to: their kind and number.
    """

    numbering: ParagraphNumbering
    styles: RunStyles = field(factory=RunStyles)
    fill: str = ""
    notes: list[tuple[str, str]] = field(factory=list)
    tally: Counter[EncounteredMarkup] = field(factory=Counter)
    _parts: list[str] = field(factory=list)
    _boxes: list[Element] = field(factory=list)
    _fields: list[_OpenField] = field(factory=list)
    _silent: bool = False
    _style: str = ""

    def paragraph(self, paragraph: Element) -> tuple[str, list[Element]]:
        """Return the text of a paragraph with its number, and the text boxes anchored in it."""
        self._parts, self._boxes, self._fields = [], [], []
        style = paragraph.find("pPr/pStyle")
        self._style = "" if style is None else style.get("val", "")
        if not self.numbering.is_contents(paragraph):
            number = self.numbering.number(paragraph)
            self._parts = [number + " "] if number else []
            self._read(paragraph)
        return "".join(self._parts), self._boxes

    def _read(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == "r":
                self._run(child)
            elif tag == "t":
                self._write(child.text or "")
            elif tag in _PRINTED:
                self._write(_PRINTED[tag])
            elif tag == "sym":
                self._write(_symbol(child))
            elif tag in ("fldChar", "instrText", "fldSimple"):
                self._field(child)
            elif tag in _DRAWN:
                self._drawing(child)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], child.get("id", "")))
            elif tag in _SCRIPTS:
                self._script(child)
            elif tag in _SILENT:
                self.tally["deleted"] += tag in _DELETED
            else:
                self.tally["inserted"] += tag in _INSERTED
                self._read(chosen_branch(child))

    def _run(self, run: Element) -> None:
        around, properties = self._silent, self.styles.shown(run.find("rPr"), self._style)
        if properties:
            is_hidden = is_left_out(properties)
            is_mark = is_off_the_line(properties) and self._is_behind_digit()
            self._silent = around or is_hidden or is_mark
            if (text := run.findtext("t")) is not None:
                self.tally["hidden"] += is_hidden
                self.tally["raised"] += is_mark
                if not self._silent and any(map(str.isdigit, text)):
                    self.tally["unseen"] += may_be_unseen(properties, self.fill)
        self._read(run)
        self._silent = around

    def _script(self, script: Element) -> None:
        """Read what stands above or below the line in an equation: behind a digit it is a mark."""
        around, is_mark = self._silent, self._is_behind_digit()
        self._silent = around or is_mark
        self.tally["raised"] += is_mark
        self._read(script)
        self._silent = around

    def _is_behind_digit(self) -> bool:
        """Return True behind a number: what is raised there is the mark of a note, no digit."""
        before = next(filter(None, reversed(self._parts)), "")
        return before[-1:].isdigit()

    def _write(self, text: str) -> None:
        if not self._silent and not any(one.is_mute for one in self._fields):
            self._parts.append(text)

    def _field(self, element: Element) -> None:
        """Follow a field: only its result is printed, not its instruction."""
        if element.tag == "fldSimple":
            around = self._fields
            self._fields = [*around, _OpenField(element.get("instr", ""), result=True)]
            self._read(element)
            self._fields = around
        elif element.tag == "instrText":
            if self._fields:
                self._fields[-1].instruction += element.text or ""
        elif element.get("fldCharType") == "begin":
            self._fields.append(_OpenField())
        elif self._fields and element.get("fldCharType") == "separate":
            self._fields[-1].result = True
        elif self._fields:
            self._fields.pop()

    def _drawing(self, drawing: Element) -> None:
        self.tally["embedded"] += drawing.find("OLEObject") is not None
        if self._silent:
            return
        for element in _inside(drawing):
            if element.tag == "txbxContent":
                self._boxes.append(element)
            else:
                self.tally["pictures"] += element.tag in _PICTURES


def chosen_branch(element: Element) -> Element:
    """Return the branch to read of an element that Word saves in several versions.

    Any other element is returned as it is.
    """
    if element.tag == "AlternateContent":
        branch = element.find("Choice")
        return branch if branch is not None else _or(element.find("Fallback"), element)
    return _or(element.find("sdtContent"), element) if element.tag == "sdt" else element


def is_on(element: Element | None) -> bool:
    """Return True if a switch is present and on."""
    return element is not None and is_switched_on(element.get("val", "1"))


def _is_page_field(instruction: str) -> bool:
    """Return True if a field prints a page number."""
    return not _PAGE_FIELDS.isdisjoint(instruction.upper().split(maxsplit=1)[:1])


def _inside(drawing: Element) -> Iterator[Element]:
    """Yield everything in a drawing except the content of its text boxes."""
    for child in chosen_branch(drawing):
        yield child
        if child.tag != "txbxContent":
            yield from _inside(child)


def _symbol(element: Element) -> str:
    """Return a character of a font of symbols. One that only this font has is kept."""
    try:
        code = int(element.get("char", ""), 16)
        plain = code - _FONT_BASE
        is_ascii = element.get("font") == "Symbol" and 0x20 <= plain < 0x7F
        return chr(plain if is_ascii else code)
    except (ValueError, OverflowError):
        return ""


def _or(element: Element | None, otherwise: Element) -> Element:
    return element if element is not None else otherwise
