"""The class of layouts: ways to print a page as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import frozen

from gischema.testing.printed_page import LayoutWriter, PrintedPage
from gischema.testing.sample_page import LineRole, PageCell, PageLine, SamplePage

TABLE: tuple[LineRole, ...] = ("title", "heads", "caption", "row")
"""The roles of lines inside tables."""

Write: TypeAlias = Callable[[LayoutWriter, SamplePage], None]


@frozen
class Layout:
    """A way to print a page.

    Attributes:
        name: The key in `LAYOUTS`.
        zh: What it looks like, in Chinese.
        en: The same in English.
        write: Writes a page.
        barred: True if bars or tabs close the cells.
        apart: False if nothing separates the cells of a row.
        blanks: False if an empty cell leaves no trace.
        one_line: True if a row stands on one line.
        whole: False if heads are broken over lines of text.
    """

    name: str
    zh: str
    en: str
    write: Write
    barred: bool = False
    apart: bool = True
    blanks: bool = True
    one_line: bool = True
    whole: bool = True

    @property
    def plain(self) -> bool:
        """True if every figure of an undamaged page can be read for certain."""
        return self.apart and self.whole

    def print(self, page: SamplePage) -> PrintedPage:
        """Return the page as text, with the figures in it."""
        page = page.each_line(self._doubted)
        writer = LayoutWriter(self.name, page)
        self.write(writer, page)
        return writer.printed()

    def _doubted(self, line: PageLine) -> PageLine:
        """Return a row with the recoverability of its figures in this layout."""
        values = line.values
        empty = [cell for cell in values if not cell.text.strip()]
        vanished = empty if not self.blanks or _is_bare(line) else []
        doubtful = len(values) > 1 and (vanished or not self.apart)

        def judged(cell: PageCell) -> PageCell:
            if cell in vanished:
                return cell.lowered("dropped")
            return cell.lowered("doubtful") if doubtful else cell

        return line.each(judged)


def _is_bare(line: PageLine) -> bool:
    """Return True if a line prints neither a label nor a figure."""
    return not any(cell.text.strip() for cell in line.cells)


def with_leads(page: SamplePage) -> Iterator[tuple[PageLine, tuple[PageCell, ...]]]:
    """Yield the lines of a page, each with the group labels that first appear on it."""
    above: tuple[str, ...] = ()
    for line in page.lines:
        keys = tuple(cell.key for cell in line.spans)
        same = 0
        while same < min(len(above), len(keys)) and above[same] == keys[same]:
            same += 1
        yield line, line.spans[same:]
        if line.role not in ("mark", "heads"):
            above = keys


def tables(page: SamplePage) -> Iterator[list[int]]:
    """Yield the indices of lines in runs: all lines of one table, or one line of other text."""
    run: list[int] = []
    for place, line in enumerate(page.lines):
        begins = line.role == "title" and run and page.lines[run[-1]].role != "title"
        if run and (line.role not in TABLE or begins):
            yield run
            run = []
        if line.role in TABLE:
            run.append(place)
        else:
            yield [place]
    if run:
        yield run
