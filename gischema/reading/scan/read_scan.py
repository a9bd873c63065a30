"""Read images of pages into a document."""

from __future__ import annotations

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.pdf.page_document import FEWEST, page_document
from gischema.reading.scan.images import read_images, took_too_long
from gischema.reading.scan.scan_page import ScanReader


def read_scan(data: bytes, name: str | None) -> Document:
    """Return the document in an image file.

    Raises:
        UnreadableSource: If it cannot be opened, is too large or too small, or shows no text.
    """
    reader = ScanReader(name)
    pages = [
        reader.page(colours, scale, number)
        for number, (colours, scale) in enumerate(read_images(data, name), start=1)
    ]
    if sum(len(page.glyphs) for page in pages) < FEWEST:
        if any(page.given_up for page in pages):
            raise took_too_long(name)
        raise UnreadableSource(
            name,
            "图片里认不出文字：请按 200 dpi 以上重新扫描",
            "no text was recognised in the picture: scan it again at 200 dpi or more",
            "scan",
        )
    return page_document(pages, name, "scan")
