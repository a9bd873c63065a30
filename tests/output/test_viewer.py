"""The page of a check: what a person must see on it, whatever browser shows it."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from attrs import evolve
from selectolax.lexbor import LexborHTMLParser

import gischema
from gischema import viewer
from gischema.output.language import Lang

REPORTS = Path("examples/reports")
CULPRIT = "requests.disposed.refused.third_party.natural_person"


def page_of(*names: str, lang: Lang = "zh") -> LexborHTMLParser:
    items = [viewer.checked(REPORTS / name, name=name) for name in names]
    return LexborHTMLParser(viewer.page(items, lang=lang))


@pytest.fixture(scope="module")
def wrong() -> LexborHTMLParser:
    return page_of("art20_2021_wrong.txt")


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [node.text(strip=True) for node in page.css(selector)]


def test_only_the_culprit_is_marked_as_wrong(wrong):
    """The eye lands on the cell to correct, not on the cells that it makes inconsistent."""
    assert words(wrong, "[aria-invalid=true]") == ["21"]
    assert words(wrong, ".source-pane .wrong") == ["21"]
    assert words(wrong, ".verdict.bad") == ["1 处必须改，1 处请核对"]


def test_the_worst_finding_comes_first(wrong):
    kinds = [node.attributes["data-kind"] for node in wrong.css(".findings > li")]
    assert kinds == ["error", "warning"]


def test_every_figure_has_its_cell_on_the_form_and_its_place_in_the_source(wrong):
    """A click leads either way: both panes have the same keys."""
    report = gischema.parse(REPORTS / "art20_2021_wrong.txt")
    cells = wrong.css("td.figure")
    assert len(cells) == len(report.figures)
    in_source = {key for n in wrong.css(".source-pane [data-k]") for key in keys(n)}
    assert {key for cell in cells for key in keys(cell)} <= in_source
    assert [cell.text() for cell in cells] == [f"{f.value}" for f in report.figures]


def keys(node) -> list[str]:
    return (node.attributes["data-k"] or "").split()


def test_the_source_is_there_word_for_word(wrong):
    source = wrong.css_first(".source-pane .scroll").text()
    text = (REPORTS / "art20_2021_wrong.txt").read_text("utf-8")
    assert "".join(source.split()) == "".join(text.replace("|", " ").split())


def test_a_sum_opens_as_an_addition_of_the_printed_figures(wrong):
    rows = wrong.css_first("[data-kind=error] .sum").css("tr")
    values = [[node.text() for node in row.css("button")] for row in rows]
    assert values[0] == ["59"]
    assert rows[1].text(strip=True) == "≠"
    assert sum(int(value) for row in values[2:] for value in row) == 68
    assert [row.text(strip=True) for row in rows[-2:]] == ["另有 7 项为 0", "=68合计"]


def test_every_described_cell_leads_to_an_entry(wrong):
    ids = {node.attributes["id"] for node in wrong.css("[id]")}
    described = [n.attributes["aria-describedby"] for n in wrong.css("[aria-describedby]")]
    assert described
    assert {each for refs in described for each in (refs or "").split()} <= ids


def test_nothing_is_loaded_from_anywhere(wrong):
    """One file: the policy forbids every request, and there is no address in it."""
    policy = wrong.css_first("meta[http-equiv]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not wrong.css("[src], link[rel=stylesheet], [style]")
    assert "http:" not in wrong.html.replace("http-equiv", "")


def test_a_report_without_findings_is_green():
    page = page_of("art20_2021_county.txt")
    assert words(page, ".verdict.good") == ["可以发布"]
    assert not page.css("[aria-invalid], .findings, .legend")


def test_nothing_is_green_where_a_table_was_not_read():
    text = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
    item = viewer.checked(text[: text.index("（四）无法提供")].encode(), name="页面.txt")
    assert item.result.verdict == "incomplete"
    page = LexborHTMLParser(viewer.page([item]))
    assert words(page, ".verdict.careful") == ["没有读准，不能据此发布"]
    assert not page.css(".good")
    assert set(words(page, "td.unread")) == {"?"}


def test_a_doubt_of_the_reader_takes_the_green_away():
    """A page may balance and still not be read for certain."""
    text = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
    slip = text.replace("上年结转政府信息公开申请数量", "上年结转政府信息公开申清数量")
    item = viewer.checked(slip.encode())
    assert item.result.verdict == "clean"
    page = LexborHTMLParser(viewer.page([item]))
    assert not page.css(".good")
    assert page.css("td.doubt")


def test_several_reports_have_an_index_with_their_verdicts():
    page = page_of("art20_2021_county.txt", "art20_2021_wrong.txt")
    assert words(page, ".index td:last-child") == ["可以发布", "1 处必须改，1 处请核对"]
    targets = {node.attributes["href"] for node in page.css(".index a")}
    assert targets == {f"#{node.attributes['id']}" for node in page.css("section")}
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))


def test_a_page_in_english_keeps_the_labels_of_the_form():
    page = page_of("art20_2021_wrong.txt", lang="en")
    assert words(page, ".verdict") == ["to correct: 1, to look at: 1"]
    assert "（一）予以公开" in words(page, ".form-pane th")


def test_text_of_a_report_cannot_act():
    """What an office wrote is text on the page, never markup."""
    text = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
    text = text.replace("一、总体情况", "<script>alert(1)</script>\n一、总体情况")
    page = LexborHTMLParser(viewer.page([viewer.checked(text.encode(), name="<b>.txt")]))
    assert len(page.css("script")) == 1
    assert not page.css("b")
    assert "<script>alert(1)</script>" in page.css(".source-pane")[0].text()


def test_last_years_report_is_compared_on_the_page():
    """The figures that differ stand with both years; each new one leads to its cell."""
    text = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
    last = gischema.parse_text(text.replace("2023年", "2022年").replace("| 28 |", "| 27 |"))
    item = viewer.checked(text.encode(), name="今年.txt", previous=last)
    page = LexborHTMLParser(viewer.page([item]))
    assert words(page, ".compare thead")[0].startswith("项目20222023")
    assert item.comparison is not None
    rows = [[cell.text() for cell in row.css("th, td")] for row in page.css(".compare tbody tr")]
    for change, row in zip(item.comparison.changed, rows, strict=False):
        assert row[1:3] == [str(change.old.value), str(change.new.value)]
        assert int(row[3]) == change.difference
    assert item.comparison.changed
    cells = {key for cell in page.css("td.figure") for key in keys(cell)}
    assert {key for each in page.css(".compare [data-k]") for key in keys(each)} <= cells
    assert not LexborHTMLParser(viewer.page([viewer.checked(text.encode())])).css(".compare")


def test_a_place_of_a_scan_is_shown_with_its_figure():
    """The picture is part of the page, and only where there is one."""
    picture = b"\x89PNG"
    item = viewer.checked(REPORTS / "art20_2021_wrong.txt")
    place = item.report.figure(CULPRIT).origin
    scanned = evolve(item, picture=lambda origin: picture if origin == place else None)
    page = LexborHTMLParser(viewer.page([scanned]))
    sources = {image.attributes["src"] for image in page.css("img")}
    assert sources == {f"data:image/png;base64,{b64encode(picture).decode()}"}
    assert all(image.attributes["alt"] for image in page.css("img"))
