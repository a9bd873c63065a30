"""Read the bytes of a PDF into a document."""

from __future__ import annotations

from collections.abc import Sequence

from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.pdf.page_content import LOST, PageContent
from gischema.reading.pdf.page_document import is_bare, page_document
from gischema.reading.pdf.pdfminer_pages import read_pages
from gischema.reading.scan.extra import OCR, is_installed

_LOST_SHARE = 0.3


def read_pdf(data: bytes, name: str | None) -> Document:
    """Return the document in a PDF. Pages that are only pictures are recognised.

    Raises:
        UnreadableSource: If it holds no text that can be read.
    """
    pages = read_pages(data, name)
    scanned = [page.number for page in pages if is_bare(page)]
    if scanned and is_installed():
        from gischema.reading.scan.pdf_pages import recognise_pages  # the extra `ocr`

        pages = recognise_pages(data, pages, scanned, name)
    _check(pages, name)
    return page_document(pages, name, "pdf")


def _check(found: Sequence[PageContent], name: str | None) -> None:
    """Raise UnreadableSource if the pages have no text, or text without known characters."""
    texts = [glyph.text for sheet in found for glyph in sheet.glyphs]
    if not texts and any(sheet.pictured > 0 for sheet in found):
        raise UnreadableSource(
            name,
            "这是扫描件，认不出页面上的文字：请按 200 dpi 以上重新扫描，页面放正"
            if is_installed()
            else f"这是扫描件，页面是图片，没有文字层；识别文字需要安装：{OCR}",
            "this is a scan without text that can be recognised: scan it again at 200 dpi or more"
            if is_installed()
            else f"this is a scan: its pages are pictures without text; to recognise it: {OCR}",
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
