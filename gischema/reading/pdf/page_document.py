"""Write the pages of a PDF file or a scan as one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from gischema.reading.document import Document, SourcePlace
from gischema.reading.document_writer import DocumentWriter, listed
from gischema.reading.merged_cells import SHARED
from gischema.reading.pdf.join_pages import PageJoiner, PdfParagraph, page_parts
from gischema.reading.pdf.page_content import LOST, Box, Glyph, PageContent
from gischema.reading.pdf.page_furniture import PageParts, remove_page_furniture
from gischema.reading.pdf.page_strips import join_strips
from gischema.reading.pdf.ruled_tables import BROKEN, CROSSED, PLACED, PdfCell, PdfTable
from gischema.reading.pdf.text_lines import lines_of
from gischema.reading.pdf.unruled_rows import PdfRow

_PICTURE = 0.5  # of a page: if pictures cover as much, it may be a scan
FEWEST = 20
"""Characters; a page with fewer is only a picture."""
_MANY = 1000  # glyphs; if more are hidden, the whole page is doubtful
_BARE, _FROM_OCR, _LOST, _STRUCK, _UNSEEN = "D650", "D651", "D654", "D631", "D656"
_RECOGNISED, _WEAK, _GIVEN_UP = "D660", "D661", "D665"


def page_document(pages: Sequence[PageContent], name: str | None, kind: str) -> Document:
    """Return the document that pages make.

    Args:
        pages: The pages in their order.
        name: The name of the file.
        kind: The name of the reader.
    """
    found = join_strips(pages)
    parts = [PageParts(sheet, list(page_parts(sheet))) for sheet in found]
    remove_page_furniture(parts)
    writer = DocumentWriter()
    places = _PlaceFinder({sheet.number: sheet for sheet in found}, _pages(found, bare=False))
    tables = []
    for block in PageJoiner(parts).blocks():
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
    return writer.document(name, kind)


def is_bare(sheet: PageContent) -> bool:
    """Return True if a page is only a picture."""
    return sheet.pictured >= _PICTURE and len(sheet.glyphs) < FEWEST


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
        reading = sheet.reading(part.box) if isinstance(part, PdfCell) else None
        if sheet.cells is not None:
            doubts.append(_RECOGNISED)
            weak = bool(part.text and not walled) if reading is None else reading.weak
            doubts += [_WEAK] * weak
        page, (left, top, right, bottom) = sheet.place(part.box)
        box = round(left), round(top), round(right), round(bottom)
        choices = () if reading is None else reading.choices
        recognised = None if sheet.cells is None else choices
        return SourcePlace(
            0, 0, page=page, box=box, doubts=tuple(dict.fromkeys(doubts)), choices=recognised,
            alike=() if reading is None else reading.alike,
        )  # fmt: skip


def _is_at(glyph: Glyph, box: Box, walled: bool) -> bool:
    """Return True if a glyph stands in a box, or next to it if there is no wall."""
    left, top, right, bottom = box
    margin = 0 if walled else glyph.size
    return left - margin <= glyph.x <= right + margin and top <= glyph.y <= bottom


def _pages(found: Sequence[PageContent], *, bare: bool) -> list[int]:
    """Return the pages that are pictures: without text if `bare`, else with text from OCR."""
    return [
        sheet.number for sheet in found if sheet.pictured >= _PICTURE and is_bare(sheet) is bare
    ]


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

    recognised = [sheet.number for sheet in found if sheet.cells is not None]
    if recognised:
        writer.note(_RECOGNISED, pages=listed(recognised))
    if given_up := [sheet.number for sheet in found if sheet.given_up]:
        writer.note(_GIVEN_UP, pages=listed(given_up))


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
