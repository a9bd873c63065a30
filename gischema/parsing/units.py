"""Units as they are printed, and figures in the unit of the form."""

from __future__ import annotations

import re
from decimal import Decimal

from gischema.report import Amount

_COUNTERS = "人次|件次|批次|条|件|次|篇|个|人|份|项|宗|起|批|场|期|名|家|户|部|则|处|张|种|类"
_MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_IN_MONEY = {
    "元": Decimal("0.0001"),
    "百元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "亿元": Decimal(10000),
}
_MONEY = "|".join(sorted(_IN_MONEY, key=len, reverse=True))
_MULTIPLE = "".join(_MULTIPLES)
UNITS = f"(?:(?:{'|'.join(_MULTIPLES)}|)(?:{_COUNTERS})|{_MONEY})"
"""Pattern of a unit. It stands in many, and a set of Chinese characters takes long to compile."""

TOLD = frozenset((*(m + one for m in _MULTIPLES for one in _COUNTERS.split("|")), *_IN_MONEY))
"""The units that figures depend on: those of money, and multiples."""

ALL_UNITS = TOLD.union(_COUNTERS.split("|"))
MONEY = "万元"
"""The unit of sums of money on the forms, and that in which they are given."""

_ANY_TOLD = f"[{_MULTIPLE}](?:{_COUNTERS})|{_MONEY}"
_BEHIND = rf"单位\W*({_ANY_TOLD})|({_ANY_TOLD})(?:人民币)?\W*\Z"
_BIG = frozenset("元百千万亿")  # one of these is in every unit that a label has to tell


def is_unit(text: str) -> bool:
    """Whether a cell is only a unit of measure."""
    return text in ALL_UNITS


def is_money(unit: str) -> bool:
    """Whether a unit counts money."""
    return unit in _IN_MONEY


def told_unit(label: str) -> str | None:
    """The unit that a label prints, if it is one that figures depend on.

    `采购总金额(元)`, `费用(不含邮费,单位:元)`, `处理决定数量(万件)`.
    """
    if _BIG.isdisjoint(label):
        return None
    units = [one or other for one, other in re.findall(_BEHIND, label)]
    return units[-1] if units else None


def in_unit(number: Amount, printed: str, unit: str) -> Amount | None:
    """A figure in `unit`, of which another is printed; None if that one counts something else.

    What is counted by pieces may be counted by any: of 条 and 件 one is as good as the other.
    """
    if is_money(printed) != (unit == MONEY):
        return None
    if unit == MONEY:
        return _in_ten_thousand(number, printed)
    if printed not in TOLD:
        return number
    many = number * _MULTIPLES[printed[0]]
    return int(many) if many == int(many) else many


def _in_ten_thousand(number: Amount, printed: str) -> Amount:
    converted = number * _IN_MONEY[printed]
    whole = converted == converted.to_integral_value()
    if whole and isinstance(number, int) and printed != "元":
        return int(converted)
    return converted.normalize() if not whole else converted.quantize(Decimal(1))
