"""Running text as a part of a report: a plain value."""

from __future__ import annotations

import gc
import pickle
import weakref

import gischema
from gischema.report import Narrative

TEXT = """青禾市云岭县财政局2022年政府信息公开工作年度报告
一、总体情况
{sentence}
三、收到和处理政府信息公开申请情况
申请人情况 |
自然人 | 法人或其他组织 | 总计 |
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
{rows}
"""
ROW = "一、本年新收政府信息公开申请数量 | 6 | 1 | 0 | 0 | 2 | 0 | {} |"


def parsed(sentence: str, *totals: int) -> gischema.Report:
    rows = "\n".join(map(ROW.format, totals))
    return gischema.parse_text(TEXT.format(sentence=sentence, rows=rows))


def test_a_report_keeps_nothing_of_its_source() -> None:
    """The text is read once, with the tables: the document can go."""
    document = gischema.read("青禾市云岭县财政局2022年\n政府信息公开年报\n收到信息公开申请9件。")
    alive = weakref.ref(document)
    report = gischema.parse(document)
    del document
    gc.collect()
    assert alive() is None
    assert [figure.value for figure in report.narrative] == [9]


def test_running_text_is_a_value() -> None:
    """Equal texts are equal, have one hash, and go to other processes as they are."""
    one, other = (parsed("本年收到政府信息公开申请9件。", 9).narrative for _ in range(2))
    assert isinstance(one, Narrative)
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert (one[0], one[:1], len(one)) == (one.figures[0], one.figures, 1)
    assert one != parsed("本年收到政府信息公开申请8件。", 9).narrative
