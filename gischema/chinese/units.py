"""Units of measure: what a unit measures, how much of it, and which a grammar leaves open.

The counters are those of the notices' forms and of the offices that fill them in; money is in 万元
on the national forms.
"""

from __future__ import annotations

from decimal import Decimal

from gischema.chinese.numerals import MULTIPLES

COUNTERS = (
    "人次", "件次", "批次", "条", "件", "次", "篇", "个", "人", "份", "项", "宗", "起", "批", "场",
    "期", "名", "家", "户", "部", "则", "处", "张", "种", "类",
)  # fmt: skip
"""What things are counted by, one by one. Of 条 and 件 one is as good as the other."""

MONEY = "万元"
"""The unit of sums of money on the national forms, and that in which they are given."""

SUMS = {
    "元": Decimal("0.0001"),
    "圆": Decimal("0.0001"),
    "百元": Decimal("0.01"),
    "佰元": Decimal("0.01"),
    "千元": Decimal("0.1"),
    "仟元": Decimal("0.1"),
    "万元": Decimal(1),
    "万圆": Decimal(1),
    "万": Decimal(1),
    "十万元": Decimal(10),
    "百万元": Decimal(100),
    "百万": Decimal(100),
    "千万元": Decimal(1000),
    "千万": Decimal(1000),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}
"""The units of money, and how many 万元 each is worth."""

MULTIPLIED = frozenset(multiple + counter for multiple in MULTIPLES for counter in COUNTERS)
KNOWN = MULTIPLIED.union(COUNTERS, SUMS)
"""The units that are known on every form; others are known where a grammar declares them."""

_STROKE = "/"


def choices_of(unit: str) -> tuple[str, ...]:
    """Return the units that a declared unit leaves to choose from: `万元/元`, `条/件`.

    Those on either side of the stroke must be known and measure the same. Otherwise the stroke is
    part of one unit: `人/次` is a way to write 人次, `元/件` a price.
    """
    parts = tuple(unit.split(_STROKE))
    if len(parts) == 1 or unit.replace(_STROKE, "") in KNOWN:
        return (unit,)
    measured = {measure(part)[0] for part in parts} if KNOWN.issuperset(parts) else ()
    return parts if len(measured) == 1 else (unit,)


def measure(unit: str) -> tuple[str, Decimal]:
    """Return what a unit measures, named by its plainest unit, and how many of those it holds.

    A unit that is not known measures only itself.
    """
    plain = unit.replace(_STROKE, "")
    if plain in SUMS:
        return MONEY, SUMS[plain]
    if plain in COUNTERS:
        return COUNTERS[0], Decimal(1)
    if plain in MULTIPLIED:
        return COUNTERS[0], Decimal(MULTIPLES[plain[0]])
    return unit, Decimal(1)


def ratio(unit: str, other: str) -> Decimal | None:
    """Return how many of `other` one of `unit` is, None if they measure different things."""
    (measured, many), (wanted, each) = measure(unit), measure(other)
    return many / each if measured == wanted else None


def is_money(unit: str) -> bool:
    """Return True if a unit measures money."""
    return unit in SUMS


def is_counter(unit: str) -> bool:
    """Return True if things are counted in a unit one by one, so that it has no fractions."""
    return unit.replace(_STROKE, "") in COUNTERS
