"""Line breaks of every kind, and characters that print nothing."""

import re

from .offsets import OffsetMap, rewrite

_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"

# `characters` has already replaced the separators among the controls by tabs.
_INVISIBLE = (
    (0x00, 0x06), (0x08, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F),  # controls
    (0xAD, 0xAD), (0x034F, 0x034F), (0x061C, 0x061C), (0x180B, 0x180F),  # soft hyphen, joiners
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF),  # zero width, bidi
    (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),  # variation selectors
    (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),  # annotation anchors, tags
)  # fmt: skip

# The replacement character and halves of surrogate pairs stand for lost bytes.
_LOST = ((0xFFFD, 0xFFFD), (0xD800, 0xDFFF))


def _character_class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


_PATTERN = re.compile(
    rf"(?P<lost>[{_character_class(_LOST)}]+)"
    rf"|(?P<invisible>[{_character_class(_INVISIBLE)}]+)"
    r"|\r\n?|[\n\x0b\x0c\x85\u2028\u2029]"
)
_CONCERNED = frozenset(_BREAKS).union(
    chr(code) for first, last in (*_INVISIBLE, *_LOST) for code in range(first, last + 1)
)
_REPLACEMENTS = {"lost": " ", "invisible": "", None: "\n"}


def settle_lines(text: str, present: set[str]) -> tuple[str, OffsetMap | None]:
    """Make every line break a line feed, and remove characters that print nothing.

    A run of lost bytes becomes one space: removing it could join two figures.
    """
    if present.isdisjoint(_CONCERNED):
        return text, None
    return rewrite(
        text,
        ((*found.span(), _REPLACEMENTS[found.lastgroup]) for found in _PATTERN.finditer(text)),
    )
