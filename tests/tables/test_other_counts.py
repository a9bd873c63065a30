"""Words behind a label or a head, and the head of the only column: whose and which count it is."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema

YEARLY = """\
青禾市云岭县水务局2016年政府信息公开工作年度报告
统计指标 | 单位 | {head} |
三、依申请公开情况{block} | —— | —— |
（一）收到申请数{label} | 件 | 23 |
1.当面申请数 | 件 | 5 |
2.传真申请数 | 件 | 18 |
"""
APPLICANTS = """\
青禾市云岭县教育局2022年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
| {block} | 自然人{head} | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
| 一、本年新收政府信息公开申请数量{label} | 1 | 0 | 3 | 0 | 0 | 0 | 4 |
| （一）予以公开 | 1 | 0 | 3 | 0 | 0 | 0 | 4 |
"""
OTHER_NOTES = """
（上年）;（2015年）;（累计）;（上半年）;（不含乡镇）;（全县）;（预计）;（作废）;（截至11月30日）;（1-11月）;（近三年）
（平均）;（2008年以来）;（第四季度）;（仅网上）;（含乡镇）
"""
OWN_NOTES = """
（件）;（2016年）;（本年）;（全年）;（1-12月）;（截至12月31日）;（单位：件）;（含电子邮件）;（含上年结转）;（条例第二十条）
（本年累计）
"""
OTHER_HEADS = """
上年统计数;2015年统计数;统计数（2015年）;2015年;1-6月;上半年统计数;第四季度;本季度;本月;历年累计;累计数;计划数;增长率
平均数;全县合计;2015;县交通局;任务数;占比;年初数;修改前;得分;统计数（估算）
"""
OWN_HEADS = """
统计数;云岭县水务局;县水务局;2016年;2016年统计数;本年数;全年;1-12月;数量;统计数（件）;截至2016年12月31日;统计数据
"""


def words(lines: str) -> list[str]:
    return [each for line in lines.split() for each in line.split(";")]


def doubted(engine: Gischema, text: str) -> dict[str, bool]:
    report = engine.parse_text(text)
    assert report.figures
    return {figure.path: bool(figure.doubts) for figure in report.figures}


@pytest.mark.parametrize("note", words(OTHER_NOTES))
def test_a_bracket_behind_a_label_makes_it_another_count(engine: Gischema, note: str) -> None:
    """The figure of the row is doubted, those of other rows are not."""
    found = doubted(engine, YEARLY.format(head="统计数", block="", label=note))
    assert found == {path: path == "requests.received" for path in found}


@pytest.mark.parametrize("note", words(OTHER_NOTES))
def test_a_bracket_behind_a_chapter_in_the_table(engine: Gischema, note: str) -> None:
    """All figures of the chapter are doubted."""
    assert all(doubted(engine, YEARLY.format(head="统计数", block=note, label="")).values())


@pytest.mark.parametrize("note", words(OTHER_NOTES))
def test_a_bracket_behind_the_head_of_one_column(engine: Gischema, note: str) -> None:
    """The figures of the column are doubted, those of others are not."""
    text = APPLICANTS.format(block="申请人情况", head=note.replace("2015", "2021"), label="")
    found = doubted(engine, text)
    assert found == {path: path.endswith("natural_person") for path in found}


@pytest.mark.parametrize("block", ["申请人情况（累计）", "上年申请人情况", "申请人情况（2021年）"])
def test_words_at_the_heads_of_a_block(engine: Gischema, block: str) -> None:
    """All figures below are doubted."""
    assert all(doubted(engine, APPLICANTS.format(block=block, head="", label="")).values())


@pytest.mark.parametrize("note", words(OWN_NOTES))
@pytest.mark.parametrize("place", ["label", "block"])
def test_a_bracket_that_says_nothing_of_the_kind(engine: Gischema, note: str, place: str) -> None:
    """Nothing is doubted."""
    at = {"label": "", "block": "", place: note}
    assert not any(doubted(engine, YEARLY.format(head="统计数", **at)).values())


@pytest.mark.parametrize("head", words(OTHER_HEADS))
def test_the_only_column_counts_something_else(engine: Gischema, head: str) -> None:
    """All its figures are doubted."""
    assert all(doubted(engine, YEARLY.format(head=head, block="", label="")).values())


@pytest.mark.parametrize("head", ["上年统计数", "1-6月", "累计数", "全县合计", "占比", "更正前"])
def test_the_only_column_is_headed_on_a_line_of_its_own(engine: Gischema, head: str) -> None:
    """All its figures are doubted where each cell has its line."""
    text = YEARLY.format(head=head, block="", label="").replace(" | ", "\n").replace(" |", "")
    assert all(doubted(engine, text).values())


@pytest.mark.parametrize("head", words(OWN_HEADS))
def test_the_only_column_is_the_years(engine: Gischema, head: str) -> None:
    """Nothing is doubted."""
    assert not any(doubted(engine, YEARLY.format(head=head, block="", label="")).values())
