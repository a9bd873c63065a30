"""Find printed units, and convert figures to the unit of the form."""

from __future__ import annotations

import re
from decimal import Decimal

from gischema.chinese.numerals import MULTIPLES
from gischema.chinese.units import COUNTERS, KNOWN, MONEY, MULTIPLIED, SUMS, measure, ratio
from gischema.report import Amount

_COUNTERS = "|".join(COUNTERS)
_MONEY = "|".join(sorted(SUMS, key=len, reverse=True))
UNITS = f"(?:(?:{'|'.join(MULTIPLES)}|)(?:{_COUNTERS})|{_MONEY})"
"""Pattern of a unit. It is an alternation: a set of Chinese characters takes long to compile."""

STATED_UNITS = MULTIPLIED.union(SUMS)
"""The units that change a value: those of money, and multiples."""

_STATED = f"[{''.join(MULTIPLES)}](?:{_COUNTERS})|{_MONEY}"
_UNIT = re.compile(rf"单位\W*({_STATED})|({_STATED})(?:人民币)?\W*\Z")
_COUNTER = re.compile(rf"单位\W*({_COUNTERS})(?!\w)|\(({_COUNTERS})\)\W*\Z")
_SOME = f"[十{''.join(MULTIPLES)}]"
MANY = f"{_SOME}(?:{_COUNTERS})"
"""Pattern of a unit that holds several things: 百件."""

_FOREIGN = "RMB|CNY|USD|HKD|EUR|[¥$€£%‰]|人民币|[美港欧日英](?:元|镑|币)|吨|千克|公斤|小时|[kK]"
ANY_UNIT = f"(?:{MANY}|{_FOREIGN}|{_COUNTERS}|{_MONEY}|{_SOME})"
"""Pattern of a unit, or of what is printed in place of one; not all of them convert a figure."""

_ANY_UNIT = re.compile(ANY_UNIT)
_LIST = f"({ANY_UNIT}(?:[、,/和及]\\s*{ANY_UNIT})*)"
_TENTH = r"(?!\s*十\s*\))"  # the number of a row
_DECLARED = re.compile(rf"\({_TENTH}\s*{_LIST}\s*\)|单位\W?\s*{_LIST}(?!\w)|/({MANY})(?!\w)")
_YUAN = "元"
_IN_STATED = frozenset(unit[-1] for unit in SUMS).union(MULTIPLES)  # one is in every unit


def is_unit(text: str) -> bool:
    """Return True if a cell is only a unit of measure."""
    return text in KNOWN


def unit_stated(label: str) -> str | None:
    """Return the unit that a label states, if it is one of `STATED_UNITS`.

    Examples: `采购总金额(元)`, `费用(不含邮费,单位:元)`, `处理决定数量(万件)`.
    """
    if _IN_STATED.isdisjoint(label):
        return None
    return _last(_UNIT, label)


def counter_stated(label: str) -> str | None:
    """Return the counter that a label states in brackets or behind 单位: `接待数(人次)`.

    It changes a value only where the unit of the form is no counter.
    """
    return _last(_COUNTER, label) if "(" in label or "单位" in label else None


def declared_units(text: str) -> tuple[str, ...]:
    """Return the units that a text declares last: `(RMB)`, `单位:件、元`."""
    found = [one or two or three for one, two, three in _DECLARED.findall(text)]
    return tuple(_ANY_UNIT.findall(found[-1])) if found else ()


def _last(pattern: re.Pattern[str], label: str) -> str | None:
    units = [one or other for one, other in pattern.findall(label)]
    return units[-1] if units else None


def in_unit(number: Amount, printed: str, unit: str) -> Amount | None:
    """Convert a figure from the printed unit to another one.

    Counters are interchangeable: 条 counts as 件.

    Args:
        number: The figure.
        printed: The unit in which it is printed.
        unit: The unit to convert it to.

    Returns:
        The figure in `unit`; None if the printed unit measures something else.
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
