"""From the bytes of a web page to a document."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field

from gischema.reading.document import Document, Place
from gischema.reading.html.charset import page_text
from gischema.reading.html.flow import Block, Cell, Flow, Paragraph, Step, Table, path_of
from gischema.reading.html.tree import parse_tree
from gischema.reading.reader import DocumentWriter

_QUOTED = 30
_LONG = 80  # characters of a cell that holds sentences rather than a label


def read_page(data: bytes, name: str | None) -> Document:
    """The document of a web page. Raises UnreadableSource if there is nothing to be read."""
    flow = Flow(parse_tree(page_text(data, name), name))
    writer = PageWriter()
    writer.write(flow.read())
    unseen = next((text for text in flow.unseen if any(map(str.isdigit, text))), None)
    if unseen is not None:
        writer.document.note("D601", printed=" ".join(unseen.split())[:_QUOTED])
    return writer.document.document(name, "html")


@define(eq=False, repr=False)
class PageWriter:
    """Writes blocks into a document."""

    document: DocumentWriter = field(factory=DocumentWriter)
    _tables: int = 0

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks in their order."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block.text, block.step)
            else:
                self._table(block)
                self._tables += 1

    def _paragraph(self, text: str, step: Step) -> None:
        self.document.paragraph(text, Place(0, 0, element=path_of(step)))

    def _table(self, table: Table) -> None:
        """A row that holds sentences and no figure is text that was put into a table."""
        rows: list[list[tuple[str, Place | None]]] = []
        for number, row in enumerate(table.rows):
            if not _is_prose(row):
                rows.append(self._cells(row, number))
                continue
            self.document.table(rows)
            rows = []
            for cell in row:
                for line in cell.lines:
                    self._paragraph(line, cell.step)
        self.document.table(rows)

    def _cells(self, row: Iterable[Cell], number: int) -> list[tuple[str, Place | None]]:
        cells: list[tuple[str, Place | None]] = []
        for count, cell in enumerate(row):
            if cell.text:
                element = path_of(cell.step)
                place = Place(0, 0, self._tables, number, count, element=element)
                cells.append((cell.text, place))
            else:
                cells += [("", None)] * cell.blanks
        return cells


def _is_prose(row: tuple[Cell, ...]) -> bool:
    return any(len(cell.text) > _LONG and "。" in cell.text for cell in row) and not any(
        cell.is_figure for cell in row
    )
