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
下表为上年数据：;下表为2021年数据：;上年度统计表;数据截止2021年12月31日;数据截至2021年底;截至2022年9月30日
以下为填报示例：;例：;2023年计划表;2018年以来累计;2021年：;【2021年】;（一）2021年;表一：2021年;五、上年度统计数据
附表（上年）;以下为上年情况;下表是2021年的：;2020-2022年合计;三年合计;近三年累计;历史数据;全县合计;全市各县区汇总
县直部门合计;乡镇合计;下属单位;局属单位合计;云岭县水务局2022年;2.云岭县水务局;更正前;修订前;原表;（已作废）;演示数据
预计;2023年目标;增幅;本表作废;三、上年收到和处理政府信息公开申请情况;三、上半年收到和处理政府信息公开申请情况
三、近三年收到和处理政府信息公开申请情况;三、云岭县水务局收到和处理政府信息公开申请情况
"""
BELOW = """
注：以上为上年数据。;以上数据为2021年数据。;统计期间：2021年;注：以上仅为上半年数据。;注：以上单位为万件。
以上为云岭县水务局数据。;上表作废。;注：以上为预计数。;注：上表数据有误，以更正版为准。;说明：本表数据截至2022年9月30日
"""
OWN_BELOW = """
注：以上数据截至2022年12月31日。;统计期间：2022年;注：本表数据由县教育局办公室提供。;注：含下属单位数据。
注：上年结转的申请已全部办结。;注：与上年相比略有增加。;填表说明：一份申请只计一次。;以上情况，特此报告。
"""
OWN = """
青禾市云岭县教育局;云岭县教育局政府信息公开情况统计表;县教育局;青禾市云岭县人民政府;云岭县教育局办公室
全年;本年度;1-12月;2022年度;二〇二二年度;附件：2022年度;填报时间：2023年1月12日;实际数据
上一年;本年;政务公开办公室;统计表;附件1;单位：件;申请情况;（三）申请办理情况
2022年：;（一）2022年;下表为2022年数据：;数据截至2022年12月31日;三、收到和处理政府信息公开申请情况（2022年）;五、统计数据
2022年1月-12月;具体情况如下：;与上年对比情况
"""


def words(lines: str) -> list[str]:
    return [each for line in lines.split() for each in line.split(";")]


@pytest.mark.parametrize("place", ["above", "in the first row", "below the heads"])
@pytest.mark.parametrize("caption", words(OTHERS))
def test_the_only_table_is_of_another(engine: Gischema, caption: str, place: str) -> None:
    """All its figures are doubted: they are another body's, or not the year's."""
    report = engine.parse_text(page(caption, place))
    assert all(figure.doubts for figure in report.figures if figure.value)


@pytest.mark.parametrize("caption", ["上年数据", "样例", "上半年", "历年累计数"])
def test_a_caption_below_the_year_of_the_report(engine: Gischema, caption: str) -> None:
    """It makes the table another's all the same."""
    report = engine.parse_text(PAGE.format(above=f"（2022年度）\n{caption}\n", within=""))
    assert all(figure.doubts for figure in report.figures if figure.value)


@pytest.mark.parametrize("place", ["above", "in the first row"])
@pytest.mark.parametrize("caption", words(OWN))
def test_the_only_table_is_the_reports_own(engine: Gischema, caption: str, place: str) -> None:
    """Nothing is doubted."""
    report = engine.parse_text(page(caption, place))
    assert {figure.doubts for figure in report.figures if figure.value} == {()}


@pytest.mark.parametrize("note", words(BELOW))
def test_a_note_below_says_that_the_table_is_of_another(engine: Gischema, note: str) -> None:
    """All its figures are doubted."""
    report = engine.parse_text(PAGE.format(above="", within="") + note + "\n")
    assert all(figure.doubts for figure in report.figures if figure.value)


@pytest.mark.parametrize("note", words(OWN_BELOW))
def test_a_note_below_that_says_nothing_of_the_kind(engine: Gischema, note: str) -> None:
    """Nothing is doubted."""
    report = engine.parse_text(PAGE.format(above="", within="") + note + "\n")
    assert {figure.doubts for figure in report.figures if figure.value} == {()}


def page(caption: str, place: str) -> str:
    if place == "above":
        return PAGE.format(above=caption + "\n", within="")
    row = f"| {caption} |" + " |" * 7 + "\n"
    return (
        PAGE.format(above="", within=row) if "heads" in place else PAGE.format(above=row, within="")
    )
