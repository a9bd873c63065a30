"""The readers of this package, in the order in which they are tried."""

from __future__ import annotations

from gischema.reading.archive import ARCHIVE
from gischema.reading.decode import decode
from gischema.reading.document import Document
from gischema.reading.html.reader import HTML
from gischema.reading.office import DELIMITED, DOC, ODS, ODT, RTF_TEXT, WORD, XLS, XLSX
from gischema.reading.pdf.reader import PDF
from gischema.reading.reader import Reader
from gischema.reading.scan.reader import SCAN
from gischema.reading.unsupported import is_unsupported, refuse
from gischema.reading.web_archive import WEB_ARCHIVE

__all__ = ["READERS"]


def _read_text(data: bytes, name: str | None) -> Document:
    return Document(decode(data, name), name)


def _anything(_data: bytes, _name: str | None) -> bool:
    return True


_FOREIGN = Reader("foreign", frozenset(), is_unsupported, refuse)
_TEXT = Reader("text", frozenset({".txt", ".md"}), _anything, _read_text)

_OFFICE = (WORD, DOC, ODT, RTF_TEXT, XLSX, ODS, XLS)

READERS: tuple[Reader, ...] = (
    *_OFFICE,
    PDF,
    SCAN,
    ARCHIVE,
    _FOREIGN,
    HTML,
    WEB_ARCHIVE,
    DELIMITED,
    _TEXT,
)
"""The readers of this package.

Unsupported kinds of file are refused by their first bytes, whatever their name. Plain text comes
last: it accepts everything else, or says why it cannot be read.
"""
