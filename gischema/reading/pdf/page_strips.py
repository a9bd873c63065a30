"""Join pages of a sheet that was too wide for one: its right columns stand on later pages.

Programs print such a sheet in strips, all pages of the first columns before those of the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from gischema.chinese.enumerators import PRINTED_ENUMERATOR
from gischema.reading.pdf.page_content import Glyph, PageContent, Ruling
from gischema.reading.pdf.text_lines import PdfLine, lines_of
from gischema.reading.pdf.unruled_rows import PdfRow

_LEVEL = 1.5  # points: how far a row may stand from its left part
_FEWEST = 4  # rows of figures that go on in the next strip
_APART = 2.0  # of the size of type: between two strips without ruled lines
_MOST_PAGES = 60


def join_strips(pages: Sequence[PageContent]) -> list[PageContent]:
    """Return the pages of a document, the strips of a wide sheet next to each other."""
    if len(pages) > _MOST_PAGES:
        return list(pages)
    lines = [lines_of(page.glyphs) for page in pages]
    for count in range(1, len(pages)):
        moved = [_moved_lines(lines[at - count], lines[at]) for at in range(count, len(pages))]
        if None not in moved and sum(map(_figures, filter(None, moved))) >= _FEWEST:
            return _joined(pages, count, [found or [] for found in moved])
    return list(pages)


def _moved_lines(left: Sequence[PdfLine], right: Sequence[PdfLine]) -> list[PdfLine] | None:
    """Return the lines of a page that belong to the right of another, None if one does not.

    Text that runs out of its cell over the edge of the page stands left of all columns. It is no
    part of the strip.
    """
    edge = min((line.box[0] for line in left), default=0.0)
    inside = [line for line in right if line.box[0] > edge - line.size]
    for line in inside:
        row = PdfRow.of(line)
        level = [PdfRow.of(one) for one in left if abs(one.box[1] - line.box[1]) < _LEVEL]
        if not level or any(PRINTED_ENUMERATOR.match(label.text) for label in row.labels):
            return None
        if row.values and (row.labels or not any(one.values for one in level)):
            return None
    return inside


def _figures(lines: Sequence[PdfLine]) -> int:
    return sum(1 for line in lines if PdfRow.of(line).values)


def _joined(
    pages: Sequence[PageContent], count: int, moved: Sequence[Sequence[PdfLine]]
) -> list[PageContent]:
    """Return the pages, what belongs to a strip on the page `count` pages before."""
    first = [
        evolve(page, glyphs=list(page.glyphs), rulings=list(page.rulings)) for page in pages[:count]
    ]
    rest = []
    for at, lines in enumerate(moved, count):
        page, taken = pages[at], {id(glyph) for line in lines for glyph in line.glyphs}
        if taken:
            _put_beside(first[at % count], page, [g for g in page.glyphs if id(g) in taken])
        left = [glyph for glyph in page.glyphs if id(glyph) not in taken]
        rest.append(evolve(page, glyphs=left, rulings=[] if taken else page.rulings))
    return [*first, *rest]


def _put_beside(page: PageContent, strip: PageContent, glyphs: Sequence[Glyph]) -> None:
    """Put the glyphs and ruled lines of a strip to the right of a page."""
    if page.rulings and strip.rulings:
        start = max(_right(ruling) for ruling in page.rulings)
        moved = start - min(_left(ruling) for ruling in strip.rulings)
    else:
        size = max(glyph.size for glyph in glyphs)
        start = max(glyph.right for glyph in page.glyphs) + _APART * size
        moved = start - min(glyph.left for glyph in glyphs)
    page.glyphs += [glyph.moved(moved) for glyph in glyphs]
    page.struck += [glyph.moved(moved) for glyph in strip.struck]
    page.unseen += [glyph.moved(moved) for glyph in strip.unseen]
    page.rulings += [_shifted(ruling, moved) for ruling in strip.rulings]
    page.strips.append((start, moved, strip.number))
    page.width = start + strip.width


def _left(ruling: Ruling) -> float:
    return ruling.start if ruling.across else ruling.at


def _right(ruling: Ruling) -> float:
    return ruling.end if ruling.across else ruling.at


def _shifted(ruling: Ruling, right: float) -> Ruling:
    if ruling.across:
        return evolve(ruling, start=ruling.start + right, end=ruling.end + right)
    return evolve(ruling, at=ruling.at + right)
