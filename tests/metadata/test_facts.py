"""What a report is known by, year, body, period, title, form and day: its grounds and doubts."""

from __future__ import annotations

from datetime import date

import pytest

import gischema
from gischema.report import Period

ROWS = "规章 | 12 | 3 | 345 |\n"
SHORT = "2023年政府信息公开工作年度报告\n"
TITLE = f"青禾市云岭县水务局{SHORT}"
LEAD = "根据条例编制2023年政府信息公开年度报告,统计期限为2023年1月1日至2023年12月31日。\n"


def codes(report: gischema.Report) -> list[str]:
    """The codes of the diagnostics about the report as a whole."""
    return [d.code for d in report.diagnostics if d.code in ("D406", "D407", "D408", "D606")]


def test_what_title_and_lead_state() -> None:
    """Each fact has its status, the place that states it, and its origin in the source."""
    report = gischema.parse_text(f"{TITLE}{LEAD}一、总体情况\n{ROWS}")
    facts = report.facts
    assert {name: (f.status, f.source, f.doubts) for name, f in facts.items()} == {
        "title": ("stated", "title", ()),
        "year": ("stated", "title", ()),
        "agency": ("stated", "title", ()),
        "period": ("stated", "lead", ()),
        "published": ("absent", None, ()),
        "form": ("stated", "tables", ()),
    }
    origin = facts["title"].origin
    assert origin is not None
    assert (origin.line, origin.start, origin.end) == (1, 0, len(TITLE) - 1)
    assert report.period == Period(date(2023, 1, 1), date(2023, 12, 31))
    assert codes(report) == []


def test_a_year_that_only_the_text_mentions_is_inferred() -> None:
    """The most frequent year is a guess, with a note; it stays the year of the report."""
    report = gischema.parse_text(f"政府信息公开年报\n2023年召开会议，2023年公开信息。\n{ROWS}")
    assert (report.year, report.facts["year"].status) == (2023, "inferred")
    assert report.facts["year"].doubts == ("D407",)
    origin = report.facts["year"].origin
    assert origin is not None
    assert origin.line == 2


def test_what_the_caller_gives_is_given() -> None:
    """Year and form of the caller are no statements of the source."""
    report = gischema.parse_text(TITLE + ROWS, year=2022, form="art20-2019")
    assert (report.year, report.facts["year"].status) == (2022, "given")
    assert report.facts["form"].status == "given"


BODIES = {
    "title before the others": (
        f"{TITLE}云岭县水务局负责编制年度报告。\n{ROWS}",
        "青禾市云岭县水务局",
        ("stated", "title", ()),
    ),
    "lead before the publisher of the page": (
        f"发布机构：云岭县政府\n{SHORT}现公布长桥镇2023年政府信息公开年度报告。\n一、总体情况\n{ROWS}",
        "长桥镇",
        ("stated", "lead", ()),
    ),
    "a station": (
        f"发布机构：青禾市动物卫生检验站\n{SHORT}{ROWS}",
        "青禾市动物卫生检验站",
        ("stated", "page_head", ()),
    ),
    "a government may publish for another body": (
        f"发布机构：云岭县人民政府\n{SHORT}{ROWS}",
        "云岭县人民政府",
        ("inferred", "page_head", ("D407",)),
    ),
    "signature": (
        f"{SHORT}{ROWS}云岭县水务局\n2024年1月19日\n",
        "云岭县水务局",
        ("stated", "signature", ()),
    ),
    "words of a website in front of the name": (
        f"乐乐体育官网北桥街道办事处{SHORT}{ROWS}",
        "北桥街道办事处",
        ("inferred", "title", ("D407",)),
    ),
    "no body": (
        f"每日一报 | 青禾{SHORT}{ROWS}",
        None,
        ("absent", None, ("D406",)),
    ),
    "a website": (
        f"发布机构：云岭县政府门户网站\n{SHORT}{ROWS}",
        None,
        ("absent", None, ("D406",)),
    ),
    "title and lead disagree": (
        f"{TITLE}现公布云岭县民政局2023年政府信息公开年度报告。\n一、总体情况\n{ROWS}",
        "青禾市云岭县水务局",
        ("stated", "title", ("D606",)),
    ),
    "title and signature disagree": (
        f"{TITLE}{ROWS}云岭县民政局\n2024年1月19日\n",
        "青禾市云岭县水务局",
        ("stated", "title", ("D606",)),
    ),
    "title and page head disagree": (
        f"发布机构：云岭县民政局\n{TITLE}{ROWS}",
        "青禾市云岭县水务局",
        ("stated", "title", ("D606",)),
    ),
    "an office signs the report of its county": (
        f"云岭县人民政府{SHORT}{ROWS}云岭县政务公开办公室\n2024年1月19日\n",
        "云岭县人民政府",
        ("stated", "title", ()),
    ),
    "an office whose county is not named": (
        f"云岭县人民政府{SHORT}本报告由县政务公开办公室编制。\n一、总体情况\n{ROWS}",
        "云岭县人民政府",
        ("stated", "title", ()),
    ),
    "a centre may publish for another body": (
        f"发布机构：云岭县政务服务中心\n{TITLE}{ROWS}",
        "青禾市云岭县水务局",
        ("stated", "title", ()),
    ),
    "an office without its body": (
        f"发布机构：办公室\n{SHORT}{ROWS}",
        None,
        ("absent", None, ("D406",)),
    ),
    "a column of the site in front": (
        f"【年报】云岭县水务局{SHORT}{ROWS}",
        "云岭县水务局",
        ("stated", "title", ()),
    ),
    "a bar behind the name": (
        f"云岭县水务局 | {SHORT}{ROWS}",
        "云岭县水务局",
        ("stated", "title", ()),
    ),
    "several years": (
        f"云岭县水务局2022-{SHORT}{ROWS}",
        "云岭县水务局",
        ("stated", "title", ()),
    ),
    "a name and its short form": (
        f"云岭县住房和城乡建设局{SHORT}{ROWS}县住建局\n2024年1月19日\n",
        "云岭县住房和城乡建设局",
        ("stated", "title", ()),
    ),
    "the office of a government writes its report": (
        f"云岭县人民政府{SHORT}本报告由云岭县人民政府办公室编制。\n一、总体情况\n{ROWS}",
        "云岭县人民政府",
        ("stated", "title", ()),
    ),
}


@pytest.mark.parametrize(("text", "agency", "fact"), BODIES.values(), ids=BODIES)
def test_the_body(text: str, agency: str | None, fact: tuple[object, ...]) -> None:
    """Title, lead, signature and page head, in this order; a disagreement is flagged."""
    report = gischema.parse_text(text)
    found = report.facts["agency"]
    assert report.agency == agency
    assert (found.status, found.source, found.doubts) == fact
    assert codes(report) == list(found.doubts)


DAYS = {
    "in time": ("发布日期：2024-01-19", "", ()),
    "late": ("发布日期：2024-08-06", "", ()),
    "late, and signed so": ("发布日期：2024-08-06", "云岭县水务局\n2024年8月1日\n", ()),
    "signed long before": ("发布日期：2024-08-06", "云岭县水务局\n2024年1月19日\n", ("D408",)),
    "years later": ("发布日期：2026-08-06", "", ("D408",)),
    "before the year was over": ("发布日期：2023-01-19", "", ("D408",)),
}


@pytest.mark.parametrize(("head", "end", "doubts"), DAYS.values(), ids=DAYS)
def test_the_day_of_publication(head: str, end: str, doubts: tuple[str, ...]) -> None:
    """A day that can only be that of a copy or a new website is in doubt."""
    report = gischema.parse_text(f"{head}\n{TITLE}{ROWS}{end}")
    assert report.facts["published"].doubts == doubts
    assert codes(report) == list(doubts)


def findings(text: str, rule: str) -> list[tuple[str, tuple[str, ...]]]:
    """The findings of a rule, with what they rest on in doubt."""
    found = gischema.check(gischema.parse_text(text), select=[rule]).findings
    return [(finding.code, finding.doubts) for finding in found]


def test_a_late_posting_date_accuses_only_where_it_is_sure() -> None:
    """A date of a new website makes DATE-1 doubtful, a late date alone does not."""
    late = f"发布日期：2024-08-06\n{TITLE}{ROWS}"
    assert findings(late, "DATE-1") == [("DATE-1", ()), ("DATE-1.1", ())]
    moved = f"发布日期：2026-08-06\n{TITLE}{ROWS}"
    doubts = ("report.published",)
    assert findings(moved, "DATE-1") == [("DATE-1", doubts), ("DATE-1.1", doubts)]


def test_a_finding_that_rests_on_a_doubtful_body_is_doubtful() -> None:
    """Whether a body is a department depends on which body it is."""
    text = f"发布日期：2024-02-06\n{TITLE}{ROWS}云岭县民政局\n2024年2月1日\n"
    assert findings(text, "DATE-1.1") == [("DATE-1.1", ("report.agency",))]


def test_a_year_that_is_inferred_accuses_nobody() -> None:
    """YEAR-1 is sure where the title states the year, doubtful where the year is a guess."""
    period = "统计期限为2022年2月1日至2022年12月31日。\n一、总体情况\n"
    assert findings(f"{TITLE}{period}{ROWS}", "YEAR-1") == [("YEAR-1", ()), ("YEAR-1.1", ())]
    text = f"政府信息公开年报\n{period}2023年召开会议，2023年公开信息。\n{ROWS}"
    doubts = ("report.year",)
    assert findings(text, "YEAR-1") == [("YEAR-1", doubts), ("YEAR-1.1", doubts)]
    checked = gischema.check(gischema.parse_text(text), select=["YEAR-1"])
    assert not any(finding.counts_as_error for finding in checked.findings)
    assert "存疑" in checked.findings[0].message


@pytest.mark.parametrize(
    "title",
    [
        "2019-05-03 青禾市水务局政府信息公开工作年度报告",
        "发布时间：2019年05月03日 青禾市水务局2016年政府信息公开年度报告",
        "2016年青禾市水务局 政府信息公开年度报告 2019年5月",
        "青禾市水务局政府信息公开年度报告（2016年度）",
        "青禾市水务局二〇一六年政府信息公开年度报告",
    ],
)
def test_a_posting_date_is_not_the_year(title: str) -> None:
    """A date next to a title is not its year, and YEAR-1 accuses nobody."""
    text = (
        f"{title}\n统计期限为2016年1月1日至2016年12月31日。\n一、概述\n(一)收到申请数 | 件 | 5 |\n"
    )
    report = gischema.parse_text(text)
    assert (report.year, report.agency) == (2016, "青禾市水务局")
    assert not findings(text, "YEAR-1")


def test_a_column_of_a_site_is_not_the_year() -> None:
    """Reports of 2018 stand in the column of 2019: the period counts more than the page's title."""
    page = (
        "<!DOCTYPE html><meta charset=utf-8><title>2019年政府信息公开年报_云岭县人民政府</title>"
        "<h1>政府信息公开年报</h1><p>统计期限为2018年1月1日至2018年12月31日。</p>"
        "<table><tr><td>规章<td>12<td>3<td>345</table>"
    )
    report = gischema.parse(page.encode())
    assert report.year == 2018
    assert report.facts["year"].doubts == ("D606",)
    assert "D404" not in [diagnostic.code for diagnostic in report.diagnostics]


def test_facts_go_through_json() -> None:
    """Status, origin and doubts are written and read back."""
    report = gischema.parse_text(f"发布日期：2026-08-06\n{TITLE}{LEAD}{ROWS}")
    assert report.facts["published"].doubts == ("D408",)
    assert gischema.loads(gischema.dumps(report)) == report
