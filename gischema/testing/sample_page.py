"""A page before it is printed: lines of cells, and the figures that each cell holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from gischema.forms import Form, Row
from gischema.report import Amount, Status

Recoverability: TypeAlias = Literal["recoverable", "doubtful", "dropped"]
"""`recoverable`: a careful reader finds the figure; `doubtful`: the page does not show it for
certain, so a reader must flag it; `dropped`: it is not on the page."""

CellRole: TypeAlias = Literal["label", "unit", "value", "head", "text", "filler"]
LineRole: TypeAlias = Literal["prose", "chapter", "title", "heads", "caption", "row", "mark"]

_SEVERITY: dict[Recoverability, int] = {"recoverable": 0, "doubtful": 1, "dropped": 2}


@frozen
class CellFigure:
    """A figure printed in a cell. `start` and `end` are a half-open span of the cell's text."""

    path: str
    value: Amount | None
    status: Status
    start: int
    end: int
    recoverability: Recoverability = "recoverable"

    def lowered(self, recoverability: Recoverability) -> CellFigure:
        """Return the figure with this recoverability, unless its own is already lower."""
        return (
            self
            if _SEVERITY[self.recoverability] >= _SEVERITY[recoverability]
            else evolve(self, recoverability=recoverability)
        )


@frozen
class PageCell:
    """A printed cell. `key` is the terminal of its label, or the key of its column or figure."""

    role: CellRole
    text: str
    key: str = ""
    figures: tuple[CellFigure, ...] = ()

    def lowered(self, recoverability: Recoverability) -> PageCell:
        """Return the cell with the recoverability of its figures lowered to this one."""
        return evolve(
            self, figures=tuple(figure.lowered(recoverability) for figure in self.figures)
        )


@frozen
class PageLine:
    """A line of a page.

    `spans` are the labels of the groups that a row belongs to, the widest first; a layout prints
    each where the group begins. `before` and `after` count the filler cells before and after the
    line, which merged cells left. An `incomplete` line has lost cells; it gets no fillers, because
    no reader could distinguish them from empty cells.
    """

    role: LineRole
    cells: tuple[PageCell, ...]
    row: Row | None = None
    spans: tuple[PageCell, ...] = ()
    before: int = 0
    after: int = 0
    incomplete: bool = False

    @property
    def values(self) -> tuple[PageCell, ...]:
        """The cells that hold figures."""
        return tuple(cell for cell in self.cells if cell.role == "value")

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the figures that the line prints."""
        return tuple(figure.path for cell in self.cells for figure in cell.figures)

    def each(self, change: Callable[[PageCell], PageCell]) -> PageLine:
        """Return the line with every cell changed, the labels of its groups too."""
        return evolve(
            self, cells=tuple(map(change, self.cells)), spans=tuple(map(change, self.spans))
        )


@frozen
class SamplePage:
    """A report on its way to being printed.

    `cut` is where the text breaks off: the index of a line, and how many thousandths of that line
    are still printed.
    """

    form: Form
    year: int
    lines: tuple[PageLine, ...]
    cut: tuple[int, int] | None = None

    def each_line(self, change: Callable[[PageLine], PageLine | Iterable[PageLine]]) -> SamplePage:
        """Return the page with every line changed, dropped or replaced by several."""
        lines: list[PageLine] = []
        for line in self.lines:
            changed = change(line)
            lines.extend([changed] if isinstance(changed, PageLine) else changed)
        return evolve(self, lines=tuple(lines))

    def each_cell(self, change: Callable[[PageCell], PageCell]) -> SamplePage:
        """Return the page with every cell changed."""
        return self.each_line(lambda line: line.each(change))

    def rows(self) -> list[int]:
        """Return the indices of the lines that print figures."""
        return [place for place, line in enumerate(self.lines) if line.paths]


def printed_value(path: str, value: Amount) -> PageCell:
    """Return the cell of a figure, printed as a bare number."""
    text = str(value)
    return PageCell("value", text, path, (CellFigure(path, value, "stated", 0, len(text)),))


def with_text(cell: PageCell, text: str) -> PageCell:
    """Return the cell with another text, which its figure now covers as a whole."""
    figures = tuple(evolve(figure, start=0, end=len(text)) for figure in cell.figures)
    return evolve(cell, text=text, figures=figures)
