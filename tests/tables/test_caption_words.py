"""The only table stands below a few words: whose figures they say these are."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema

PAGE = """\
青禾市云岭县教育局2022年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
{above}| 申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |
{within}| 一、本年新收政府信息公开申请数量 | 1 | 0 | 3 | 0 | 0 | 0 | 4 |
| （一）予以公开 | 1 | 0 | 3 | 0 | 0 | 0 | 4 |
"""
OTHERS = """
白鹭市永安县林业局政府信息公开情况统计表;白鹭市永安县林业局政府信息公开情况;白鹭市永安县林业局;永安县林业局
上半年;（上半年）;第一季度;二季度;前三季度;1-6月;1至6月统计数据如下：;截至6月30日;下半年数据
上年度;（上年）;去年数据;二〇二一年度;2021年度;附件：2021年度;填报时间：2021年12月;上年同期
样表;示例;模板;作废;草稿;（征求意见稿）;附表1：样表;填写示例
各乡镇汇总;全市汇总;下属单位汇总;各乡镇（街道）情况统计表
"""
OWN = """
青禾市云岭县教育局;云岭县教育局政府信息公开情况统计表;县教育局;青禾市云岭县人民政府;云岭县教育局办公室
全年;本年度;1-12月;2022年度;二〇二二年度;附件：2022年度;填报时间：2023年1月12日;实际数据
上一年;本年;政务公开办公室;统计表;附件1;单位：件;申请情况;（三）申请办理情况
"""


def words(lines: str) -> list[str]:
    return [each for line in lines.split() for each in line.split(";")]


@pytest.mark.parametrize("place", ["above", "in the first row", "below the heads"])
@pytest.mark.parametrize("caption", words(OTHERS))
def test_the_only_table_is_of_another(engine: Gischema, caption: str, place: str) -> None:
    """All its figures are doubted: they are another body's, or not the year's."""
    report = engine.parse_text(page(caption, place))
    assert all(figure.doubts for figure in report.figures if figure.value)


@pytest.mark.parametrize("place", ["above", "in the first row"])
@pytest.mark.parametrize("caption", words(OWN))
def test_the_only_table_is_the_reports_own(engine: Gischema, caption: str, place: str) -> None:
    """Nothing is doubted."""
    report = engine.parse_text(page(caption, place))
    assert {figure.doubts for figure in report.figures if figure.value} == {()}


def page(caption: str, place: str) -> str:
    if place == "above":
        return PAGE.format(above=caption + "\n", within="")
    row = f"| {caption} |" + " |" * 7 + "\n"
    return (
        PAGE.format(above="", within=row) if "heads" in place else PAGE.format(above=row, within="")
    )
