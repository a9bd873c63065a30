"""What a page holds and does not show, and what it strikes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen

from gischema.reading.pdf.sheet import Box, Glyph, Ruling, Sheet, surround

_BAND = 0.25  # of a glyph's height: a line nearer to its top or bottom does not strike it out
_LEVEL = 2.0  # points between the levels by which lines are looked up
_MOST = 50  # lines on one level, and boxes on a page, that are looked at
_TOUCHES = 1.5  # points between a line and the wall that it is a part of


@frozen
class Paint:
    """A box that a page fills or a picture covers; `order` tells what was drawn before it."""

    box: Box
    order: int
    white: bool = False


@define(eq=False)
class Drawn:
    """Glyphs in the order in which they were drawn, `white` ones known, and what was painted."""

    glyphs: list[tuple[int, Glyph, bool]] = field(factory=list)
    paints: list[Paint] = field(factory=list)

    def unseen(self) -> list[Glyph]:
        """The glyphs that are white on paper, or under a box that was filled later."""
        paints = self.paints[:_MOST]
        if not paints:
            return [glyph for _, glyph, white in self.glyphs if white]
        unseen = []
        for order, glyph, white in self.glyphs:
            around = [paint for paint in paints if _holds(paint.box, glyph)]
            covered = any(paint.order > order for paint in around)
            if covered or (white and all(paint.white for paint in around)):
                unseen.append(glyph)
        return unseen


def _holds(box: Box, glyph: Glyph) -> bool:
    return box[0] <= glyph.x <= box[2] and box[1] <= glyph.y <= box[3]


def strike_out(sheet: Sheet) -> None:
    """Take what is struck out, and the lines that do so, from a page."""
    lines: set[Ruling] = set()
    struck: dict[int, Glyph] = {}
    for line, glyphs in _struck(sheet.glyphs, sheet.rulings):
        lines.add(line)
        struck.update((id(glyph), glyph) for glyph in glyphs)
    if struck:
        sheet.glyphs = [glyph for glyph in sheet.glyphs if id(glyph) not in struck]
        sheet.rulings = [ruling for ruling in sheet.rulings if ruling not in lines]
        sheet.struck = list(struck.values())


def _struck(
    glyphs: Iterable[Glyph], rulings: Sequence[Ruling]
) -> Iterator[tuple[Ruling, list[Glyph]]]:
    """The lines that strike out text, and what each of them strikes out.

    Such a line is no longer than its text, goes through the middle of it, and ends at no wall.
    """
    levels: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        level = levels[int(ruling.at // _LEVEL)]
        if ruling.across and len(level) < _MOST:
            level.append(ruling)
    through: dict[Ruling, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        for ruling in _through(glyph, levels):
            through[ruling].append(glyph)
    walls = [ruling for ruling in rulings if not ruling.across]
    for ruling, struck in through.items():
        left, _, right, _ = surround((g.left, g.top, g.right, g.bottom) for g in struck)
        size = struck[0].size
        reaches = ruling.start < left - size or ruling.end > right + size
        if not reaches and not any(_ends_at(ruling, wall) for wall in walls):
            yield ruling, struck


def _through(glyph: Glyph, levels: dict[int, list[Ruling]]) -> Iterator[Ruling]:
    margin = _BAND * (glyph.bottom - glyph.top)
    top, bottom = glyph.top + margin, glyph.bottom - margin
    for level in range(int(top // _LEVEL), int(bottom // _LEVEL) + 1):
        for ruling in levels.get(level, ()):
            if top <= ruling.at <= bottom and ruling.start <= glyph.x <= ruling.end:
                yield ruling


def _ends_at(ruling: Ruling, wall: Ruling) -> bool:
    """Whether a line across ends where a wall stands."""
    if not wall.start - _TOUCHES <= ruling.at <= wall.end + _TOUCHES:
        return False
    return min(abs(ruling.start - wall.at), abs(ruling.end - wall.at)) <= _TOUCHES
