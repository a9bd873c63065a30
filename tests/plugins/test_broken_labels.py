"""A label that is the end of another one: reported to its author, and never read silently for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from tests.plugins.conftest import VARIANT

LABEL = "八、渡口意见箱来信数"
TABLE = """青禾市2016年政府信息公开工作年度报告
统计指标 | 单位 | 统计数 |
（一）收到申请数 | 件 | 30 |
1.当面申请数 | 件 | 22 |
2.{broken} | 件 | 8 |
"""


def engine(folder: Path, label: str, behind: str = "") -> Gischema:
    text = VARIANT.replace(f'"{LABEL} | 件"', f'"{label} | 件"{behind}')
    (folder / "test.lark").write_text(text, encoding="utf-8")
    return Gischema(plugins=[folder])


@pytest.mark.parametrize("label", ["八、申请数", "八、真申请数", "八、渡口收到申请数"])
def test_author_is_told(tmp_path: Path, label: str) -> None:
    """Whether the row of the variant or that of the form has the shorter label."""
    (problem,) = engine(tmp_path, label).problems
    assert (problem.code, "test.lark:9" in problem.message) == ("D906", True)
    assert "// as printed" in problem.message_en


@pytest.mark.parametrize("label", ["八、渡口申请件数", "八、收到申请", "八、传真申请数量"])
def test_other_likeness_is_no_problem(tmp_path: Path, label: str) -> None:
    """What a label has in common at its beginning or within is never left over by a break."""
    assert engine(tmp_path, label).problems == ()


def test_author_confirms_the_label(tmp_path: Path) -> None:
    """The official form may be worded so."""
    assert engine(tmp_path, "八、申请数", " // as printed").problems == ()


@pytest.mark.parametrize("broken", ["传具\n申请数", "传具 | 申请数", "本年传真的\n申请数"])
def test_rest_of_a_broken_label_is_in_doubt(tmp_path: Path, broken: str) -> None:
    """The figure may be of the row whose label has a slip above the break; both are flagged."""
    report = engine(tmp_path, "八、申请数").parse_text(TABLE.format(broken=broken))
    (found,) = [d for d in report.diagnostics if d.code == "D107"]
    assert {"ferry_letters", "requests.received.fax"} <= set(found.paths)
    assert "传真申请数" in found.message


@pytest.mark.parametrize(
    "whole", ["传真\n申请数", "传真申请数", "传真申请数 | 件 | 1 |\n按其他方式分\n八、申请数"]
)
def test_whole_label_and_other_words_are_certain(tmp_path: Path, whole: str) -> None:
    """A break alone changes nothing, nor do words that are no beginning of the longer label."""
    report = engine(tmp_path, "八、申请数").parse_text(TABLE.format(broken=whole))
    assert not [d.code for d in report.diagnostics if d.code == "D107"]
    assert not report.by_path["requests.received.fax"].doubts
