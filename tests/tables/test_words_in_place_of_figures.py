"""A row set apart by blanks has a word in the place of its figure."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema

PAGE = """\
青禾市云岭县教育局2016年政府信息公开工作年度报告
附表：政府信息公开情况统计表
统计指标 单位 统计数
（一）收到申请数 件 12
1.当面申请数 件 2
3.网络申请数 件 {}
4.信函申请数 件 0
"""
ONLINE = "requests.received.online"


@pytest.mark.parametrize(
    "word",
    [
        "十几",
        "几十",
        "□",
        "XX",
        "壹",
        "½",
        "同上",
        "N/A",
        "见附件",
        "×",
        "√",
        "#REF!",
        "待定",
        "12人左右",
    ],
)
def test_the_row_is_named(engine: Gischema, word: str) -> None:
    """Its figure is flagged, and the rows around it are read without a doubt."""
    report = engine.parse_text(PAGE.format(word))
    assert ONLINE in {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    others = {figure.path: figure.value for figure in report.figures if not figure.doubts}
    assert others == {
        "requests.received": 12,
        "requests.received.in_person": 2,
        "requests.received.letter": 0,
    }
