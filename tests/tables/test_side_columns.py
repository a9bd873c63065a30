"""Columns of remarks and growth hold no figures of the form, but nothing in them is lost."""

from __future__ import annotations

import pytest

import gischema

TABLE = """\
三、收到和处理政府信息公开申请情况
| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 | {head} |
| 一、本年新收政府信息公开申请数量 | 6 | 1 | 0 | 0 | 2 | 0 | 9 | {number} |
"""


@pytest.mark.parametrize(
    ("head", "number"), [("同比增减", "12%"), ("备注", "网上3件"), ("备注", "3")]
)
def test_numbers_of_a_side_column_are_unclaimed(head: str, number: str) -> None:
    """They stand below the name of their column, and the figures next to them are certain."""
    text = TABLE.format(head=head, number=number)
    report = gischema.parse_text(text)
    assert [(one.raw, one.label) for one in report.unclaimed] == [(number, head)]
    (origin,) = (one.origin for one in report.unclaimed)
    assert text[origin.start : origin.end] == number
    assert report.figure("requests.received.total").value == 9
    assert not report.doubts
