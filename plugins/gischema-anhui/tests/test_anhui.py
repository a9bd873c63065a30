"""Quarterly pages of Anhui and of Lu'an."""

from datetime import date

import gischema_anhui

from gischema import Gischema

ENGINE = Gischema(plugins=[gischema_anhui])
ANHUI = """青禾县政府办公室政府信息公开情况统计表
数据有效期：2016年第2季度
序号 | 统计指标 | 计量单位 | 数据统计数 |
1 | 一、主动公开情况 | | |
2 | （一）主动公开政府信息数 | 条 | 120 |
3 | 其中：主动公开规范性文件数 | 条 | 4 |
4 | 制发规范性文件总数 | 件 | 5 |
5 | 主动公开机构领导、机构设置及人事信息 | 条 | 11 |
9 | 主动公开政府文件数 | 条 | 12 |
73 | 主动公开行政执法信息 | 条 | 13 |
12 | 主动公开规划计划、统计信息 | 条 | 14 |
9 | 主动公开财务预决算、财政专项经费管理使用和“三公”经费信息 | 条 | 15 |
10 | 主动公开招标采购信息 | 条 | 16 |
11 | 主动公开应急管理信息 | 条 | 17 |
"""
LUAN = """六安市青禾局2018年第一季度政府信息公开统计表
指标名称 | 计量单位 | 数量 |
一、主动公开信息数 | 条 | 6 |
其中：机构领导、设置及人事类信息 | 条 | 1 |
政策法规、规范性文件信息 | 条 | 2 |
业务公开信息 | 条 | 3 |
规划计划、统计信息 | 条 | 0 |
财务预决算信息 | 条 | 0 |
招标采购信息 | 条 | 0 |
部门动态、公告和新闻发布等其他信息 | 条 | 0 |
1.信息公开申请数 | 条 | 3 |
其中：①当面申请数 | 条 | 1 |
②网上填表及电子邮件申请数 | 条 | 2 |
③信函及传真申请数 | 条 | 0 |
"""


def test_anhui_with_row_numbers_out_of_order() -> None:
    """The numbers of rows are no figures, and the quarter is the period."""
    report = ENGINE.parse_text(ANHUI)
    assert (report.form, report.variant) == ("stat-2014", "anhui")
    assert report.period is not None
    assert (report.period.first, report.period.last) == (date(2016, 4, 1), date(2016, 6, 30))
    kinds = [figure.value for path, figure in report.extras.items() if ".kinds." in path]
    assert kinds == [11, 12, 13, 14, 15, 16, 17]
    assert not [figure for figure in report.figures if figure.doubts]
    assert not report.unclaimed


def test_luan() -> None:
    """Every row of the page, and its sums."""
    report = ENGINE.parse_text(LUAN)
    assert report.form == "luan-2014"
    assert [figure.value for figure in report.figures] == [6, 1, 2, 3, 0, 0, 0, 0, 3, 1, 2, 0]
    assert not [figure for figure in report.figures if figure.doubts]
    assert not ENGINE.check(report, select=["SUM-LUAN"]).findings
    wrong = ENGINE.parse_text(LUAN.replace("信息数 | 条 | 6 |", "信息数 | 条 | 7 |"))
    (finding,) = ENGINE.check(wrong, select=["SUM-LUAN"]).findings
    assert finding.difference == 1


def test_three_columns_are_in_doubt() -> None:
    """No source says which of government, departments and townships is the page's own figure."""
    heads = "序号 | 统计指标 | 计量单位 | 区政府统计数 | 区直单位统计数 | 乡镇街道统计数 |"
    lines = [line.replace("| | |", "| | | | |") for line in ANHUI.split("\n")[3:]]
    rows = [f"{line} 7 | 8 |" if line and "| |" not in line else line for line in lines]
    report = ENGINE.parse_text("\n".join((*ANHUI.split("\n")[:2], heads, *rows)))
    assert report.variant == "anhui"
    printed = [figure for figure in report.figures if figure.value is not None]
    assert len(printed) == 10
    assert all("D309" in figure.doubts for figure in printed)
    assert len(report.unclaimed) == 2 * len(printed)
