"""Draw PDF files glyph by glyph, for content that report generators do not draw."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gischema.reading import read

FONT = "STSong-Light"
SIZE = 10.5
WIDTH, HEIGHT = A4
LEFT = 72
LINE = 16
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
WIDTHS = (180, 90, 90, 90)
HEADS = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


class Drawing:
    """A PDF that is being drawn. Everything is measured from the top left."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.file = io.BytesIO()
        self.canvas: Any = Canvas(self.file, pagesize=A4)
        self.top = 80.0

    def write(
        self, text: str, left: float = LEFT, top: float | None = None, *, font: str = FONT
    ) -> None:
        """Draw a line of text; without `top` it stands below the last one."""
        if top is None:
            top = self.top
            self.top += LINE
        self.canvas.setFont(font, SIZE)
        self.canvas.drawString(left, HEIGHT - top - SIZE, text)

    def turned(self, text: str, left: float, bottom: float, angle: float, size: float = SIZE):
        """Draw a text turned anticlockwise."""
        self.canvas.saveState()
        self.canvas.translate(left, HEIGHT - bottom)
        self.canvas.rotate(angle)
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def line(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """Draw a ruled line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - top0, x1, HEIGHT - top1)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, ruled: bool = True):
        """Draw a table without merged cells; a cell may hold several lines."""
        for row in rows:
            height = LINE * max(1, *(cell.count("\n") + 1 for cell in row))
            left = float(LEFT)
            for cell, width in zip(row, widths, strict=True):
                for number, line in enumerate(cell.split("\n")):
                    self.write(line, left + 4, self.top + 2 + number * LINE)
                if ruled:
                    self.canvas.rect(left, HEIGHT - self.top - height, width, height)
                left += width
            self.top += height

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.top = 80.0

    def data(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self.file.getvalue()


def picture_page(drawing: Drawing) -> None:
    """Draw a picture over the whole page."""
    drawing.canvas.drawImage(ImageReader(Image.new("L", (8, 8))), 0, 0, WIDTH, HEIGHT)


def file_of(objects: list[bytes]) -> bytes:
    """Return a PDF of numbered objects without a table of them, which readers rebuild."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R/Size 9>>\n%%EOF"


def stream(content: bytes, head: bytes = b"") -> bytes:
    """Return a stream with more entries in its dictionary."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)


def packed(content: bytes, *, twice: bool = False, resources: bytes = b"") -> bytes:
    """Return a page whose content inflates to this."""
    filters = b"/Filter[/FlateDecode%s]" % (b"/FlateDecode" if twice else b"")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"
    page %= resources
    return file_of([CATALOG, TREE, page, stream(zlib.compress(content), filters)])


def lines(drawing: Drawing) -> list[str]:
    """Return the lines of the text in which a drawing is read."""
    return read(drawing.data()).text.splitlines()


def row(*cells: str) -> str:
    """Return the line in which a row of cells is read."""
    return "".join(f"{cell} | " for cell in cells)


def at(drawing: Drawing, *cells: tuple[float, float, str]) -> None:
    """Draw texts at their places: left, top and text; the lines of a cell stand 12 points apart."""
    for left, top, text in cells:
        for number, line in enumerate(text.split("\n")):
            drawing.write(line, left, top + 12 * number)


def locked(password: str, *texts: str) -> bytes:
    """Return a file that may not be printed and asks for a password unless it is empty."""
    drawing = Drawing()
    drawing.canvas = Canvas(
        drawing.file, encrypt=StandardEncryption(password, ownerPassword="owner", canPrint=0)
    )
    for text in texts:
        drawing.write(text, font="Helvetica" if text.isascii() else FONT)
    return drawing.data()
