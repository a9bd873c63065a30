"""What a source says of the report, in title, page head and metadata, and where it contradicts."""

from __future__ import annotations

from datetime import date

import pytest

import gischema

RULES = "规章 | 12 | 3 | 345 |"
TITLE = "某某县民政局2023年政府信息公开工作年度报告"
HEADS = {
    "in a line": "索引号：014/2024-00123 发布机构：某某县民政局 发布日期：2024-01-19 文号：某民发〔2024〕3号",
    "one a line": "• 索 引 号:014/2024-00123\n• 发布机构:某某县民政局\n• 生成日期:2024-01-10\n"
    "• 公开日期:2024年1月19日\n• 文 号：某民发〔2024〕3号\n• 公开方式:政府网站",
    "beside": "索 引 号： | 014/2024-00123 | 发布机构： | 某某县民政局 |\n"
    "发文日期： | 2024-01-19 10:20 | 文 号： | 某民发[2024]3号 |",
    "above each other": "• 信息索引号:\n\n  014/2024-00123\n\n• 发布机构:\n\n  某某县民政局\n\n• 发布日期:\n\n"
    "  2024-01-19\n\n• 文号:\n\n  某民发〔2024〕3号\n\n• 公开方式:\n\n  主动公开\n",
    "above": "索引号 | 发布机构 | 发布日期 | 文号 |\n"
    "014/2024-00123 | 某某县民政局 | 2024-1-19 | 某民发〔2024〕3号 |",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_page_heads(head: str) -> None:
    """Labels and values in a line, in lines, next to each other and above each other."""
    report = gischema.parse_text(f"{head}\n2023年政府信息公开工作年度报告\n{RULES}\n")
    assert (report.index_no, report.agency) == ("014/2024-00123", "某某县民政局")
    assert report.published == date(2024, 1, 19)
    assert report.document_no in ("某民发〔2024〕3号", "某民发[2024]3号")
    assert [d.code for d in report.diagnostics if d.code == "D606"] == []


def test_a_title_may_stand_in_the_page_head_only() -> None:
    """名称 is the title where the text has none."""
    report = gischema.parse_text(f"名 称： | {TITLE} | |\n一、总体情况\n{RULES}\n")
    assert (report.title, report.agency, report.year) == (TITLE, "某某县民政局", 2023)


def test_a_label_in_front_is_no_part_of_the_title() -> None:
    """A page head without colons, its title in front, a download behind, blanks left as marks."""
    head = (
        "标 题 某某县民政局2023年政府信息公开工作年度报告\n索引号 014/2024-00123 分类 年报 报告\n"
    )
    read = gischema.parse_text(f"{head}文件下载 {TITLE}\n??\n{TITLE}\n{RULES}\n")
    assert (read.title, read.agency) == (TITLE, "某某县民政局")
    two_lines = "某某县民政局\n?? ??\n2023年政府信息公开工作年度报告\n"
    assert gischema.parse_text(two_lines + RULES).agency == "某某县民政局"


def test_the_body_above_a_title_that_names_it_is_no_part_of_the_title() -> None:
    """A page prints who publishes above the title; a title without a body goes on from it."""
    report = gischema.parse_text(f"某某县民政局\n{TITLE}\n{RULES}\n")
    assert (report.title, report.agency) == (TITLE, "某某县民政局")
    parted = f"某某县民政局\n{TITLE.removeprefix('某某县民政局')}\n{RULES}\n"
    assert gischema.parse_text(parted).title == TITLE


def test_the_last_line_that_is_a_date_tells_when_the_report_was_signed() -> None:
    """A date inside a sentence, or one with something behind it, signs nothing."""
    text = f"{TITLE}\n{RULES}\n2024年1月3日\n 2024年 1月19日 \n自2024年2月1日起施行。\n"
    assert gischema.parse_text(text).published == date(2024, 1, 19)
    assert gischema.parse_text(f"{TITLE}\n{RULES}\n2024年1月19日印发\n").published is None


def test_the_lead_names_the_body_where_no_title_does() -> None:
    """现公布…局…年度报告 in the first paragraph."""
    lead = "现公布某某县民政局2023年政府信息公开工作年度报告,统计期限为2023年1月1日至12月31日。"
    assert gischema.parse_text(f"{lead}\n一、总体情况\n{RULES}\n").agency == "某某县民政局"


def test_the_year_announced_outweighs_the_span_that_is_told() -> None:
    """A span copied from the year before does not make it that year's report; it is named."""
    lead = (
        "根据《关于做好2020年政府信息公开工作年度报告编制的通知》,现公布某某县民政局2021年政府信息公开"
        "工作年度报告,统计期限为2020年1月1日至2020年12月31日。"
    )
    report = gischema.parse_text(f"{lead}\n一、总体情况\n{RULES}\n")
    assert report.year == 2021
    assert "D404" in [diagnostic.code for diagnostic in report.diagnostics]


def page(head: str, body: str = TITLE) -> gischema.Report:
    """The report of a page."""
    return gischema.parse(
        f"<html><head>{head}</head><body><h1>{body}</h1><table><tr><td>规章<td>12<td>3<td>345"
        "</table>".encode()
    )


def test_meta_tags() -> None:
    """The names of the national guide for government sites, in any case."""
    report = page(
        f'<META NAME="articletitle" CONTENT="{TITLE}"><meta name="PubDate" content="2024-01-20">'
        '<meta name="ContentSource" content="某某县民政局"><meta name="Url" content="/a/1.html">'
        '<meta name="SiteDomain" content="www.example.gov.cn">',
        "信息公开年报",
    )
    assert (report.title, report.agency, report.year) == (TITLE, "某某县民政局", 2023)
    assert report.published == date(2024, 1, 20)
    assert report.source_url == "http://www.example.gov.cn/a/1.html"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.example.gov.cn/1.html">',
        '<meta property="og:url" content="https://www.example.gov.cn/1.html">',
    ],
)
def test_the_address_of_a_page(head: str) -> None:
    """The address that a page gives as its own."""
    assert page(head).source_url == "https://www.example.gov.cn/1.html"


def test_the_address_a_page_was_saved_from() -> None:
    """Browsers note it when they save a page."""
    saved = "<!-- saved from url=(0033)https://www.example.gov.cn/1.html -->"
    assert gischema.parse(
        f"{saved}<html><h1>{TITLE}</h1><p>政府信息公开</p>".encode()
    ).source_url == ("https://www.example.gov.cn/1.html")


def test_the_title_of_the_site_is_cut_off() -> None:
    """The title of a page is the last resort."""
    report = page(f"<title>{TITLE}_通知公告_某某县人民政府网</title>", "信息公开年报")
    assert (report.title, report.year) == (TITLE, 2023)


CONFLICTS = {
    "year": (
        '<meta name=ArticleTitle content="某某县民政局2022年政府信息公开工作年度报告">',
        TITLE,
    ),
    "agency": (
        '<meta name=ArticleTitle content="某某县司法局2023年政府信息公开工作年度报告">',
        TITLE,
    ),
    "day": ('<meta name=PubDate content="2024-02-01">', f"{TITLE}</h1><p>发布日期：2024-01-19</p>"),
    "index": ("", f"<p>索引号：014/2024-00123</p><p>索引号：014/2024-00999</p>{TITLE}"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_conflicts_are_named_with_both_sides(name: str) -> None:
    """The first place that tells decides; the diagnostic says what the other one has."""
    (conflict,) = [d for d in page(*CONFLICTS[name]).diagnostics if d.code == "D606"]
    stated = {
        "year": ("2023", "2022"),
        "agency": ("某某县民政局", "某某县司法局"),
        "day": ("2024-01-19", "2024-02-01"),
        "index": ("014/2024-00123", "014/2024-00999"),
    }[name]
    for value in stated:
        assert value in conflict.message
        assert value in conflict.message_en


def test_what_a_viewer_prints_above_a_page_is_no_title() -> None:
    """Page 8 - stands above each page of a report that is turned in the browser."""
    report = gischema.parse_text(f"Page 8 - {TITLE}\nP. 8\n{RULES}\n")
    assert (report.title, report.agency) == (TITLE, "某某县民政局")


def test_a_span_of_dates_with_strokes_tells_the_year() -> None:
    """自2015-1-1起至2015-12-31止."""
    report = gischema.parse_text(
        "某某局政府信息公开年报。根据信息公开条例编制,数据自2015-1-1起至2015-12-31止。\n"
        "一、概述\n主动公开政府信息24条。\n"
    )
    assert (report.year, report.form) == (2015, "stat-2014")


SELF = {
    "announced": "某某县民政局向社会公布2023年政府信息公开工作年度报告。\n",
    "by its office": "根据有关规定,由某某县民政局信息公开工作办公室编制完成本报告。\n",
    "by the office of a bureau": "本报告由某某县民政局办公室编制并公开。\n",
    "by rules": "本报告由某某县民政局根据《条例》要求,以及有关文件要求编制。\n",
    "abbreviated": "现公布某某县民政局(以下简称县民政局)2023年政府信息公开工作年度报告。\n",
    "asked": "如对本报告有疑问,请与某某县民政局办公室联系(电话:12345)。\n",
    "asked, a desk": "如有疑问,请联系:某某县民政局法规科,电话:12345。\n",
}


@pytest.mark.parametrize("lead", SELF.values(), ids=SELF)
def test_the_body_where_the_text_itself_names_it(lead: str) -> None:
    """Announced, made by its office, called short, or to be asked about the report."""
    report = gischema.parse_text(f"2023年政府信息公开工作年度报告\n{lead}一、总体情况\n{RULES}\n")
    assert report.agency == "某某县民政局"


def test_a_town_is_named_by_the_office_that_writes_for_it() -> None:
    """由某某镇人民政府党政办公室编制, of what is gathered from 全镇."""
    lead = "汇总全镇情况编制,由某某镇人民政府党政办公室编制。\n"
    report = gischema.parse_text(f"2023年政府信息公开工作年度报告\n{lead}一、总体情况\n{RULES}\n")
    assert report.agency == "某某镇人民政府"


def test_a_signature_names_the_body_where_nothing_else_does() -> None:
    """The line above the date under a report."""
    report = gischema.parse_text(f"一、政府信息公开情况\n{RULES}\n某某县民政局\n2024年1月12日\n")
    assert (report.agency, report.published) == ("某某县民政局", date(2024, 1, 12))


def test_a_title_broken_behind_its_year() -> None:
    """It is one title; the page head's 组配分类 is none."""
    head = "索引号: 014/2024-00123\n组配分类: 政府信息公开年报\n"
    title = "某某县民政局2023年\n政府信息公开工作年度报告\n"
    report = gischema.parse_text(head + title + RULES)
    assert (report.title, report.agency) == (TITLE, "某某县民政局")


def test_a_title_broken_within_its_topic() -> None:
    """…政府信息 / 公开年度报告, as narrow pages do."""
    title = "2023年某某县民政局政府信息公开年度报告"
    broken = title.replace("信息公开", "信息\n公开")
    report = gischema.parse_text(f"{broken}\n{RULES}\n")
    assert (report.title, report.agency) == (title, "某某县民政局")


def test_a_date_below_the_title_may_stand_in_brackets_or_before_its_source() -> None:
    """(2024年1月30日), 2024年01月30日 来源: …."""
    for line in ("(2024年1月30日)", "2024年01月30日    来源: 某某县"):
        assert gischema.parse_text(f"{TITLE}\n{line}\n{RULES}\n").published == date(2024, 1, 30)


def test_a_body_is_named_in_full_where_that_is_told() -> None:
    """由县民政局编制, and who is to be asked is 某某县民政局办公室."""
    lead = "本报告由县民政局编制。如有疑问,请与某某县民政局办公室联系(电话:12345)。"
    report = gischema.parse_text(f"2023年政府信息公开工作年度报告\n{lead}\n一、总体情况\n{RULES}\n")
    assert report.agency == "某某县民政局"


def test_a_title_broken_behind_its_body() -> None:
    """The year and the body in one line, the topic in the next."""
    report = gischema.parse_text(f"2023年某某县民政局\n政府信息公开工作年度报告\n{RULES}\n")
    assert (report.title, report.agency) == (
        "2023年某某县民政局政府信息公开工作年度报告", "某某县民政局",
    )  # fmt: skip


def test_the_site_in_front_of_a_title_is_no_body() -> None:
    """某某市人民政府门户网站 部门 某某县民政局2023年…."""
    report = gischema.parse_text(f"某某市人民政府门户网站 部门 {TITLE}\n{RULES}\n")
    assert (report.agency, report.year) == ("某某县民政局", 2023)


def test_a_year_behind_the_topic_of_a_title() -> None:
    """…政府信息公开工作2023年度报告."""
    title = "某某县民政局政府信息公开工作2023年度报告"
    report = gischema.parse_text(f"{title}\n{RULES}\n")
    assert (report.title, report.agency, report.year) == (title, "某某县民政局", 2023)


def test_the_trail_to_a_page_is_no_title() -> None:
    """首页 > 政务公开 > …: its last step at most."""
    trail = "首页 > 政务公开 > 某某县 > 政府信息公开年度报告\n"
    report = gischema.parse_text(f"{trail}{RULES}\n")
    assert (report.title, report.agency) == ("政府信息公开年度报告", None)
    assert gischema.parse_text(f"{trail}{TITLE}\n{RULES}\n").title == TITLE


def test_a_letter_that_reports_on_a_year() -> None:
    """…关于2023年度…的报告 is a title where there is no other."""
    letter = "某某县民政局关于2023年度政府信息公开工作情况的报告"
    alone = gischema.parse_text(f"{letter}\n{RULES}\n")
    assert (alone.title, alone.agency, alone.year) == (letter, "某某县民政局", 2023)
    assert gischema.parse_text(f"{letter}\n{TITLE}\n{RULES}\n").title == TITLE


def test_the_government_of_a_title_that_says_it_once() -> None:
    """…人民政府信息公开…: the government's, whose name ends where the topic begins."""
    title = "2023年某某镇人民政府信息公开工作年度报告"
    report = gischema.parse_text(f"{title}\n{RULES}\n")
    assert (report.title, report.agency) == (title, "某某镇人民政府")


@pytest.mark.parametrize(
    "line",
    [
        "2024-01-19",
        "2024-01-19 10:20",
        "2024-01-19 10:20 某某县民政局",
        "来源:某某网 时间:2024-01-19 10:20",
    ],
)
def test_the_day_under_a_title(line: str) -> None:
    """On a line of its own, or behind 时间."""
    report = gischema.parse_text(f"{TITLE}\n{line}\n一、总体情况\n{RULES}\n")
    assert report.published == date(2024, 1, 19)


def test_a_posting_date_does_not_begin_the_announcement() -> None:
    """Its year is that of the website; the text states which year it reports on."""
    text = (
        "编辑:云岭 2019-07-02\n2016年云岭县水务局 政府信息公开年度报告 云岭县水务局 2017年1月引言"
        "本报告由云岭县水务局编制的2016年度政府信息公开年度报告.\n一、概述\n"
    )
    assert gischema.parse_text(text + RULES).year == 2016


def test_the_report_of_the_year_before_is_not_announced() -> None:
    """A text that mentions it is still about its own year."""
    text = (
        "一、总体情况\n2023年,云岭县民政局主动公开政府信息32条。2023年召开会议2次。\n"
        f"按期发布2022年信息公开年报1份。\n{RULES}\n"
    )
    assert gischema.parse_text(text).year == 2023


@pytest.mark.parametrize(
    "span",
    ["2020年度(1月1日—12月31日)", "2020年01月01日至2020年12月31日", "2020年1月1日开始至12月31日"],
)
def test_the_year_of_the_figures_is_compared_with_the_title(span: str) -> None:
    """However the span of dates is written."""
    text = f"云岭县民政局2021年政府信息公开工作年度报告\n本报告数据统计期限为{span}。\n{RULES}\n"
    report = gischema.parse_text(text)
    assert report.year == 2021
    assert "D404" in [diagnostic.code for diagnostic in report.diagnostics]


def test_blank_lines_may_stand_above_the_date_of_a_signature() -> None:
    """The line with words above the date names the body."""
    report = gischema.parse_text(f"一、政府信息公开情况\n{RULES}\n云岭县民政局\n\n2024年1月12日\n")
    assert report.agency == "云岭县民政局"


def test_a_website_publishes_for_a_body() -> None:
    """发布机构 may name the site; the body is the one that signs."""
    report = gischema.parse_text(
        f"发布机构:云岭县政府门户网站\n2023年政府信息公开工作年度报告\n{RULES}\n云岭县民政局\n2024年1月12日\n"
    )
    assert report.agency == "云岭县民政局"


def test_an_enterprise_that_publishes_is_a_body() -> None:
    """Bodies are recognised by the endings that running text knows."""
    report = gischema.parse_text(
        f"发布机构:云岭县自来水公司\n2023年政府信息公开工作年度报告\n{RULES}\n"
    )
    assert report.agency == "云岭县自来水公司"


@pytest.mark.parametrize("place", ["本溪市", "全椒县", "全州县", "全南县"])
def test_a_place_whose_name_begins_like_a_pronoun(place: str) -> None:
    """全椒县 is a county, 全县 are all bodies of one."""
    agency = f"{place}水务局"
    titled = gischema.parse_text(f"{agency}2023年政府信息公开工作年度报告\n{RULES}\n")
    assert (titled.agency, titled.year) == (agency, 2023)
    lead = f"根据有关规定,现公布{agency}2023年政府信息公开工作年度报告。\n一、总体情况\n"
    assert gischema.parse_text(lead + RULES).agency == agency


@pytest.mark.parametrize("whose", ["我局", "全县", "各单位", "本机关", "全州"])
def test_a_line_about_bodies_without_a_name_is_no_title(whose: str) -> None:
    """It heads a chapter or a sentence."""
    report = gischema.parse_text(f"{whose}2023年政府信息公开工作年度报告\n{TITLE}\n{RULES}\n")
    assert report.title == TITLE
