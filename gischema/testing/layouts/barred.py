"""Layouts in which bars or tabs stand between the cells of a row."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from gischema.testing.layouts.layout import TABLE, Layout, tables, with_leads
from gischema.testing.page import Cell, Line, Page
from gischema.testing.printed import Writer

Spans: TypeAlias = Literal["once", "empty", "repeated"]
"""How the label of a group that spans rows is printed: on the first row only, with empty cells in
its place on the others, or on every row."""

_EMPTY = Cell("filler", "")


@frozen
class Bars:
    """What stands before, between and behind the cells of a row."""

    open: str
    between: str
    close: str
    spans: Spans = "once"
    rules: bool = False

    def write(self, writer: Writer, page: Page) -> None:
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
                padding = 0 if line.torn else width - len(cells)
                self._row(writer, [*cells, *[_EMPTY] * padding])
                if self.rules and number == 0:
                    self._row(writer, [Cell("filler", "---")] * width)

    def _prose(self, writer: Writer, line: Line) -> None:
        for cell in line.cells:
            writer.cell(cell)
        writer.text("\n\n" if self.rules else "\n")

    def _row(self, writer: Writer, cells: list[Cell]) -> None:
        writer.text(self.open)
        for number, cell in enumerate(cells):
            writer.text(self.between if number else "")
            writer.cell(cell)
        writer.text(self.close + "\n")

    def _cells(self, page: Page, at: int, leads: tuple[Cell, ...], depth: int) -> list[Cell]:
        """The cells of a line, fillers among them."""
        line = page.lines[at]
        cells = list(line.cells)
        if line.row is not None and line.row.label:
            cells = self._lead(line, leads) + cells
            if self.spans == "empty" and not line.torn:
                label = next((i for i, c in enumerate(cells) if c.role != "label" and c.text), 0)
                cells[label:label] = [_EMPTY] * (depth - len(line.spans))
        elif self.spans == "empty" and depth and _is_lower_head(page, at):
            cells = [_EMPTY] * (depth + 1) + cells
        return [_EMPTY] * line.before + cells + [_EMPTY] * line.behind

    def _lead(self, line: Line, leads: tuple[Cell, ...]) -> list[Cell]:
        if self.spans == "once":
            return list(leads)
        if self.spans == "repeated":
            return list(line.spans)
        return [cell if cell in leads else _EMPTY for cell in line.spans]


def _is_lower_head(page: Page, at: int) -> bool:
    return page.lines[at].role == "heads" and page.lines[at - 1].role == "heads"


BARRED = (
    Layout("pipes", "竖线分隔", "bars between cells", Bars("", " | ", " |").write, True),
    Layout("pipes-open", "行首也有竖线", "a bar before each row",
           Bars("| ", " | ", " |").write, True),
    Layout("pipes-tight", "竖线紧贴文字", "bars without spaces", Bars("", "|", "|").write, True),
    Layout(
        "pipes-empty", "合并单元格留空", "empty cells for merged ones",
        Bars("| ", " | ", " |", "empty").write, True,
    ),
    Layout(
        "pipes-repeated", "合并单元格逐行重复", "merged labels on every row",
        Bars("", " | ", " |", "repeated").write, True,
    ),
    Layout(
        "markdown", "Markdown 表格", "a Markdown table",
        Bars("| ", " | ", " |", "once", rules=True).write, True,
    ),
    Layout("tabs", "制表符分隔", "tabs between cells", Bars("", "\t", "").write, True),
)  # fmt: skip
