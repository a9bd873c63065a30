"""Read delimited text (.csv, .tsv): one row a line, cells between commas, tabs or semicolons."""

from __future__ import annotations

import csv
import io

from gischema.reading.decode import decode
from gischema.reading.document import Document
from gischema.reading.errors import UnreadableSource
from gischema.reading.sheets.workbook import Workbook, Worksheet

_DELIMITERS = ",\t;|"
_SAMPLE = 20_000  # characters in which delimiters are counted


def read_delimited(data: bytes, name: str | None) -> Document:
    """Return the one sheet of a file.

    Raises:
        UnreadableSource: If the file is no text, or a quote never ends.
    """
    text = decode(data, name)
    book = Workbook(name)
    sheet = Worksheet("", book)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.put(number, column, cell.strip())
    except csv.Error as error:
        raise UnreadableSource(
            name,
            "CSV 文件格式有误：单元格过长，可能是引号没有配对；请用 Excel 或 WPS 另存为 .xlsx",
            "the CSV file is malformed: a cell is too long, a quote may not be closed; "
            "save it as .xlsx with Excel or WPS",
        ) from error
    book.add(sheet)
    return book.document("csv")


def _delimiter(text: str) -> str:
    """Return the delimiter that makes the most cells of the beginning, a comma if none does."""
    sample = text[:_SAMPLE]

    def cells(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            return sum(len(row) - 1 for row in rows)
        except csv.Error:
            return -1

    return max(_DELIMITERS, key=cells)
