"""Units as they are printed, and figures in the unit of the form."""

from __future__ import annotations

import re
from decimal import Decimal

from gischema.chinese.numerals import MULTIPLES
from gischema.chinese.units import COUNTERS, KNOWN, MONEY, MULTIPLIED, SUMS, measure, ratio
from gischema.report import Amount

_COUNTERS = "|".join(COUNTERS)
_MONEY = "|".join(sorted(SUMS, key=len, reverse=True))
UNITS = f"(?:(?:{'|'.join(MULTIPLES)}|)(?:{_COUNTERS})|{_MONEY})"
"""Pattern of a unit. It stands in many, and a set of Chinese characters takes long to compile."""

TOLD = MULTIPLIED.union(SUMS)
"""The units that figures depend on: those of money, and multiples."""

_ANY_TOLD = f"[{''.join(MULTIPLES)}](?:{_COUNTERS})|{_MONEY}"
_BEHIND = rf"单位\W*({_ANY_TOLD})|({_ANY_TOLD})(?:人民币)?\W*\Z"
_COUNTED = rf"单位\W*({_COUNTERS})(?!\w)|\(({_COUNTERS})\)\W*\Z"
_YUAN = "元"
_BIG = frozenset(_YUAN).union(MULTIPLES)  # one of these is in every unit that a label has to tell


def is_unit(text: str) -> bool:
    """Whether a cell is only a unit of measure."""
    return text in KNOWN


def told_unit(label: str) -> str | None:
    """The unit that a label prints, if it is one that figures depend on.

    `采购总金额(元)`, `费用(不含邮费,单位:元)`, `处理决定数量(万件)`.
    """
    if _BIG.isdisjoint(label):
        return None
    return _last(_BEHIND, label)


def told_counter(label: str) -> str | None:
    """The counter that a label prints in brackets or behind 单位: `接待数(人次)`.

    Figures depend on it only where their form has another unit than a counter.
    """
    return _last(_COUNTED, label) if "(" in label or "单位" in label else None


def _last(pattern: str, label: str) -> str | None:
    units = [one or other for one, other in re.findall(pattern, label)]
    return units[-1] if units else None


def in_unit(number: Amount, printed: str, unit: str) -> Amount | None:
    """A figure in `unit`, of which another is printed; None if that one measures something else.

    What is counted by pieces may be counted by any: of 条 and 件 one is as good as the other.
    """
    times, money = ratio(printed, unit), measure(printed)[0] == MONEY
    if times is None:
        return None
    if times == 1 and (isinstance(number, int) or not money):
        return number
    converted = number * times
    if converted != converted.to_integral_value():
        return converted.normalize()
    if money and (isinstance(number, Decimal) or printed == _YUAN):
        return converted.quantize(Decimal(1))
    return int(converted)
