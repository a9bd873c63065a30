"""Find the encoding that a page declares. It is often wrong, so the bytes count more."""

from __future__ import annotations

import codecs
import re

from gischema.reading.decode import decode

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)
_HEAD = 4096
_GB = frozenset({"gb2312", "gbk", "gb18030", "hz"})


def page_text(data: bytes, name: str | None) -> str:
    """Return the text of a page.

    A byte order mark decides first, then what the bytes can be. A page in UTF-8 is read as UTF-8,
    whatever it declares. GB2312 is read as GB18030, which includes it. Another encoding counts if
    it is declared and fits.

    Raises:
        UnreadableSource: If the page is no text.
    """
    declared = _DECLARED.search(data[:_HEAD])
    other = _other(declared[1].decode("ascii")) if declared else None
    return decode(data, name, other)


def _other(declared: str) -> str | None:
    """Return the declared encoding, None if it is one that is tried in any case."""
    try:
        encoding = codecs.lookup(declared).name
    except LookupError:
        return None
    return None if encoding in _GB or encoding.startswith("utf") else encoding
