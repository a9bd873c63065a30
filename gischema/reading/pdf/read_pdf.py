"""From the bytes of a PDF to a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from gischema.reading.document import Document, SourcePlace
from gischema.reading.document_writer import DocumentWriter, listed
from gischema.reading.errors import UnreadableSource
from gischema.reading.merged_cells import SHARED
from gischema.reading.pdf.join_pages import PageJoiner, PdfParagraph, page_parts
from gischema.reading.pdf.page_content import LOST, Box, Glyph, PageContent
from gischema.reading.pdf.page_furniture import PageParts, remove_page_furniture
from gischema.reading.pdf.pdfminer_pages import read_pages
from gischema.reading.pdf.ruled_tables import BROKEN, CROSSED, PLACED, PdfCell, PdfTable
from gischema.reading.pdf.text_lines import lines_of

_PICTURE = 0.5  # of a page: covered by pictures, it may be a scan
_FEWEST = 20  # characters of a page that is not only a picture
_LOST_SHARE = 0.3
_MANY = 1000  # glyphs of a page; where so many are in doubt, the page is
_BARE, _FROM_OCR, _LOST, _STRUCK, _UNSEEN = "D650", "D651", "D654", "D631", "D656"


def read_pdf(data: bytes, name: str | None) -> Document:
    """The document in a PDF. Raises UnreadableSource if it holds no text that can be read."""
    found = read_pages(data, name)
    _check(found, name)
    pages = [PageParts(sheet, list(page_parts(sheet))) for sheet in found]
    remove_page_furniture(pages)
    writer = DocumentWriter()
    places = _PlaceFinder({sheet.number: sheet for sheet in found}, _pages(found, bare=False))
    tables = []
    for block in PageJoiner(pages).blocks():
        if isinstance(block, PdfParagraph):
            writer.paragraph(block.text, places.of(block))
        else:
            tables.append(block)
            writer.table(
                [(cell.text, places.of(cell, walled=block.ruled)) for cell in row]
                for row in block.rows
            )
    _note_pages(writer, found)
    _note_tables(writer, tables)
    return writer.document(name, "pdf")


@frozen
class _PlaceFinder:
    """Tells where parts stand, and what is in doubt about them; `scanned` are pages with OCR."""

    pages: Mapping[int, PageContent]
    scanned: Sequence[int]

    def of(self, part: PdfParagraph | PdfCell, *, walled: bool = False) -> SourcePlace:
        """The place of a part; what stands beside it matters unless a wall parts them."""
        doubts = [*part.doubts] if isinstance(part, PdfCell) else []
        doubts += [_FROM_OCR] * (part.page in self.scanned) + [_LOST] * (LOST in part.text)
        sheet = self.pages[part.page]
        for code, glyphs in ((_STRUCK, sheet.struck), (_UNSEEN, sheet.unseen)):
            if len(glyphs) > _MANY or any(_is_at(glyph, part.box, walled) for glyph in glyphs):
                doubts.append(code)
        left, top, right, bottom = part.box
        box = round(left), round(top), round(right), round(bottom)
        return SourcePlace(0, 0, page=part.page, box=box, doubts=tuple(doubts))


def _is_at(glyph: Glyph, box: Box, walled: bool) -> bool:
    """Whether a glyph stands in a box, or as the next one at its side if no wall parts them."""
    left, top, right, bottom = box
    beside = 0 if walled else glyph.size
    return left - beside <= glyph.x <= right + beside and top <= glyph.y <= bottom


def _pages(found: Sequence[PageContent], *, bare: bool) -> list[int]:
    """The pages that are pictures: those without text, or those with text from OCR."""
    return [
        sheet.number
        for sheet in found
        if sheet.pictured >= _PICTURE and (len(sheet.glyphs) < _FEWEST) is bare
    ]


def _check(found: Sequence[PageContent], name: str | None) -> None:
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
            name,
            "PDF 里没有可以读取的文字；如是扫描件，请先用文字识别（OCR）软件转换",
            "the PDF holds no text that can be read; if it is a scan, convert it by OCR first",
        )
    if sum(1 for text in texts if text == LOST) > _LOST_SHARE * len(texts):
        raise UnreadableSource(
            name,
            "PDF 的字体没有字符对照表，文字无法还原；请用原文件重新导出",
            "the fonts of the PDF do not tell its characters; export it anew from the original",
        )


def _note_pages(writer: DocumentWriter, found: Sequence[PageContent]) -> None:
    """Note the pages that are pictures, what is struck out or not seen, and lost characters."""
    for code, pages in ((_BARE, _pages(found, bare=True)), (_FROM_OCR, _pages(found, bare=False))):
        if pages:
            writer.note(code, pages=listed(pages))
    struck = sum(len(lines_of(sheet.struck)) for sheet in found)
    if struck:
        writer.note(_STRUCK, count=str(struck))
    unseen = [sheet.number for sheet in found if sheet.unseen]
    if unseen:
        writer.note(_UNSEEN, pages=listed(unseen))
    lost = sum(1 for sheet in found for glyph in sheet.glyphs if glyph.text == LOST)
    if lost:
        writer.note(_LOST, count=str(lost))


def _note_tables(writer: DocumentWriter, tables: Sequence[PdfTable]) -> None:
    """Note tables without lines, and numbers that were put together."""
    pages = [table.page for table in tables if not table.ruled]
    if pages:
        writer.note(PLACED, pages=listed(pages))
    cells = [cell for table in tables for row in table.rows for cell in row]
    for code, word in ((BROKEN, "printed"), (CROSSED, "printed"), (SHARED, "cells")):
        numbers = [number for cell in cells for number in cell.doubts.get(code, ())]
        if numbers:
            writer.note(code, **{word: listed(numbers)})
