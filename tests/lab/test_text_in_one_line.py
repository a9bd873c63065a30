"""The promise for texts whose line breaks, or all blanks, were lost on the way."""

from __future__ import annotations

from time import process_time

import pytest

from gischema.engine import Gischema
from gischema.testing import (
    LAYOUTS,
    PrintedPage,
    SeededChoices,
    compose,
    consistent_values,
    judge,
    specimen,
)

FORMS = ("stat-2014", "art20-2019", "art20-2021")
PRINTED = ("lines", "spaces", "pipes")


def page(engine: Gischema, form: str, layout: str, seed: int) -> PrintedPage:
    choices = SeededChoices(seed)
    values = consistent_values(engine.forms[form], choices)
    return LAYOUTS[layout].print(compose(engine.forms[form], values, choices))


@pytest.mark.parametrize("layout", PRINTED)
@pytest.mark.parametrize("form", FORMS)
def test_a_text_with_blanks_for_its_line_breaks_is_read_whole(
    engine: Gischema, form: str, layout: str
) -> None:
    """With or without bars, every figure is read as printed and nothing is lost."""
    printed = page(engine, form, layout, 3)
    for text in (printed.text, printed.text.replace("|", " ")):
        report = engine.parse_text(" ".join(text.split()))
        stated = {figure.path: figure.value for figure in report.figures}
        assert stated == {figure.path: figure.value for figure in printed.figures}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("form", FORMS)
def test_a_text_without_blanks_is_read_or_flagged(engine: Gischema, form: str, seed: int) -> None:
    """No figure is lost or wrong without a diagnostic; the single column of 2014 is read whole."""
    printed = page(engine, form, "spaces", seed)
    report = engine.parse_text("".join(printed.text.split()))
    assert judge(printed, report, placed=False).faults == ()
    stated = {figure.path: figure.value for figure in report.figures if figure.value is not None}
    if form == "stat-2014":
        assert stated == {figure.path: figure.value for figure in printed.figures}
    assert 2 * len(stated) > len(printed.figures)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_text_in_one_line_hides_nothing(engine: Gischema, form: str, seed: int) -> None:
    """What is damaged and then printed in one line is read, or flagged."""
    made = specimen(engine.forms[form], SeededChoices(seed), layout=LAYOUTS["spaces"])
    printed = made.printed
    # Numbers with separators that run together leave it open where a row ends, and hide the next.
    separated = any(damage.name == "thousands" for damage in made.damages)
    for blank in (" ",) if separated else (" ", ""):
        report = engine.parse_text(blank.join(printed.text.split()))
        assert judge(printed, report, placed=False).faults == ()


def test_rows_of_a_table_in_a_line_are_no_sentences(engine: Gischema) -> None:
    """Running text states what its sentences say, not the figures of a row."""
    text = (
        "青禾市云岭县水务局2022年政府信息公开工作年度报告 一、总体情况 全年收到政府信息公开申请4件。 "
        "三、收到和处理政府信息公开申请情况 申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 "
        "社会公益组织 法律服务机构 其他 一、本年新收政府信息公开申请数量 3 1 0 0 0 0 4 "
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0"
    )
    report = engine.parse_text(text)
    assert {(f.path, f.value) for f in report.narrative} == {("requests.received.total", 4)}


def test_rows_that_no_form_has_are_no_sentences_either(engine: Gischema) -> None:
    """In a text without blanks, a row of another form is not taken for a statement."""
    text = (
        "青禾市云岭县水务局2009年政府信息公开工作年度报告附表指标名称计量单位数量其中：1.当面申请数条0"
        "2.传真申请数条03.电子邮件申请数条25.信函申请数条0其中：1.同意公开答复数条02.同意部分公开答复数条0"
        "3.否决公开答复总数条0行政复议数件3行政诉讼数件4行政申诉数件0"
    )
    report = engine.parse_text(text)
    assert report.figure("requests.received.letter").value == 0
    assert not report.narrative


@pytest.mark.parametrize("row", ["1.当面申请数 件 2 ", "1.当面申请数 | 件 | 2 | ", "自然人 其他 "])
def test_a_long_line_takes_time_in_proportion(engine: Gischema, row: str) -> None:
    """Eight times as many rows on a line take about eight times as long."""

    def seconds(rows: int) -> float:
        start = process_time()
        engine.parse_text("青禾市云岭县水务局2016年政府信息公开工作年度报告 " + row * rows + "5")
        return process_time() - start

    seconds(100)
    assert seconds(4000) < 40 * max(seconds(500), 0.01)  # the square would be 64


def test_clauses_that_count_things_are_no_rows(engine: Gischema) -> None:
    """Labels that follow each other in a sentence, with counted things between, are no table."""
    text = (
        "青禾市云岭县水务局2022年政府信息公开工作年度报告 "
        "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。 一、总体情况 工作平稳有序。 "
        "全年办理的事项 行政许可 12 件 行政处罚 3 件 行政强制 0 件 均已在政府信息公开栏目公布。"
    )
    assert not engine.parse_text(text).figures
