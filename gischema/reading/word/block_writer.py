"""Write the blocks of a Word file in order, and its tables as rows with each merged cell once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element

from attrs import define, evolve, field

from gischema.reading.document import SourcePlace
from gischema.reading.document_writer import DocumentWriter
from gischema.reading.merged_cells import SHARED, find_shared, is_number
from gischema.reading.word.paragraph_text import (
    EncounteredMarkup,
    ParagraphReader,
    chosen_branch,
    is_on,
)

_BLOCKS = frozenset({"p", "tbl"})
_WORDS = frozenset({"t", "delText"})
LEFT_OUT = frozenset({"del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "tcPr", "tblPr", "trPr"})
"""Elements whose paragraphs and tables are not printed."""


_DOUBTS: dict[EncounteredMarkup, str] = {
    "inserted": "D630",
    "deleted": "D630",
    "hidden": "D631",
    "raised": "D634",
    "unseen": "D638",
    "embedded": "D632",
    "pictures": "D633",
}
"""The notes that make the figure of a cell doubtful if this markup was found in the cell."""


@define(eq=False)
class _WordCell:
    """A cell to be written. `changed` is set if its row has tracked changes.

    It begins in `column` and spans `rows` rows.
    """

    element: Element
    path: str
    changed: bool
    column: int
    rows: int = 1


_WrittenCell: TypeAlias = tuple[_WordCell, str, SourcePlace]
"""A cell with its text and its place."""


@define(eq=False)
class WordBlockWriter:
    """Writes paragraphs and tables, in the order of the file."""

    texts: ParagraphReader
    writer: DocumentWriter
    shared: list[str] = field(factory=list)
    """The numbers that several rows share."""
    left_out: defaultdict[EncounteredMarkup, list[str]] = field(factory=lambda: defaultdict(list))
    """The text of rows that are not printed, by the markup that hides them."""
    _numbers: dict[str, int] = field(factory=dict)

    def write(self, parent: Element, path: str) -> None:
        """Write the blocks of a body, a cell or a text box."""
        carried = ""
        for block in _members(parent, _BLOCKS):
            place = self._numbered(path, block.tag)
            if block.tag == "tbl":
                self._table(block, place)
                continue
            text, boxes = self.texts.paragraph(block)
            carried += text
            if not _runs_on(block):
                self.writer.paragraph(carried, SourcePlace(0, 0, element=place))
                carried = ""
            for box in boxes:
                self.write(box, self._numbered(place, "txbx"))
        if carried:
            self.writer.paragraph(carried, SourcePlace(0, 0, element=path))

    def _table(self, table: Element, path: str) -> None:
        """Write a table. One that only lays out other tables is written cell by cell."""
        self.texts.tally["tables"] += 1
        rows: list[list[_WrittenCell]] = []
        for cells in self._rows(table, path):
            if any(_holds_table(cell.element) for cell in cells):
                self._flush(rows)
                for cell in cells:
                    self.write(cell.element, cell.path)
            else:
                rows.append([(cell, *self._cell(cell)) for cell in cells])
                self._keep_hidden_text(rows[-1])
        self._flush(rows)

    def _keep_hidden_text(self, row: Sequence[_WrittenCell]) -> None:
        """Keep the text of a row whose figures are hidden: a program may save a hidden row so."""
        hidden = any(_DOUBTS["hidden"] in place.doubts for _, _, place in row)
        if hidden and not any(is_number(text) for _, text, _ in row):
            self.left_out["hidden"].append("|".join(_words(cell.element) for cell, *_ in row))

    def _flush(self, rows: list[list[_WrittenCell]]) -> None:
        spots = [[(cell.column, cell.rows, text) for cell, text, _ in row] for row in rows]
        for number, count in find_shared(spots):
            cell, text, place = rows[number][count]
            rows[number][count] = cell, text, evolve(place, doubts=(*place.doubts, SHARED))
            self.shared.append(text)
        if rows:
            self.writer.table([(text, place) for _, text, place in row] for row in rows)
        rows.clear()

    def _rows(self, table: Element, path: str) -> Iterator[list[_WordCell]]:
        """Yield the rows that are printed, without cells that continue one from above or before."""
        above: dict[int, _WordCell] = {}
        for number, row in enumerate(_members(table, frozenset({"tr"})), 1):
            if row.find("trPr/del") is not None:
                self._leave_out(row, "deleted")
                continue
            if is_on(row.find("trPr/hidden")):
                self._leave_out(row, "hidden")
                continue
            cells: list[_WordCell] = []
            above = dict(self._merged(row, f"{path}/tr[{number}]", above, cells))
            if cells:
                yield cells

    def _leave_out(self, row: Element, why: EncounteredMarkup) -> None:
        """Count a row that is not printed, and keep its text."""
        self.texts.tally[why] += 1
        cells = _members(row, frozenset({"tc"}))
        self.left_out[why].append("|".join(map(_words, cells)))

    def _merged(
        self, row: Element, path: str, above: Mapping[int, _WordCell], cells: list[_WordCell]
    ) -> Iterator[tuple[int, _WordCell]]:
        """Add the printed cells of a row to `cells`; yield by column those that may go on below."""
        column = _integer(row.find("trPr/gridBefore"), 0)
        every = list(_members(row, frozenset({"tc"})))
        changed = self._changed(row, every)
        for number, cell in enumerate(every, 1):
            if cell.find("tcPr/cellDel") is not None:
                continue
            down = cell.find("tcPr/vMerge")
            one = _WordCell(cell, f"{path}/tc[{number}]", changed, column)
            goes_on = down is not None and down.get("val") != "restart" and column in above
            if goes_on:
                one = above[column]
                one.rows += 1
            elif not _is_continued(cell.find("tcPr/hMerge")):
                cells.append(one)
            if down is not None:
                yield column, one
            column += _integer(cell.find("tcPr/gridSpan"), 1)

    def _changed(self, row: Element, cells: Iterable[Element]) -> bool:
        """Count the inserted and deleted cells of a row, and return True if there are any."""
        inserted = (row.find("trPr/ins") is not None) + _count(cells, "tcPr/cellIns")
        deleted = _count(cells, "tcPr/cellDel")
        self.texts.tally["inserted"] += inserted
        self.texts.tally["deleted"] += deleted
        return inserted + deleted > 0

    def _cell(self, cell: _WordCell) -> tuple[str, SourcePlace]:
        before = self.texts.tally.copy()
        shade = cell.element.find("tcPr/shd")
        self.texts.fill = "" if shade is None else shade.get("fill", "")
        text = "".join(self._lines(cell.element)).strip()
        self.texts.fill = ""
        met = self.texts.tally - before
        self.texts.tally["pictures in cells"] += met["pictures"]
        doubts = {code for name, code in _DOUBTS.items() if met[name]}
        if cell.changed:
            doubts.add(_DOUBTS["inserted"])
        return text, SourcePlace(0, 0, element=cell.path, doubts=tuple(sorted(doubts)))

    def _lines(self, parent: Element) -> Iterator[str]:
        """Yield the text of a cell, of a table of one cell in it, and of its text boxes."""
        for block in _members(parent, _BLOCKS):
            if block.tag == "tbl":
                for cell in _cells(block):
                    yield from self._lines(cell)
                continue
            text, boxes = self.texts.paragraph(block)
            yield text
            if not _runs_on(block):
                yield "\n"
            for box in boxes:
                yield from self._lines(box)

    def _numbered(self, path: str, tag: str) -> str:
        key = f"{path}/{tag}"
        self._numbers[key] = self._numbers.get(key, 0) + 1
        return f"{key}[{self._numbers[key]}]"


def _members(parent: Element, tags: frozenset[str]) -> Iterator[Element]:
    """Yield the elements with these tags in `parent`, also inside elements that wrap them."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from _members(chosen_branch(child), tags)


def _words(cell: Element) -> str:
    """Return all text of a cell, hidden text included."""
    return "".join(one.text or "" for one in cell.iter() if one.tag in _WORDS)


def _count(cells: Iterable[Element], mark: str) -> int:
    return sum(cell.find(mark) is not None for cell in cells)


def _cells(table: Element) -> Iterator[Element]:
    for row in _members(table, frozenset({"tr"})):
        yield from _members(row, frozenset({"tc"}))


def _holds_table(parent: Element) -> bool:
    """Return True if a table of more than one cell stands in a cell."""
    for block in _members(parent, _BLOCKS):
        if block.tag == "tbl":
            cells = list(_cells(block))
            if len(cells) > 1 or any(map(_holds_table, cells)):
                return True
    return False


def _runs_on(paragraph: Element) -> bool:
    """Return True if the end of a paragraph was deleted, so that the next continues its line."""
    return paragraph.find("pPr/rPr/del") is not None


def _is_continued(merge: Element | None) -> bool:
    return merge is not None and merge.get("val") != "restart"


def _integer(element: Element | None, otherwise: int) -> int:
    text = "" if element is None else element.get("val", "")
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
