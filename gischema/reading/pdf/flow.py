"""From pages to what a reader of the whole document sees: paragraphs and tables that go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import define, field

from gischema.reading.pdf.aligned import aligned
from gischema.reading.pdf.furniture import Page, Part
from gischema.reading.pdf.grid import grids
from gischema.reading.pdf.lines import Line, gather, lines_of, once
from gischema.reading.pdf.sheet import Box, Glyph, Sheet, surround
from gischema.reading.pdf.table import Table, TableCell, fill

_FULL = 2.5  # of the size: how much of a line may stay empty though its paragraph goes on
_INDENT = 0.8  # of the size: a line that begins further in begins a paragraph
_LEADING = 1.3  # of the size: lines of a paragraph stand no further apart
_LARGER = 1.15  # of the usual size: the type of a title
_CENTRED = 4.0  # points
_HEADING = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]+[条章节部]"
)
_FIGURE = re.compile(r"[\d０-９]")
_SAME_LINES = 4.0  # points between the vertical lines of a table that goes on


@define(eq=False, repr=False)
class Paragraph:
    """Lines of text that belong together, and where the first of them stands."""

    page: int
    lines: list[Line] = field(factory=list)

    @property
    def text(self) -> str:
        """What the paragraph says."""
        return gather(self.lines, 0).text

    @property
    def box(self) -> Box:
        """The box around its lines."""
        return surround(line.box for line in self.lines)


def parts(sheet: Sheet) -> list[Part]:
    """The tables of a page and its other lines, from top to bottom."""
    free = once(sheet.glyphs)
    found: list[Table] = []
    for grid in sorted(grids(sheet.rulings), key=lambda grid: _area(grid.box)):
        inside = [glyph for glyph in free if _is_inside(glyph, grid.box)]
        if inside:
            free = [glyph for glyph in free if not _is_inside(glyph, grid.box)]
            found.append(fill(grid, inside, sheet.number))
    ordered: list[Part] = sorted([*found, *lines_of(free)], key=lambda part: part.box[1])
    result: list[Part] = []
    for is_line, group in groupby(ordered, key=lambda part: isinstance(part, Line)):
        run = list(group)
        result += aligned([p for p in run if isinstance(p, Line)], sheet.number) if is_line else run
    return result


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_inside(glyph: Glyph, box: Box) -> bool:
    return box[0] <= glyph.x < box[2] and box[1] <= glyph.y < box[3]


@define(eq=False)
class Flow:
    """Joins the parts of the pages of a document."""

    pages: Sequence[Page]
    left: float = field(init=False)
    right: float = field(init=False)
    size: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find the column of the text and its usual type."""
        lines = [part for page in self.pages for part in page.parts if isinstance(part, Line)]
        self.left = min((line.box[0] for line in lines), default=0.0)
        self.right = max((line.box[2] for line in lines), default=0.0)
        sizes = sorted(line.size for line in lines for _ in line.glyphs)
        self.size = sizes[len(sizes) // 2] if sizes else 0.0

    def blocks(self) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of the document."""
        last: Paragraph | Table | None = None
        for page in self.pages:
            for part in page.parts:
                if isinstance(part, Line):
                    if isinstance(last, Paragraph) and self._goes_on(last, part, page.sheet):
                        last.lines.append(part)
                        continue
                    following: Paragraph | Table = Paragraph(page.sheet.number, [part])
                elif isinstance(last, Table) and _is_continued(last, part):
                    _append(last, part)
                    continue
                else:
                    following = part
                if last is not None:
                    yield last
                last = following
        if last is not None:
            yield last

    def _goes_on(self, paragraph: Paragraph, line: Line, sheet: Sheet) -> bool:
        """Whether a line belongs to the paragraph before it."""
        before = paragraph.lines[-1]
        gap = line.box[1] - before.box[3]
        if gap > _LEADING * line.size or _HEADING.match(line.text):
            return False
        middle = sheet.width / 2
        if all(abs(_middle(one) - middle) < _CENTRED for one in (before, line)):
            return min(before.size, line.size) > _LARGER * self.size
        is_full = before.box[2] > self.right - _FULL * before.size
        return is_full and line.box[0] < self.left + _INDENT * line.size


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2


def _is_continued(table: Table, following: Table) -> bool:
    """Whether a table is the rest of one on the page before: its lines stand where they did."""
    if following.page == table.page or not table.down or not following.down:
        return False
    return all(
        abs(ours - theirs) < _SAME_LINES
        for ours, theirs in (
            (table.down[0], following.down[0]),
            (table.down[-1], following.down[-1]),
        )
    )


def _append(table: Table, following: Table) -> None:
    rows = list(following.rows)
    if table.rows and rows and _is_rest(table.rows[-1], rows[0]):
        _rejoin(table.rows[-1], rows.pop(0))
    table.rows += rows
    table.page = following.page
    table.down = following.down
    table.broken += following.broken


def _is_rest(above: Sequence[TableCell], below: Sequence[TableCell]) -> bool:
    """Whether a row is the rest of the last row of the page before.

    Its label must go on, and each of its figures must have been left out above.
    """
    label = next((cell for cell in below if cell.text), None)
    printed = {cell.column: cell.text for cell in above if cell.text}
    if label is None or label.column not in printed or _HEADING.match(label.text):
        return False
    if _FIGURE.match(label.text) or not any(_FIGURE.match(text) for text in printed.values()):
        return False
    return not any(cell.text and cell is not label and cell.column in printed for cell in below)


def _rejoin(above: list[TableCell], below: Sequence[TableCell]) -> None:
    columns = {cell.column: cell for cell in above}
    for cell in below:
        same = columns.get(cell.column)
        if same is None:
            continue
        same.text += cell.text
