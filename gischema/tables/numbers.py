"""One cell as a value: numbers with signs and units, and the marks for `not applicable`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from attrs import frozen

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
"""One or several figures with white space between them."""

_SEVERAL = re.compile(rf"{_TOKEN}(?:\s+{_TOKEN})+\Z")
LAST = frozenset("0123456789.,-—―/").union(unit[-1] for unit in KNOWN)
"""The characters that a figure can end in, where the text is cut its stop or comma among them."""

_BROKEN = re.compile(rf"[.,]?\d[\d.,]*(?<=\d){UNITS}?\Z")  # part of a number, or one with a slip
_RUN = re.compile(r"\d{1,400}\Z")
_HEAP = re.compile(rf"(?:(?>{_TOKEN})[\s,]*+){{2,40}}+\Z")  # atomic: digits split in many ways
_NO_FIGURE = re.compile(
    r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}(?:\s+\d{1,2}(?::\d{2}){1,2})?|0\d{2,3}\s*[-—]\s*\d{7,8})\Z"
    r"|ICP备\d+号(?:-\d+)?\Z"
)

# Seldom asked.
_TWO = r"\D*(?:[0０]\d+|(?!\d{1,3}(?: \d{3})+\Z)\d[\d.,]*\s+\d[\d.,]*)\D*\Z"
_WITH_UNIT = rf"{_NUMBER}{UNITS}"
_ALL_WITH_UNIT = rf"(?:{_WITH_UNIT}\s*){{2,}}\Z"
_SIGNED = rf"(?:{SIGNS})?{_NUMBER}"
_ALL_SIGNED = rf"{_SIGNED}(?:(?:{SIGNS}){_NUMBER})+\Z"
_MARKED = (  # a circled number is one in brackets by now
    rf"(?P<figure>(?:{UNITS}\s*)?{_NUMBER}\s*{UNITS}?)\s*"
    r"(?:[*※†‡]{1,3}|[¹²³⁴-⁹]{1,2}|\[注?\d{1,2}\]|\(注\d{0,2}\)|注\d{1,2}|(?P<round>\(\d{1,2}\)))\Z"
)


@frozen
class Value:
    """What a cell says: its status, and for `stated` the number and the unit printed in it."""

    status: Status
    number: Amount | None = None
    unit: str | None = None


BLANK = Value("blank")
NOT_APPLICABLE = Value("not_applicable")
UNREADABLE = Value("unreadable")


@lru_cache(maxsize=4096)
def read_value(text: str) -> Value:
    """The value of one cell; `unreadable` if it is no single number."""
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


def without_unit_of(text: str, units: Iterable[str]) -> str:
    """Return a figure without its unit, if that is one of `units`: `40小时`, `40(小时)`, `小时:40`.

    Any other text comes back as it is.
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
    """Whether a cell can be a figure, a mark for none, or several figures, even run together."""
    if read_value(text).status in ("stated", "not_applicable"):
        return True
    if text[-1] not in LAST or _NO_FIGURE.match(text):
        return False
    return any(figures.match(text) for figures in (_SEVERAL, _RUN, _HEAP, _BROKEN))


def is_no_figure(text: str) -> bool:
    """Whether a text ends in digits that count nothing: a date, a telephone or a licence number."""
    return _NO_FIGURE.search(text) is not None


def without_mark(text: str, printed: str) -> str:
    """The figure before the mark of a note (`12①`, `3[1]`), nothing if there is none.

    `printed` is the text as it stands in the source: `12(1)` may be two figures, `12①` is one.
    """
    found = re.match(_MARKED, text)
    if found is None or (found["round"] and printed.rstrip()[-1:] in ")）"):
        return ""
    return found["figure"]


def may_be_two(text: str) -> bool:
    """Whether two figures seem to stand in a text: a blank parts them, or the first is a nought."""
    return re.match(_TWO, text) is not None


def is_several(text: str) -> bool:
    """Whether a cell holds several figures with white space between them."""
    return _SEVERAL.match(text) is not None


def several(text: str) -> list[str]:
    """The figures of a cell that holds several, told apart by white space or by their units."""
    if is_several(text):
        return text.split()
    if text[-1:].isdecimal() or not re.match(_ALL_WITH_UNIT, text):
        return []
    return re.findall(_WITH_UNIT, text)


def told_apart_by_signs(text: str) -> tuple[str, ...]:
    """The figures that run together in a cell, if each but the first begins with a sign."""
    return tuple(re.findall(_SIGNED, text)) if re.match(_ALL_SIGNED, text) else ()
