"""Reports about a part of a year: quarters, half-years, months are part of what a report is."""

from __future__ import annotations

from datetime import date

import pytest

import gischema
from gischema import InvalidSource, Report
from gischema.report import Period
from gischema.rules import Reports

ROWS = "收到申请数 | {} | 件 |\n当面申请数 | {} | 件 |\n举报投诉数量 | 0 | 件 |\n"


def page(heading: str, requests: int = 3) -> str:
    return f"{heading}\n统计指标 | 统计数 | 单位 |\n" + ROWS.format(requests, requests)


def report(heading: str, requests: int = 3) -> Report:
    return gischema.parse_text(page(heading, requests))


@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        ("青禾市民政局2017年第三季度政府信息公开工作报告", (7, 1), (9, 30)),
        ("青禾市民政局2017年上半年政府信息公开情况统计表", (1, 1), (6, 30)),
        ("青禾市民政局政府信息公开情况统计表（2017年度第2季度）", (4, 1), (6, 30)),
        ("青禾市民政局2017年2月政府信息公开情况统计表", (2, 1), (2, 28)),
        ("青禾市民政局2017年1-9月政府信息公开情况统计表", (1, 1), (9, 30)),
        ("青禾市民政局政府信息公开情况统计表（截至2017年9月）", (1, 1), (9, 30)),
        ("政府信息公开情况统计表\n数据有效期：2017年第四季度", (10, 1), (12, 31)),
    ],
)
def test_part_of_a_year_is_read(
    heading: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    """The title or a heading names it; the year is stated by it too."""
    found = report(heading)
    assert found.period == Period(date(2017, *first), date(2017, *last))
    assert found.period.part == (first[0], last[0])
    assert found.year == 2017
    assert found.facts["year"].status == "stated"
    assert gischema.loads(gischema.dumps(found)).period == found.period


@pytest.mark.parametrize(
    "heading",
    [
        "青禾市民政局2017年政府信息公开工作年度报告",
        "青禾市民政局2017年政府信息公开工作年度报告\n2018年1月",
        "青禾市民政局2017年政府信息公开工作年度报告\n2017年第三季度抽查各单位，结果全市通报。",
        "青禾市民政局2017年度政府信息公开情况统计表\n发布时间：2018年3月",
    ],
)
def test_report_of_a_year_has_no_part(heading: str) -> None:
    """A month of posting or a quarter in a sentence is not the report's own."""
    found = report(heading)
    assert found.period is None


def test_two_quarters_are_not_two_versions_of_a_year() -> None:
    """A quarter is compared with the same quarter of last year; only its own kind is a version."""
    second = report("青禾市民政局2017年第二季度政府信息公开工作报告")
    third = report("青禾市民政局2017年第三季度政府信息公开工作报告", 5)
    before = report("青禾市民政局2016年第三季度政府信息公开工作报告", 4)
    again = report("青禾市民政局2017年第三季度政府信息公开工作报告", 6)
    year = report("青禾市民政局2017年政府信息公开工作年度报告", 20)
    series = gischema.default_engine().series([before, second, third, year, again])
    found = {id(one.own): (one.previous, one.version) for one in series}
    assert found[id(second)] == (None, None)
    assert found[id(third)] == (before, None)
    assert found[id(again)] == (before, third)
    assert found[id(year)] == (None, None)


def test_other_part_is_not_last_years_report() -> None:
    """Given as last year's report, one of another quarter is not compared."""
    third = report("青禾市民政局2017年第三季度政府信息公开工作报告")
    second = report("青禾市民政局2016年第二季度政府信息公开工作报告")
    same = report("青禾市民政局2016年第三季度政府信息公开工作报告")
    assert Reports(third, previous=second).last_year is None
    assert Reports(third, previous=same).last_year is same


def test_files_of_two_quarters_are_two_reports(tmp_path: object) -> None:
    """They are not read as the parts of one report."""
    pages = [
        page(f"青禾市民政局2017年第{quarter}季度政府信息公开工作报告").encode()
        for quarter in "二三"
    ]
    with pytest.raises(InvalidSource):
        gischema.parse(pages)
