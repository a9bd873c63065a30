"""Numbers that stand around tables and count nothing are neither rows nor doubts."""

from __future__ import annotations

import pytest

import gischema

TABLE = """\
白石区水务局2022年政府信息公开工作年度报告
第二十条第（六）项
信息内容 | 本年处理决定数量 |
行政处罚 | 4 |
行政强制 | 5 |
"""


@pytest.mark.parametrize(
    "line",
    [
        "联系电话：0000-5550100",
        "电话 0000—5550100",
        "传真：0000-5550100",
        "邮编：000000",
        "邮政编码 000000",
        "网站标识码：0000550123",
        "青ICP备00005501号-1",
        "青ICP备00005501号",
        "青公网安备00000002000055号",
        "浏览次数：55",
        "发布时间：2023-01-19 09:30",
        "发布日期：2023-01-19",
        "2023-01-19",
        "2023/1/19",
        "2023年1月19日",
        "- 7 -",
        "第7页 共12页",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_line_below_a_table_is_no_row(line: str, gap: str) -> None:
    """It makes no diagnostic, claims no figure and shifts none."""
    report = gischema.parse_text(f"{TABLE}{gap}{line}\n")
    stated = {f.path: f.value for f in report.figures}
    assert stated == {"proactive.penalty.decisions": 4, "proactive.compulsion.decisions": 5}
    assert report.diagnostics == ()
    assert report.unclaimed == ()


@pytest.mark.parametrize("line", ["信访办理 | 3 |", "村道养护数量：12", "渡口修缮 2019-3"])
def test_row_that_no_form_has_is_still_named(line: str) -> None:
    """A row of another table is not taken for furniture."""
    report = gischema.parse_text(f"{TABLE}{line}\n")
    assert [d.code for d in report.diagnostics] == ["D105"]
    assert report.unclaimed
