"""Pages as a scanner gives them: printed by Chromium or LibreOffice, then drawn, turned and soiled.

Needs the extra `ocr`, a Chinese font, and Chromium or LibreOffice. Everything follows from seeds.
"""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from attrs import frozen

from gischema.testing import SamplePage
from gischema.testing.layouts.table_grid import PlacedCell, TableGrid, blocks
from gischema.testing.layouts.word import word_file

FONTS = (
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "AR PL UMing CN",
    "AR PL UKai CN",
    "AR PL SungtiL GB",
    "AR PL KaitiM GB",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "FandolFang",
    "FandolFang",
)
"""Song, Hei, Kai and 仿宋 faces of Debian; FandolFang is in `texlive-lang-chinese`."""

_STYLE = """
@page {{ size: A4 {turn}; margin: 18mm 16mm }}
body {{ font: {size}pt/{leading} "{font}", serif; font-weight: {weight} }}
p {{ text-indent: 2em; margin: .3em 0 }}
p.title {{ text-align: center; font-size: 150%; text-indent: 0 }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border: {line}px solid black; padding: 1px 3px; text-align: center; height: {row}px }}
tr {{ break-inside: avoid }}
td.label {{ text-align: left }}
"""


@frozen
class Scanner:
    """How a page is printed and scanned."""

    font: str = FONTS[0]
    bold: bool = False
    size: float = 10.5
    line: int = 1
    dpi: int = 200
    skew: float = 0.0
    jpeg: int | None = None
    noise: float = 0.0
    blur: float = 0.0
    seals: int = 0
    paper: int = 255
    office: bool = False

    @classmethod
    def drawn(cls, seed: int) -> Scanner:
        """Return a scanner whose properties follow from a seed."""
        choose = random.Random(seed)
        return cls(
            font=choose.choice(FONTS),
            bold=choose.random() < 0.25,
            size=choose.choice((9, 10, 10.5, 12)),
            line=choose.choice((1, 1, 2)),
            dpi=(150, 200, 300)[seed % 3],
            skew=choose.uniform(-2, 2),
            jpeg=choose.choice((None, 40, 40, 60)),
            noise=choose.choice((0, 4, 8, 12)),
            blur=choose.choice((0, 0, 0.4, 0.6)),
            seals=choose.choice((0, 1, 1, 2)),
            paper=choose.choice((255, 245, 230)),
            office=seed % 4 == 3,
        )

    def images(self, page: SamplePage, folder: Path, seed: int = 0) -> list[bytes]:
        """Return the pages of a report as images, PNG or JPEG."""
        folder.mkdir(parents=True, exist_ok=True)
        printed = self._from_writer(page, folder) if self.office else self._from_web(page, folder)
        noise = np.random.default_rng(seed)
        return [self._encoded(self._soiled(sheet, noise)) for sheet in drawn(printed, self.dpi)]

    def _from_web(self, page: SamplePage, folder: Path) -> bytes:
        style = _STYLE.format(
            font=self.font,
            size=self.size,
            weight="bold" if self.bold else "normal",
            leading=1.5,
            line=self.line,
            row=20,
            turn="portrait",
        )
        source, made = folder / "page.html", folder / "page.pdf"
        source.write_text(
            f"<meta charset=utf-8><style>{style}</style>{_body(page)}", encoding="utf-8"
        )
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return made.read_bytes()

    def _from_writer(self, page: SamplePage, folder: Path) -> bytes:
        source = folder / "page.docx"
        source.write_bytes(self._dressed(word_file(page)))
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
        return (folder / "page.pdf").read_bytes()

    def _dressed(self, data: bytes) -> bytes:
        import docx
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        document: Any = docx.Document(io.BytesIO(data))
        style = document.styles["Normal"]
        style.font.size, style.font.bold, style.font.name = Pt(self.size - 1), self.bold, self.font
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), self.font)
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(16)
        for table in document.tables:
            table.style = "Table Grid"
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    def _soiled(self, sheet: np.ndarray, noise: np.random.Generator) -> np.ndarray:
        height, width = sheet.shape[:2]
        image = np.minimum(sheet, self.paper).astype(np.uint8)
        for _ in range(self.seals):
            image = sealed(image, self.dpi, noise)
        if self.skew:
            turn = cv2.getRotationMatrix2D((width / 2, height / 2), self.skew, 1)
            image = cv2.warpAffine(
                image, turn, (width, height), flags=cv2.INTER_CUBIC,
                borderValue=(self.paper,) * 3,
            )  # fmt: skip
        if self.blur:
            image = cv2.GaussianBlur(image, (0, 0), self.blur * self.dpi / 150)
        if self.noise:
            grain = noise.normal(0, self.noise, image.shape[:2])[..., None]
            image = np.clip(image + grain, 0, 255).astype(np.uint8)
            spots = noise.integers(0, (height, width), (int(self.noise * 8), 2))
            for y, x in spots:
                cv2.circle(image, (int(x), int(y)), int(noise.integers(0, 2)), (90, 90, 90), -1)
        return image

    def _encoded(self, image: np.ndarray) -> bytes:
        if self.jpeg is None:
            return cv2.imencode(".png", image)[1].tobytes()
        return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, self.jpeg])[1].tobytes()


def drawn(pdf: bytes, dpi: int) -> list[np.ndarray]:
    """Return the pages of a PDF as images in the order blue, green, red."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_numpy()[..., :3].copy() for page in document]


def sealed(image: np.ndarray, dpi: int, choose: np.random.Generator) -> np.ndarray:
    """Return a page with a round red seal of 42 mm with a star somewhere on it."""
    height, width = image.shape[:2]
    radius = int(21 / 25.4 * dpi)
    x, y = (int(choose.uniform(radius, side - radius)) for side in (width, height))
    ink = np.full(image.shape[:2], 0, np.uint8)
    cv2.circle(ink, (x, y), radius, 255, max(2, dpi // 45))
    points = [
        (x + r * np.sin(k * np.pi / 5), y - r * np.cos(k * np.pi / 5))
        for k, r in enumerate([radius * 0.36, radius * 0.14] * 5)
    ]
    cv2.fillPoly(ink, [np.array(points, np.int32)], 255)
    for k in range(14):
        angle = np.pi * (0.85 + 1.3 * k / 13)
        at = (int(x + radius * 0.75 * np.cos(angle)), int(y + radius * 0.75 * np.sin(angle)))
        half = radius // 11
        cv2.rectangle(ink, (at[0] - half, at[1] - half), (at[0] + half, at[1] + half), 255, 2)
    ink = (ink * choose.uniform(0.75, 1, ink.shape)).astype(np.uint8)
    share = (ink[..., None] / 255) * 0.85
    red = np.array([60, 50, 215])  # blue, green, red
    over = image * (1 - share) + red * share
    return np.minimum(image, over).astype(np.uint8)


def _body(page: SamplePage) -> str:
    parts = []
    for number, block in enumerate(blocks(page)):
        if isinstance(block, TableGrid):
            parts.append(_table(block))
        else:
            text = "".join(cell.text for cell in block.cells)
            parts.append(f"<p{' class=title' if number == 0 else ''}>{escape(text)}</p>")
    return "\n".join(parts)


def _table(grid: TableGrid) -> str:
    rows = "".join(f"<tr>{''.join(map(_cell, cells))}</tr>" for cells in grid.by_row())
    return f"<table>{rows}</table>"


def _cell(placed: PlacedCell) -> str:
    label = ' class="label"' if placed.cell.role == "label" else ""
    spans = f' rowspan="{placed.rows}" colspan="{placed.columns}"'
    return f"<td{label}{spans}>{escape(placed.cell.text)}</td>"


def as_pdf(images: Sequence[bytes], dpi: int) -> bytes:
    """Return images as the pages of a PDF without text, as scanners save them."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for image in images:
        reader = ImageReader(io.BytesIO(image))
        width, height = (side * 72 / dpi for side in reader.getSize())
        canvas.setPageSize((width, height))
        canvas.drawImage(reader, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
