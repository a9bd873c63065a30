"""A page before it is printed: lines of cells, and on each cell the figures that stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from gischema.forms import Form, Row
from gischema.report import Amount, Status

Fate: TypeAlias = Literal["recoverable", "doubtful", "dropped"]
"""`recoverable` a careful reader finds the figure; `doubtful` the page does not tell it for sure,
so that a reader must say so; `dropped` it does not stand on the page."""

CellRole: TypeAlias = Literal["label", "unit", "value", "head", "text", "filler"]
LineRole: TypeAlias = Literal["prose", "chapter", "title", "heads", "caption", "row", "mark"]

_WORSE: dict[Fate, int] = {"recoverable": 0, "doubtful": 1, "dropped": 2}


@frozen
class Mark:
    """A figure printed in a cell; `start` and `end` count the characters of the cell."""

    path: str
    value: Amount | None
    status: Status
    start: int
    end: int
    fate: Fate = "recoverable"

    def worse(self, fate: Fate) -> Mark:
        """The mark with the worse of two fates."""
        return self if _WORSE[self.fate] >= _WORSE[fate] else evolve(self, fate=fate)


@frozen
class Cell:
    """A printed cell. `key` names what it prints: the terminal of a label, the key of a column."""

    role: CellRole
    text: str
    key: str = ""
    marks: tuple[Mark, ...] = ()

    def worse(self, fate: Fate) -> Cell:
        """The cell with its figures at most as safe as `fate`."""
        return evolve(self, marks=tuple(mark.worse(fate) for mark in self.marks))


@frozen
class Line:
    """A line of a page.

    `spans` are the labels of the groups that a row belongs to, widest first; a layout prints each
    where the group begins. `before` and `behind` count filler cells left over from merged ones.
    A `torn` line lost cells; it gets no fillers, or nobody could tell them from empty cells.
    """

    role: LineRole
    cells: tuple[Cell, ...]
    row: Row | None = None
    spans: tuple[Cell, ...] = ()
    before: int = 0
    behind: int = 0
    torn: bool = False

    @property
    def values(self) -> tuple[Cell, ...]:
        """The cells that hold figures."""
        return tuple(cell for cell in self.cells if cell.role == "value")

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the figures that the line prints."""
        return tuple(mark.path for cell in self.cells for mark in cell.marks)

    def each(self, change: Callable[[Cell], Cell]) -> Line:
        """The line with every cell changed, the labels of its groups too."""
        return evolve(
            self, cells=tuple(map(change, self.cells)), spans=tuple(map(change, self.spans))
        )


@frozen
class Page:
    """A report on its way to being printed.

    `cut` says where the text ends before its time: the place of a line, and how many thousandths of
    that line are still printed.
    """

    form: Form
    year: int
    lines: tuple[Line, ...]
    cut: tuple[int, int] | None = None

    def each_line(self, change: Callable[[Line], Line | Iterable[Line]]) -> Page:
        """The page with every line changed, dropped or replaced by several."""
        lines: list[Line] = []
        for line in self.lines:
            changed = change(line)
            lines.extend([changed] if isinstance(changed, Line) else changed)
        return evolve(self, lines=tuple(lines))

    def each_cell(self, change: Callable[[Cell], Cell]) -> Page:
        """The page with every cell changed."""
        return self.each_line(lambda line: line.each(change))

    def rows(self) -> list[int]:
        """The places of the lines that print figures."""
        return [place for place, line in enumerate(self.lines) if line.paths]


def printed_value(path: str, value: Amount) -> Cell:
    """The cell of a figure, printed plainly."""
    text = str(value)
    return Cell("value", text, path, (Mark(path, value, "stated", 0, len(text)),))


def with_text(cell: Cell, text: str) -> Cell:
    """The cell with another text; a figure in it stretches over all of it."""
    marks = tuple(evolve(mark, start=0, end=len(text)) for mark in cell.marks)
    return evolve(cell, text=text, marks=marks)
