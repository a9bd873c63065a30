"""Web pages: encodings, spans, tables that arrange the page, what is not shown, monsters."""

from __future__ import annotations

import pytest

import gischema
from gischema.reading.html.tree import MAX_DEPTH, MAX_TAGS

HEAD = "<h1>某某县2023年政府信息公开工作年度报告</h1>"
RULES = "<tr><td>规章</td><td>12</td><td>3</td><td>345</td></tr>"
PAGE = f"{HEAD}<table>{RULES}</table>"


def lines(markup: str) -> list[str]:
    """The lines of the document that a page becomes."""
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
    "an empty cell beside a merged label is no cell": (
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
    "nought rows reach to the end of the group": (
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
    assert lines(page) == ["导航", "某某县2023年政府信息公开工作年度报告", "规章 | 12 | 3 | 345 |"]


def test_a_table_inside_a_cell_of_figures_stays_in_its_cell() -> None:
    """A small table that holds one cell is that cell."""
    page = "<table><tr><td>甲<td>1<td><table><tr><td>2</table><td>3</table>"
    assert lines(page) == ["甲 | 1 | 2 | 3 |"]


def test_a_row_of_sentences_becomes_paragraphs() -> None:
    """An article that was put into a table is read as running text."""
    sentence = "本机关坚持以公开为常态、不公开为例外，" * 5 + "。"
    page = f"<table><tr><td><p>{sentence}</p><p>一、总体情况</p></td></tr>{RULES}</table>"
    assert lines(page) == [sentence, "一、总体情况", "规章 | 12 | 3 | 345 |"]


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
    """What is raised behind a number does not become part of it."""
    report = gischema.parse(PAGE.replace("345", "345<sup>1</sup>").encode())
    figure = report.figure("proactive.rules.in_force")
    assert (figure.status, figure.value) == ("unreadable", None)
    assert any(figure.path in d.paths for d in report.diagnostics)


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


@pytest.mark.parametrize("depth", [100, 900])
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
    for figure in report.figures():
        printed = {"issued": 12, "repealed": 3, "in_force": 345}[figure.path.rsplit(".")[-1]]
        assert figure.value == printed or figure.path in named
