"""Lists, marks, chapters and diagnostics."""

import pytest

from gischema.engine import Gischema
from gischema.narrative import read_narrative
from gischema.reading import Document
from gischema.text import normalise
from tests.narrative.conftest import ReadText

REPORT = """\
某县2016年政务公开工作年度报告
本报告包括概述、主动公开情况等5个部分。

一、概述
2016年，我县落实《条例》。
二、主动公开情况
(一)数量：2016年，全县主动公开政府信息500条，累计公开2300。
三、依申请公开和不予公开情况
(一)申请情况：2016年，全县依申请公开12件，其中当场申请7件、网上申请5件；县甲局受理4件、县乙局6件、县丙局1件。
(二)处理情况：已答复12件，其中“同意公开”8件、其他答复（如信息不存在）4件。
五、存在的问题
工作中没有依申请公开的专人。
"""


def test_lists_of_one_head_are_kept_apart(read_text: ReadText) -> None:
    """The items of 其中 belong to their head, list by list, with names and indicators."""
    received = next(f for f in read_text(REPORT).figures if f.path == "requests.received")
    assert [(p.name, p.value, p.group, p.path) for p in received.parts] == [
        ("当场申请", 7, 0, "requests.received.in_person"),
        ("网上申请", 5, 0, "requests.received.online"),
        ("县甲局", 4, 1, None),
        ("县乙局", 6, 1, None),
        ("县丙局", 1, 1, None),
    ]


def test_items_without_an_indicator_are_kept(read_text: ReadText) -> None:
    """What no form counts is still a part, so that the parts can be added up."""
    answered = next(f for f in read_text(REPORT).figures if f.path == "requests.answered")
    assert sum(int(p.value or 0) for p in answered.parts) == answered.value == 12
    assert answered.parts[-1].name == "其他答复"


def test_figures_know_their_chapter(read_text: ReadText) -> None:
    """A figure names the heading it stands under and the region it speaks of."""
    disclosed = next(f for f in read_text(REPORT).figures if f.path == "proactive.disclosed")
    assert (disclosed.chapter, disclosed.marks) == ("数量", ("region",))


def test_cumulative_figures_are_set_aside(read_text: ReadText) -> None:
    """累计 next to the year's own figure is no figure of the year, and a diagnostic says so."""
    reading = read_text(REPORT)
    assert [(c.value, "cumulative" in c.marks) for c in reading.candidates] == [(2300, True)]
    assert [(d.code, d.paths) for d in reading.diagnostics] == [("D502", ("proactive.disclosed",))]


def test_sections(read_text: ReadText) -> None:
    """Chapters come with number, level and kind; a missing number is left to the rules."""
    sections = read_text(REPORT).sections
    assert [(s.number, s.level, s.kind) for s in sections if s.level == 1] == [
        (1, 1, "overview"),
        (2, 1, "proactive"),
        (3, 1, "requests"),
        (5, 1, "problems"),
    ]
    assert [s.title for s in sections if s.level == 2] == ["数量", "申请情况", "处理情况"]


def test_sections_cover_their_text(read_text: ReadText) -> None:
    """A chapter ends where the next one begins, a sub-chapter inside its chapter."""
    sections = read_text(REPORT).sections
    chapters = [s for s in sections if s.level == 1]
    assert [s.end for s in chapters] == [*(s.origin.start for s in chapters[1:]), len(REPORT)]
    assert all(s.origin.end <= s.end for s in sections)


def test_headings_without_text_are_chapters(read_text: ReadText) -> None:
    """Headings that follow each other are a table of contents only if they are printed again."""
    lines = ("一、收到申请5件", "二、行政复议3件", "三、行政诉讼2件", "四、公开信息12条")
    headings = "\n".join(lines)
    assert len(read_text(headings).sections) == len(lines)
    assert len(read_text(f"{headings}\n{headings}\n无。").sections) == len(lines)


def test_table_regions_are_not_read(engine: Gischema) -> None:
    """What a table has taken is no running text."""
    text = "依申请公开\n收到申请数3件\n"
    form = engine.forms["stat-2014"]
    taken = [(6, len(text))]
    assert not read_narrative(normalise(text), Document(text), form, 2016, taken).figures


WRAPPED = (
    "2016年,我局通过县政府门户网站主动公开政府信息1234条,通过微信公众号公开信息215条,全年共收到政府"
    "信息公开申请12件,其中当面申请3件、网络申请7件、信函申请2件,没有发生因政府信息公开申请行政复议、提起"
    "行政诉讼的案件"
)


@pytest.mark.parametrize("width", [22, 25, 31, 40, 57])
def test_broken_lines_are_read_as_one(width: int, read_text: ReadText) -> None:
    """A paragraph that is broken anywhere, in a number even, states what it states whole."""
    broken = "\n".join(WRAPPED[n : n + width] for n in range(0, len(WRAPPED), width))
    assert [(f.path, f.value) for f in read_text(broken).figures] == [
        (f.path, f.value) for f in read_text(WRAPPED).figures
    ]


def test_headings_and_rows_are_no_broken_lines(read_text: ReadText) -> None:
    """Neither a long heading nor a row goes on in the next line."""
    heading = "四、因政府信息公开申请行政复议、提起行政诉讼的情况"
    assert [s.title for s in read_text(f"{heading}\n本年度没有发生。").sections] == [heading[2:]]


def test_money_is_in_the_unit_of_the_form(read_text: ReadText) -> None:
    """元 is turned to the form's 万元; the fee of later years stays in 元."""
    assert str(read_text("收取费用150元。").figures[0].value) == "0.015"
    assert read_text("收取信息处理费150元。", 2022).figures[0].value == 150


def test_before_2014_there_is_no_form() -> None:
    """Reports from before the first form use the paths of the form of 2014."""
    text = "2009年主动公开政府信息35条,收到申请公开2件。"
    reading = read_narrative(normalise(text), Document(text), None, 2009)
    assert [f.path for f in reading.figures] == ["proactive.disclosed", "requests.received"]


@pytest.mark.parametrize("stop", [",", "、"])
def test_labels_of_the_form_are_wordings(engine: Gischema, read_text: ReadText, stop: str) -> None:
    """The form of 2014 written out as one sentence states each of its figures, and no other."""
    declared = engine.forms["stat-2014"].declared
    values = {path: number for number, path in enumerate(declared, 11)}
    text = stop.join(
        f"{declared[path].label}{n}{declared[path].unit}" for path, n in values.items()
    )
    reading = read_text(f"2016年{text}。", 2016)
    assert [(figure.path, figure.value) for figure in reading] == list(values.items())


@pytest.mark.parametrize("length", range(1990, 1999))
def test_a_long_sentence_is_not_cut_inside_of_a_number(read_text: ReadText, length: int) -> None:
    """A text without stops is cut somewhere, and no piece of a number becomes a figure."""
    ahead = "水" * (length - 8)
    text = f"{ahead}主动公开政府信息123456水。行政复议0件。"
    assert [(figure.path, figure.value) for figure in read_text(text)] == [("reconsideration", 0)]
    text = f"{ahead}主动公开政府信息123456条。"
    assert {figure.value for figure in read_text(text)} <= {123456}
