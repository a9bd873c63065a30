"""The readers of Word files, spreadsheets and delimited text."""

from __future__ import annotations

from pathlib import PurePath

from gischema.reading.document import Document
from gischema.reading.reader import Reader
from gischema.reading.sheets.delimited import read_delimited
from gischema.reading.sheets.ods import read_ods
from gischema.reading.sheets.xls import read_xls
from gischema.reading.sheets.xlsx import read_xlsx
from gischema.reading.signatures import has_part, has_stream, is_open_document
from gischema.reading.word.read_word import read_word

_DELIMITED = frozenset({".csv", ".tsv"})


def _is_word(data: bytes, _name: str | None) -> bool:
    return has_part(data, b"word/")


def _read_word(data: bytes, name: str | None) -> Document:
    return read_word(data, name)


def _is_xlsx(data: bytes, _name: str | None) -> bool:
    return has_part(data, b"xl/")


def _read_xlsx(data: bytes, name: str | None) -> Document:
    return read_xlsx(data, name).document("xlsx")


def _is_ods(data: bytes, _name: str | None) -> bool:
    return is_open_document(data, b"spreadsheet")


def _read_ods(data: bytes, name: str | None) -> Document:
    return read_ods(data, name).document("ods")


def _is_xls(data: bytes, _name: str | None) -> bool:
    is_sheet = has_stream(data, "Workbook") or has_stream(data, "Book")
    return is_sheet and not has_stream(data, "EncryptedPackage")


def _read_xls(data: bytes, name: str | None) -> Document:
    return read_xls(data, name).document("xls")


def _is_delimited(_data: bytes, name: str | None) -> bool:
    """Return True if the suffix says so: the content looks like any other text."""
    return name is not None and PurePath(name).suffix.lower() in _DELIMITED


def _read_delimited(data: bytes, name: str | None) -> Document:
    return read_delimited(data, name).document("csv")


WORD = Reader("docx", frozenset({".docx", ".docm"}), _is_word, _read_word)
XLSX = Reader("xlsx", frozenset({".xlsx", ".xlsm"}), _is_xlsx, _read_xlsx)
ODS = Reader("ods", frozenset({".ods"}), _is_ods, _read_ods)
XLS = Reader("xls", frozenset({".xls", ".et"}), _is_xls, _read_xls)
DELIMITED = Reader("csv", _DELIMITED, _is_delimited, _read_delimited)
