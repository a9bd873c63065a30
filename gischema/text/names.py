"""Names of public bodies: Chinese characters and brackets up to an ending such as 局.

Each character is compared by itself: a regular expression over all Chinese characters takes a
millisecond to compile, as long as reading a page.
"""

from __future__ import annotations

MAX_NAME = 30
"""The most characters of a name before its ending."""


def is_chinese(text: str) -> bool:
    """Return True if a text holds only Chinese characters and brackets."""
    return all("\u4e00" <= sign <= "\u9fff" or sign in "()" for sign in text)


def is_name(text: str, endings: tuple[str, ...], least: int = 1) -> bool:
    """Return True if a text has one of `endings`, after a name of at least `least` characters."""
    if not text.endswith(endings):
        return False
    lengths = (len(text) - len(ending) for ending in endings if text.endswith(ending))
    return any(least <= length <= MAX_NAME and is_chinese(text[:length]) for length in lengths)
