"""Pages on the form of Fujian: a column for the year, and one for all years so far."""

import gischema_fujian
import pytest

from gischema import Gischema, Report

ENGINE = Gischema(plugins=[gischema_fujian])
SECOND = """青禾市云岭县政府信息公开情况统计表
指标名称 | 计量单位 | 2016年度 | 历年累计 |
主动公开文件数 | 条 | 35 | 261 |
其中：1.政府网站公开数 | 条 | 30 | 255 |
2.政府公报公开数 | 条 | 0 | 4 |
受理依申请公开信息总数 | 条 | 3 | 15 |
其中：1.当面申请数 | 条 | 1 | 2 |
2.网上申请数 | 条 | 2 | 9 |
3.信函、传真申请数 | 条 | 0 | 4 |
对申请的答复总数 | 条 | 3 | 15 |
其中：1.同意公开答复数 | 条 | 2 | 11 |
2.同意部分公开答复数 | 条 | 0 | 0 |
3.不予公开答复数 | 条 | 0 | 0 |
4.其他类型答复数 | 条 | 1 | 4 |
政府信息公开收费减免金额 | 元 | 0 | 120 |
接受行政申诉、举报数 | 件 | 0 | 1 |
"""
RUN_TOGETHER = (
    "六、附表指标名称计量单位2016年度历年累计主动公开文件数条30412106其中：1.政府网站公开数条3041210"
    "62.政府公报公开数条00受理依申请公开信息总数条88其中：1.当面申请数条002.网上申请数条11"
    "3.信函、传真申请数条77对申请的答复总数条88其中：1.同意公开答复数条66行政复议数件00"
)
FIRST = """青禾市云岭县2011年政府信息公开工作年度报告
指标名称 计量单位 年末统计 主动公开信息数 条 6 其中：1．网站公开 条 6 2．政府公报公开 条 0 受理依申请公开信息总数 条 3 \
其中：1．当面申请数 条 0 2．传真申请数 条 1 3．电子邮件申请数 条 2 3．否决公开答复总数 条 0 行政申诉数 件 0
"""


def figures(page: str) -> dict:
    return {figure.path: figure.value for figure in ENGINE.parse_text(page).figures}


def test_year_has_the_national_paths() -> None:
    """The figure of the year has the path of its row, that of all years its own; nothing is in doubt."""
    report = ENGINE.parse_text(SECOND)
    assert report.form == "fujian-2009"
    assert figures(SECOND)["requests.received"] == 3
    assert figures(SECOND)["requests.received.cumulative"] == 15
    assert figures(SECOND)["fees_waived.cumulative"] == 120
    assert report.figure("fees_waived").unit == "元"
    assert len(report.figures) == 2 * 14
    assert not report.unclaimed
    assert not [figure for figure in report.figures if figure.doubts]


def test_first_generation_has_one_column() -> None:
    """A table without 历年累计 is whole, also in a text of one line."""
    report = ENGINE.parse_text(FIRST)
    assert report.form == "fujian-2009"
    assert figures(FIRST)["requests.received.email"] == 2
    assert figures(FIRST)["appeals"] == 0
    assert len(report.figures) == 9
    assert not [figure for figure in report.figures if figure.doubts]


def test_head_of_another_year_is_flagged() -> None:
    """A report of 2016 with a table headed 2015: its figures may be last year's, all years so far not."""
    page = "青禾市云岭县2016年政府信息公开工作年度报告\n" + SECOND.replace("2016年度", "2015年度")
    report = ENGINE.parse_text(page)
    doubts = {figure.path: figure.doubts for figure in report.figures}
    assert doubts["requests.received"] == ("D313",)
    assert doubts["requests.received.cumulative"] == ()


def test_run_together_columns_are_split() -> None:
    """The year is not above all years so far; of several ways the likely one is taken, in doubt.

    Zeros can be split in one way only.
    """
    report = ENGINE.parse_text(RUN_TOGETHER)
    assert figures(RUN_TOGETHER)["requests.received"] == 8
    assert figures(RUN_TOGETHER)["requests.received.letter_or_fax.cumulative"] == 7
    assert figures(RUN_TOGETHER)["proactive.disclosed"] == 304
    assert figures(RUN_TOGETHER)["proactive.disclosed.cumulative"] == 12106
    assert {figure.value for figure in report.figures if not figure.doubts} == {0}
    codes = {d.code for d in report.diagnostics if "proactive.disclosed" in d.paths}
    assert codes == {"D212"}


@pytest.mark.parametrize(
    ("row", "paths"),
    [
        ("受理依申请公开信息总数 | 条 | 3 | 15 |", {"requests.received"}),
        ("对申请的答复总数 | 条 | 3 | 15 |", {"requests.answered.cumulative"}),
    ],
)
def test_sums_are_checked_in_both_columns(row: str, paths: set) -> None:
    """A wrong sum is found in the column where it is wrong, and only there."""
    assert not checked(ENGINE.parse_text(SECOND))
    label = row.partition("|")[0]
    wrong = {"requests.received": "条 | 4 | 15 |", "requests.answered.cumulative": "条 | 3 | 16 |"}
    changed = SECOND.replace(row, f"{label}| {wrong[next(iter(paths))]}")
    (finding,) = checked(ENGINE.parse_text(changed))
    assert paths <= set(finding.paths)


def test_year_above_all_years_is_found() -> None:
    """A figure of the year that is larger than that of all years contradicts it."""
    changed = SECOND.replace("举报数 | 件 | 0 | 1 |", "举报数 | 件 | 2 | 1 |")
    (finding,) = checked(ENGINE.parse_text(changed))
    assert set(finding.paths) == {"complaints", "complaints.cumulative"}


def checked(report: Report) -> list:
    return list(ENGINE.check(report, select=["FJ1", "FJ2", "FJ3", "FJ4", "FJ5"]).findings)
