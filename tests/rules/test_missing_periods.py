"""Periods between the reports of a series that none of them is about."""

from __future__ import annotations

import pytest

from gischema import Gischema
from gischema.rules.missing_periods import missing_periods

ENGINE = Gischema()
PAGE = """青禾市{body}{period}政府信息公开情况统计表
统计指标 | 单位 | 统计数 |
（一）主动公开政府信息数 | 条 | 120 |
（一）收到申请数 | 件 | 3 |
"""


def missing(*periods: str, body: str = "云岭县财政局") -> list[str]:
    reports = [ENGINE.parse_text(PAGE.format(body=body, period=each)) for each in periods]
    return [each.zh for each in missing_periods(reports)]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2016年第一季度", "2016年第三季度"], ["2016年第二季度"]),
        (["2016年第三季度", "2017年第二季度"], ["2016年第四季度", "2017年第一季度"]),
        (["2016年上半年", "2017年上半年"], ["2016年下半年"]),
        (["2016年11月", "2017年2月"], ["2016年12月", "2017年1月"]),
        (["2015年", "2018年"], ["2016年", "2017年"]),
        (["2016年第一季度", "2016年第二季度", "2016年", "2017年"], []),
        (["2015年第一季度", "2015年上半年", "2015年前三季度", "2016年第一季度"], []),
        (["2016年第一季度", "2016年"], []),
        (["2016年第三季度"], []),
    ],
)
def test_periods_between(periods: list[str], expected: list[str]) -> None:
    """Quarters, halves, months and years are series of their own, over the turn of a year too."""
    assert missing(*periods) == expected


def test_bodies_are_apart() -> None:
    """What one body reports fills no gap of another."""
    texts = [
        PAGE.format(body=body, period=f"2016年第{quarter}季度")
        for body, quarter in (
            ("云岭县财政局", "一"),
            ("云岭县教育局", "二"),
            ("云岭县财政局", "三"),
        )
    ]
    titled = [text.replace("情况统计表", "工作报告") for text in texts]
    found = [*missing_periods([ENGINE.parse_text(text) for text in titled])]
    assert [(each.body[-3:], each.en) for each in found] == [("财政局", "quarter 2 of 2016")]
