"""Grey images of pages: flat paper, no seals, upright; and how points map back to the scan."""

from __future__ import annotations

from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from attrs import frozen

from gischema.reading.pdf.page_content import Box

Image: TypeAlias = npt.NDArray[np.uint8]

_BROAD, _INKED = 9, 0.25  # pixels of what is no line, and the most ink of a page
_SMALL = 1000  # pixels of width at which skew is measured
_STEEPEST = 12.0  # degrees
_PAPER = 255
_TINTED = 50  # levels between red and the weakest other colour: the ink of a seal, not its haze
_HAZE, _LEFT = 10, 0.4  # levels that any paper has, and how much of red ink is left in red
_BLOCK, _DARKER = 31, 20  # of the local threshold: pixels around, levels below their mean
_GRAINS = 4.5  # deviations of the grain of the paper: what is darker is ink
_FAINT = 0.45  # of the darkness of the type: a stroke that is nowhere darker is dirt


@frozen(eq=False)
class Raster:
    """A page, upright and cleaned.

    Attributes:
        grey: The page without red ink; its paper is 255.
        ink: Pixels that are darker than the paper around them: 255, else 0.
        tinted: Pixels with red ink, which may hide something: 255, else 0.
        turn: The matrix that turned the scan upright, quarters of a circle included.
        scale: Points per pixel.
    """

    grey: Image
    ink: Image
    tinted: Image
    turn: npt.NDArray[np.float64]
    scale: float

    @property
    def width(self) -> int:
        """Return its width in pixels."""
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        """Return its height in pixels."""
        return int(self.grey.shape[0])

    def on_scan(self, box: Box) -> Box:
        """Return the box in points around a box of this page, as it lies on the scan."""
        left, top, right, bottom = (side / self.scale for side in box)
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]])
        back = cv2.transform(corners, cv2.invertAffineTransform(self.turn))[0] * self.scale
        (left, top), (right, bottom) = back.min(axis=0).tolist(), back.max(axis=0).tolist()
        return left, top, right, bottom


def clean(colours: Image, scale: float, quarters: int = 0) -> Raster:
    """Return a page as a raster.

    Args:
        colours: Red, green and blue of each pixel.
        scale: Points per pixel.
        quarters: By how many quarters of a circle the scan was turned already, anticlockwise.
    """
    spread = colours[..., 0].astype(np.int16) - colours[..., 1:].min(axis=2)
    tinted = image((spread > _TINTED) * 255)
    # Red ink is dark in the other colours; what is left of it in red is lightened.
    lighter = 1 + _LEFT * np.clip((spread - _HAZE) / _TINTED, 0, 1)
    flat = _flattened(image(np.minimum(colours[..., 0] * lighter, 255)))
    height, width = flat.shape
    middle = width / 2, height / 2
    turn = np.asarray(cv2.getRotationMatrix2D(middle, _skew(flat), 1.0), np.float64)
    upright = image(
        cv2.warpAffine(flat, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_PAPER)
    )
    tinted = image(cv2.warpAffine(tinted, turn, (width, height), flags=cv2.INTER_NEAREST))
    return Raster(upright, _ink(upright), tinted, _after(turn, quarters, width, height), scale)


def _after(
    turn: npt.NDArray[np.float64], quarters: int, width: int, height: int
) -> npt.NDArray[np.float64]:
    """Return the matrix of a turn after that of quarters of a circle to a page of this size."""
    quarter = {
        0: [[1, 0, 0], [0, 1, 0]],
        1: [[0, 1, 0], [-1, 0, height]],
        2: [[-1, 0, width], [0, -1, height]],
        3: [[0, -1, width], [1, 0, 0]],
    }[quarters]
    return turn @ np.array([*quarter, [0, 0, 1]], np.float64)


def image(array: Any) -> Image:
    """Return an array as an image of one byte a pixel."""
    return np.asarray(array, dtype=np.uint8)


def _ink(grey: Image) -> Image:
    """Return what is darker than the paper around it, without grain and faint dirt."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    paper = smooth[grey > 200]
    grain = float(np.median(np.abs(paper - np.median(paper)))) * 1.5 if paper.size else 0.0
    local = cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY_INV, _BLOCK,
        max(_DARKER, _GRAINS * grain),
    )  # fmt: skip
    # The inside of broad strokes and filled boxes is darker than no neighbour.
    found = image(local | ((smooth < 100) * 255).astype(np.uint8))
    if not found.any():
        return found
    darkness = 255 - float(np.percentile(smooth[found > 0], 20))
    _, labels = cv2.connectedComponents(found, connectivity=8)
    dark = np.zeros(labels.max() + 1, bool)
    dark[labels[smooth < 255 - _FAINT * darkness]] = True
    dark[0] = False
    return image(dark[labels] * 255)


def _flattened(grey: Image) -> Image:
    """Return a page whose paper is white, whatever its colour, shadows and light."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA
    )
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15))), 15)
    paper = np.maximum(cv2.resize(paper, (width, height)), 1)
    return image(np.minimum(cv2.divide(grey, paper, scale=_PAPER), _PAPER))


def _skew(flat: Image) -> float:
    """Return by how many degrees the ruled lines of a page, or its lines of text, fall."""
    factor = min(1.0, _SMALL / flat.shape[1])
    small = cv2.resize(flat, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark = image((small < 190) * 255)
    inside = cv2.erode(dark, np.ones((_BROAD, _BROAD), np.uint8))  # pictures and dark borders
    dark = image(cv2.subtract(dark, inside))
    if dark.mean() > 255 * _INKED:  # no lines of text, and minutes of work
        return 0.0
    shortest = small.shape[1] // 6
    found = cv2.HoughLinesP(dark, 1, np.pi / 1800, 120, minLineLength=shortest, maxLineGap=6)
    if found is None:
        return 0.0
    lines = found.reshape(-1, 4).astype(float)
    across, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    angles = np.degrees(np.arctan2(down, across))
    level = np.abs(angles) < _STEEPEST
    if not level.any():
        return 0.0
    order = np.argsort(angles[level])
    weights = np.hypot(across, down)[level][order].cumsum()
    return float(angles[level][order][np.searchsorted(weights, weights[-1] / 2)])
