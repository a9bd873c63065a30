"""What a layout is: a way to print a page as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import frozen

from gischema.testing.page import Cell, Line, LineRole, Page
from gischema.testing.printed import Printed, Writer

TABLE: tuple[LineRole, ...] = ("title", "heads", "caption", "row")
"""The lines that stand in tables."""

Write: TypeAlias = Callable[[Writer, Page], None]


@frozen
class Layout:
    """A way to print a page.

    `barred` layouts close cells with bars or tabs; where `apart` is False nothing stands between
    the cells of a row; where `blanks` is False an empty cell leaves no trace; `one_line` layouts
    print a row on one line; where `whole` is False heads are broken over lines of text.
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
        """Whether a page without damage leaves no doubt."""
        return self.apart and self.whole

    def print(self, page: Page) -> Printed:
        """The page as text, with the figures in it."""
        page = page.each_line(self._doubted)
        writer = Writer(self.name, page)
        self.write(writer, page)
        return writer.printed()

    def _doubted(self, line: Line) -> Line:
        """A row with the fates that this layout leaves its figures."""
        values = line.values
        empty = [cell for cell in values if not cell.text.strip()]
        vanished = empty if not self.blanks or _is_bare(line) else []
        doubtful = len(values) > 1 and (vanished or not self.apart)

        def judged(cell: Cell) -> Cell:
            if cell in vanished:
                return cell.worse("dropped")
            return cell.worse("doubtful") if doubtful else cell

        return line.each(judged)


def _is_bare(line: Line) -> bool:
    """Whether nothing at all is printed in a line: no label and no figure."""
    return not any(cell.text.strip() for cell in line.cells)


def with_leads(page: Page) -> Iterator[tuple[Line, tuple[Cell, ...]]]:
    """The lines of a page, each with the group labels that are printed for the first time there."""
    above: tuple[str, ...] = ()
    for line in page.lines:
        keys = tuple(cell.key for cell in line.spans)
        same = 0
        while same < min(len(above), len(keys)) and above[same] == keys[same]:
            same += 1
        yield line, line.spans[same:]
        if line.role not in ("mark", "heads"):
            above = keys


def tables(page: Page) -> Iterator[list[int]]:
    """The lines of a page in runs: those of one table, or one line of other text."""
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
