"""A printed page: its text, and what every figure is and where it stands."""

from __future__ import annotations

from attrs import define, evolve, field, frozen

from gischema.report import Amount, Status
from gischema.testing.page import Cell, Fate, Page


@frozen
class PrintedFigure:
    """A figure as printed; `start` and `end` are a half-open span of the text.

    `line` is the place of its line on the page.
    """

    path: str
    value: Amount | None
    status: Status
    raw: str
    start: int
    end: int
    fate: Fate
    line: int = -1


@frozen
class Printed:
    """A text and the figures printed in it. A figure may be printed twice."""

    text: str
    figures: tuple[PrintedFigure, ...]
    layout: str
    page: Page


@define
class Writer:
    """Text being written; remembers where lines begin and where the figures of cells land."""

    layout: str
    page: Page
    parts: list[str] = field(factory=list)
    figures: list[PrintedFigure] = field(factory=list)
    starts: list[int] = field(factory=list)
    at: int = 0

    def line(self) -> None:
        """Begin the next line of the page."""
        self.starts.append(self.at)

    def text(self, text: str) -> None:
        """Write a separator or anything else without figures."""
        self.parts.append(text)
        self.at += len(text)

    def cell(self, cell: Cell) -> None:
        """Write a cell."""
        for mark in cell.marks:
            raw = cell.text[mark.start : mark.end]
            start = self.at + mark.start
            figure = PrintedFigure(
                mark.path, mark.value, mark.status, raw, start, start + len(raw), mark.fate,
                len(self.starts) - 1,
            )  # fmt: skip
            self.figures.append(figure)
        self.text(cell.text)

    def printed(self) -> Printed:
        """What was written, cut short where the page says so."""
        text = "".join(self.parts)
        whole = Printed(text, tuple(self.figures), self.layout, self.page)
        if self.page.cut is None:
            return whole
        line, thousandths = self.page.cut
        start, end = [*self.starts, self.at][line : line + 2]
        return _cut(whole, line, start + (end - start) * thousandths // 1000)


def _cut(printed: Printed, line: int, end: int) -> Printed:
    """The text up to `end`. The row that is cut through is doubtful, and so is its last number."""
    kept = [figure for figure in printed.figures if figure.start < end]
    lost = any(figure.line == line and figure.end >= end for figure in printed.figures)
    for place, figure in enumerate(kept):
        if lost and figure.line == line:
            last = min(figure.end, end)
            kept[place] = evolve(
                figure, raw=printed.text[figure.start : last], end=last, fate="doubtful"
            )
    return evolve(printed, text=printed.text[:end], figures=tuple(kept))
