"""Pages on the monthly form of Shanghai: the month, and the year so far."""

from datetime import date

import gischema_shanghai

from gischema import Gischema

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
