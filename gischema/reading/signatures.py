"""Recognise kinds of file by their bytes, without opening them."""

from __future__ import annotations

from collections.abc import Iterator

ZIP = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
RTF = b"{\\rtf"
GZIP = b"\x1f\x8b\x08"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of Office files of before 2007, of WPS files, and of protected new ones."""

MAX_ENTRIES = 10_000
"""The most entries of a zip file. An office file has about twenty, and one for each picture."""

_ENTRY = b"PK\x01\x02"
_NAME_AT = 46  # offset of the name in an entry of a zip file's directory
_FIRST_NAME_AT = 30  # offset of the name of the first file in a zip file
_HEAD = 200  # bytes in which an OpenDocument file names its kind


def has_part(data: bytes, folder: bytes) -> bool:
    """Return True if a zip file lists a part whose name begins with `folder` (in lower case)."""
    return data.startswith(ZIP) and any(
        data[at : at + len(folder)].replace(b"\\", b"/").lower() == folder
        for at in (entry + _NAME_AT for entry in _entries(data))
    )


def is_open_document(data: bytes, kind: bytes) -> bool:
    """Return True if a file is an OpenDocument of a kind: `text`, `spreadsheet`."""
    stated = b"application/vnd.oasis.opendocument." + kind
    return data.startswith(b"mimetype", _FIRST_NAME_AT) and stated in data[:_HEAD]


def has_stream(data: bytes, name: str) -> bool:
    """Return True if an OLE file has a stream of this name (its directory is in UTF-16)."""
    return data.startswith(OLE) and f"\0{name}\0".encode("utf-16-le")[1:] in data


def count_entries(data: bytes) -> int:
    """Count the entries in the directory of a zip file, whatever the file declares."""
    return data.count(_ENTRY)


def _entries(data: bytes) -> Iterator[int]:
    """Yield where the entries of the directory begin, up to `MAX_ENTRIES`."""
    at = data.find(_ENTRY)
    for _ in range(MAX_ENTRIES):
        if at < 0:
            return
        yield at
        at = data.find(_ENTRY, at + len(_ENTRY))
