"""The pages in a real browser: what a person sees, clicks, types and prints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gischema import viewer

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

expect = sync_api.expect

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]

REPORTS = Path("examples/reports")
IN_VIEW = """(cell) => {
  const box = cell.getBoundingClientRect();
  const pane = cell.closest(".scroll").getBoundingClientRect();
  const height = Math.min(innerHeight, pane.bottom), width = Math.min(innerWidth, pane.right);
  return box.top >= Math.max(0, pane.top) && box.bottom <= height
    && box.left >= Math.max(0, pane.left) && box.right <= width;
}"""
COLOURS = """() => Array.from(document.querySelectorAll("*")).flatMap((each) => {
  const style = getComputedStyle(each);
  return [style.color, style.backgroundColor, style.borderTopColor, style.outlineColor];
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, tmp_path) -> Iterator[Any]:
    """Open the page of some reports; every request but that for the page fails the test."""
    pages = []

    def opened(*sources: Path | bytes, width: int = 1280, height: int = 800, **looks: Any) -> Any:
        items = [
            viewer.checked(source, name=f"{number}.txt") for number, source in enumerate(sources)
        ]
        file = tmp_path / "校验单.html"
        file.write_text(viewer.page(items), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": height}, **looks)
        requests: list[str] = []
        problems: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text))
        pages.append((page, requests, problems))
        page.goto(file.as_uri())
        return page

    yield opened
    for page, requests, problems in pages:
        assert [url for url in requests if not url.startswith("data:")] == requests[:1]
        assert problems == []
        page.close()


def wrong() -> Path:
    return REPORTS / "art20_2021_wrong.txt"


def cut_off() -> bytes:
    """Return a report that breaks off within a table."""
    text = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
    return text[: text.index("（四）无法提供")].encode()


def test_the_wrong_cell_is_in_view_at_once(open_page):
    page = open_page(wrong())
    cell = page.locator("[aria-invalid=true]")
    assert cell.count() == 1
    assert cell.inner_text() == "21"
    assert cell.evaluate(IN_VIEW)
    assert page.locator(".source-pane .wrong").evaluate(IN_VIEW)


def test_a_click_on_a_finding_leads_to_its_places(open_page):
    page = open_page(wrong())
    page.locator("[data-kind=warning] summary").click()
    page.wait_for_selector(".source-pane .main")
    cell = page.locator(".form-pane .part")
    assert cell.inner_text() == "68"
    assert cell.evaluate(IN_VIEW)
    sentence = page.locator(".source-pane .main").first
    assert "65件" in sentence.inner_text()
    assert sentence.evaluate(IN_VIEW)
    expect(page.locator("[data-kind=error] details[open]")).to_have_count(0)


def test_a_click_on_a_cell_leads_to_its_finding_and_its_place_in_the_source(open_page):
    page = open_page(wrong())
    page.locator("[data-kind=warning] summary").click()
    expect(page.locator("[data-kind=warning] details[open]")).to_have_count(1)
    page.locator("[aria-invalid=true]").click()
    expect(page.locator("[data-kind=error] details[open]")).to_have_count(1)
    expect(page.locator(".source-pane .main")).to_have_text("21")
    assert page.locator(".source-pane .main").evaluate(IN_VIEW)


def test_a_click_in_the_source_leads_to_the_form(open_page):
    page = open_page(wrong())
    page.locator(".source-pane [data-k]", has_text=re.compile("^12847$")).click()
    cell = page.locator(".form-pane .main")
    assert cell.inner_text() == "12847"
    assert cell.evaluate(IN_VIEW)


def test_the_parts_of_a_sum_light_up(open_page):
    page = open_page(wrong())
    expect(page.locator(".form-pane .part")).to_have_count(28)
    page.locator("[data-kind=error] .sum button").nth(1).click()
    expect(page.locator(".form-pane .main")).to_have_text("25")
    expect(page.locator(".form-pane .part")).to_have_count(1)


def test_findings_are_filtered_by_kind(open_page):
    page = open_page(wrong())
    page.get_by_role("button", name="警告 1").click()
    assert page.locator(".findings > li:visible").count() == 1
    page.get_by_role("button", name="全部 2").click()
    assert page.locator(".findings > li:visible").count() == 2


def test_everything_works_with_the_keyboard_alone(open_page):
    """Tab reaches the findings and the wrong cell; arrows move on the form; Enter selects."""
    page = open_page(wrong())
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.matches('[aria-invalid=true]')"))
        if seen[-1]:
            break
    assert seen[-1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == "0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".form-pane .main")).to_have_text("1")
    expect(page.locator(".source-pane .main")).to_have_text("1")


@pytest.mark.parametrize("name", ["art20_2021_wrong", "stat_2014_office", "art20_2019_bureau"])
def test_it_prints_on_two_sheets(open_page, name, tmp_path):
    from pdfminer.pdfpage import PDFPage

    page = open_page(REPORTS / f"{name}.txt")
    page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    with (tmp_path / "a.pdf").open("rb") as file:
        assert 1 <= len(list(PDFPage.get_pages(file))) <= 2


def test_a_phone_needs_no_sideways_scroll(open_page):
    page = open_page(wrong(), REPORTS / "stat_2014_office.txt", width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".index a").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_green_where_a_table_was_not_read(open_page, scheme):
    def green(page: Any) -> list[str]:
        found = []
        for colour in set(page.evaluate(COLOURS)):
            red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
            if green > red + 25 and green > blue + 25:
                found.append(colour)
        return found

    assert green(open_page(REPORTS / "art20_2021_county.txt", color_scheme=scheme))
    assert not green(open_page(cut_off(), color_scheme=scheme))


def test_an_index_shows_one_report_at_a_time_the_worst_kind_first(open_page):
    page = open_page(REPORTS / "art20_2021_county.txt", wrong())
    assert page.locator(".verdict:visible").all_inner_texts() == ["1 处必须改，1 处请核对"]
    page.locator(".index a").first.click()
    expect(page.locator(".verdict:visible")).to_have_text("可以发布")


def test_dropping_a_file_gives_the_verdict(browser, client):
    page = browser.new_page()
    page.goto(client.server.address)
    text = wrong().read_text("utf-8")
    data = page.evaluate_handle(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "年报.txt", {type: "text/plain"}));
          return data;
        }""",
        text,
    )
    page.dispatch_event("body", "drop", {"dataTransfer": data})
    page.wait_for_selector(".verdict", timeout=10_000)
    assert page.inner_text(".verdict") == "1 处必须改，1 处请核对"
    assert page.locator("[aria-invalid=true]").evaluate(IN_VIEW)
    page.get_by_role("link", name="再校验一份").click()
    page.set_input_files("#file", {"name": "县.txt", "mimeType": "", "buffer": cut_off()})
    page.get_by_role("button", name="校验").click()
    page.wait_for_selector(".verdict")
    assert page.inner_text(".verdict") == "没有读准，不能据此发布"
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename == "art20-2021.docx"
    page.close()


def test_a_page_elsewhere_cannot_send_a_file(browser, client):
    """A form of another page is refused, whatever it knows."""
    page = browser.new_page()
    page.set_content(
        f'<form method="post" enctype="multipart/form-data" '
        f'action="http://127.0.0.1:{client.server.port}/check?token={client.server.token}">'
        '<input name="file" type="file" id="f"><button>x</button></form>'
    )
    page.set_input_files("#f", {"name": "a.txt", "mimeType": "", "buffer": b"x"})
    with page.expect_response("**/check*") as answer:
        page.click("button")
    assert answer.value.status == 403
    page.close()
