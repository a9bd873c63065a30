"""Word files (.docx, .docm and what WPS saves as them): body text and tables.

Headers, footers, comments and footnotes are not read: they hold page numbers and remarks. Macros
are data that nobody looks at.
"""

from __future__ import annotations

from collections import Counter

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.package import Package
from gischema.reading.reader import DocumentWriter
from gischema.reading.word.numbering import Numbering
from gischema.reading.word.tables import Blocks
from gischema.reading.word.text import Met, Texts

__all__ = ["read_word"]

_USUAL = "word/document.xml"


def read_word(data: bytes, name: str | None) -> Document:
    """The document of a Word file. Raises UnreadableSource if it is damaged or too large."""
    package = Package(data, name)
    main = package.related_by_kind("", "officeDocument") or _USUAL
    body = package.xml(main).find("body") if main in package else None
    if body is None:
        raise UnreadableSource(name, "Word 文件里没有正文", "the Word file has no body of text")
    styles = package.related_by_kind(main, "styles")
    numbering = package.related_by_kind(main, "numbering")
    texts = Texts(
        Numbering.of(
            package.xml(numbering) if numbering else None, package.xml(styles) if styles else None
        )
    )
    writer = DocumentWriter()
    Blocks(texts, writer).write(body, "body")
    texts.tally["embedded"] += sum(1 for _ in body.iter("altChunk"))
    _note(texts.tally, writer)
    return writer.document(name, "docx")


def _note(tally: Counter[Met], writer: DocumentWriter) -> None:
    if tally["inserted"] or tally["deleted"]:
        writer.note("D630", inserted=str(tally["inserted"]), deleted=str(tally["deleted"]))
    if tally["hidden"]:
        writer.note("D631", count=str(tally["hidden"]))
    if tally["embedded"]:
        writer.note("D632", count=str(tally["embedded"]))
    if tally["pictures in cells"] or (tally["pictures"] and not tally["tables"]):
        writer.note("D633", count=str(tally["pictures"]))
