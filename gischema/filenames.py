"""Names of files as text: a name may hold any bytes, and characters that act on a terminal."""

from __future__ import annotations

import re

_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, line breaks, marks of direction, what is not seen, halves of characters."""

_BYTES = range(0xDC80, 0xDD00)  # bytes that are not UTF-8, as Python hands them over


def displayed(name: str) -> str:
    r"""Return `name` on one line, safe to print and to encode: `b\xff.txt`, `a\nb.txt`.

    Used for every name in an output or a message, for people and for programs. A byte that is not
    UTF-8 and a character that moves, colours, hides or reorders text become escapes; the other
    characters stay as they are.
    """
    return _ACTIVE.sub(_escaped, name)


def name_bytes(name: str) -> bytes:
    """Return the bytes that `name` stands for, in UTF-8 as far as they are text."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a name of Windows may hold any halves of characters
        return name.encode("utf-8", "surrogatepass")


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in _BYTES:
        return f"\\x{code - 0xDC00:02x}"
    return found[0].encode("unicode_escape").decode("ascii")
