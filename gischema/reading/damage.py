"""Characters that stand for lost bytes, or that show a text in another order."""

from __future__ import annotations

import re

LOST = "\ufffd"
"""The character that stands for bytes which could not be decoded."""

_CONTROLS = re.compile("[\x00-\x06\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SEPARATORS = "\x07\x0b\x0c\x1c\x1d\x1e\x1f\x85"  # of cells, records, lines and pages
_SEVERAL = 4  # so often does a file use a separator that it uses at all


def mark_lost(text: str) -> str:
    """Return a text with `LOST` in place of each control character that no text holds.

    These are what is left of a damaged byte: readers of cells would strip them, and a parser of
    pages drops some. Halves of surrogate pairs count too, and so do the separators of old files
    (a form feed, the mark of a cell) that stand next to a digit and hardly anywhere else.
    """
    if text.isprintable():
        return text
    text = _CONTROLS.sub(LOST, text)
    for separator in _SEPARATORS:
        if 0 < text.count(separator) < _SEVERAL:
            breaks_page = r"(?<![\r\n])" if separator == "\f" else ""
            next_to_digit = rf"(?<=\d){separator}|{breaks_page}{separator}(?=\d)"
            text = re.sub(next_to_digit, LOST, text)
    return text
