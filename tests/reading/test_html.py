"""Web pages: encodings, spans, tables that arrange the page, what is not shown, monsters."""

from __future__ import annotations

from pathlib import Path

import pytest

import gischema
from gischema.reading.limits import MAX_DEPTH, MAX_TAGS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
HEAD = "<h1>某某县2023年政府信息公开工作年度报告</h1>"
RULES = "<tr><td>规章</td><td>12</td><td>3</td><td>345</td></tr>"
PAGE = f"{HEAD}<table>{RULES}</table>"


def lines(markup: str) -> list[str]:
    """Return the lines of the document that a page becomes."""
    return [line.strip() for line in gischema.read(markup.encode()).text.splitlines()]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "gb2312"),
        ("gb18030", None),
        ("utf-8-sig", "gbk"),
        ("utf-16", "gb2312"),
        ("utf-16-le", None),
        ("big5", "big5"),
        ("gb18030", "nonsense"),
    ],
)
def test_a_wrong_charset_does_no_harm(encoding: str, declared: str | None) -> None:
    """The bytes decide; what is declared counts only for other encodings."""
    meta = f'<meta charset="{declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body>{PAGE}"
    if encoding == "big5":
        page = page.translate(str.maketrans("县开报规", "縣開報規"))
    report = gischema.parse(page.encode(encoding))
    assert report.figure("proactive.rules.in_force").value == 345
    assert report.title is not None
    assert "2023年" in report.title


def test_figures_know_their_element_table_row_and_cell() -> None:
    """The path is that of the tree as a browser has it."""
    report = gischema.parse(f"<div>{HEAD}</div><div>{PAGE}</div>".encode())
    origin = report.figure("proactive.rules.in_force").origin
    assert origin is not None
    assert origin.element == "/html/body/div[2]/table[1]/tbody[1]/tr[1]/td[4]"
    assert (origin.block, origin.row, origin.cell, origin.offset) == (0, 0, 3, 0)


SPANS = {
    "merged cells are written once": (
        "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr>",
        ["甲 | 乙 |", "1 | 2 |"],
    ),
    "an empty cell next to a merged label is no cell": (
        "<tr><td colspan=2>甲</td><td>1</td></tr><tr><td>乙</td><td></td><td>2</td></tr>",
        ["甲 | 1 |", "乙 | 2 |"],
    ),
    "an empty cell of a column with a head is one": (
        "<tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>丁</td><td></td><td>2</td></tr>",
        ["甲 | 乙 | 丙 |", "丁 |  | 2 |"],
    ),
    "a merged empty cell stands for each of its columns": (
        "<tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>丁</td><td colspan=2></td></tr>",
        ["甲 | 乙 | 丙 |", "丁 |  |  |"],
    ),
    "zero rows reach to the end of the group": (
        "<tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td><td></td></tr><tr><td>3</td></tr>",
        ["甲 | 1 |", "2 |  |", "3 |"],
    ),
    "absurd spans are cut": (
        "<tr><td rowspan=1000000000 colspan=1000000000>甲</td></tr><tr><td colspan=x>1</td></tr>",
        ["甲 |", "1 |"],
    ),
    "nonsense counts as one": (
        "<tr><td rowspan=-3 colspan='0'>甲</td><td rowspan='２'>1</td></tr><tr><td>2</td></tr>",
        ["甲 | 1 |", "2 |"],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), SPANS.values(), ids=SPANS)
def test_spans(rows: str, expected: list[str]) -> None:
    """Merged, absurd and nonsensical spans, as browsers take them."""
    assert lines(f"<table>{rows}</table>") == expected


def test_tables_that_arrange_the_page_dissolve() -> None:
    """Whatever is nested, the table that holds the figures is a table of its own."""
    page = f"<table><tr><td>导航</td><td><table><tr><td>{PAGE}</td></tr></table></td></tr></table>"
    assert lines(page) == ["某某县2023年政府信息公开工作年度报告", "规章 | 12 | 3 | 345 |"]


def test_a_table_inside_a_cell_of_figures_stays_in_its_cell() -> None:
    """A small table that holds one cell is that cell."""
    page = "<table><tr><td>甲<td>1<td><table><tr><td>2</table><td>3</table>"
    assert lines(page) == ["甲 | 1 | 2 | 3 |"]


def test_a_row_of_sentences_becomes_paragraphs() -> None:
    """An article that was put into a table is read as running text."""
    sentence = "本机关坚持以公开为常态、不公开为例外，" * 5 + "。"
    page = f"<table><tr><td><p>{sentence}</p><p>一、总体情况</p></td></tr>{RULES}</table>"
    assert lines(page) == [sentence, "一、总体情况", "规章 | 12 | 3 | 345 |"]


def test_chapters_put_into_a_table_are_headings() -> None:
    """The rows of a table that holds the whole article are its headings and paragraphs."""
    sentence = "本机关坚持以公开为常态、不公开为例外，" * 5 + "。"
    rows = f"<tr><td>一、总体情况<tr><td>{sentence}<tr><td>二、主动公开政府信息情况"
    assert lines(f"<table>{rows}</table>") == ["一、总体情况", sentence, "二、主动公开政府信息情况"]


def test_sentences_that_begin_like_a_menu_are_text() -> None:
    """返回, 备案, 更多 may begin a paragraph of the report."""
    sentence = "备案审查工作有序开展，全年报送备案行政规范性文件12件，备案率和及时率均为100%。"
    assert sentence in lines(f"{HEAD}<p>{sentence}</p><table>{RULES}</table><p>更多</p>")


def test_rows_cut_out_of_their_table_are_still_rows() -> None:
    """Without a table around them browsers drop cells, and figures would run together."""
    assert lines(RULES * 2) == ["规章 | 12 | 3 | 345 |"] * 2


UNSEEN = {
    "hidden": "<span hidden>9</span>",
    "no display": "<span style='DISPLAY : none'>9</span>",
    "struck out": "<del>9</del>",
    "struck out by style": "<span style='text-decoration:line-through'>9</span>",
    "hidden by Word": "<span style='mso-hide:all'>9</span>",
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_what_is_not_shown_is_not_read_and_is_named(unseen: str) -> None:
    """A figure that no reader of the page sees is none of its figures."""
    report = gischema.parse(PAGE.replace("345", unseen + "345").encode())
    assert report.figure("proactive.rules.in_force").value == 345
    assert [d.code for d in report.diagnostics] == ["D601"]


def test_a_footnote_is_no_digit() -> None:
    """Raised text behind a number does not become part of it."""
    report = gischema.parse(PAGE.replace("345", "345<sup>1</sup>").encode())
    figure = report.figure("proactive.rules.in_force")
    assert (figure.status, figure.value) == ("stated", 345)
    assert [d.code for d in report.diagnostics if figure.path in d.paths] == ["D210"]


def test_texts_of_markup_are_pages_too() -> None:
    """Who hands over the markup of a page as text gets the report of the page."""
    assert gischema.parse_text(PAGE).figure("proactive.rules.issued").value == 12


MONSTERS = {
    "tags": "<b>" * (MAX_TAGS + 1),
    "depth": "<div>" * (MAX_DEPTH + 20_000),
    "tables": "<table><tr><td>" * 20_000,
}


@pytest.mark.parametrize("page", MONSTERS.values(), ids=MONSTERS)
def test_monsters_are_refused(page: str) -> None:
    """Pages that would take a browser minutes raise one error."""
    with pytest.raises(gischema.UnreadableSource):
        gischema.parse(f"<html><p>{page}".encode())


@pytest.mark.parametrize("depth", [100, 500])
def test_deep_pages_are_read(depth: int) -> None:
    """A hundred levels and more, of boxes and of tables."""
    for around in ("<div>", "<table><tr><td>", "<font><p>"):
        report = gischema.parse((around * depth + PAGE).encode())
        assert report.figure("proactive.rules.in_force").value == 345


@pytest.mark.parametrize("cut", range(20, len(PAGE.encode()), 7))
def test_pages_cut_anywhere(cut: int) -> None:
    """Whatever is left of a page gives a report, with the figures that are left, or one error."""
    try:
        report = gischema.parse(PAGE.encode()[:cut])
    except gischema.UnreadableSource:
        return
    named = {path for d in report.diagnostics for path in d.paths}
    for figure in report.figures:
        printed = {"issued": 12, "repealed": 3, "in_force": 345}[figure.path.rsplit(".")[-1]]
        assert figure.value == printed or figure.path in named


SENTENCE = "本机关全年未收到因政府信息公开工作引发的行政复议和行政诉讼案件，有关情况见下表。"
SITE = f"""
<title>某某县政府网</title>
<div><a href=/>首页</a> <a href=/zw>政务公开</a> <a href=/hd>互动交流</a></div>
<div>您现在的位置：<a href=/>首页</a> &gt;&gt; <a href=/nb>政府信息公开年报</a> &gt;&gt; 正文</div>
<div><ul><li><a href=/1>某某县2008年政府信息公开工作年度报告</a> 2009-01-02</li>
<li><a href=/2>某某县2009年政府信息公开工作年度报告</a> 2010-01-02</li></ul></div>
<table><tr><td>索引号：</td><td>000014349/2024-00001</td><td>发布机构：</td><td>某某县人民政府</td></tr></table>
<div id=main>{HEAD}<p>字体：【大 中 小】 浏览次数：8321 打印 关闭</p><p>一、总体情况</p><p>{SENTENCE}</p>
<table>{RULES}</table><p>某某县人民政府</p><p>2024年1月19日</p></div>
<div>上一篇：<a href=/3>某某县2022年政府信息公开工作年度报告</a></div><p>下一篇：没有了</p>
<div>主办：某某县人民政府办公室 地址：某某路1号 某ICP备12345678号</div>
"""


def test_what_belongs_to_the_site_is_not_read() -> None:
    """Menus, breadcrumbs, lists of other reports, counters, neighbours and imprint are left out."""
    assert lines(SITE) == [
        "索引号： | 000014349/2024-00001 | 发布机构： | 某某县人民政府 |",
        "某某县2023年政府信息公开工作年度报告",
        "一、总体情况",
        SENTENCE,
        "规章 | 12 | 3 | 345 |",
        "某某县人民政府",
        "2024年1月19日",
    ]


@pytest.mark.parametrize("tag", ["p", "div", "li"])
def test_a_figure_alone_in_its_paragraph_is_no_control(tag: str) -> None:
    """A table written as one paragraph a cell is read like the text of its lines."""
    text = (EXAMPLES / "art20_2019_bureau.txt").read_text(encoding="utf-8")
    body = "".join(f"<{tag}>{line}</{tag}>" for line in text.splitlines())
    figures = {f.path: f.value for f in gischema.parse(f"<body>{body}".encode()).figures}
    assert figures == {f.path: f.value for f in gischema.parse_text(text).figures}


def test_figures_are_never_taken_for_the_site() -> None:
    """A table of figures is read wherever it stands, even in a box of links."""
    outside = f"<nav><a href=/x>年报</a><table>{RULES * 2}</table></nav>"
    assert "规章 | 12 | 3 | 345 |" in lines(f"<div>{HEAD}<p>{SENTENCE}</p></div>{outside}")


ELSEWHERE = {
    "D602": ("<iframe src='tjb.html'></iframe>", "tjb.html"),
    "D603": ("<a href='/P020.xls'>附件：2023年统计表</a> <a href=/x.doc>通知</a>", "/P020.xls"),
    "D604": ("<img src=1.jpg width=600 height=800><img src=2.gif width=16 height=16>", "1"),
}


@pytest.mark.parametrize("code", ELSEWHERE)
def test_where_the_table_may_be_is_named(code: str) -> None:
    """A page without figures says where they are: an inner page, an attachment, a picture."""
    markup, link = ELSEWHERE[code]
    text = f"<p>{SENTENCE}</p>" * 2
    diagnostics = gischema.parse(f"{HEAD}{text}{markup}".encode()).diagnostics
    found = next(d for d in diagnostics if d.code == code)
    assert link in found.message
    assert link in found.message_en
    with_table = gischema.parse(f"{PAGE}{text}{markup}".encode())
    assert code not in [d.code for d in with_table.diagnostics]


@pytest.mark.parametrize("place", ["<div id=app></div>", f"{HEAD}<p>正在加载……</p>"])
def test_text_that_a_script_loads_is_said_to_be_missing(place: str) -> None:
    """The error names the script."""
    page = f"<html><body>{place}<script src=/js/detail.js></script>"
    with pytest.raises(gischema.UnreadableSource, match=r"脚本（/js/detail\.js）"):
        gischema.parse(page.encode())


def test_frames_are_named() -> None:
    """A page that only arranges others says which."""
    page = "<html><frameset><frame src=left.html><frame src=report.html></frameset></html>"
    with pytest.raises(gischema.UnreadableSource, match=r"report\.html"):
        gischema.parse(page.encode())
