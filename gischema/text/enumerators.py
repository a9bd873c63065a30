"""Marks that number a heading or a row, whatever character they were typed with."""

import re
from unicodedata import normalize

from gischema.chinese.numerals import ONE_TO_TEN

from .characters import is_ideograph
from .offsets import OffsetMap, rewrite

# The first character of each run of circled numbers, its number, and the length of the run.
_CIRCLED = (
    (0x24EA, 0, 1), (0x2460, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15), (0x24F5, 1, 10),
    (0x24FF, 0, 1), (0x2776, 1, 10), (0x24EB, 11, 10), (0x2780, 1, 10), (0x278A, 1, 10),
)  # fmt: skip
_CIRCLED_IDEOGRAPHS = range(0x3280, 0x328A)
# ⑴ … ⒇ and ㈠ … ㈩: Unicode's own decomposition is right.
_BRACKETED = (*range(0x2474, 0x2488), *range(0x3220, 0x322A))
_WITH_STOP = range(0x2488, 0x249C)


def _spelled_out() -> dict[str, str]:
    marks = {chr(code): normalize("NFKC", chr(code)) for code in (*_BRACKETED, *_WITH_STOP)}
    for code in _CIRCLED_IDEOGRAPHS:
        marks[chr(code)] = f"({normalize('NFKC', chr(code))})"
    # `(1)`, not `1.`: a bracket cannot join the digits of a figure.
    for first, number, count in _CIRCLED:
        marks.update({chr(first + step): f"({number + step})" for step in range(count)})
    return marks


_MARKS = _spelled_out()
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_STOPPED = frozenset(map(chr, _WITH_STOP))
_DIGITS = frozenset("0123456789")
_NUMBER_BEFORE = _DIGITS | _STOPPED | {"."}

_DOTS = "·•・‧∙⋅"
_DOT = re.compile(rf"(?<=[0-9])[{_DOTS}](?=(.))")

_ROUND = "○◯〇O"
_ZEROS = re.compile(rf"(?<=[{ONE_TO_TEN[:9]}])[{_ROUND}]++(?=[{ONE_TO_TEN}年])")


def _spell_out(found: re.Match[str]) -> str:
    mark, text = found[0], found.string
    spelled = _MARKS[mark]
    if mark in _STOPPED:
        # `⒈2018` must not become `1.2018`, nor `5⒈` turn into `51.`.
        if text[found.start() - 1 : found.start()] in _NUMBER_BEFORE:
            spelled = " " + spelled
        if text[found.end() : found.end() + 1] in _DIGITS:
            spelled += " "
    return spelled


def expand_marks(text: str, present: set[str]) -> tuple[str, OffsetMap | None]:
    """Spell out marks that are one character.

    `㈠` and `㊀` become `(一)`, `①` and `⑴` become `(1)`, `⒈` becomes `1.` with a space
    where a digit would touch it.
    """
    if present.isdisjoint(_MARKS):
        return text, None
    return rewrite(text, ((*found.span(), _spell_out(found)) for found in _MARK.finditer(text)))


def settle_dots(text: str, present: set[str]) -> str:
    """Make a middle dot between a digit and an ideograph a stop: `1·` → `1.`.

    The dot in a name (no digit before it) and in a date such as 3·15 stays.
    """
    if present.isdisjoint(_DOTS):
        return text
    return _DOT.sub(lambda found: "." if is_ideograph(found[1]) else found[0], text)


def settle_zeros(text: str, present: set[str]) -> str:
    """Make a circle or a letter O inside a Chinese number a 〇: `二○一八年` → `二〇一八年`."""
    if present.isdisjoint(_ROUND):
        return text
    return _ZEROS.sub(lambda found: "〇" * len(found[0]), text)
