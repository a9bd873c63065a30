"""The source as it was read: paragraphs, and lines of cells as tables, with marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, pairwise

from attrs import define, field, frozen

from gischema.output.viewer.marks import SourceMark
from gischema.output.viewer.markup import element, text

_LINE = re.compile(r"[^\r\n]*")
_SEPARATOR = re.compile(r"[|\t]")
_RULED = re.compile(r"[-:=+|\s]+\Z")


@frozen
class _Cell:
    """A cell of a line. `reach` is behind the bar that closes it: an empty cell stands there."""

    start: int
    end: int
    reach: int


def source_html(source: str, marks: Iterable[SourceMark]) -> str:
    """Return the markup of a source text."""
    return "\n".join(_SourcePane(source, sorted(marks, key=lambda mark: mark.start)).blocks())


@define(eq=False)
class _SourcePane:
    source: str
    marks: Sequence[SourceMark]
    starts: list[int] = field(init=False)
    longest: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.starts = [mark.start for mark in self.marks]
        self.longest = max((mark.end - mark.start for mark in self.marks), default=0)

    def blocks(self) -> Iterator[str]:
        lines = [found.span() for found in _LINE.finditer(self.source) if found[0].strip()]
        for is_table, run in groupby(lines, self._has_cells):
            if is_table:
                yield self._table(list(run))
            else:
                yield from (element("p", self._inline(*line)) for line in run)

    def _has_cells(self, line: tuple[int, int]) -> bool:
        return _SEPARATOR.search(self.source, *line) is not None

    def _table(self, lines: Sequence[tuple[int, int]]) -> str:
        """Return lines of cells as a table. What a merged cell leaves out widens the first cell."""
        rows = [
            self._cells(*line) for line in lines if not _RULED.fullmatch(self.source[slice(*line)])
        ]
        width = max((len(row) for row in rows), default=0)
        written = (
            "".join(
                self._cell(cell, 1 if number else width - len(row) + 1)
                for number, cell in enumerate(row)
            )
            for row in rows
        )
        return element("table", "".join(element("tr", row) for row in written), role="presentation")

    def _cells(self, start: int, end: int) -> list[_Cell]:
        cells: list[_Cell] = []
        at = start
        for bar in _SEPARATOR.finditer(self.source, start, end):
            cells.append(_Cell(at, bar.start(), bar.end()))
            at = bar.end()
        if self.source[at:end].strip():
            cells.append(_Cell(at, end, end))
        if len(cells) > 1 and not self.source[cells[0].start : cells[0].end].strip():
            opening = self.source[start:end].lstrip().startswith("|")
            return cells[1:] if opening else cells
        return cells

    def _cell(self, cell: _Cell, columns: int) -> str:
        if self.source[cell.start : cell.end].strip():
            return element("td", self._inline(cell.start, cell.end), colspan=columns)
        held = self._over(cell.start, cell.reach)
        return element("td", "", colspan=columns, **_attributes(held))

    def _inline(self, start: int, end: int) -> str:
        """Return a span of the text, cut wherever a mark begins or ends."""
        held = self._over(start, end)
        cuts = {start, end}
        for mark in held:
            cuts |= {max(mark.start, start), min(max(mark.end, mark.start), end)}
        parts = []
        places = sorted(cuts)
        for one, other in pairwise(places):
            inside = [mark for mark in held if mark.start <= one and mark.end >= other]
            words = self.source[one:other]
            parts.append(text("span", words, **_attributes(inside)) if inside else escape(words))
        return "".join(parts).strip()

    def _over(self, start: int, end: int) -> list[SourceMark]:
        """Return the marks that overlap a span."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        return [mark for mark in self.marks[first:last] if mark.end > start]


def _attributes(marks: Sequence[SourceMark]) -> dict[str, str]:
    keys = " ".join(dict.fromkeys(mark.key for mark in marks))
    states: list[str] = [mark.state for mark in marks if mark.state]
    states += ["unclaimed" for mark in marks if mark.unclaimed]
    return {"data_k": keys, "class_": " ".join(dict.fromkeys(states))}
