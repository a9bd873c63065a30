"""Facts about a report that rules use: chapters, names, similarity to last year's text."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gischema

HEAD = "青禾市云岭县水务局2022年政府信息公开工作年度报告\n"
CHAPTERS = (
    "一、总体情况\n{overview}\n二、主动公开政府信息情况\n另见附表。\n"
    "三、收到和处理政府信息公开申请情况\n另见附表。\n四、政府信息公开行政复议、行政诉讼情况\n另见附表。\n"
    "五、存在的主要问题及改进情况\n{problems}\n六、其他需要报告的事项\n无其他事项。\n"
)
OVERVIEW = "云岭县水务局认真编制年度报告，统计期限为2022年1月1日至2022年12月31日。"
PROBLEMS = "公开的及时性不够，部分栏目更新较慢。下一步将逐月检查栏目，指定专人负责更新。"


def findings(select: str, previous: str | None = None, head: str = HEAD, **text: str) -> list[str]:
    """The codes of what is found in a report with these chapters."""
    stated = {"overview": OVERVIEW, "problems": PROBLEMS} | text
    report = gischema.parse_text(head + CHAPTERS.format(**stated))
    older = gischema.parse_text(previous) if previous is not None else None
    result = gischema.check(report, previous=older, select=select.split())
    return [finding.code for finding in result.findings]


def test_a_report_in_order_has_nothing_of_this_kind() -> None:
    assert not findings("SEC-1 SEC-2 SEC-3 SEC-5 YEAR NAME FORM")


@pytest.mark.parametrize(
    ("problems", "code"), [("", "SEC-2"), ("无。", "SEC-2.1")], ids=["a heading only", "none"]
)
def test_a_chapter_that_tells_nothing(problems: str, code: str) -> None:
    """Nothing under a heading is one thing, a mere 无 another."""
    assert findings("SEC-2", problems=problems) == [code]


def test_the_year_of_the_span(  # a page on which last year's span was left
) -> None:
    text = OVERVIEW.replace("2022年", "2021年")
    assert findings("YEAR-1", overview=text) == ["YEAR-1", "YEAR-1.1"]


def test_a_bureau_is_no_town() -> None:
    """我局 and 我县 fit a county's bureau, 我镇 does not."""
    assert not findings("NAME", overview="我局按照我县的部署推进公开工作。")
    assert findings("NAME", overview="我镇按照县里的部署推进公开工作。") == ["NAME-1.1"]


@pytest.mark.parametrize(
    ("contact", "codes"),
    [
        ("云岭县财政局", ["NAME-1.2"]),
        ("县财政局办公室", ["NAME-1.2"]),
        ("云岭县水务局", []),
        ("县水务局办公室", []),
        ("云岭县人民政府办公室", []),
        ("云岭县政务服务和大数据管理局", []),
        ("我局办公室", []),
    ],
)
def test_whom_to_ask(contact: str, codes: list[str]) -> None:
    """Another bureau to ask was left in a copied text; a government may answer for its bureaus."""
    lead = f"如对本报告有疑问，请与{contact}联系（电话：0371-1234567）。\n"
    assert findings("NAME", head=HEAD + lead) == codes


@pytest.mark.parametrize(
    ("lead", "codes"),
    [
        ("青禾市云岭县财政局", ["NAME-1"]),  # another bureau of the same county
        ("云岭县民政局", ["NAME-1"]),
        ("青禾市云岭县水务局", []),
        ("云岭县水务局", []),
        ("云岭县水务服务局", []),
    ],
)
def test_another_body_of_the_same_region_in_the_lead(lead: str, codes: list[str]) -> None:
    """What follows the region is compared; the region alone makes names alike."""
    announced = f"{HEAD}本报告由{lead}编制。\n"
    assert findings("NAME", head=announced) == codes


def test_an_impossible_span_is_found() -> None:
    """The digits of the year are typed twice."""
    text = OVERVIEW.replace("至2022年12月31日", "至202022年12月31日")
    assert findings("YEAR", overview=text) == ["YEAR-1.2"]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2022年13月1日", "2022年12月31日"), ("20222年1月1日", "2022年12月31日"),
     ("2022年12月31日", "2022年1月1日"), ("2022年1月1日", "2022年2月30日")],
)  # fmt: skip
def test_either_day_of_a_span_may_be_impossible(first: str, last: str) -> None:
    """A month or year that does not exist, or an end before the beginning."""
    text = OVERVIEW.replace("2022年1月1日至2022年12月31日", f"{first}至{last}")
    assert "YEAR-1.2" in findings("YEAR", overview=text)


@pytest.mark.parametrize(
    ("body", "codes"),
    [("青禾市云岭县水务局", ["B20", "B20.2"]), ("青禾市云岭县人民政府", ["B20", "B20.2"]), ("青禾市人民政府", []),
     ("青禾市人民政府办公室", []), ("水利部", [])],
)  # fmt: skip
def test_rules_of_a_body_that_can_make_none(body: str, codes: list[str]) -> None:
    """Counties and local departments have no power to make 规章."""
    table = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 2 | 0 | 5 |"
    head = f"{body}2022年政府信息公开工作年度报告\n"
    assert findings("B20", head=head, overview=f"{OVERVIEW}\n{table}") == codes
    table = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 2 | 2 | 5 |"
    older, overview = head.replace("2022", "2020"), OVERVIEW.replace("2022", "2020")
    assert findings("B20", head=older, overview=f"{overview}\n{table}") == ["B20.1"] * bool(codes)


def message(text: str, code: str) -> str:
    """The message of the only finding of a rule."""
    (finding,) = gischema.check(gischema.parse_text(text), select=[code]).findings
    return finding.message


def test_the_message_has_what_the_text_calls_itself() -> None:
    """Whoever reads it finds the words in the text."""
    text = "我镇按照县里的部署推进公开工作，我镇落实到人。我站配合。"
    report = HEAD + CHAPTERS.format(overview=text, problems=PROBLEMS)
    line = report[: report.index("我镇")].count("\n") + 1
    assert message(report, "NAME-1.1") == (
        f"正文第{line}行写“我镇”，第{line}行写“我站”，"
        "而报告机关是青禾市云岭县水务局：可能抄自别的报告"
    )


def test_the_message_has_the_share_that_fits_no_count() -> None:
    """The count and its percentage, as the text writes them."""
    text = f"{OVERVIEW}全年主动公开信息100条，其中政策解读21条，占总数的32.6%。"
    report = HEAD + CHAPTERS.format(overview=text, problems=PROBLEMS)
    assert "21条,占总数的32.6%" in message(report, "TT-3.2")


def test_a_skipped_number_is_written_as_the_chapter_prints_it() -> None:
    """六、 stands on the page, not 6."""
    report = (HEAD + CHAPTERS).replace("五、存在的主要问题及改进情况\n{problems}\n", "")
    text = report.format(overview=OVERVIEW)
    assert message(text, "SEC-5") == "标有“六、”，但只读到5章"


def test_the_message_has_the_figure_in_another_unit() -> None:
    """Which figure, the unit that is printed, and the unit of the form."""
    table = (
        "第二十条第（八）项\n信息内容 | 本年收费金额（单位：万元） |\n行政事业性收费 | 38627500元 |"
    )
    report = HEAD + CHAPTERS.format(overview=f"{OVERVIEW}\n{table}", problems=PROBLEMS)
    assert message(report, "UNIT-1.1") == ("“行政事业性收费”印的是“元”，表式要求“万元”，请核对单位")


def test_text_that_is_last_years() -> None:
    """Other years and figures do not hide it; another text is none."""
    one = "本机关建立台账，按月核对公开目录，逐项登记办理时限，并在年底汇总检查结果。" * 8
    other = (
        "网站改版之后，栏目由各科室分别维护；收到的意见由办公室转交，答复情况每季度通报一次。" * 8
    )
    older = (HEAD + CHAPTERS.format(overview=one, problems=PROBLEMS)).replace("2022", "2021")
    assert findings("COPY-1", overview=one, previous=older) == ["COPY-1"]
    assert not findings("COPY-1", overview=other, previous=older)
    assert not findings("COPY-1", overview=one)


def test_figures_that_are_all_last_years() -> None:
    """All the same in both years is a copy; one that differs, or no report to compare, is none."""
    table = (
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "规章 | 1 | 2 | {} |\n行政规范性文件 | 4 | 5 | 6 |"
    )
    same, other = (f"{OVERVIEW}\n{table.format(figure)}" for figure in (3, 9))
    older = (HEAD + CHAPTERS.format(overview=same, problems=PROBLEMS)).replace("2022", "2021")
    assert findings("COPY-2", overview=same, previous=older) == ["COPY-2"]
    assert not findings("COPY-2", overview=other, previous=older)
    assert not findings("COPY-2", overview=same)


def test_text_that_is_too_short_to_be_compared() -> None:
    """The check is not made, and the reason is not that the report lacks something."""
    text = HEAD + "一、总体情况\n整理了目录。\n"
    report, older = map(gischema.parse_text, (text, text.replace("2022", "2021")))
    (lacking,) = gischema.check(report, previous=older, select="COPY-1").not_assessable
    assert (lacking.reason, lacking.message) == (
        "too_short",
        "正文太短，不比较：正文与上一年的相似度",
    )


def test_a_report_without_an_introduction_lacks_that_and_not_its_year() -> None:
    """Year and body stand in the title; what is not stated is what the check names."""
    report = gischema.parse_text(HEAD + "一、总体情况\n整理了目录。\n")
    assert (report.year, report.agency) == (2022, "青禾市云岭县水务局")
    lacking = gischema.check(report, select=("YEAR-1", "NAME-1")).not_assessable
    assert {(one.code, one.reason) for one in lacking} == {
        ("YEAR-1", "no_lead"),
        ("YEAR-1.1", "no_lead"),
        ("NAME-1", "no_body"),
    }


def test_chapters_behind_the_end_of_a_text_are_not_missed() -> None:
    """A text that breaks off within a table may have had them; the reason says so."""
    table = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n行政规范性文件 | 1 |"
    text = f"{HEAD}一、总体情况\n{OVERVIEW}\n二、主动公开政府信息情况\n第二十条第（一）项\n{table}"
    result = gischema.check(gischema.parse_text(text), select=["SEC-1"])
    assert not result.findings
    assert ("SEC-1", "cut_off") in {(one.code, one.reason) for one in result.not_assessable}


def test_one_item_told_in_two_ways() -> None:
    """A fee that was not charged and then was."""
    stated = "全年未收取信息处理费。本年度收取信息处理费400元。"
    assert findings("TT-6", overview=stated) == ["TT-6"]
    assert not findings("TT-6", overview="全年收取信息处理费400元。")


@pytest.mark.parametrize(
    ("stated", "share"),
    [
        ("予以公开258件，占答复总数的33.9%。", "33.9"),
        ("予以公开258件（占32%），部分公开35件。", "32"),
        ("予以公开258件，部分公开35件，占4.3%。", None),
        ("予以公开258件。占地3亩。", None),
    ],
    ids=["behind a comma", "in brackets", "of the next figure", "no share"],
)
def test_the_share_next_to_a_figure(stated: str, share: str | None) -> None:
    """A percentage belongs to the figure before it, and to no other."""
    overview = f"2022年，共收到政府信息公开申请859件。{stated}"
    text = HEAD + CHAPTERS.format(overview=overview, problems=PROBLEMS)
    granted = [f for f in gischema.parse_text(text).narrative if f.path.endswith("granted.total")]
    assert granted[0].value == 258
    assert granted[0].share == (Decimal(share) if share else None)
