"""Names of public bodies: Chinese characters and brackets up to an ending such as 局.

Told by looking at each character: an expression that holds all Chinese ones takes a millisecond
to compile, which is as long as reading a page.
"""

from __future__ import annotations

MAX_NAME = 30
"""Characters of a name before its ending."""


def is_chinese(text: str) -> bool:
    """Whether a text holds nothing but Chinese characters and brackets."""
    return all("\u4e00" <= sign <= "\u9fff" or sign in "()" for sign in text)


def is_name(text: str, endings: tuple[str, ...], least: int = 1) -> bool:
    """Whether a text is a name with one of `endings` and at least so many characters before it."""
    if not text.endswith(endings):
        return False
    lengths = (len(text) - len(ending) for ending in endings if text.endswith(ending))
    return any(least <= length <= MAX_NAME and is_chinese(text[:length]) for length in lengths)
