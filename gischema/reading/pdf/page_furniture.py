"""Remove page furniture: page numbers, running heads and running feet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import define

from gischema.reading.pdf.page_content import PageContent
from gischema.reading.pdf.ruled_tables import PdfTable
from gischema.reading.pdf.text_lines import PdfLine

_EDGE = 0.11  # of a page's height
_DEPTH = 3  # lines
_SAME = 6.0  # points between the places of a repeated line on two pages
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–―－·•~]+ ?\d{1,3} ?[-—–―－·•~]+|第 ?\d{1,3} ?页.{0,12}|\d{1,3} ?/ ?\d{1,3}"
    r"|(?:Page|PAGE|page) ?\d{1,3}.{0,10}"
)
_NOT_WORDS = re.compile(r"[\W\d_]*")

PagePart: TypeAlias = PdfLine | PdfTable


@define(eq=False)
class PageParts:
    """A page and what stands on it, from top to bottom."""

    sheet: PageContent
    parts: list[PagePart]


@define(eq=False)
class _EdgeLine:
    """A line at the edge of a page."""

    page: PageParts
    line: PdfLine
    at_top: bool
    outermost: bool

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in _NUMBER.findall(self.line.text)]


def remove_page_furniture(pages: Sequence[PageParts]) -> None:
    """Remove page numbers, running heads and running feet from their pages."""
    marks = [mark for page in pages for mark in _marks(page)]
    alike: dict[tuple[bool, str], list[_EdgeLine]] = defaultdict(list)
    for mark in marks:
        alike[mark.at_top, _NUMBER.sub("#", mark.line.text)].append(mark)
    for group in alike.values():
        for mark in group:
            if _is_page_number(mark) or any(_repeats(mark, other) for other in group):
                mark.page.parts.remove(mark.line)


def _marks(page: PageParts) -> Iterator[_EdgeLine]:
    upper, lower = _EDGE * page.sheet.height, (1 - _EDGE) * page.sheet.height
    for at_top, parts in ((True, page.parts), (False, page.parts[::-1])):
        for number, part in enumerate(parts[:_DEPTH]):
            is_at_edge = part.box[3] < upper if at_top else part.box[1] > lower
            if not (isinstance(part, PdfLine) and is_at_edge):
                break
            yield _EdgeLine(page, part, at_top, number == 0)


def _is_page_number(mark: _EdgeLine) -> bool:
    if not mark.outermost:
        return False
    text = mark.line.text
    return _PAGE_NUMBER.fullmatch(text) is not None or text == str(mark.page.sheet.number)


def _repeats(mark: _EdgeLine, other: _EdgeLine) -> bool:
    """Return True if the same line stands in the same place on another page.

    Lines of numbers only must count the pages.
    """
    distance = mark.page.sheet.number - other.page.sheet.number
    if distance == 0 or abs(mark.line.box[1] - other.line.box[1]) > _SAME:
        return False
    if not _NOT_WORDS.fullmatch(mark.line.text):
        return True
    return any(a - b == distance for a, b in zip(mark.numbers, other.numbers, strict=False))
