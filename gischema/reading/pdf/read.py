"""From the bytes of a PDF to a document."""

from __future__ import annotations

from collections.abc import Sequence

from gischema.reading.document import Document, Place
from gischema.reading.errors import UnreadableSource
from gischema.reading.pdf.flow import Flow, Paragraph, parts
from gischema.reading.pdf.furniture import Page, without_furniture
from gischema.reading.pdf.sheet import LOST, Box, Sheet
from gischema.reading.pdf.source import sheets
from gischema.reading.pdf.table import Table
from gischema.reading.reader import DocumentWriter

_PICTURE = 0.5  # of a page: covered by pictures, it may be a scan
_FEWEST = 20  # characters of a page that is not only a picture
_LOST_SHARE = 0.3
_LISTED = 8


def read_pdf(data: bytes, name: str | None) -> Document:
    """The document in a PDF. Raises UnreadableSource if it holds no text that can be read."""
    found = sheets(data, name)
    _check(found, name)
    pages = [Page(sheet, list(parts(sheet))) for sheet in found]
    without_furniture(pages)
    writer = DocumentWriter()
    tables = []
    for block in Flow(pages).blocks():
        if isinstance(block, Paragraph):
            writer.paragraph(block.text, _place(block.page, block.box))
            continue
        tables.append(block)
        rows = ([(cell.text, _place(cell.page, cell.box)) for cell in row] for row in block.rows)
        writer.table(rows)
    _note_pictures(writer, found)
    _note_tables(writer, tables)
    return writer.document(name, "pdf")


def _check(found: Sequence[Sheet], name: str | None) -> None:
    """Raise UnreadableSource for pages without text, or with text that says nothing."""
    texts = [glyph.text for sheet in found for glyph in sheet.glyphs]
    if not texts and any(sheet.pictured > 0 for sheet in found):
        raise UnreadableSource(
            name,
            "这是扫描件，页面是图片，没有文字层；请先用文字识别（OCR）软件转换",
            "this is a scan: its pages are pictures without text; convert it by OCR first",
        )
    if not texts:
        raise UnreadableSource(
            name, "PDF 里没有可以读取的文字", "the PDF holds no text that can be read"
        )
    if sum(1 for text in texts if text == LOST) > _LOST_SHARE * len(texts):
        raise UnreadableSource(
            name,
            "PDF 的字体没有字符对照表，文字无法还原；请用原文件重新导出",
            "the fonts of the PDF do not tell its characters; export it anew from the original",
        )


def _note_pictures(writer: DocumentWriter, found: Sequence[Sheet]) -> None:
    """Note the pages that are pictures, without text or with one from OCR, and lost characters."""
    pictures = [sheet for sheet in found if sheet.pictured >= _PICTURE]
    for code, is_bare in (("D650", True), ("D651", False)):
        pages = [sheet.number for sheet in pictures if (len(sheet.glyphs) < _FEWEST) is is_bare]
        if pages:
            writer.note(code, pages=_listed(pages))
    lost = sum(1 for sheet in found for glyph in sheet.glyphs if glyph.text == LOST)
    if lost:
        writer.note("D654", count=str(lost))


def _note_tables(writer: DocumentWriter, tables: Sequence[Table]) -> None:
    """Note tables without lines, and numbers that were put together."""
    pages = [table.page for table in tables if not table.ruled]
    if pages:
        writer.note("D652", pages=_listed(pages))
    broken = [number for table in tables for number in table.broken]
    if broken:
        writer.note("D653", printed=_listed(broken))


def _listed(things: Sequence[object]) -> str:
    """Some things in a row, the first few of them if they are many."""
    words = list(dict.fromkeys(map(str, things)))
    return "、".join(words[:_LISTED]) + ("…" if len(words) > _LISTED else "")


def _place(page: int, box: Box) -> Place:
    left, top, right, bottom = box
    return Place(0, 0, page=page, box=(round(left), round(top), round(right), round(bottom)))
