"""Numbers as a sheet shows them: with its units, as per cent, as dates that may be counts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import Literal, TypeAlias

from attrs import frozen

Doubt: TypeAlias = Literal["", "date", "scaled", "rounded"]
"""What is worth a diagnostic: a number shown as a date, in another size, with fewer digits."""

CODES = {"date": "D641", "scaled": "D643", "rounded": "D644"}
"""The diagnostics of the doubts."""

_FIRST_DATE = 32_874
"""1 January 1990 as a serial number: a date before it is a count in a cell formatted as a date."""
_LAST_DATE = 73_050  # the end of 2099
_DAY_ZERO = date(1899, 12, 30)
_DAYS_1904 = 1462
_DIGITS = 15  # so many a spreadsheet keeps; what stands behind them is noise
_LONGEST = 40  # digits of a number written out
_LONGEST_CODE = 255  # what Excel allows
_AS_IT_IS = "0E"  # the digits of a format that shows as many as there are

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
_SECTIONS = re.compile(r'((?:"[^"]*"|[\\!_*].|[^;])*);?')
_CURRENCY = re.compile(r"\$([^-]*)")
_YUAN = frozenset("¥￥")
"""Currency signs are left out: they do not tell whether the head counts in 元 or 万元."""
_SEPARATORS = " ,-()/:+"
_BUILT_IN = {
    "9": "0%", "10": "0.00%", "14": "yyyy/m/d", "15": "d/m/yy", "16": "d/m", "17": "m/yy",
    "18": "h:mm", "19": "h:mm:ss", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy/m/d h:mm",
    "45": "mm:ss", "46": "h:mm:ss", "47": "mm:ss",
}  # fmt: skip
_EAST_ASIAN_DATES = frozenset(str(key) for key in (*range(27, 37), *range(50, 59)))


@frozen
class _Section:
    """One of the formats for positive, negative and other numbers."""

    condition: tuple[str, Decimal] | None
    before: str
    behind: str
    scale: int
    is_percent: bool
    is_date: bool
    decimals: int | None
    """Digits shown behind the point, None if as many as there are."""


def built_in(key: str) -> str:
    """The format that a number stands for; empty for those that show a number as it is."""
    return "yyyy/m/d" if key in _EAST_ASIAN_DATES else _BUILT_IN.get(key, "")


def plain(number: float) -> str:
    """A number without the noise behind its fifteenth digit: 3 for 3.0, 0.3 for 0.1 + 0.2."""
    shortest = Decimal(f"{number:.{_DIGITS}g}")
    if not shortest.is_finite() or abs(shortest.adjusted()) > _LONGEST:
        return str(number)
    text = format(shortest, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def shown(number: float, code: str, *, since_1904: bool = False) -> tuple[str, Doubt]:
    """A number as the format `code` shows it, with all its digits, and what is in doubt about it.

    What a cell formatted as a date holds is a date only if it is one of our time.
    """
    if not isfinite(number):
        return str(number), ""
    section = _section(number, code)
    if section.is_date:
        serial = number + _DAYS_1904 * since_1904
        if not _FIRST_DATE <= serial < _LAST_DATE:
            return plain(number), "date"
        day = _DAY_ZERO + timedelta(days=int(serial))
        return f"{day.year}年{day.month}月{day.day}日", ""
    number = number * 100 if section.is_percent else number / 10**section.scale
    text = plain(number)
    percent = "%" if section.is_percent else ""
    return f"{section.before}{text}{percent}{section.behind}", _doubt(number, text, section)


def _doubt(number: float, text: str, section: _Section) -> Doubt:
    if section.scale:
        return "scaled"
    if section.decimals is not None and plain(round(number, section.decimals)) != text:
        return "rounded"
    return ""


def _section(number: float, code: str) -> _Section:
    sections = _sections(code)
    if sections[0].condition is None:
        return sections[1] if number < 0 and len(sections) > 1 else sections[0]
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
def _sections(code: str) -> tuple[_Section, ...]:
    found = [_parsed(match[1]) for match in _SECTIONS.finditer(code[:_LONGEST_CODE]) if match[0]]
    return tuple(found) or (_parsed(""),)


def _parsed(code: str) -> _Section:
    condition: tuple[str, Decimal] | None = None
    before = behind = ""
    digits, point, is_percent, is_date = "", None, False, False
    for match in _TOKEN.finditer(code):
        text, single, bracket, figure, percent, whole, part, other = match.groups()
        literal = text or single or ""
        if bracket is not None:
            limit, currency = _CONDITION.match(bracket), _CURRENCY.match(bracket)
            condition = (limit[1], Decimal(limit[2])) if limit else condition
            literal = currency[1] if currency else ""
        elif figure or whole:
            digits += figure or _AS_IT_IS
        elif part:
            is_date = True
        elif other and other not in _SEPARATORS:
            literal = other
        is_percent = is_percent or percent is not None
        if literal in _YUAN:
            continue
        if literal == "." and digits:
            point = len(digits)  # a point that is text, so that the number looks smaller
        elif digits:
            behind += literal
        else:
            before += literal
    scale = 0 if is_percent else _scale(digits, point)
    decimals = None if not digits or "E" in digits else len(digits.partition(".")[2])
    return _Section(condition, before, behind, scale, is_percent, is_date, decimals)


def _scale(digits: str, point: int | None) -> int:
    """The power of ten by which a number is shown smaller than it is."""
    thousands = len(digits) - len(digits.rstrip(","))
    behind = digits[point:].rstrip(",") if point is not None else ""
    return min(3 * thousands + len(behind), _LONGEST)
