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
_REPLACEMENTS = {"invisible": "", None: "\n"}
_SEPARATORS = frozenset(("|", "\t", *"\n", *_BREAKS, ""))
_NEAR = 40  # blanks at most between lost bytes and the ends of their cell


def settle_lines(text: str, present: set[str]) -> tuple[str, OffsetMap | None]:
    """Make every line break a line feed, and remove characters that print nothing.

    A run of lost bytes becomes one space: removing it could join two figures. It stays, as one
    character, where it is all that a cell or a line holds: the place would else seem blank.
    """
    if present.isdisjoint(_CONCERNED):
        return text, None
    found = _PATTERN.finditer(text)
    return rewrite(text, ((*one.span(), _replacement(one)) for one in found))


def _replacement(found: re.Match[str]) -> str:
    if found.lastgroup != "lost":
        return _REPLACEMENTS[found.lastgroup]
    text, (start, end) = found.string, found.span()
    before = text[max(0, start - _NEAR) : start].rstrip(" ")
    behind = text[end : end + _NEAR].lstrip(" ")
    return "\ufffd" if _SEPARATORS.issuperset((before[-1:], behind[:1])) else " "
