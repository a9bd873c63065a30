"""Read one cell as a value: a number with sign and unit, or a mark for `not applicable`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gischema.chinese.numerals import FORMAL, NUMERALS, numeral_value
from gischema.chinese.units import KNOWN
from gischema.report import Amount, Status
from gischema.tables.printed_units import UNITS

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?"
_VALUE = re.compile(
    rf"(?:(?P<before>{UNITS})[\s:]*)?(?P<sign>[+-]|增加?|减少?|新增|净增|净减)?\s*(?P<number>{_NUMBER})"
    rf"\s*(?:(?P<after>{UNITS})|\((?P<inside>{UNITS})\))?\Z"
)
_NOT_APPLICABLE = re.compile(r"(?:[-—―/\\]\s*){1,4}\Z")
_MINUS = frozenset({"-", "减", "减少", "净减"})
SIGNS = "[+-]|增加?|减少?"
_TOKEN = rf"(?:(?:{SIGNS})?{_NUMBER}{UNITS}?|—{{1,4}}|―{{1,4}}|-{{1,2}}|/)"
FIGURES = rf"{_TOKEN}(?:\s+{_TOKEN})*"
"""Pattern of one or several figures with white space between them."""

_SEVERAL = re.compile(rf"{_TOKEN}(?:\s+{_TOKEN})+\Z")
LAST = frozenset("0123456789.,-—―/").union(unit[-1] for unit in KNOWN)
"""The last characters of figures; a figure that is cut short ends in its stop or comma."""

_BROKEN = re.compile(rf"[.,]?\d[\d.,]*(?<=\d){UNITS}?\Z")  # part of a number, or one with a slip
_RUN = re.compile(r"\d{1,400}\Z")
# Atomic, because a run of digits can be split in many ways.
_HEAP = re.compile(rf"(?:(?>{_TOKEN})[\s,]*+){{2,40}}+\Z")
_NO_FIGURE = re.compile(
    r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}(?::\d{2}){1,2})?|0\d{2,3}\s*[-—]\s*\d{7,8})\Z"
    r"|ICP备\d+号(?:-\d+)?\Z"
)

_TWO = re.compile(r"\D*(?:[0０]\d+|(?!\d{1,3}(?: \d{3})+\Z)\d[\d.,]*\s+\d[\d.,]*)\D*\Z")
_FROM_ZERO = re.compile(r"\D*[0０][\d,]+\D*\Z")
_WITH_UNIT = re.compile(rf"{_NUMBER}{UNITS}")
_ALL_WITH_UNIT = re.compile(rf"(?:{_NUMBER}{UNITS}\s*){{2,}}\Z")
_SIGNED = re.compile(rf"(?:{SIGNS})?{_NUMBER}")
_ALL_SIGNED = re.compile(rf"(?:{SIGNS})?{_NUMBER}(?:(?:{SIGNS}){_NUMBER})+\Z")
_MARKED = re.compile(  # the normal form has turned a circled number into one in brackets
    rf"(?P<figure>(?:{UNITS}\s*)?{_NUMBER}\s*{UNITS}?)\s*"
    r"(?:[*※†‡]{1,3}|[¹²³⁴-⁹]{1,2}|\[注?\d{1,2}\]|\(注\d{0,2}\)|注\d{1,2}|(?P<round>\(\d{1,2}\)))\Z"
)

_NUMERALS = re.compile(rf"([{NUMERALS}{FORMAL}]+)\s*{UNITS}?\Z")
_EXAMPLE = 2


class Value(NamedTuple):
    """The value of a cell: its status and, for `stated`, its number and the printed unit."""

    status: Status
    number: Amount | None = None
    unit: str | None = None


BLANK = Value("blank")
NOT_APPLICABLE = Value("not_applicable")
UNREADABLE = Value("unreadable")


@lru_cache(maxsize=4096)
def read_value(text: str) -> Value:
    """Return the value of one cell; it is `unreadable` if it is no single number."""
    text = text.strip()
    if not text:
        return BLANK
    match = _VALUE.match(text)
    if match is None:
        return NOT_APPLICABLE if _NOT_APPLICABLE.match(text) else UNREADABLE
    digits = match["number"].replace(",", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return UNREADABLE  # several figures that run together, or a mark that counts nothing
    number: Amount = Decimal(digits) if "." in digits else int(digits)
    if match["sign"] in _MINUS:
        number = -number
    return Value("stated", number, match["after"] or match["inside"] or match["before"])


def is_signed(label: str) -> bool:
    """Return True if a label has a word that stands for a minus sign."""
    return any(word in label for word in _MINUS if word.isalpha())


def without_unit_of(text: str, units: Iterable[str]) -> str:
    """Return a figure without its unit, if that is one of `units`: `40小时`, `40(小时)`, `小时:40`.

    Any other text is returned unchanged.
    """
    for unit in units:
        for behind in (unit, f"({unit})"):
            if text.endswith(behind) and text != behind:
                return text.removesuffix(behind).rstrip()
        if text.startswith(unit) and text != unit:
            return text.removeprefix(unit).lstrip(" :")
    return text


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Return True if a cell can be a figure, a mark for none, or figures, even run together."""
    if read_value(text).status in ("stated", "not_applicable"):
        return True
    if text[-1] not in LAST or _NO_FIGURE.match(text):
        return False
    return any(figures.match(text) for figures in (_SEVERAL, _RUN, _HEAP, _BROKEN))


def is_no_figure(text: str) -> bool:
    """Return True if a text ends in a date, a telephone number or a licence number."""
    return _NO_FIGURE.search(text) is not None


def digits_for(text: str) -> str:
    """Return the digits to write in place of Chinese numerals: 23 for 二十三件.

    For any other text that is an example of digits.
    """
    found = _NUMERALS.match(text)
    number = numeral_value(found[1]) if found is not None else None
    return str(_EXAMPLE if number is None else number)


def without_mark(text: str, printed: str) -> str:
    """Return the figure before the mark of a note (`12①`, `3[1]`), or an empty string.

    Args:
        text: The cell in the normal form.
        printed: The cell as the source prints it: `12(1)` may be two figures, `12①` is one.
    """
    found = _MARKED.match(text)
    if found is None or (found["round"] and printed.rstrip()[-1:] in ")）"):
        return ""
    return found["figure"]


def may_be_two(text: str) -> bool:
    """Return True if a text seems to hold two figures: with a blank between, or a leading zero."""
    return _TWO.match(text) is not None


def begins_with_zero(text: str) -> bool:
    """Return True if a cell holds digits of which the first is a zero, so that they are several."""
    return _FROM_ZERO.match(text) is not None


def is_several(text: str) -> bool:
    """Return True if a cell holds several figures with white space between them."""
    return _SEVERAL.match(text) is not None


def several(text: str) -> list[str]:
    """Return the figures of a cell that holds several, split at white space or at their units."""
    if is_several(text):
        return text.split()
    if text[-1:].isdecimal() or not _ALL_WITH_UNIT.match(text):
        return []
    return _WITH_UNIT.findall(text)


def split_at_signs(text: str) -> tuple[str, ...]:
    """Return the figures that run together in a cell, if all but the first begin with a sign."""
    return tuple(_SIGNED.findall(text)) if _ALL_SIGNED.match(text) else ()
