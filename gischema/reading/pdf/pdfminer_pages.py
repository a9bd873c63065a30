"""Read the pages of a PDF with pdfminer.six."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice, pairwise

from attrs import define, field
from pdfminer.layout import (
    LTChar,
    LTComponent,
    LTContainer,
    LTCurve,
    LTImage,
    LTItem,
    LTLine,
    LTPage,
    LTRect,
)
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from gischema.reading.errors import UnreadableSource
from gischema.reading.limits import MAX_PDF_OBJECTS, MAX_PDF_PAGES
from gischema.reading.pdf.budget import PdfBudget, PdfTooComplex
from gischema.reading.pdf.form_fields import field_glyphs
from gischema.reading.pdf.hidden_text import PageDrawing, PaintedBox, PaintedGlyph
from gischema.reading.pdf.limits import (
    MeasuringDevice,
    MeasuringFonts,
    MeasuringInterpreter,
    MeasuringParser,
)
from gischema.reading.pdf.page_content import LOST, Box, Glyph, PageContent, Ruling, Turn

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # keeps stderr clean

_THIN = 3.0  # points; a filled box no thicker is a line that some program drew
_SLANT = 0.05  # a text turned by more than this from a right angle is a watermark
_SPACES = frozenset({"DeviceGray", "CalGray", "DeviceRGB", "CalRGB", "DeviceCMYK", "ICCBased"})
_CMYK = 4  # inks
_TINT = 0.02  # the largest difference to white that cannot be seen
_SMALLEST = 1.0  # points of the smallest type that anyone can read


def read_pages(data: bytes, name: str | None) -> list[PageContent]:
    """Return the pages of a PDF.

    Raises:
        UnreadableSource: If the file is broken, locked, too long or too complex.
    """
    try:
        return list(_sheets(data))
    except PDFPasswordIncorrect as error:
        raise UnreadableSource(
            name,
            "PDF 有打开密码，请先去掉密码再读取",
            "the PDF is locked by a password; remove the password first",
            "protected",
        ) from error
    except PDFEncryptionError as error:
        raise UnreadableSource(
            name,
            "PDF 的加密方式无法识别，请在 PDF 软件中去掉密码后另存",
            "the PDF is encrypted in an unknown way; remove the protection and save it again",
            "protected",
        ) from error
    except PdfTooComplex as error:
        raise UnreadableSource(
            name,
            f"PDF 太长或太复杂（上限 {MAX_PDF_PAGES} 页），不会是一份年度报告；请只留下报告的页面",
            f"the PDF is too long (over {MAX_PDF_PAGES} pages) or too complex for an annual "
            "report; keep the pages of the report only",
            "too_large",
        ) from error
    except Exception as error:
        raise UnreadableSource(
            name,
            "PDF 文件已损坏，无法读取：请重新下载，或用原文件重新导出",
            "the PDF is broken and cannot be read: download it again, or export it anew",
        ) from error


def _sheets(data: bytes) -> Iterator[PageContent]:
    if data.count(b" obj") > MAX_PDF_OBJECTS:
        raise PdfTooComplex("objects")
    budget = PdfBudget()
    parser = MeasuringParser(BytesIO(data))
    parser.budget = budget
    document = PDFDocument(parser)
    pages = list(islice(PDFPage.create_pages(document), MAX_PDF_PAGES + 1))
    if len(pages) > MAX_PDF_PAGES:
        raise PdfTooComplex("pages")
    fonts = MeasuringFonts()
    fonts.budget = budget
    device = MeasuringDevice(fonts)
    device.budget = budget
    interpreter = MeasuringInterpreter(fonts, device)
    for number, page in enumerate(pages, 1):
        interpreter.process_page(page)
        sheet = _LayoutReader(number, device.get_result()).sheet()
        sheet.glyphs += field_glyphs(page, sheet)
        yield sheet.upright()


@define(eq=False)
class _LayoutReader:
    """Reads one page from the layout objects of pdfminer.six."""

    number: int
    layout: LTPage
    height: float = field(init=False)

    @height.default
    def _height(self) -> float:
        return self.layout.height

    def sheet(self) -> PageContent:
        sheet = PageContent(self.number, self.layout.width, self.height)
        area = max(1.0, sheet.width * sheet.height)
        drawn = PageDrawing()
        for order, item in enumerate(_items(self.layout)):
            if isinstance(item, LTChar):
                white = _is_white(item.graphicstate.ncolor, item.ncs.name)
                base = self.height - item.matrix[5]
                glyphs = self._glyph(item, sheet)
                drawn.printed.extend(PaintedGlyph(glyph, order, white, base) for glyph in glyphs)
            elif isinstance(item, LTCurve):
                drawn.rulings.extend(self._rulings(item))
                drawn.paints.extend(self._paint(item, order))
            elif isinstance(item, LTImage):
                sheet.pictured += max(0, item.width * item.height) / area
                drawn.paints.append(PaintedBox(self._box(item), -1))
        drawn.put_on(sheet)
        return sheet

    def _glyph(self, char: LTChar, sheet: PageContent) -> Iterator[Glyph]:
        text = char.get_text()
        if text.startswith("(cid:") or "\0" in text or "\ufffd" in text:
            text = LOST
        turn = _turn(char.matrix)
        if turn is None or text.isspace() or not text or char.size < _SMALLEST:
            return
        size = char.width if turn in (90, 270) and not char.upright else char.size
        glyph = Glyph(text, *self._box(char), size, turn)
        if 0 < glyph.x < sheet.width and 0 < glyph.y < sheet.height:
            yield glyph

    def _box(self, item: LTComponent) -> Box:
        return item.x0, self.height - item.y1, item.x1, self.height - item.y0

    def _paint(self, curve: LTCurve, order: int) -> Iterator[PaintedBox]:
        """Yield the box that a drawing fills, unless it is a line."""
        if curve.fill and min(curve.width, curve.height) > _THIN:
            yield PaintedBox(self._box(curve), order, _is_white(curve.non_stroking_color))

    def _rulings(self, curve: LTCurve) -> Iterator[Ruling]:
        """Yield the straight lines of a drawing, across or down the page."""
        if isinstance(curve, (LTLine, LTRect)) or curve.fill:
            thin = min(curve.width, curve.height) <= _THIN
            if thin:
                yield from self._ruling(curve.x0, curve.y0, curve.x1, curve.y1)
                return
        if curve.stroke:
            for (x0, y0), (x1, y1) in pairwise(curve.pts[:1000]):
                if abs(x0 - x1) <= _THIN or abs(y0 - y1) <= _THIN:
                    yield from self._ruling(x0, y0, x1, y1)

    def _ruling(self, x0: float, y0: float, x1: float, y1: float) -> Iterator[Ruling]:
        width, height = abs(x1 - x0), abs(y1 - y0)
        if width >= height and width > 0:
            yield Ruling(True, self.height - (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif height > 0:
            top = self.height - max(y0, y1)
            yield Ruling(False, (x0 + x1) / 2, top, top + height)


def _is_white(color: object, space: str = "DeviceGray") -> bool:
    """Return True if a colour is that of paper. In a colour space of inks, 1 is full colour."""
    parts = color if isinstance(color, tuple) else (color,)
    if space not in _SPACES or not all(isinstance(part, (int, float)) for part in parts):
        return False
    white = 0.0 if len(parts) == _CMYK else 1.0
    return all(abs(part - white) <= _TINT for part in parts)


def _items(container: Iterable[LTItem]) -> Iterator[LTItem]:
    """Yield everything on a page, also inside drawings of their own."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _turn(matrix: tuple[float, float, float, float, float, float]) -> Turn | None:
    """Return how far a text is turned, None if it is slanted, as watermarks are."""
    along, aside = matrix[0], matrix[1]
    length = math.hypot(along, aside)
    if length == 0:
        return None
    along, aside = along / length, aside / length
    if abs(aside) <= _SLANT:
        return 0 if along > 0 else 180
    if abs(along) <= _SLANT:
        return 90 if aside > 0 else 270
    return None
