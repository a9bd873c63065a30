"""Decode image files within limits: PNG, JPEG and TIFF, of one or several pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image as Pictures
from PIL import ImageOps, ImageSequence

from gischema.reading.errors import UnreadableSource
from gischema.reading.limits import MAX_SCAN_PAGES, MAX_SCAN_PIXELS
from gischema.reading.scan.raster import Image, image

_KINDS = ("PNG", "JPEG", "TIFF", "MPO")
_SMALLEST = 200  # pixels of a side of a page with a table
_WIDTH, _LENGTH = 595.0, 842.0  # points of a page of A4
_RESOLUTIONS = (70, 1300)  # dots an inch that a scanner may state
_PAGES = (250.0, 1300.0)  # points of the width of a page
_WIDEST = 2600  # pixels: 300 dots an inch of A4 and some more


def read_images(data: bytes, name: str | None) -> Iterator[tuple[Image, float]]:
    """Yield the pages of an image file, in red, green and blue, with the points per pixel.

    Raises:
        UnreadableSource: If it is damaged, too large, or too small for a page.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size, which is limited here, and of odd metadata
            with Pictures.open(io.BytesIO(data), formats=_KINDS) as file:
                _limit(file, name)
                if getattr(file, "n_frames", 1) > MAX_SCAN_PAGES:
                    raise too_many(name)
                for frame in ImageSequence.Iterator(file):
                    _limit(frame, name)
                    yield _page(frame)
    except UnreadableSource:
        raise
    except Exception as error:  # Pillow raises whatever its decoders meet
        raise UnreadableSource(
            name,
            "图片文件不完整或已损坏，打不开：请重新扫描或下载",
            "the image is cut off or damaged: scan or download it again",
        ) from error


def too_many(name: str | None) -> UnreadableSource:
    """Return the error about a scan of too many pages."""
    return UnreadableSource(
        name,
        f"扫描件超过 {MAX_SCAN_PAGES} 页，不会是一份年度报告；请只留下报告的页面",
        f"the scan has over {MAX_SCAN_PAGES} pages; this is no annual report: keep its pages only",
        "too_large",
    )


def took_too_long(name: str | None) -> UnreadableSource:
    """Return the error about a scan of which no page was recognised in time."""
    return UnreadableSource(
        name,
        "识别扫描件用时过长：请只留下报告的页面，按 200 至 300 dpi 重新扫描",
        "the scan took too long to recognise: keep the pages of the report only, and scan them "
        "again at 200 to 300 dpi",
        "too_large",
    )


def _limit(frame: Pictures.Image, name: str | None) -> None:
    width, height = frame.size
    if width * height > MAX_SCAN_PIXELS:
        raise UnreadableSource(
            name,
            f"图片有 {width}×{height} 个像素，过大：请按 300 dpi 重新扫描",
            f"the image has {width}×{height} pixels, too many: scan it again at 300 dpi",
            "too_large",
        )
    if min(width, height) < _SMALLEST:
        raise UnreadableSource(
            name,
            f"图片只有 {width}×{height} 个像素，认不出文字：请按 200 dpi 以上重新扫描",
            f"the image has only {width}×{height} pixels, too few for text: scan it again at "
            "200 dpi or more",
            "scan",
        )


def _page(frame: Pictures.Image) -> tuple[Image, float]:
    upright = ImageOps.exif_transpose(frame)
    dots = upright.info.get("dpi", (0, 0))
    if upright.mode.startswith("I") or upright.mode == "F":
        upright = _of_bytes(upright)
    if "A" in upright.getbands() or "transparency" in upright.info:
        paper = Pictures.new("RGBA", upright.size, "white")
        upright = Pictures.alpha_composite(paper, upright.convert("RGBA"))
    page = image(upright.convert("RGB"))
    return fitted(page, _scale(page.shape[1], page.shape[0], float(dots[0] or 0)))


def fitted(page: Image, scale: float) -> tuple[Image, float]:
    """Return a page that is not finer than is needed, with its points per pixel."""
    import cv2

    factor = _WIDEST / min(page.shape[:2])
    if factor >= 1:
        return page, scale
    smaller = cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return image(smaller), scale / factor


def _of_bytes(picture: Pictures.Image) -> Pictures.Image:
    """Return a grey picture of more than a byte a pixel as one of a byte."""
    levels = np.asarray(picture, dtype=np.float64)
    most = 65535.0 if levels.max(initial=0) > 255 else 255.0
    return Pictures.fromarray(image(np.clip(levels * 255 / most, 0, 255)))


def _scale(width: int, height: int, dots: float) -> float:
    """Return the points per pixel that a file states, or else those of a page of A4."""
    if _RESOLUTIONS[0] <= dots <= _RESOLUTIONS[1]:
        stated = 72 / dots
        if _PAGES[0] <= width * stated <= _PAGES[1]:
            return stated
    return (_WIDTH if height >= width else _LENGTH) / width
