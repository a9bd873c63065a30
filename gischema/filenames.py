"""File names as text: they may hold any bytes, and characters that control a terminal."""

from __future__ import annotations

import re

_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, line breaks, direction marks, invisible characters and surrogates."""

_BYTES = range(0xDC80, 0xDD00)  # bytes that are not UTF-8, in the representation of Python


def displayed(name: str) -> str:
    r"""Return `name` on one line, safe to print and to encode: `b\xff.txt`, `a\nb.txt`.

    All names in outputs and messages go through this function. Bytes that are not UTF-8, and
    characters that move, colour, hide or reorder text, become escapes.
    """
    return _ACTIVE.sub(_escaped, name)


def name_bytes(name: str) -> bytes:
    """Return the bytes of a file name, in UTF-8 where they are text."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a name of Windows may hold any surrogates
        return name.encode("utf-8", "surrogatepass")


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in _BYTES:
        return f"\\x{code - 0xDC00:02x}"
    return found[0].encode("unicode_escape").decode("ascii")
