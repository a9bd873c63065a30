"""Layouts without bars: one cell per line, or one row per line, as converters write them."""

from __future__ import annotations

from attrs import frozen

from gischema.testing.layouts.layout import Layout, with_leads
from gischema.testing.printed_page import LayoutWriter
from gischema.testing.sample_page import PageCell, PageLine, SamplePage


@frozen
class CellPerLine:
    """Prints `after_cell` after each cell, `after_text` after each paragraph, `bar` for fillers.

    With `blanks` an empty cell has a line of its own.
    """

    after_cell: str
    after_text: str = "\n"
    bar: str = ""
    blanks: bool = True

    def write(self, writer: LayoutWriter, page: SamplePage) -> None:
        """Print a page."""
        for line, leads in with_leads(page):
            writer.line()
            if line.role in ("prose", "chapter", "mark"):
                self._cells(writer, line.cells, self.after_text)
            else:
                self._fillers(writer, line.before)
                self._cells(writer, (*leads, *line.cells), self.after_cell)
                self._fillers(writer, line.after)

    def _cells(self, writer: LayoutWriter, cells: tuple[PageCell, ...], after: str) -> None:
        for cell in cells:
            writer.cell(cell)
            if cell.text or self.blanks:
                writer.text(after if cell.text else after.lstrip(" "))

    def _fillers(self, writer: LayoutWriter, count: int) -> None:
        if count and self.bar:
            writer.text(self.bar * count + "\n")


@frozen
class RowPerLine:
    """Prints all cells of a row on one line, with `between` between them.

    Group labels stand on lines above the row, or on the same line if `led`.
    """

    between: str
    led: bool = False

    def write(self, writer: LayoutWriter, page: SamplePage) -> None:
        """Print a page."""
        for line, leads in with_leads(page):
            writer.line()
            for lead in leads:
                writer.cell(lead)
                writer.text(self.between if self.led else "\n")
            self._row(writer, line)

    def _row(self, writer: LayoutWriter, line: PageLine) -> None:
        printed = [cell for cell in line.cells if cell.text or cell.figures]
        for number, cell in enumerate(printed):
            writer.text(self.between if number and cell.text else "")
            writer.cell(cell)
        writer.text("\n")


LINES = (
    Layout("lines", "一格一行", "one cell a line", CellPerLine("\n").write, one_line=False),
    Layout(
        "lines-tight",
        "一格一行，空格不留",
        "one cell a line, empty cells left out",
        CellPerLine("\n", blanks=False).write,
        blanks=False,
        one_line=False,
    ),
    Layout(
        "lines-spaced",
        "一格一行，隔空行",
        "one cell a line, blank lines between",
        CellPerLine("\n\n", "\n\n").write,
        one_line=False,
    ),
    Layout(
        "lines-bars",
        "一格一行，竖线独占一行",
        "one cell a line, a bar on the next",
        CellPerLine("\n|\n", bar="|").write,
        barred=True,
        one_line=False,
    ),
    Layout(
        "lines-closed",
        "一格一行，行末竖线",
        "one cell a line, a bar after each",
        CellPerLine(" |\n", bar="|").write,
        barred=True,
        one_line=False,
    ),
    Layout("spaces", "空格分隔", "spaces between cells", RowPerLine(" ").write, blanks=False),
    Layout(
        "spaces-led",
        "空格分隔，组名同行",
        "spaces between cells, groups on the same line",
        RowPerLine(" ", led=True).write,
        blanks=False,
    ),
    Layout(
        "glued",
        "行名、单位、数字连写",
        "label, unit and figures run together",
        RowPerLine("").write,
        apart=False,
        blanks=False,
    ),
)
