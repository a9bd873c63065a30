"""Find the ruled lines of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from gischema.reading.pdf.page_content import Ruling
from gischema.reading.scan.raster import Image, Raster, image

_ACROSS, _DOWN = 18.0, 8.0  # points of the shortest line; rows may be low
_THICKEST = 4.0  # points
_GAP = 3  # pixels that may be missing in a line
_MARGIN = 1  # pixels of the edge of a line
_SLANT = 3  # rows of pixels over which a line runs that is not quite level
_NEAR = 4.0  # points between the end of a line and the line at which it ends
_LONG = 26.0  # points of a line down that may end where no line across does
_OPEN = 4  # lines that end together where the page cuts a table
_LIGHT = 0.4  # of the darkness of a line: where it is lighter, it is interrupted
_INTERRUPTED = 0.8  # points of the longest interruption, at least two pixels
_FAINT = 0.55  # of the darkness of long lines: a stroke of text is lighter where it ends
_EDGE = 1  # pixels of a line down that belong to the line at which it ends
_BLEEDING = 16  # pixels around red ink whose colour JPEG changes
_SURELY, _FEW = 100.0, 4
"""Points of a line that no text looks like; rows of one that is not damaged."""
_DAMAGED = 0.06  # of a line: the longest interruption of a long one, under a seal
_DENSE = 0.35  # of the length of a line: more ink at its sides is text that it runs through


@frozen(eq=False)
class RuledLines:
    """The ruled lines of a page, in points, and the pixels that they run through."""

    rulings: list[Ruling]
    pixels: Image


@frozen
class _Stroke:
    """A line, and half of its breadth in points."""

    ruling: Ruling
    reach: float


def find_lines(raster: Raster) -> RuledLines:
    """Return the straight lines across and down a page."""
    pixels = {across: _line_pixels(raster, across=across) for across in (True, False)}
    across, down = (
        list(_traced(found, raster.scale, across=is_across)) for is_across, found in pixels.items()
    )
    held = _held_by_others(across, down, raster)
    drawn = np.zeros_like(raster.ink)
    for stroke in held:
        drawn[_corridor(stroke, raster.scale)] = 255
    return RuledLines([stroke.ruling for stroke in held], drawn)


def _corridor(stroke: _Stroke, scale: float) -> tuple[slice, slice]:
    """Return the rows and columns of pixels that a line runs through."""
    ruling = stroke.ruling
    reach = round(stroke.reach / scale) + _MARGIN
    at, start, end = (round(place / scale) for place in (ruling.at, ruling.start, ruling.end))
    along, aside = slice(max(0, start), end + 1), slice(max(0, at - reach), at + reach + 1)
    return (aside, along) if ruling.across else (along, aside)


def _line_pixels(raster: Raster, *, across: bool) -> Image:
    shortest = max(8, round((_ACROSS if across else _DOWN) / raster.scale))
    broad = cv2.dilate(raster.ink, _bar(_SLANT, across=not across))
    closed = cv2.morphologyEx(broad, cv2.MORPH_CLOSE, _bar(_GAP, across=across))
    return image(cv2.morphologyEx(closed, cv2.MORPH_OPEN, _bar(shortest, across=across)))


def _bar(length: int, *, across: bool) -> Image:
    return image(np.ones((1, length) if across else (length, 1)))


def _traced(pixels: Image, scale: float, *, across: bool) -> Iterator[_Stroke]:
    """Yield the lines that connected pixels make, unless they are as thick as a bar."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(pixels, connectivity=8)
    for left, top, width, height, area in boxes[1:].tolist():
        length, breadth = (width, height) if across else (height, width)
        if area / length * scale <= _THICKEST:
            at, start = (top + height / 2, left) if across else (left + width / 2, top)
            yield _Stroke(
                Ruling(across, at * scale, start * scale, (start + length) * scale),
                breadth * scale / 2,
            )


def _held_by_others(
    across: Sequence[_Stroke], down: Sequence[_Stroke], raster: Raster
) -> list[_Stroke]:
    """Return the lines without strokes of text below each other that look like one.

    A line down a table begins and ends at lines across it, or where several others do: the end of
    a page cuts tables. Between them nothing interrupts it. One that is as low as a row goes on in
    another row, as text does not. Tables may be open at their sides, so
    one line down is enough for a line across.
    """
    usual = _usual_darkness(down, raster)
    for _ in range(2):
        reaching = [_reaching(one, across, down) for one in down]
        drawn = [part for one in reaching if one and (part := _drawn(one, across, raster, usual))]
        crossing = [one.ruling.at for one in drawn if _crosses(one, across)]
        down = [one for one in drawn if any(abs(one.ruling.at - at) < _NEAR / 2 for at in crossing)]
        across = [one for one in across if any(_cross(one.ruling, line.ruling) for line in down)]
    return [*across, *down]


def _reaching(
    stroke: _Stroke, across: Sequence[_Stroke], down: Sequence[_Stroke]
) -> _Stroke | None:
    """Return a line down to the lines across at which it ends, None if it ends nowhere."""
    found = []
    for end in (stroke.ruling.start, stroke.ruling.end):
        met = [one.ruling.at for one in across if _meets(stroke.ruling, end, one)]
        if met:
            found.append(min(met, key=lambda at: abs(at - end)))
        elif _is_cut(stroke.ruling, end, down):
            found.append(end)
        else:
            return None
    start, end = found
    return evolve(stroke, ruling=evolve(stroke.ruling, start=start, end=end))


def _is_cut(ruling: Ruling, end: float, down: Sequence[_Stroke]) -> bool:
    """Return True if a line goes on after a gap, or ends where several others end."""
    if ruling.end - ruling.start < _LONG:
        return False
    others = [one.ruling for one in down if one.ruling is not ruling and _length(one) >= _LONG]
    ends = [(one.at, other) for one in others for other in (one.start, one.end)]
    if any(abs(at - ruling.at) < _NEAR / 2 and abs(other - end) < 2 * _NEAR for at, other in ends):
        return True
    return sum(1 for _, other in ends if abs(other - end) <= _NEAR) >= _OPEN - 1


def _crosses(down: _Stroke, across: Sequence[_Stroke]) -> bool:
    """Return True if a line down crosses one across, so that it is part of two rows."""
    start, end = down.ruling.start + _NEAR, down.ruling.end - _NEAR
    return any(
        start < one.ruling.at < end
        and one.ruling.start - _NEAR <= down.ruling.at <= one.ruling.end + _NEAR
        for one in across
    )


def _length(stroke: _Stroke) -> float:
    return stroke.ruling.end - stroke.ruling.start


def _meets(down: Ruling, end: float, across: _Stroke) -> bool:
    ruling = across.ruling
    is_level = abs(ruling.at - end) <= _NEAR + across.reach
    return is_level and ruling.start - _NEAR <= down.at <= ruling.end + _NEAR


def _cross(across: Ruling, down: Ruling) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


@frozen(eq=False)
class _Drawn:
    """How dark a line down is at each pixel, and where red ink covers it."""

    top: int
    line: npt.NDArray[np.int16]
    tinted: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, stroke: _Stroke, raster: Raster) -> _Drawn:
        """Return the darkness of a line down."""
        ruling, reach = stroke.ruling, round(stroke.reach / raster.scale)
        x, top, bottom = (round(at / raster.scale) for at in (ruling.at, ruling.start, ruling.end))
        rows, reached = slice(max(0, top), bottom), _around(x, reach)
        lightest = raster.grey[rows, reached].min(axis=1, initial=255).astype(np.int16)
        red = raster.tinted[rows, _around(x, reach + _BLEEDING)].max(axis=1, initial=0)
        near = cv2.dilate(red, _bar(2 * _BLEEDING + 1, across=False)) if red.size else red
        return cls(rows.start, 255 - lightest, near.ravel() > 0)

    @property
    def darkness(self) -> float:
        """Return how dark it is as a rule."""
        return float(np.median(self.line)) if self.line.size else 0.0


def _around(at: int, reach: int) -> slice:
    return slice(max(0, at - reach), at + reach + 1)


def _usual_darkness(down: Iterable[_Stroke], raster: Raster) -> float:
    """Return how dark the long lines down a page are, 0 if there are none."""
    found = [_Drawn.of(one, raster).darkness for one in down if _length(one) >= _SURELY]
    return float(np.median(found)) if found else 0.0


def _drawn(
    stroke: _Stroke, across: Sequence[_Stroke], raster: Raster, usual: float
) -> _Stroke | None:
    """Return the part of a line down that is drawn from end to end; None for a stroke of text.

    The strokes of text that look like a line end just below and above each line across. A line may
    be damaged, but not in most of its rows, and a low one in none. It is cut where it only seems to
    go on, through a stroke of text.
    """
    ruling, scale = stroke.ruling, raster.scale
    found = _Drawn.of(stroke, raster)
    size = found.line.size
    levels = [
        round(one.ruling.at / scale) - found.top for one in across if _cross(one.ruling, ruling)
    ]
    rows = list(pairwise(sorted({0, size, *(at for at in levels if 0 < at < size)})))
    faint = (found.line < _FAINT * (usual or found.darkness)) & ~found.tinted
    for end in (0, size):
        is_cut = all(abs(at - end) > _SLANT for at in levels)  # by the page: it fades out
        faint[_around(end, _SLANT if is_cut else _EDGE)] = False
    broken = [bool(faint[first:last].any()) for first, last in rows]
    while rows and broken[0]:
        del rows[0], broken[0]
    while rows and broken[-1]:
        del rows[-1], broken[-1]
    if not rows or 2 * sum(broken) > len(rows) or (len(rows) < _FEW and any(broken)):
        return None
    first, last = rows[0][0], rows[-1][1]
    light = found.line[first:last] < _LIGHT * found.darkness
    most = max(2, _INTERRUPTED / scale, _DAMAGED * light.size)
    if _longest_run(light) > most or light.mean() > 2 * _DAMAGED:
        return None
    start, end = found.top + first, found.top + last
    if _is_dense(stroke, raster, slice(start, end)):
        return None
    return evolve(stroke, ruling=evolve(ruling, start=start * scale, end=end * scale))


def _is_dense(stroke: _Stroke, raster: Raster, rows: slice) -> bool:
    """Return True if text stands at both sides of a line down."""
    x, reach = round(stroke.ruling.at / raster.scale), round(stroke.reach / raster.scale)
    apart = reach + max(2, round(1 / raster.scale))
    sides = (
        raster.ink[rows, max(0, side) : max(0, side) + 2].any(axis=1).mean()
        for side in (x - apart - 1, x + apart)
    )
    return bool(min(sides) >= _DENSE)


def _longest_run(flags: npt.NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))
