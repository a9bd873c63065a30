"""Find text that a page holds but does not show, and text that it strikes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from gischema.reading.pdf.page_content import Box, Glyph, PageContent, Ruling

_LOWER, _UPPER = 0.12, 0.65  # of the size, above the line of the text: between them is the middle
_LEVEL = 2.0  # points between the levels by which lines are looked up
_MOST = 50  # lines on one level, and boxes on a page, that are checked
_TOUCHES = 1.5  # points between a line and the wall that it is a part of


@frozen
class PaintedBox:
    """A box that a page fills or a picture covers; `order` is its position in drawing order."""

    box: Box
    order: int
    white: bool = False


@frozen
class PaintedGlyph:
    """A glyph that was drawn; `white` is set if it is white, `base` is its base line."""

    glyph: Glyph
    order: int
    white: bool
    base: float


@define(eq=False)
class PageDrawing:
    """The glyphs, boxes and lines drawn on a page, in order."""

    printed: list[PaintedGlyph] = field(factory=list)
    paints: list[PaintedBox] = field(factory=list)
    rulings: list[Ruling] = field(factory=list)

    def put_on(self, sheet: PageContent) -> None:
        """Fill a page with what was drawn, without struck-out text and its lines."""
        lines: set[Ruling] = set()
        struck: set[int] = set()
        for line, through in _struck(self.printed, self.rulings):
            lines.add(line)
            struck.update(id(one) for one in through)
        kept = [one for one in self.printed if id(one) not in struck]
        sheet.glyphs = [one.glyph for one in kept]
        sheet.struck = [one.glyph for one in self.printed if id(one) in struck]
        sheet.unseen = [one.glyph for one in self._unseen(kept)]
        sheet.rulings = [ruling for ruling in self.rulings if ruling not in lines]

    def _unseen(self, printed: Iterable[PaintedGlyph]) -> Iterator[PaintedGlyph]:
        """Yield what is white on paper, or under a box that was filled later."""
        paints = self.paints[:_MOST]
        for one in printed:
            around = [paint for paint in paints if _holds(paint.box, one.glyph)]
            covered = any(paint.order > one.order for paint in around)
            if covered or (one.white and all(paint.white for paint in around)):
                yield one


def _holds(box: Box, glyph: Glyph) -> bool:
    return box[0] <= glyph.x <= box[2] and box[1] <= glyph.y <= box[3]


def _struck(
    printed: Iterable[PaintedGlyph], rulings: Sequence[Ruling]
) -> Iterator[tuple[Ruling, list[PaintedGlyph]]]:
    """Yield the lines that strike out text, and what each of them strikes out.

    Such a line is no longer than its text, goes through the middle of it, and ends at no wall.
    """
    levels = _by_level(rulings)
    through: dict[Ruling, list[PaintedGlyph]] = defaultdict(list)
    for one in printed:
        for ruling in _through(one, levels) if one.glyph.turn == 0 else ():
            through[ruling].append(one)
    walls = [ruling for ruling in rulings if not ruling.across]
    for ruling, struck in through.items():
        if _is_within(ruling, struck) and not any(_ends_at(ruling, wall) for wall in walls):
            yield ruling, struck


def _by_level(rulings: Iterable[Ruling]) -> Mapping[int, Sequence[Ruling]]:
    """Return the lines across the page by their height, in steps of `_LEVEL`."""
    levels: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        level = levels[int(ruling.at // _LEVEL)]
        if ruling.across and len(level) < _MOST:
            level.append(ruling)
    return levels


def _is_within(ruling: Ruling, struck: Sequence[PaintedGlyph]) -> bool:
    """Return True if a line is no longer than the text that it goes through."""
    size = struck[0].glyph.size
    left = min(one.glyph.left for one in struck)
    right = max(one.glyph.right for one in struck)
    return ruling.start >= left - size and ruling.end <= right + size


def _through(one: PaintedGlyph, levels: Mapping[int, Sequence[Ruling]]) -> Iterator[Ruling]:
    """Yield the lines through the middle of a glyph. A line at its foot underlines it."""
    glyph = one.glyph
    top, bottom = one.base - _UPPER * glyph.size, one.base - _LOWER * glyph.size
    for level in range(int(top // _LEVEL), int(bottom // _LEVEL) + 1):
        for ruling in levels.get(level, ()):
            if top <= ruling.at <= bottom and ruling.start <= glyph.x <= ruling.end:
                yield ruling


def _ends_at(ruling: Ruling, wall: Ruling) -> bool:
    """Return True if a line across the page ends where a wall stands."""
    if not wall.start - _TOUCHES <= ruling.at <= wall.end + _TOUCHES:
        return False
    return min(abs(ruling.start - wall.at), abs(ruling.end - wall.at)) <= _TOUCHES
