"""Recognise those pages of a PDF that are only pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from gischema.reading.errors import UnreadableSource
from gischema.reading.limits import MAX_SCAN_PAGES, MAX_SCAN_PIXELS
from gischema.reading.pdf.page_content import PageContent
from gischema.reading.pdf.page_document import FEWEST
from gischema.reading.scan.images import fitted, too_many
from gischema.reading.scan.raster import Image, image
from gischema.reading.scan.scan_page import ScanReader

_COARSEST, _FINEST = 150, 300  # dots an inch at which a page is drawn
_LARGEST = 2000.0  # points of a side
_MOST_PICTURES = 200  # of a page; some scanners cut it into strips


def recognise_pages(
    data: bytes, pages: Sequence[PageContent], scanned: Collection[int], name: str | None
) -> list[PageContent]:
    """Return the pages of a PDF, those with the numbers `scanned` recognised.

    Raises:
        UnreadableSource: If it has too many such pages, or pictures that are too large.
    """
    if len(scanned) > MAX_SCAN_PAGES:
        raise too_many(name)
    reader = ScanReader(name)
    found = list(pages)
    with pypdfium2.PdfDocument(data) as document:
        for at, page in enumerate(pages):
            if page.number in scanned:
                colours, scale = _drawn(document[page.number - 1], name)
                recognised = reader.page(colours, scale, page.number)
                if len(recognised.glyphs) >= FEWEST or recognised.given_up:
                    found[at] = recognised
    return found


def drawn_page(data: bytes, number: int, name: str | None) -> tuple[Image, float]:
    """Return a page of a PDF, from 1, as it is recognised, and its points per pixel.

    Raises:
        UnreadableSource: If its pictures are too large.
    """
    with pypdfium2.PdfDocument(data) as document:
        return _drawn(document[number - 1], name)


def _drawn(page: pypdfium2.PdfPage, name: str | None) -> tuple[Image, float]:
    """Return a page as red, green and blue, about as fine as its picture, and its scale."""
    width, height = page.get_size()
    widest = 0
    for number, picture in enumerate(page.get_objects([FPDF_PAGEOBJ_IMAGE])):
        across, down = picture.get_px_size()
        widest = max(widest, across)
        if number >= _MOST_PICTURES or across * down > MAX_SCAN_PIXELS:
            raise UnreadableSource(
                name,
                "扫描件的图片过大或过多：请按 300 dpi 重新扫描",
                "the pictures of the scan are too large or too many: scan it again at 300 dpi",
                "too_large",
            )
    dots = min(max(widest / width * 72, _COARSEST), _FINEST)
    dots *= min(1.0, _LARGEST / max(width, height))
    drawn = page.render(scale=dots / 72, rev_byteorder=True).to_numpy()[..., :3]
    return fitted(image(drawn), 72 / dots)
