"""Show numbers as a sheet does, by their number format codes: units, per cent, dates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Literal, TypeAlias

from attrs import define, frozen

from gischema.reading.merged_cells import SHARED

CellDoubt: TypeAlias = Literal[
    "", "uncalculated", "date", "scaled", "rounded", "unshown", "struck", "shared"
]
"""Why a cell is doubtful.

A formula without a value, a count shown as a date, a number shown at another scale, with fewer
digits, or not at all; struck-out text; a number that several rows share.
"""

DOUBT_CODES: dict[CellDoubt, str] = {
    "uncalculated": "D640", "date": "D641", "scaled": "D643", "rounded": "D644", "unshown": "D645",
    "struck": "D646", "shared": SHARED,
}  # fmt: skip
"""The diagnostics of the doubts."""

ShownCell: TypeAlias = tuple[str, CellDoubt]
"""The text of a cell, and the doubt about it."""

NOT_CALCULATED = "#公式"
"""Stands for the value of a formula that was saved without one."""

_FIRST_DATE = 32_874
"""1 January 1990 as a serial number. An earlier date is a count in a cell formatted as a date."""
_LAST_DATE = 73_050  # the end of 2099
_DAY_ZERO = date(1899, 12, 30)
_DAYS_1904 = 1462
_DIGITS = 15  # digits that a spreadsheet keeps; further ones are noise
_LONGEST = 40  # digits of a number written out
_LONGEST_CODE = 255  # what Excel allows
_AS_IT_IS = "0*"  # the digits of a format that shows all digits

_TOKEN = re.compile(
    r'"([^"]*)"'  # a text
    r"|[\\!](.)"  # one character as it is
    r"|[_*]."  # white space and filling
    r"|\[([^\]]*)\]"  # colour, currency, condition, elapsed time
    r"|([0#?][0#?,.]*(?:E[-+][0#?]+)?)"  # digits
    r"|(%)"
    r"|(General|G/通用格式|@)"
    r"|([ymdhsYMDHS])"  # parts of a date
    r"|([^;])"
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\Z")
_SECTION = re.compile(r'((?:"[^"]*"|[\\!_*].|[^;])*)(;?)')
_CURRENCY = re.compile(r"\$([^-]*)")
_YUAN = "¥￥"
"""Currency signs are left out: they do not determine if the head counts in 元 or 万元."""
_SEPARATORS = " ,-()/:+"
NO_WORDS = str.maketrans("", "", _YUAN + _SEPARATORS)
"""Removes signs around a number that say nothing about it."""
_BUILT_IN = {
    **dict.fromkeys(("1", "3", "5", "6", "37", "38"), "0"),
    **dict.fromkeys(("2", "4", "7", "8", "39", "40"), "0.00"),
    **dict.fromkeys(("41", "42"), '0;-0;"-"'), **dict.fromkeys(("43", "44"), '0.00;-0.00;"-"'),
    "9": "0%", "10": "0.00%", "14": "yyyy/m/d", "15": "d/m/yy", "16": "d/m", "17": "m/yy",
    "18": "h:mm", "19": "h:mm:ss", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy/m/d h:mm",
    "45": "mm:ss", "46": "h:mm:ss", "47": "mm:ss",
}  # fmt: skip
_EAST_ASIAN_DATES = frozenset(str(key) for key in (*range(27, 37), *range(50, 59)))


@frozen
class _FormatSection:
    """One of the formats for positive, negative and other numbers."""

    condition: tuple[str, Decimal] | None
    before: str
    behind: str
    scale: int
    is_percent: bool
    is_date: bool
    decimals: int | None
    """Digits shown behind the point, None if all are shown."""
    in_powers: bool
    """True if the number is shown as one below 10 and a power of ten."""
    instead: str | None
    """The text shown instead of any number, None if the number is shown."""
    instead_of_zero: str | None


def built_in_format(key: str) -> str:
    """Return the code of a built-in format, as far as it matters; empty for the general format."""
    return "yyyy/m/d" if key in _EAST_ASIAN_DATES else _BUILT_IN.get(key, "")


def plain_number(number: float) -> str:
    """Return a number without the noise after its fifteenth digit: 3 for 3.0, 0.3 for 0.1 + 0.2."""
    shortest = Decimal(f"{number:.{_DIGITS}g}")
    if not shortest.is_finite() or abs(shortest.adjusted()) > _LONGEST:
        return str(number)
    text = format(shortest, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def show_number(
    number: float, code: str, *, since_1904: bool = False, zeros: bool = True
) -> ShownCell:
    """Return a number as the format `code` shows it, with all its digits.

    In a cell formatted as a date, a number counts as a date only within the years of reports.

    Args:
        number: The value of the cell.
        code: Its number format code.
        since_1904: True if the file counts days from 1904.
        zeros: True if the sheet shows zeros.
    """
    if not isfinite(number):
        return str(number), ""
    if number == 0 and not zeros:
        return "", "unshown"
    if not code:
        return plain_number(number), ""
    section = _section(number, code)
    instead = section.instead if number else section.instead_of_zero
    if instead is not None:
        return instead, "unshown"
    if section.is_date:
        serial = number + _DAYS_1904 * since_1904
        if not _FIRST_DATE <= serial < _LAST_DATE:
            return plain_number(number), "date"
        day = _DAY_ZERO + timedelta(days=int(serial))
        return f"{day.year}年{day.month}月{day.day}日", ""
    number = number * 100 if section.is_percent else number / 10**section.scale
    text = plain_number(number)
    percent = "%" if section.is_percent else ""
    return f"{section.before}{text}{percent}{section.behind}", _doubt(number, text, section)


def _doubt(number: float, text: str, section: _FormatSection) -> CellDoubt:
    if section.scale:
        return "scaled"
    if section.decimals is None:
        return ""
    shown = (
        f"{number:.{section.decimals}e}" if section.in_powers else round(number, section.decimals)
    )
    return "rounded" if plain_number(float(shown)) != text else ""


def _section(number: float, code: str) -> _FormatSection:
    sections = _sections(code)
    if sections[0].condition is None:
        at = 1 if number < 0 else 2 if number == 0 else 0
        return sections[at] if at < len(sections) else sections[0]
    for section in sections:
        if section.condition is None or _holds(number, *section.condition):
            return section
    return sections[-1]


def _holds(number: float, sign: str, bound: Decimal) -> bool:
    value = Decimal(number)
    return (
        ("<" in sign and value < bound)
        or (">" in sign and value > bound)
        or ("=" in sign and value == bound)
    )


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_FormatSection, ...]:
    found = []
    for match in _SECTION.finditer(code[:_LONGEST_CODE]):
        found.append(_parsed(match[1]))
        if not match[2]:
            break
    return tuple(found)


def _parsed(code: str) -> _FormatSection:
    """Return one section of a format code, taken apart."""
    parts = _SectionParts()
    for match in _TOKEN.finditer(code):
        parts.add(match)
    return parts.section()


@define(eq=False)
class _SectionParts:
    """Collects what the tokens of a section say, one after the other.

    `before` and `behind` are the texts around the number, `words` is all text, separators included.
    `digits` are the digit placeholders. `point` is the number of them before a decimal point that
    is text: Excel then shows the number smaller than it is.
    """

    condition: tuple[str, Decimal] | None = None
    before: str = ""
    behind: str = ""
    words: str = ""
    digits: str = ""
    point: int | None = None
    is_percent: bool = False
    is_date: bool = False

    def add(self, match: re.Match[str]) -> None:
        """Add a token of `_TOKEN`."""
        text, single, bracket, figure, percent, whole, part, other = match.groups()
        literal = text or single or ""
        if bracket is not None:
            literal = self._bracket(bracket)
        elif other and other not in _SEPARATORS:
            literal = other
        if figure or whole:
            self.digits += figure or _AS_IT_IS
        self.is_date = self.is_date or part is not None
        self.is_percent = self.is_percent or percent is not None
        self.words += literal or other or ""
        self._literal(literal)

    def _bracket(self, bracket: str) -> str:
        """Note a condition in square brackets. Return the currency sign in them, if any."""
        if limit := _CONDITION.match(bracket):
            self.condition = limit[1], Decimal(limit[2])
        currency = _CURRENCY.match(bracket)
        return currency[1] if currency else ""

    def _literal(self, literal: str) -> None:
        """Put a text before or behind the number. Currency signs are left out."""
        if literal and literal in _YUAN:
            return
        if literal == "." and self.digits:
            self.point = len(self.digits)
        elif self.digits:
            self.behind += literal
        else:
            self.before += literal

    def section(self) -> _FormatSection:
        """Return the section that the tokens make."""
        digits, words = self.digits, self.words.strip()
        return _FormatSection(
            self.condition,
            self.before,
            self.behind,
            scale=0 if self.is_percent else _scale(digits, self.point),
            is_percent=self.is_percent,
            is_date=self.is_date,
            decimals=_decimals(digits),
            in_powers="E" in digits,
            instead=None if digits or self.is_date else words,
            instead_of_zero=None if "0" in digits or self.is_date else words,
        )


def _decimals(digits: str) -> int | None:
    """Return how many digits are shown behind the point, None if all are shown."""
    if not digits or digits.startswith(_AS_IT_IS):
        return None
    return len(digits.partition("E")[0].partition(".")[2])


def _scale(digits: str, point: int | None) -> int:
    """Return the power of ten by which a number is shown smaller than it is."""
    thousands = len(digits) - len(digits.rstrip(","))
    behind = digits[point:].rstrip(",") if point is not None else ""
    return min(3 * thousands + len(behind), _LONGEST)
