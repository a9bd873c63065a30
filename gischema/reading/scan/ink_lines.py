"""Lines of text within a part of a page, found by their ink."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from attrs import frozen

from gischema.reading.scan.raster import Image, image

DIRT = 0.3  # of the height of type: ink that stands alone and is smaller is no text
_SPECK = 0.09  # of the height of type: what is smaller on both sides is dirt
_LOW = 0.45  # of the height of type: a lower band is a stroke, or a part of a character
_TALL = 1.2  # of the height of type: the most that bands of one line take together
_AIR = 0.14  # of the height of type around a line
_TWO_LINES, _LEAST, _THIN = 1.45, 0.6, 0.25
"""Of the height of type: a band that holds two lines, and the lowest line; of the usual ink of a
row of pixels: the ink between two lines that touch."""
_ALONE = 0.5  # of the height of type: dirt stands further from text than its dots
_APART = 2.2  # of the height of type: ink further apart is two texts


@frozen
class InkBox:
    """A box around ink, in pixels: left, top, right and bottom."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Return its height."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Return its width."""
        return self.right - self.left

    def moved(self, right: int, down: int) -> InkBox:
        """Return the box, moved to the right and down."""
        return InkBox(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def with_air(self, air: int, least: int) -> InkBox:
        """Return the box with some paper around it, at least `least` high."""
        more = max(air, (least - self.height + 1) // 2)
        return InkBox(self.left - air, self.top - more, self.right + air, self.bottom + more)

    def cut_from(self, page: Image) -> Image:
        """Return its part of a page; what lies beyond the page is paper."""
        height, width = page.shape
        inside = page[max(0, self.top) : self.bottom, max(0, self.left) : self.right]
        return image(
            cv2.copyMakeBorder(
                inside,
                max(0, -self.top), max(0, self.bottom - height),
                max(0, -self.left), max(0, self.right - width),
                cv2.BORDER_CONSTANT, value=255,
            )
        )  # fmt: skip


def without_specks(ink: Image, em: float) -> Image:
    """Return ink without dirt."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count == 1:
        return ink
    kept = boxes[:, 2:4].max(axis=1) > max(1.0, _SPECK * em)
    kept[0] = False
    return image(kept[labels] * 255)


def without_sides(ink: Image, edge: int, em: float) -> Image:
    """Return the ink of a cell without what is left of the ruled lines at its sides.

    That is narrow, not further than `edge` from a side, and taller than a digit in all.
    """
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    lefts, widths, heights = boxes[:, 0], boxes[:, 2], boxes[:, 3]
    kept = np.ones(count, bool)
    for near in (lefts + widths <= edge, lefts >= ink.shape[1] - edge):
        left_over = near & (2 * widths <= edge)
        left_over[0] = False
        if heights[left_over].sum() > _TALL * em:
            kept &= ~left_over
    return ink if kept.all() else image(np.where(kept[labels], ink, 0))


def bands(ink: Image) -> list[tuple[int, int]]:
    """Return the rows of pixels with ink, as first and one after last."""
    return _runs(ink.any(axis=1))


def text_lines(ink: Image, em: float) -> list[InkBox]:
    """Return the lines of text in a part of a page, from top to bottom and left to right."""
    found = []
    for tall in _joined(bands(ink), em):
        for top, bottom in _parted(ink, tall, em):
            for left, right in _segments(ink[top:bottom], em):
                rows = _runs(ink[top:bottom, left:right].any(axis=1))
                found.append(InkBox(left, top + rows[0][0], right, top + rows[-1][1]))
    return found


def _parted(ink: Image, band: tuple[int, int], em: float) -> list[tuple[int, int]]:
    """Return the lines of a band that is too tall for one: they touch each other somewhere."""
    top, bottom = band
    if bottom - top < _TWO_LINES * em:
        return [band]
    rows = (ink[top:bottom] > 0).sum(axis=1)
    first = round(_LEAST * em)
    at = first + int(rows[first:-first].argmin())
    if rows[at] > _THIN * rows.mean():
        return [band]
    return [*_parted(ink, (top, top + at), em), *_parted(ink, (top + at, bottom), em)]


def _joined(found: Sequence[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Join bands that are parts of one line: the strokes of 三, the dots of a colon."""
    lines: list[tuple[int, int]] = []
    for top, bottom in found:
        if lines:
            first, last = lines[-1]
            low = min(last - first, bottom - top) < _LOW * em
            if low and bottom - first <= _TALL * em:
                lines[-1] = first, bottom
                continue
        lines.append((top, bottom))
    return lines


def _segments(ink: Image, em: float) -> list[tuple[int, int]]:
    """Return the texts of a line that stand far apart, without dirt between and around them."""
    runs = _runs(ink.any(axis=0))
    segments: list[tuple[int, int]] = []
    for number, (left, right) in enumerate(runs):
        before = left - runs[number - 1][1] if number else ink.shape[1]
        behind = runs[number + 1][0] - right if number + 1 < len(runs) else ink.shape[1]
        if right - left < DIRT * em and min(before, behind) > _ALONE * em and len(runs) > 1:
            height = int(ink[:, left:right].any(axis=1).sum())
            if height < DIRT * em:
                continue
        if segments and left - segments[-1][1] <= _APART * em:
            segments[-1] = segments[-1][0], right
        else:
            segments.append((left, right))
    return segments


def _runs(flags: npt.ArrayLike) -> list[tuple[int, int]]:
    """Return the runs of true values, as first and one after last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(flags, np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
