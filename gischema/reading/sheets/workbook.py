"""A worksheet as cells by row and column, and how it becomes paragraphs and tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from attrs import define, field, frozen

from gischema.reading.document import Document, SourcePlace
from gischema.reading.document_writer import DocumentWriter, listed
from gischema.reading.errors import UnreadableSource
from gischema.reading.limits import MAX_CELLS, MAX_CHARACTERS
from gischema.reading.merged_cells import is_number
from gischema.reading.sheets.format_codes import DOUBT_CODES, CellDoubt

_MOST_COLUMNS = 16_384
_WIDEST = 100  # columns; in wider tables empty columns are left out
_SENTENCE = frozenset("。；")
_LONGEST_LABEL = 60
LONGEST_NAME = 31
"""Characters of the name of a sheet."""
RESULT_SHEET = "校验结果"
"""The name of the sheet on which `gischema mark` lists its remarks."""

_ANY_NAME = re.compile(r"(?:sheet|table|工作表|表)?\s*\d*", re.IGNORECASE)
_LETTERS = 26
_HIDDEN = "D642"

SheetRow = dict[int, str]


@frozen
class MergedRange:
    """Cells shown as one: the first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@define(eq=False)
class Worksheet:
    """The cells of a sheet by row and column, from 0, with the empty ones that the file holds.

    `zeros` is set if the sheet shows zeros. `merges` leave only their first cell. `hidden_rows` are
    not shown. `doubts` are the doubts about cells, by row and column.
    """

    name: str
    book: Workbook
    zeros: bool = True
    rows: dict[int, SheetRow] = field(factory=dict)
    doubts: dict[tuple[int, int], CellDoubt] = field(factory=dict)
    merges: list[MergedRange] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    _hidden_columns: bytearray = field(factory=lambda: bytearray(_MOST_COLUMNS))

    def __attrs_post_init__(self) -> None:
        """Cut a name that is longer than any program allows."""
        self.name = self.name[:LONGEST_NAME]

    def put(self, row: int, column: int, text: str, doubt: CellDoubt = "") -> None:
        """Put a cell in its place.

        Raises:
            UnreadableSource: If the file has too many cells.
        """
        self.book.count(1, len(text))
        self.rows.setdefault(row, {})[column] = text
        if doubt:
            self.doubts[row, column] = doubt

    def hide(self, first: int, last: int) -> None:
        """Hide the columns from `first` to `last`."""
        behind = min(last + 1, _MOST_COLUMNS)
        self._hidden_columns[first:behind] = b"\1" * max(behind - first, 0)

    def shows(self, column: int) -> bool:
        """Return True if a column is shown."""
        return column >= _MOST_COLUMNS or not self._hidden_columns[column]

    @property
    def is_printed(self) -> bool:
        """Return True if there is any text."""
        return any(text for row in self.rows.values() for text in row.values())

    @property
    def is_whole(self) -> bool:
        """Return True if no row and no column is hidden."""
        return not self.hidden_rows and not any(self._hidden_columns)


@define(eq=False)
class Workbook:
    """The sheets of a file that are shown, and the cells for each diagnostic."""

    name: str | None
    sheets: list[Worksheet] = field(factory=list)
    _named: defaultdict[str, list[str]] = field(factory=lambda: defaultdict(list))
    _cells: int = 0
    _characters: int = 0

    def add(self, sheet: Worksheet) -> None:
        """Add a sheet, and note it if rows or columns of it are hidden.

        A sheet with the remarks of `gischema mark` is no part of the report.
        """
        if is_result_sheet(sheet.name, sheet.rows.get(0, {}).get(0, "")):
            return
        self.sheets.append(sheet)
        if not sheet.is_whole:
            self.leave_out(sheet.name)

    def leave_out(self, name: str) -> None:
        """Note that a sheet, or a part of it, is not read because it is hidden."""
        self.name_place(_HIDDEN, name[:LONGEST_NAME])

    def name_place(self, code: str, place: str) -> None:
        """Note a cell or a sheet for a diagnostic."""
        self._named[code].append(place)

    def count(self, cells: int, characters: int = 0) -> None:
        """Count cells and their text.

        Raises:
            UnreadableSource: If there are too many.
        """
        self._cells += cells
        self._characters += characters
        if self._cells > MAX_CELLS or self._characters > MAX_CHARACTERS:
            raise UnreadableSource(
                self.name,
                f"表格超过 {MAX_CELLS} 个单元格或 {MAX_CHARACTERS} 字，不会是一份年度报告；"
                "请只留下报告的工作表",
                f"more than {MAX_CELLS} cells or {MAX_CHARACTERS} characters, which is no annual "
                "report; keep its sheets only",
                "too_large",
            )

    def document(self, kind: str) -> Document:
        """Return the sheets as a document, each under its name if there are several.

        The default name of a new sheet is left out: its number would read like a figure.
        """
        writer = DocumentWriter()
        printed = [sheet for sheet in self.sheets if sheet.is_printed]
        for sheet in printed:
            if len(printed) > 1 and not _ANY_NAME.fullmatch(sheet.name):
                writer.paragraph(sheet.name)
            _WorksheetWriter(self, sheet, writer).write()
        for code, places in self._named.items():
            hidden = self._hidden_rows() if code == _HIDDEN else ""
            writer.note(code, hidden, cells=listed(places))
        return writer.document(self.name, kind)

    def _hidden_rows(self) -> str:
        """Return the hidden rows of the sheets that are shown."""
        rows = (sheet.rows.get(at, {}) for sheet in self.sheets for at in sorted(sheet.hidden_rows))
        return "\n".join("|".join(row.values()) for row in rows)


def is_result_sheet(name: str, first: str) -> bool:
    """Return True if a sheet with this name and text in its first cell has been added by us."""
    return name.startswith(RESULT_SHEET) and first.startswith("gischema ")


def cell_address(row: int, column: int) -> str:
    """Return the address of a cell: C7 for row 6, column 2."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def parse_address(text: str) -> tuple[int, int] | None:
    """Return the row and column of an address like C7, None if it is none."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    if not digits or len(digits) > 7:
        return None
    column = 0
    for letter in letters.upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


@define(eq=False)
class _WorksheetWriter:
    """One pass over a sheet: rows of one cell are paragraphs, runs of other rows are tables."""

    book: Workbook
    sheet: Worksheet
    writer: DocumentWriter
    rows: dict[int, SheetRow] = field(init=False)
    covered: defaultdict[int, list[tuple[int, int]]] = field(factory=lambda: defaultdict(list))
    """The columns of each row that are shown as part of a cell before or above."""
    moved: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    """Where the cell stands in the file that a merge shows in another place."""

    @rows.default
    def _shown_rows(self) -> dict[int, SheetRow]:
        """Return the rows that are shown, with the columns that are shown."""
        return {
            number: {column: text for column, text in row.items() if self.sheet.shows(column)}
            for number, row in sorted(self.sheet.rows.items())
            if number not in self.sheet.hidden_rows
        }

    def write(self) -> None:
        """Write the sheet."""
        below = self._merge()
        last = max((c for row in self.rows.values() for c, text in row.items() if text), default=-1)
        run: list[int] = []
        for number, row in self.rows.items():
            printed = [column for column, text in row.items() if text]
            alone = len(printed) == 1 and number not in below and _is_paragraph(row, printed[0])
            if run and (alone or number > run[-1] + 1):
                self._table(run, last)
                run = []
            if alone:
                self.writer.paragraph(*self._cell(number, printed[0]))
            elif printed:
                run.append(number)
        self._table(run, last)

    def _merge(self) -> set[int]:
        """Leave one cell of each merge, where it is shown. Return the rows that merges cover."""
        numbers = list(self.rows)
        below: set[int] = set()
        for merge in self.sheet.merges:
            text = self.sheet.rows.get(merge.top, {}).get(merge.left, "")
            within = numbers[bisect_left(numbers, merge.top) : bisect_right(numbers, merge.bottom)]
            self.book.count(len(within))
            for number in within:
                row = self.rows[number]
                inside = [column for column in row if merge.left <= column <= merge.right]
                for column in inside:
                    del row[column]
                self.covered[number].append((merge.left, merge.right))
            if is_number(text) and any(self._has_label(row, merge.left) for row in within[1:]):
                self.sheet.doubts.setdefault((merge.top, merge.left), "shared")
            across = range(merge.left, min(merge.right, merge.left + _WIDEST) + 1)
            first = next(filter(self.sheet.shows, across), None)
            if within and first is not None:
                self.rows[within[0]][first] = text
                self.moved[within[0], first] = merge.top, merge.left
                below.update(within[1:])
        return below

    def _has_label(self, number: int, column: int) -> bool:
        """Return True if a label stands in a row to the left of `column`."""
        cells = self.rows[number].items()
        return any(at < column and text and not is_number(text) for at, text in cells)

    def _table(self, run: Sequence[int], last: int) -> None:
        """Write the rows of a run, each from the first to the last column that any of them uses."""
        used = {column for number in run for column in self.rows[number] if column <= last}
        if not used:
            return
        columns = sorted(used)
        if columns[-1] - columns[0] < _WIDEST:
            columns = list(filter(self.sheet.shows, range(columns[0], columns[-1] + 1)))
        self.book.count(len(columns) * len(run))
        self.writer.table(
            [self._cell(number, column) for column in columns if self._has(number, column)]
            for number in run
        )

    def _has(self, number: int, column: int) -> bool:
        """Return True if a cell begins in a place."""
        return column in self.rows[number] or not any(
            left <= column <= right for left, right in self.covered[number]
        )

    def _cell(self, number: int, column: int) -> tuple[str, SourcePlace]:
        sheet = f"{self.sheet.name}!" if self.sheet.name else ""
        element = sheet + cell_address(number, column)
        doubt = self.sheet.doubts.get(self.moved.get((number, column), (number, column)))
        doubts = (DOUBT_CODES[doubt],) if doubt else ()
        for code in doubts:
            self.book.name_place(code, element)
        return self.rows[number].get(column, ""), SourcePlace(0, 0, element=element, doubts=doubts)


def _is_paragraph(row: SheetRow, column: int) -> bool:
    """Return True if the one printed cell of a row is running text or a heading."""
    text = row[column]
    return len(row) == 1 or len(text) > _LONGEST_LABEL or not _SENTENCE.isdisjoint(text)
