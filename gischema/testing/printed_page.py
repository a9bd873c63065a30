"""A printed page: its text, and the value and place of every figure in it."""

from __future__ import annotations

from attrs import define, evolve, field, frozen

from gischema.report import Amount, Status
from gischema.testing.sample_page import PageCell, Recoverability, SamplePage


@frozen
class PrintedFigure:
    """A figure as printed. `start` and `end` are a half-open span of the text.

    `line` is the index of its line on the page.
    """

    path: str
    value: Amount | None
    status: Status
    raw: str
    start: int
    end: int
    recoverability: Recoverability
    line: int = -1


@frozen
class PrintedPage:
    """A text and the figures printed in it. A figure may be printed twice."""

    text: str
    figures: tuple[PrintedFigure, ...]
    layout: str
    page: SamplePage


@define(eq=False)
class LayoutWriter:
    """Writes the text of a page and records where its lines begin and its figures stand."""

    layout: str
    page: SamplePage
    parts: list[str] = field(factory=list)
    figures: list[PrintedFigure] = field(factory=list)
    starts: list[int] = field(factory=list)
    at: int = 0

    def line(self) -> None:
        """Begin the next line of the page."""
        self.starts.append(self.at)

    def text(self, text: str) -> None:
        """Write text that holds no figure, such as a separator."""
        self.parts.append(text)
        self.at += len(text)

    def cell(self, cell: PageCell) -> None:
        """Write a cell."""
        for held in cell.figures:
            raw = cell.text[held.start : held.end]
            start = self.at + held.start
            figure = PrintedFigure(
                held.path, held.value, held.status, raw, start, start + len(raw),
                held.recoverability, len(self.starts) - 1,
            )  # fmt: skip
            self.figures.append(figure)
        self.text(cell.text)

    def printed(self) -> PrintedPage:
        """Return what was written, cut off where the page says so."""
        text = "".join(self.parts)
        whole = PrintedPage(text, tuple(self.figures), self.layout, self.page)
        if self.page.cut is None:
            return whole
        line, thousandths = self.page.cut
        start, end = [*self.starts, self.at][line : line + 2]
        return _cut(whole, line, start + (end - start) * thousandths // 1000)


def _cut(printed: PrintedPage, line: int, end: int) -> PrintedPage:
    """Return the text up to `end`. The figures left of a row that is cut through are doubtful."""
    kept = [figure for figure in printed.figures if figure.start < end]
    lost = any(figure.line == line and figure.end >= end for figure in printed.figures)
    for place, figure in enumerate(kept):
        if lost and figure.line == line:
            last = min(figure.end, end)
            kept[place] = evolve(
                figure, raw=printed.text[figure.start : last], end=last, recoverability="doubtful"
            )
    return evolve(printed, text=printed.text[:end], figures=tuple(kept))
