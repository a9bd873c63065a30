"""The readers of Word files, spreadsheets and delimited text."""

from __future__ import annotations

from pathlib import PurePath

from gischema.reading.reader import OnDemand, Reader
from gischema.reading.signatures import RTF, has_part, has_stream, is_open_document

_DELIMITED = frozenset({".csv", ".tsv"})


def _is_word(data: bytes, _name: str | None) -> bool:
    return has_part(data, b"word/")


def _is_xlsx(data: bytes, _name: str | None) -> bool:
    return has_part(data, b"xl/")


def _is_ods(data: bytes, _name: str | None) -> bool:
    return is_open_document(data, b"spreadsheet")


def _is_odt(data: bytes, _name: str | None) -> bool:
    return is_open_document(data, b"text")


def _is_rtf(data: bytes, _name: str | None) -> bool:
    return data.startswith(RTF)


def _is_doc(data: bytes, _name: str | None) -> bool:
    return has_stream(data, "WordDocument") and not has_stream(data, "EncryptedPackage")


def _is_xls(data: bytes, _name: str | None) -> bool:
    is_sheet = has_stream(data, "Workbook") or has_stream(data, "Book")
    return is_sheet and not has_stream(data, "EncryptedPackage")


def _is_delimited(_data: bytes, name: str | None) -> bool:
    """Return True if the suffix says so: the content looks like any other text."""
    return name is not None and PurePath(name).suffix.lower() in _DELIMITED


_ROOM = "gischema.reading"
WORD = Reader(
    "docx",
    frozenset({".docx", ".docm"}),
    _is_word,
    OnDemand(f"{_ROOM}.word.read_word:read_word"),
)
ODT = Reader("odt", frozenset({".odt"}), _is_odt, OnDemand(f"{_ROOM}.word.odt:read_odt"))
RTF_TEXT = Reader("rtf", frozenset({".rtf"}), _is_rtf, OnDemand(f"{_ROOM}.word.rtf:read_rtf"))
DOC = Reader("doc", frozenset({".doc", ".wps"}), _is_doc, OnDemand(f"{_ROOM}.word.doc:read_doc"))
XLSX = Reader(
    "xlsx",
    frozenset({".xlsx", ".xlsm"}),
    _is_xlsx,
    OnDemand(f"{_ROOM}.sheets.xlsx:read_xlsx"),
)
ODS = Reader("ods", frozenset({".ods"}), _is_ods, OnDemand(f"{_ROOM}.sheets.ods:read_ods"))
XLS = Reader("xls", frozenset({".xls", ".et"}), _is_xls, OnDemand(f"{_ROOM}.sheets.xls:read_xls"))
DELIMITED = Reader(
    "csv", _DELIMITED, _is_delimited, OnDemand(f"{_ROOM}.sheets.delimited:read_delimited")
)
