"""Units of measure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gischema.chinese.units import choices_of, is_counter, is_money, measure, ratio


@pytest.mark.parametrize(
    ("unit", "other", "times"),
    [
        ("元", "万元", Decimal("0.0001")),
        ("亿元", "万元", Decimal(10_000)),
        ("万", "万元", Decimal(1)),
        ("万件", "件", Decimal(10_000)),
        ("条", "件", Decimal(1)),
        ("人/次", "人次", Decimal(1)),
        ("小时", "小时", Decimal(1)),
    ],
)
def test_ratio(unit: str, other: str, times: Decimal) -> None:
    """Money, counters and multiples of counters convert; each in both directions."""
    assert ratio(unit, other) == times
    assert ratio(other, unit) == 1 / times


@pytest.mark.parametrize(("unit", "other"), [("元", "件"), ("小时", "件"), ("小时", "天")])
def test_no_ratio(unit: str, other: str) -> None:
    """Money counts nothing, and a unit that is not known measures only itself."""
    assert ratio(unit, other) is None


def test_choices() -> None:
    """A stroke parts two units that measure the same, or belongs to one unit."""
    assert choices_of("万元/元") == ("万元", "元")
    assert choices_of("条/件") == ("条", "件")
    assert choices_of("人/次") == ("人/次",)
    assert choices_of("元/件") == ("元/件",)


def test_kinds() -> None:
    """What is counted one by one has no fractions; 万件 and money may."""
    assert is_counter("人/次")
    assert not is_counter("万件")
    assert is_money("千元")
    assert not is_money("件")
    assert measure("百件") == measure("百条") == ("人次", Decimal(100))
