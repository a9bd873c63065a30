"""PDF files drawn glyph by glyph, for what report generators do not draw."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
SIZE = 10.5
WIDTH, HEIGHT = A4
LEFT = 72
LINE = 16


class Drawing:
    """A PDF being drawn; everything is measured from the top left."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.file = io.BytesIO()
        self.canvas: Any = Canvas(self.file, pagesize=A4)
        self.top = 80.0

    def write(
        self, text: str, left: float = LEFT, top: float | None = None, *, font: str = FONT
    ) -> None:
        """A line of text; without `top` it stands below the last one."""
        if top is None:
            top = self.top
            self.top += LINE
        self.canvas.setFont(font, SIZE)
        self.canvas.drawString(left, HEIGHT - top - SIZE, text)

    def turned(self, text: str, left: float, bottom: float, angle: float, size: float = SIZE):
        """A text turned against the clock."""
        self.canvas.saveState()
        self.canvas.translate(left, HEIGHT - bottom)
        self.canvas.rotate(angle)
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def line(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """A ruled line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - top0, x1, HEIGHT - top1)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, ruled: bool = True):
        """A table of cells without merged ones; a cell may hold several lines."""
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
        """The file."""
        self.canvas.save()
        return self.file.getvalue()
