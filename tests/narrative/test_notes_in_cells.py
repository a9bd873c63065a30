"""Notes in the cells of a table belong to their row, not to the running text."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema

PAGE = """\
青禾市云岭县教育局2016年政府信息公开工作年度报告
附表：政府信息公开情况统计表
统计指标\t单位\t统计数
（三）申请答复数\t件\t15
4.不同意公开答复数\t件\t8
5.不属于本行政机关公开数\t件\t{}
6.申请信息不存在数\t件\t0
"""


@pytest.mark.parametrize("between", ["\t", " | "], ids=["tabs", "bars"])
@pytest.mark.parametrize("cell", ["7（其中网上2件）", "17（其中网上申请12件）"])
def test_a_note_states_nothing_of_other_rows(engine: Gischema, cell: str, between: str) -> None:
    """网上2件 in the cell of one row is no number of requests received online."""
    report = engine.parse_text(PAGE.format(cell).replace("\t", between))
    assert list(report.narrative) == []


def test_an_indented_sentence_is_read(engine: Gischema) -> None:
    """A tab before a line parts no cells."""
    report = engine.parse_text(PAGE.format(7) + "\t2016年收到政府信息公开申请12件\n")
    assert [str(figure.value) for figure in report.narrative] == ["12"]
