"""What the bytes of a file tell of its kind, without opening it."""

from __future__ import annotations

from collections.abc import Iterator

ZIP = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word, Excel and PowerPoint files of before 2007 begin, WPS files, and protected new ones."""

MAX_ENTRIES = 10_000
"""Entries of a zip file; an office file has some twenty, and one a picture."""

_ENTRY = b"PK\x01\x02"
_NAME_AT = 46  # where the name begins in an entry of a zip file's directory
_HEAD = 200  # bytes in which an OpenDocument file names its kind


def has_part(data: bytes, folder: bytes) -> bool:
    """Whether a zip file lists a part whose name begins with `folder` (in lower case)."""
    return data.startswith(ZIP) and any(
        data[at : at + len(folder)].replace(b"\\", b"/").lower() == folder
        for at in (entry + _NAME_AT for entry in _entries(data))
    )


def is_open_document(data: bytes, kind: bytes) -> bool:
    """Whether a file is an OpenDocument of a kind: `text`, `spreadsheet`."""
    return b"application/vnd.oasis.opendocument." + kind in data[:_HEAD]


def has_stream(data: bytes, name: str) -> bool:
    """Whether an OLE file has a stream of this name (its directory is in UTF-16)."""
    return data.startswith(OLE) and f"\0{name}\0".encode("utf-16-le")[1:] in data


def count_entries(data: bytes) -> int:
    """How many entries the directory of a zip file has, whatever it says itself."""
    return data.count(_ENTRY)


def _entries(data: bytes) -> Iterator[int]:
    """Where the entries of the directory begin; no more of them than a file may have."""
    at = data.find(_ENTRY)
    for _ in range(MAX_ENTRIES):
        if at < 0:
            return
        yield at
        at = data.find(_ENTRY, at + len(_ENTRY))
