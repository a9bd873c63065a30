"""Pages on the monthly form of Shanghai: the month, and the year so far."""

from datetime import date
from pathlib import Path

import gischema_shanghai
import pytest

from gischema import Gischema
from gischema.testing.source_folder import write_sources

ENGINE = Gischema(plugins=[gischema_shanghai])
PAGE = """青禾区2009年3月政府信息公开统计报表
指标名称 | 计算单位 | 代码 | 本月累计 | 本年累计 |
主动信息公开 | 条 | 01 | 12 | 40 |
申请总次数 | 条 | 12 | 3 | 7 |
其中：1.当面申请数 | 条 | 13 | 1 | 2 |
2.传真申请数 | 条 | 14 | 0 | 0 |
3.电子邮件申请数 | 条 | 15 | 0 | 1 |
4.网上申请数 | 条 | 16 | 2 | 4 |
5.信函申请数 | 条 | 17 | 0 | 0 |
6.其它形式申请数 | 条 | 18 | 0 | 0 |
收取费用总数 | 元 | 37 | 15 | 60 |
"""


def test_month_and_year_so_far() -> None:
    """Codes are no figures; the month is the period of the report."""
    report = ENGINE.parse_text(PAGE)
    assert report.form == "shanghai-2008"
    assert report.period is not None
    assert (report.period.first, report.period.last) == (date(2009, 3, 1), date(2009, 3, 31))
    assert report.figure("requests.received").value == 3
    assert report.figure("requests.received.cumulative").value == 7
    assert report.figure("fees").unit == "元"
    assert len(report.figures) == 2 * 9
    assert not [figure for figure in report.figures if figure.doubts]


def test_requests_are_the_sum_of_the_ways() -> None:
    """A wrong sum is found in the column in which it is wrong."""
    codes = [rule.code for rule in ENGINE.rules.rules if rule.code.startswith("SUM-SHANGHAI")]
    assert not ENGINE.check(ENGINE.parse_text(PAGE), select=codes).findings
    wrong = ENGINE.parse_text(PAGE.replace("| 16 | 2 | 4 |", "| 16 | 2 | 5 |"))
    (finding,) = ENGINE.check(wrong, select=codes).findings
    assert "requests.received.cumulative" in finding.paths


def test_version_of_2007() -> None:
    """Refusals with exemptions 1 to 6 are read on the version of 2007, its sums checked as those of 2008."""
    rows = (
        PAGE.replace("2009年", "2007年")
        + """对申请的答复总数 | 条 | 19 | 3 | 7 |
其中：1.同意公开数 | 条 | 20 | 1 | 2 |
2.同意部分公开数 | 条 | 21 | 0 | 0 |
3.否决公开答复总数 | 条 | 22 | 2 | 5 |
其中：（1）“信息不存在”数 | 条 | 23 | 2 | 5 |
（4）“免予公开范围1”数 | 条 | 26 | 0 | 0 |
"""
    )
    report = ENGINE.parse_text(rows)
    assert report.form == "shanghai-2007"
    assert report.figure("requests.answered.refused.state_secret.cumulative").value == 0
    assert not [figure for figure in report.figures if figure.doubts]
    sums = [tally for tally in ENGINE.check(report, select=["SUM-SHANGHAI"]).tallies if tally.held]
    assert len(sums) == 2


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_form_is_printed_in_files(kind: str, tmp_path: Path) -> None:
    """The column of units has its head and no figures: the codes and figures stay in theirs."""
    pytest.importorskip({"docx": "docx", "xlsx": "openpyxl"}.get(kind, "html"))
    form = ENGINE.forms["shanghai-2008"]
    written = write_sources(tmp_path, [form], 2, copies=0, broken=0, hostile=0, kinds=[kind])
    for file in written.reports:
        report = ENGINE.parse(file)
        assert report.form == form.id
        assert len(report.figures) == len(form.declared)
        assert not report.diagnostics
