"""Read Word files (.docx, .docm and what WPS saves as them): body text and tables.

Footers and comments are not read: they hold page numbers and remarks. A header may be the title of
a text that has none. The properties of the file are not read: their title is often that of the file
it was copied from. Macros are never looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from xml.etree.ElementTree import Element

from gischema.reading.document import Document
from gischema.reading.document_writer import DocumentWriter, listed
from gischema.reading.errors import UnreadableSource
from gischema.reading.merged_cells import SHARED
from gischema.reading.package import ZipPackage
from gischema.reading.word.block_writer import WordBlockWriter
from gischema.reading.word.numbering import ParagraphNumbering
from gischema.reading.word.paragraph_text import EncounteredMarkup, ParagraphReader
from gischema.reading.word.run_styles import RunStyles

__all__ = ["read_word"]

_USUAL = "word/document.xml"
_OF_TABLES = frozenset({"latentStyles", "tblStylePr", "tblPr", "trPr", "tcPr"})
"""What of the styles is not read. It may be ten times as long as the report."""


def read_word(data: bytes, name: str | None, kind: str = "docx") -> Document:
    """Return the document of a Word file.

    Args:
        data: The content of the file.
        name: The name of the file.
        kind: The name of the reader, if another one converted the file.

    Raises:
        UnreadableSource: If the file is damaged or too large.
    """
    package = ZipPackage(data, name)
    main = package.related_by_kind("", "officeDocument") or _USUAL
    body = package.xml(main).find("body") if main in package else None
    if body is None:
        raise UnreadableSource(
            name,
            "Word 文件里没有正文，请用 Word 或 WPS 打开后重新保存",
            "the Word file has no body of text; open it with Word or WPS and save it again",
        )
    styles = _part(package, main, "styles", _OF_TABLES)
    numbering = _part(package, main, "numbering")
    texts = ParagraphReader(ParagraphNumbering.of(numbering, styles), RunStyles.of(styles))
    blocks = WordBlockWriter(texts, DocumentWriter())
    blocks.write(body, "body")
    _write_notes(package, main, blocks)
    texts.tally["embedded"] += sum(1 for _ in body.iter("altChunk"))
    return _document(blocks, name, kind, _header(package, main, texts))


def word_document(body: Element, name: str | None, kind: str) -> Document:
    """Return the document of a body of text that another format states as elements of Word.

    Args:
        body: The body. The numbers of its paragraphs are part of their text.
        name: The name of the file.
        kind: The name of its reader.
    """
    blocks = WordBlockWriter(ParagraphReader(ParagraphNumbering.of(None, None)), DocumentWriter())
    blocks.write(body, "body")
    return _document(blocks, name, kind)


def _document(blocks: WordBlockWriter, name: str | None, kind: str, header: str = "") -> Document:
    writer, tally = blocks.writer, blocks.texts.tally
    _note(tally, blocks.left_out, writer)
    if blocks.shared:
        writer.note(SHARED, cells=listed(blocks.shared))
    return writer.document(name, kind, {"title": header} if header else None)


def _part(
    package: ZipPackage, main: str, kind: str, leave_out: Container[str] = ()
) -> Element | None:
    part = package.related_by_kind(main, kind)
    return None if part is None else package.xml(part, leave_out)


def _header(package: ZipPackage, main: str, texts: ParagraphReader) -> str:
    """Return the first header with a text, an empty string if there is none."""
    for _, kind, part in package.related(main):
        if kind == "header":
            lines = (texts.paragraph(one)[0] for one in package.xml(part).iter("p"))
            if text := " ".join(filter(None, map(str.strip, lines))):
                return text
    return ""


def _write_notes(package: ZipPackage, main: str, blocks: WordBlockWriter) -> None:
    """Write the footnotes and endnotes that the text refers to, in that order, behind the text."""
    for kind in ("footnote", "endnote"):
        numbers = [number for found, number in blocks.texts.notes if found == kind]
        part = _part(package, main, f"{kind}s") if numbers else None
        notes = {} if part is None else {note.get("id", ""): note for note in part.iter(kind)}
        for number in numbers:
            if number in notes:
                blocks.write(notes.pop(number), f"{kind}s/{kind}[{number}]")


def _note(
    tally: Counter[EncounteredMarkup],
    rows: Mapping[EncounteredMarkup, list[str]],
    writer: DocumentWriter,
) -> None:
    """Note the markup that was found; `rows` are the rows of tables that were left out."""
    if tally["inserted"] or tally["deleted"]:
        inserted, deleted = str(tally["inserted"]), str(tally["deleted"])
        writer.note("D630", "\n".join(rows["deleted"]), inserted=inserted, deleted=deleted)
    if tally["hidden"]:
        writer.note("D631", "\n".join(rows["hidden"]), count=str(tally["hidden"]))
    if tally["raised"]:
        writer.note("D634", count=str(tally["raised"]))
    if tally["unseen"]:
        writer.note("D638", count=str(tally["unseen"]))
    if tally["embedded"]:
        writer.note("D632", count=str(tally["embedded"]))
    if tally["pictures in cells"] or (tally["pictures"] and not tally["tables"]):
        writer.note("D633", count=str(tally["pictures"]))
