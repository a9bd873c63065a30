"""Read the bytes of a PDF into a document."""

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
from gischema.reading.pdf.page_strips import join_strips
from gischema.reading.pdf.pdfminer_pages import read_pages
from gischema.reading.pdf.ruled_tables import BROKEN, CROSSED, PLACED, PdfCell, PdfTable
from gischema.reading.pdf.text_lines import lines_of
from gischema.reading.pdf.unruled_rows import PdfRow

_PICTURE = 0.5  # of a page: if pictures cover as much, it may be a scan
_FEWEST = 20  # characters; a page with fewer is only a picture
_LOST_SHARE = 0.3
_MANY = 1000  # glyphs; if more are hidden, the whole page is doubtful
_BARE, _FROM_OCR, _LOST, _STRUCK, _UNSEEN = "D650", "D651", "D654", "D631", "D656"


def read_pdf(data: bytes, name: str | None) -> Document:
    """Return the document in a PDF.

    Raises:
        UnreadableSource: If it holds no text that can be read.
    """
    found = join_strips(read_pages(data, name))
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
    """Finds the places of parts and their doubts; `scanned` are pages with text from OCR."""

    pages: Mapping[int, PageContent]
    scanned: Sequence[int]

    def of(self, part: PdfParagraph | PdfCell, *, walled: bool = False) -> SourcePlace:
        """Return the place of a part.

        If it is not `walled`, hidden text next to it makes it doubtful too.
        """
        doubts = [*part.doubts] if isinstance(part, PdfCell) else []
        doubts += [_FROM_OCR] * (part.page in self.scanned) + [_LOST] * (LOST in part.text)
        sheet = self.pages[part.page]
        for code, glyphs in ((_STRUCK, sheet.struck), (_UNSEEN, sheet.unseen)):
            if len(glyphs) > _MANY or any(_is_at(glyph, part.box, walled) for glyph in glyphs):
                doubts.append(code)
        page, (left, top, right, bottom) = sheet.place(part.box)
        box = round(left), round(top), round(right), round(bottom)
        return SourcePlace(0, 0, page=page, box=box, doubts=tuple(doubts))


def _is_at(glyph: Glyph, box: Box, walled: bool) -> bool:
    """Return True if a glyph stands in a box, or next to it if there is no wall."""
    left, top, right, bottom = box
    margin = 0 if walled else glyph.size
    return left - margin <= glyph.x <= right + margin and top <= glyph.y <= bottom


def _pages(found: Sequence[PageContent], *, bare: bool) -> list[int]:
    """Return the pages that are pictures: without text if `bare`, else with text from OCR."""
    return [
        sheet.number
        for sheet in found
        if sheet.pictured >= _PICTURE and (len(sheet.glyphs) < _FEWEST) is bare
    ]


def _check(found: Sequence[PageContent], name: str | None) -> None:
    """Raise UnreadableSource if the pages have no text, or text without known characters."""
    texts = [glyph.text for sheet in found for glyph in sheet.glyphs]
    if not texts and any(sheet.pictured > 0 for sheet in found):
        raise UnreadableSource(
            name,
            "这是扫描件，页面是图片，没有文字层；请先用文字识别（OCR）软件转换",
            "this is a scan: its pages are pictures without text; convert it by OCR first",
            "scan",
        )
    if not texts:
        raise UnreadableSource(
            name,
            "PDF 里没有可以读取的文字；如是扫描件，请先用文字识别（OCR）软件转换",
            "the PDF holds no text that can be read; if it is a scan, convert it by OCR first",
            "scan",
        )
    if sum(1 for text in texts if text == LOST) > _LOST_SHARE * len(texts):
        raise UnreadableSource(
            name,
            "PDF 的字体没有字符对照表，文字无法还原；请用原文件重新导出",
            "the fonts of the PDF have no character map; export it again from the original file",
        )


def _note_pages(writer: DocumentWriter, found: Sequence[PageContent]) -> None:
    """Note pages that are pictures, struck-out and hidden text, and lost characters."""
    for code, pages in ((_BARE, _pages(found, bare=True)), (_FROM_OCR, _pages(found, bare=False))):
        if pages:
            writer.note(code, pages=listed(pages))
    struck = [line for sheet in found for line in lines_of(sheet.struck)]
    if struck:
        rows = ("|".join(cell.text for cell in PdfRow.of(line).lines) for line in struck)
        writer.note(_STRUCK, "\n".join(rows), count=str(len(struck)))
    unseen = [sheet.number for sheet in found if sheet.unseen]
    if unseen:
        writer.note(_UNSEEN, pages=listed(unseen))
    lost = sum(1 for sheet in found for glyph in sheet.glyphs if glyph.text == LOST)
    if lost:
        writer.note(_LOST, count=str(lost))


def _note_tables(writer: DocumentWriter, tables: Sequence[PdfTable]) -> None:
    """Note tables without lines, and doubtful numbers in cells."""
    pages = [table.page for table in tables if not table.ruled]
    if pages:
        writer.note(PLACED, pages=listed(pages))
    cells = [cell for table in tables for row in table.rows for cell in row]
    for code, word in ((BROKEN, "printed"), (CROSSED, "printed"), (SHARED, "cells")):
        numbers = [number for cell in cells for number in cell.doubts.get(code, ())]
        if numbers:
            writer.note(code, **{word: listed(numbers)})
