"""The content of a page of a PDF, in points from its top left corner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from attrs import define, evolve, field, frozen

from gischema.reading.scanned import CellReading

Turn: TypeAlias = Literal[0, 90, 180, 270]
"""Degrees, anticlockwise, by which a text is turned: 90 reads upwards, 270 downwards."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

LOST = "〓"
"""Stands for a glyph whose character is not known. It is never a figure."""


@define(eq=False)
class Glyph:
    """A printed character; `text` may be several of them for one glyph (a ligature)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    turn: Turn = 0

    @property
    def x(self) -> float:
        """Return the middle between left and right."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Return the middle between top and bottom."""
        return (self.top + self.bottom) / 2

    def moved(self, right: float) -> Glyph:
        """Return the glyph, moved to the right."""
        return evolve(self, left=self.left + right, right=self.right + right)

    def turned(self, turn: Turn, width: float = 0, height: float = 0) -> Glyph:
        """Return the glyph after a page of that size is turned so that `turn` reads across."""
        left, top, right, bottom = turned(
            (self.left, self.top, self.right, self.bottom), turn, width, height
        )
        straight: Turn = 0 if self.turn == turn else self.turn
        return evolve(self, left=left, top=top, right=right, bottom=bottom, turn=straight)


@frozen
class Ruling:
    """A straight line across the page (`at` is its height) or down it (`at` is its distance)."""

    across: bool
    at: float
    start: float
    end: float


@define(eq=False)
class PageContent:
    """A page: its number from 1, its size, what is printed, and the share that pictures cover.

    `struck` is the text that the page strikes out, which is not in `glyphs`. `unseen` are those of
    the `glyphs` that the page seems not to show. `strips` are pages that were joined to the right
    of this one: where they begin, how far they were moved, and their numbers. A page that was
    recognised has the readings of its `cells`, and `on_scan` gives a box as it lies on the
    scan, which was not quite level. `given_up` is set if there was no time left to recognise it.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(factory=list)
    rulings: list[Ruling] = field(factory=list)
    pictured: float = 0
    struck: list[Glyph] = field(factory=list)
    unseen: list[Glyph] = field(factory=list)
    strips: list[tuple[float, float, int]] = field(factory=list)
    cells: list[CellReading] | None = None
    on_scan: Callable[[Box], Box] | None = None
    given_up: bool = False

    def place(self, box: Box) -> tuple[int, Box]:
        """Return the number of the page that a box stands on, and the box on that page."""
        left, top, right, bottom = box
        for start, moved, number in reversed(self.strips):
            if left >= start:
                return number, (left - moved, top, right - moved, bottom)
        return self.number, self.on_scan(box) if self.on_scan else box

    def reading(self, box: Box) -> CellReading | None:
        """Return what was recognised in the cell with this box."""
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        inside = (
            cell
            for cell in self.cells or ()
            if cell.box[0] < middle[0] < cell.box[2] and cell.box[1] < middle[1] < cell.box[3]
        )
        return min(inside, key=_area, default=None)

    def upright(self) -> PageContent:
        """Return the page turned so that most of its text reads across."""
        turns = Counter(glyph.turn for glyph in self.glyphs)
        turn = turns.most_common(1)[0][0] if turns else 0
        if turn == 0:
            return self
        sides = turn in (90, 270)
        width, height = (self.height, self.width) if sides else (self.width, self.height)
        glyphs, struck, unseen = (
            [glyph.turned(turn, self.width, self.height) for glyph in some]
            for some in (self.glyphs, self.struck, self.unseen)
        )
        rulings = [self._turned(ruling, turn) for ruling in self.rulings]
        return PageContent(
            self.number, width, height, glyphs, rulings, self.pictured, struck, unseen
        )

    def _turned(self, ruling: Ruling, turn: Turn) -> Ruling:
        box = (ruling.start, ruling.at, ruling.end, ruling.at)
        if not ruling.across:
            box = (ruling.at, ruling.start, ruling.at, ruling.end)
        left, top, right, bottom = turned(box, turn, self.width, self.height)
        if top == bottom:
            return Ruling(True, top, left, right)
        return Ruling(False, left, top, bottom)


def turned(box: Box, turn: Turn, width: float, height: float) -> Box:
    """Return a box after a page of that size is turned so that `turn` reads across."""
    left, top, right, bottom = box
    if turn == 90:
        return height - bottom, left, height - top, right
    if turn == 270:
        return top, width - right, bottom, width - left
    if turn == 180:
        return width - right, height - bottom, width - left, height - top
    return box


def bounding_box(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _area(cell: CellReading) -> float:
    left, top, right, bottom = cell.box
    return (right - left) * (bottom - top)
