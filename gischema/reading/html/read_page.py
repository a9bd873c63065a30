"""Read the bytes of a web page into a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import define, evolve, field

from gischema.chinese.enumerators import CHAPTER
from gischema.reading.document import Document, SourcePlace
from gischema.reading.document_writer import BAR, DocumentWriter, listed
from gischema.reading.html.article import choose_article, has_figures, is_running_text
from gischema.reading.html.block_reader import HtmlBlockReader
from gischema.reading.html.blocks import HtmlBlock, HtmlCell, HtmlParagraph, HtmlTable
from gischema.reading.html.charset import page_text
from gischema.reading.html.external_content import (
    loaded_by_script,
    refuse_frames,
    script_error,
    table_pointers,
)
from gischema.reading.html.page_meta import page_meta
from gischema.reading.html.page_tree import parse_tree
from gischema.reading.html.table_grid import MAX_COLUMNS
from gischema.reading.merged_cells import SHARED, find_shared

_CHAPTER = re.compile(CHAPTER)
_ELSEWHERE, _HIDDEN = "D610", "D601"
_QUOTED = 30
_BARE = 300  # characters; a page with fewer has a heading and menus, but no text
_LONG = 80  # characters; a longer cell holds sentences rather than a label


def read_page(data: bytes, name: str | None) -> Document:
    """Return the document of a web page.

    Raises:
        UnreadableSource: If there is nothing to read.
    """
    text = page_text(data, name)
    tree = parse_tree(text, name)
    refuse_frames(tree, name)
    flow = HtmlBlockReader(tree)
    blocks = choose_article(flow.read())
    writer = HtmlPageWriter(all_doubted=not tree.seen.complete)
    writer.write(blocks)
    for code, words in _notes(flow, blocks, name):
        writer.document.note(code, **words)
    return writer.document.document(name, "html", page_meta(tree, text))


def _notes(
    flow: HtmlBlockReader, blocks: list[HtmlBlock], name: str | None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the notes about a page: text that is not shown, and where missing figures may be."""
    unseen = [" ".join(text.split()) for text in flow.unseen if any(map(str.isdigit, text))]
    if unseen:
        yield _HIDDEN, {"printed": unseen[0][:_QUOTED], "left_out": "\n".join(unseen)}
    if has_figures(blocks):
        return
    elsewhere = list(table_pointers(flow.tree))
    yield from elsewhere
    if not any(map(is_running_text, blocks)) and (script := loaded_by_script(flow.tree)):
        if (
            not elsewhere
            and sum(len(b.text) for b in blocks if isinstance(b, HtmlParagraph)) < _BARE
        ):
            raise script_error(script, name)
        yield "D605", {"script": script}


@define(eq=False)
class HtmlPageWriter:
    """Writes blocks into a document.

    `all_doubted` is set if it is not known how the page looks.
    """

    all_doubted: bool = False
    document: DocumentWriter = field(factory=DocumentWriter)
    _tables: int = 0
    _shared: list[str] = field(factory=list)
    _doubted: list[str] = field(factory=list)

    def write(self, blocks: Iterable[HtmlBlock]) -> None:
        """Write blocks in their order."""
        for block in blocks:
            if isinstance(block, HtmlParagraph):
                self._paragraph(block.text, block.element.path, doubted=block.doubted)
            else:
                self._table(block)
                self._tables += 1
        if self._shared:
            self.document.note(SHARED, cells=listed(self._shared))
        if self._doubted:
            self.document.note(_ELSEWHERE, cells=listed(self._doubted))

    def _paragraph(self, text: str, path: str, *, doubted: bool = False) -> None:
        start, end = self.document.write(text, "\n")
        if start < end:
            place = SourcePlace(start, end, None, None, None, None, path)
            self._keep(place, text, shared=False, doubted=doubted)

    def _keep(
        self, place: SourcePlace, text: str, *, shared: bool, doubted: bool, hides: bool = False
    ) -> None:
        """Add a place, with the codes of the notes that make it doubtful."""
        doubted = doubted or (self.all_doubted and any(map(str.isdigit, text)))
        if doubted:
            self._doubted.append(text[:_QUOTED])
        doubts = (SHARED,) * shared + (_ELSEWHERE,) * doubted + (_HIDDEN,) * hides
        self.document.places.append(evolve(place, doubts=doubts) if doubts else place)

    def _table(self, table: HtmlTable) -> None:
        """Write a table. A row that holds sentences and no figure is written as paragraphs."""
        self._doubt_shared(table.rows)
        self._doubt_beyond_heads(table.rows)
        prose = [*map(_is_prose, table.rows)]
        holds_prose = any(prose)
        for number, row in enumerate(table.rows):
            if prose[number] or (holds_prose and _is_heading(row)):
                for cell in row:
                    for line in cell.lines:
                        self._paragraph(line, cell.path, doubted=cell.doubted)
            else:
                self._row(row, number)

    def _doubt_shared(self, rows: Sequence[tuple[HtmlCell, ...]]) -> None:
        if any(cell.rowspan != 1 and cell.is_figure for row in rows for cell in row):
            spots = [
                [(one.column, one.rowspan or len(rows), one.text) for one in row] for row in rows
            ]
            for number, count in find_shared(spots):
                rows[number][count].shared = True
                self._shared.append(rows[number][count].text)

    def _doubt_beyond_heads(self, rows: Sequence[tuple[HtmlCell, ...]]) -> None:
        """Doubt the figures of a row that merged figures push to the right, beyond the heads."""
        heads = [row[-1] for row in rows if len(row) > 1 and not any(c.is_figure for c in row)]
        width = max((cell.columns.stop for cell in heads), default=MAX_COLUMNS)
        for row in rows:
            is_beyond = bool(row) and row[-1].is_figure and row[-1].column >= width >= len(row)
            if is_beyond and _is_pushed(row):
                for cell in row:
                    cell.doubted = True

    def _row(self, row: Iterable[HtmlCell], number: int) -> None:
        write, table = self.document.write, self._tables
        for count, cell in enumerate(row):
            is_figure = cell.is_figure or not cell.text
            doubted, hides = cell.doubted and is_figure, cell.hides and is_figure
            for _ in range(1 if cell.text else cell.blanks):
                start, end = write(cell.text, BAR)
                place = SourcePlace(start, end, table, number, count, None, cell.path)
                self._keep(place, cell.text, shared=cell.shared, doubted=doubted, hides=hides)
        write("", "\n")


def _is_pushed(row: tuple[HtmlCell, ...]) -> bool:
    """Return True if a figure stands further right than right behind its label or a figure."""
    return any(
        cell.is_figure and cell.column > (one.column + 1 if one.is_figure else one.columns.stop)
        for one, cell in pairwise(row)
    )


def _is_prose(row: tuple[HtmlCell, ...]) -> bool:
    return any(len(cell.text) > _LONG and "。" in cell.text for cell in row) and not any(
        cell.is_figure for cell in row
    )


def _is_heading(row: tuple[HtmlCell, ...]) -> bool:
    """Return True if a row is the heading of a chapter, in a table that holds chapters."""
    return len(row) == 1 and _CHAPTER.match(row[0].text) is not None
