"""Which encoding a page says it is in; pages are often wrong about it, so bytes count more."""

from __future__ import annotations

import codecs
import re

from gischema.reading.decode import decode

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)
_HEAD = 4096
_GB = frozenset({"gb2312", "gbk", "gb18030", "hz"})


def page_text(data: bytes, name: str | None) -> str:
    """The text of a page.

    A mark at its beginning decides, then what the bytes can be: a page in UTF-8 is that whatever
    it declares, and GB2312 is read as GB18030, which holds it. Another encoding counts if it is
    declared and fits. Raises UnreadableSource if the page is no text.
    """
    declared = _DECLARED.search(data[:_HEAD])
    other = _other(declared[1].decode("ascii")) if declared else None
    return decode(data, name, other)


def _other(declared: str) -> str | None:
    """The declared encoding if it is none of those that are tried in any case."""
    try:
        encoding = codecs.lookup(declared).name
    except LookupError:
        return None
    return None if encoding in _GB or encoding.startswith("utf") else encoding
