"""Cut boxes out of the pages of a scan, as small grey pictures."""

from __future__ import annotations

import io
from itertools import islice

import cv2
from PIL import Image as Pictures

from gischema.reading.scan.images import read_images
from gischema.reading.scan.pdf_pages import drawn_page
from gischema.reading.scan.raster import Image, image

MARGIN = 4
"""Pixels around a cell. Its box is in whole points, up to two pixels off."""

_LARGEST = 900, 300  # pixels: a line of text, or a cell of several


def grey_page(data: bytes, kind: str, number: int) -> tuple[Image, float] | None:
    """Return a page, from 1, as it was recognised, and its points per pixel; None if it is no scan.

    Args:
        data: The file.
        kind: The kind of its reader.
        number: The number of the page.

    Raises:
        UnreadableSource: If it cannot be opened, or is too large.
    """
    if not data or kind not in ("pdf", "scan"):
        return None
    colours, scale = (
        drawn_page(data, number, None)
        if kind == "pdf"
        else next(islice(read_images(data, None), number - 1, None))
    )
    return image(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)), scale


def cut(page: Image, scale: float, box: tuple[int, ...]) -> bytes | None:
    """Return a PNG of a box in points and a margin around it; None if it is not on the page."""
    left, top, right, bottom = (round(side / scale) for side in box)
    part = page[
        max(0, top - MARGIN) : max(0, bottom + MARGIN),
        max(0, left - MARGIN) : max(0, right + MARGIN),
    ]
    if not part.size:
        return None
    picture = Pictures.fromarray(part)
    picture.thumbnail(_LARGEST)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
