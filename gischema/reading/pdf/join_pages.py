"""Join pages into one document: paragraphs and tables that go on over the end of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from attrs import define, field

from gischema.chinese.enumerators import PRINTED_ENUMERATOR, PRINTED_HEADING
from gischema.reading.merged_cells import is_number
from gischema.reading.pdf.page_content import Box, Glyph, PageContent, bounding_box
from gischema.reading.pdf.page_furniture import PagePart, PageParts
from gischema.reading.pdf.ruled_grid import find_grids
from gischema.reading.pdf.ruled_tables import PdfCell, PdfTable, fill_grid
from gischema.reading.pdf.text_lines import PdfLine, join_lines, lines_of, without_double_print
from gischema.reading.pdf.torn_labels import join_torn_labels
from gischema.reading.pdf.unruled_tables import with_unruled_tables

_FULL = 2.5  # of the size: the most empty space at the end of a line whose paragraph goes on
_INDENT = 0.8  # of the size: a line indented by more begins a paragraph
_LEADING = 1.3  # of the size: lines of a paragraph stand no further apart
_LARGER = 1.15  # of the usual size: the type of a title
_CENTRED = 4.0  # points
_WORDS = re.compile("[\u3400-\u9fff]")
_NEAR = 4.0  # points between the sides of one cell on two pages


@define(eq=False)
class PdfParagraph:
    """Lines of text that belong together, and the page of the first."""

    page: int
    lines: list[PdfLine] = field(factory=list)

    @property
    def text(self) -> str:
        """Return the text of the paragraph."""
        return join_lines(self.lines, 0).text

    @property
    def box(self) -> Box:
        """Return the box around its lines."""
        return bounding_box(line.box for line in self.lines)


def page_parts(sheet: PageContent) -> list[PagePart]:
    """Return the tables of a page and its other lines, from top to bottom."""
    free = without_double_print(sheet.glyphs)
    found: list[PdfTable] = []
    for grid in sorted(find_grids(sheet.rulings), key=lambda grid: _area(grid.box)):
        inside = [glyph for glyph in free if _is_inside(glyph, grid.box)]
        if inside:
            free = [glyph for glyph in free if not _is_inside(glyph, grid.box)]
            inked = sheet.cells is not None
            found.append(fill_grid(grid, inside, sheet.number, inked=inked))
    ordered: list[PagePart] = sorted([*found, *lines_of(free)], key=lambda part: part.box[1])
    result: list[PagePart] = []
    for is_line, group in groupby(ordered, key=lambda part: isinstance(part, PdfLine)):
        run = list(group)
        result += (
            with_unruled_tables([p for p in run if isinstance(p, PdfLine)], sheet.number)
            if is_line
            else run
        )
    return result


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_inside(glyph: Glyph, box: Box) -> bool:
    return box[0] <= glyph.x < box[2] and box[1] <= glyph.y < box[3]


@define(eq=False)
class PageJoiner:
    """Joins the parts of the pages of a document."""

    pages: Sequence[PageParts]
    left: float = field(init=False)
    right: float = field(init=False)
    size: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Find the sides of the text and the usual size of its type."""
        lines = [part for page in self.pages for part in page.parts if isinstance(part, PdfLine)]
        self.left = min((line.box[0] for line in lines), default=0.0)
        self.right = max((line.box[2] for line in lines), default=0.0)
        sizes = sorted(line.size for line in lines for _ in line.glyphs)
        self.size = sizes[len(sizes) // 2] if sizes else 0.0

    def blocks(self) -> Iterator[PdfParagraph | PdfTable]:
        """Yield the paragraphs and tables of the document."""
        join_torn_labels(self.pages)
        last: PdfParagraph | PdfTable | None = None
        for page in self.pages:
            for part in page.parts:
                if isinstance(part, PdfLine):
                    if isinstance(last, PdfParagraph) and self._goes_on(last, part, page.sheet):
                        last.lines.append(part)
                        continue
                    following: PdfParagraph | PdfTable = PdfParagraph(page.sheet.number, [part])
                elif isinstance(last, PdfTable) and _is_continued(last, part):
                    _append(last, part)
                    continue
                else:
                    following = part
                if last is not None:
                    yield last
                last = following
        if last is not None:
            yield last

    def _goes_on(self, paragraph: PdfParagraph, line: PdfLine, sheet: PageContent) -> bool:
        """Return True if a line belongs to the paragraph before it."""
        before = paragraph.lines[-1]
        gap = line.box[1] - before.box[3]
        if gap > _LEADING * line.size or PRINTED_HEADING.match(line.text):
            return False
        middle = sheet.width / 2
        if all(abs(_middle(one) - middle) < _CENTRED for one in (before, line)):
            return min(before.size, line.size) > _LARGER * self.size
        is_full = before.box[2] > self.right - _FULL * before.size
        return is_full and line.box[0] < self.left + _INDENT * line.size


def _middle(line: PdfLine) -> float:
    return (line.box[0] + line.box[2]) / 2


def _is_continued(table: PdfTable, following: PdfTable) -> bool:
    """Return True if a table is the rest of one on the page before: their sides agree."""
    if following.page != table.page + 1 or not table.ruled or not following.ruled:
        return False
    return _same_sides(table.box, following.box)


def _same_sides(box: Box, other: Box) -> bool:
    return abs(box[0] - other[0]) < _NEAR and abs(box[2] - other[2]) < _NEAR


def _append(table: PdfTable, following: PdfTable) -> None:
    """Add the rows on the next page to a table, and rejoin cells that the end of the page cuts.

    Head rows that the next page repeats are left out. The rest of a row stands below the cells that
    it belongs to, and nowhere else. In a new row only the label of a group may go on, since it
    spans several rows.
    """
    del following.rows[: _repeated_heads(table, following)]
    if following.rows:
        _join_cut_cells(table, following)
    table.rows += following.rows
    table.page, table.box = following.page, following.box


def _repeated_heads(table: PdfTable, following: PdfTable) -> int:
    """Return how many rows at the top of a table repeat the head rows of the one that goes on."""
    count = 0
    for head, row in zip(table.rows, following.rows, strict=False):
        texts = [cell.text for cell in row]
        if texts != [cell.text for cell in head] or any(map(is_number, texts)):
            break
        count += 1
    return count


def _join_cut_cells(table: PdfTable, following: PdfTable) -> None:
    """Rejoin cells that the end of the page cuts."""
    first = following.rows[0]
    repeated = [cell.text for cell in first] in [[cell.text for cell in row] for row in table.rows]
    above = _open_cells(table, first)
    if not repeated and _is_rest(above, first):
        for cell in first:
            if cell.text:
                above[id(cell)].text += cell.text
        following.rows.pop(0)
    elif not repeated:
        for cell, behind in pairwise(first):
            upper = above.get(id(cell))
            is_group = upper not in table.rows[-1] or _WORDS.search(behind.text)
            if upper and is_group and _runs_on(upper, cell):
                upper.text += cell.text
                cell.text = ""
            elif cell.text:
                break  # the row's own label; figures do not go on over pages


def _open_cells(table: PdfTable, row: Sequence[PdfCell]) -> dict[int, PdfCell]:
    """Return for each cell of a row the cell above it that reaches the end of its page."""
    last = [
        cell
        for cells in table.rows
        for cell in cells
        if cell.page == table.page and cell.box[3] > table.box[3] - _NEAR
    ]
    found = (
        (id(cell), above) for cell in row for above in last if _same_sides(cell.box, above.box)
    )
    return dict(found)


def _runs_on(above: PdfCell, cell: PdfCell) -> bool:
    """Return True if the text of a cell goes on in the one on the next page."""
    if not _WORDS.search(above.text) or not _WORDS.search(cell.text):
        return False
    return above.full and not PRINTED_ENUMERATOR.match(cell.text)


def _is_rest(above: Mapping[int, PdfCell], row: Sequence[PdfCell]) -> bool:
    """Return True if a row is only the rest of the cells above.

    A label goes on, and figures stand only where none are printed above.
    """
    printed = [cell for cell in row if cell.text]
    if any(id(cell) not in above for cell in printed):
        return False
    both = [(above[id(cell)], cell) for cell in printed if above[id(cell)].text]
    return bool(both) and all(_runs_on(upper, lower) for upper, lower in both)
