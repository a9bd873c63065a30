"""Layouts with bars or tabs between the cells of a row."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from gischema.testing.layouts.layout import TABLE, Layout, tables, with_leads
from gischema.testing.printed_page import LayoutWriter
from gischema.testing.sample_page import PageCell, PageLine, SamplePage

Spans: TypeAlias = Literal["once", "empty", "repeated"]
"""How the label of a group is printed: on its first row only, with empty cells in its place on the
other rows, or on every row."""

_EMPTY = PageCell("filler", "")


@frozen
class BarSeparated:
    """Prints rows with `open`, `between` and `close` before, between and after their cells.

    `rules` adds the line below the heads that Markdown requires.
    """

    open: str
    between: str
    close: str
    spans: Spans = "once"
    rules: bool = False

    def write(self, writer: LayoutWriter, page: SamplePage) -> None:
        """Print a page."""
        leads = [lead for _, lead in with_leads(page)]
        for table in tables(page):
            depth = max((len(page.lines[i].spans) for i in table), default=0)
            rows = [self._cells(page, i, leads[i], depth) for i in table]
            width = max(map(len, rows)) if self.rules else 0
            for number, (i, cells) in enumerate(zip(table, rows, strict=True)):
                writer.line()
                line = page.lines[i]
                if line.role not in TABLE:
                    self._prose(writer, line)
                    continue
                padding = 0 if line.incomplete else width - len(cells)
                self._row(writer, [*cells, *[_EMPTY] * padding])
                if self.rules and number == 0:
                    self._row(writer, [PageCell("filler", "---")] * width)

    def _prose(self, writer: LayoutWriter, line: PageLine) -> None:
        for cell in line.cells:
            writer.cell(cell)
        writer.text("\n\n" if self.rules else "\n")

    def _row(self, writer: LayoutWriter, cells: list[PageCell]) -> None:
        writer.text(self.open)
        for number, cell in enumerate(cells):
            writer.text(self.between if number else "")
            writer.cell(cell)
        writer.text(self.close + "\n")

    def _cells(
        self, page: SamplePage, at: int, leads: tuple[PageCell, ...], depth: int
    ) -> list[PageCell]:
        """Return the cells of a line, fillers included."""
        line = page.lines[at]
        cells = list(line.cells)
        if line.row is not None and line.row.label:
            cells = self._lead(line, leads) + cells
            if self.spans == "empty" and not line.incomplete:
                label = next((i for i, c in enumerate(cells) if c.role != "label" and c.text), 0)
                cells[label:label] = [_EMPTY] * (depth - len(line.spans))
        elif self.spans == "empty" and depth and _is_lower_head(page, at):
            cells = [_EMPTY] * (depth + 1) + cells
        return [_EMPTY] * line.before + cells + [_EMPTY] * line.after

    def _lead(self, line: PageLine, leads: tuple[PageCell, ...]) -> list[PageCell]:
        if self.spans == "once":
            return list(leads)
        if self.spans == "repeated":
            return list(line.spans)
        return [cell if cell in leads else _EMPTY for cell in line.spans]


def _is_lower_head(page: SamplePage, at: int) -> bool:
    return page.lines[at].role == "heads" and page.lines[at - 1].role == "heads"


BARRED = (
    Layout("pipes", "竖线分隔", "bars between cells", BarSeparated("", " | ", " |").write, True),
    Layout(
        "pipes-open",
        "行首也有竖线",
        "a bar before each row",
        BarSeparated("| ", " | ", " |").write,
        True,
    ),
    Layout(
        "pipes-tight", "竖线紧贴文字", "bars without spaces", BarSeparated("", "|", "|").write, True
    ),
    Layout(
        "pipes-empty",
        "合并单元格留空",
        "empty cells for merged ones",
        BarSeparated("| ", " | ", " |", "empty").write,
        True,
    ),
    Layout(
        "pipes-repeated",
        "合并单元格逐行重复",
        "merged labels on every row",
        BarSeparated("", " | ", " |", "repeated").write,
        True,
    ),
    Layout(
        "markdown",
        "Markdown 表格",
        "a Markdown table",
        BarSeparated("| ", " | ", " |", "once", rules=True).write,
        True,
    ),
    Layout("tabs", "制表符分隔", "tabs between cells", BarSeparated("", "\t", "").write, True),
)
