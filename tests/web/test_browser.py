"""The pages in a real browser: what a person sees, clicks, types and prints."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import gischema
from gischema import viewer
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.word_file import word_file
from gischema.testing.layouts.pdf import pdf_file
from tests.marking.planted import pages

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

    def opened(
        *sources: Path | bytes,
        previous: bytes | None = None,
        width: int = 1280,
        height: int = 800,
        **looks: Any,
    ) -> Any:
        last = gischema.parse(previous) if previous is not None else None
        items = [
            viewer.checked(source, name=f"{number}.txt", previous=last)
            for number, source in enumerate(sources)
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
    cell = page.locator("[aria-invalid=true]")
    assert cell.evaluate("(cell) => cell.getBoundingClientRect().right <= innerWidth")
    label = page.locator(".form-pane th", has_text="保护第三方合法权益").first
    assert label.evaluate("(label) => label.getBoundingClientRect().left >= 0")
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


def test_an_index_of_many_reports_leaves_room_for_the_one_that_is_shown(open_page):
    page = open_page(*[wrong()] * 30)
    page.locator(".index a").last.click()
    expect(page.locator(".index [aria-current]")).to_have_text("29.txt")
    expect(page.locator(".verdict:visible")).to_be_in_viewport()
    assert page.locator("[aria-invalid=true]:visible").evaluate(IN_VIEW)


def test_last_years_figures_lead_to_the_form(open_page):
    """A click on a figure that changed shows its cell."""
    page = open_page(wrong(), previous=last_year())
    page.locator(".compare tbody button").first.click()
    cell = page.locator(".form-pane .main")
    expect(cell).to_have_text("6")
    assert cell.evaluate(IN_VIEW)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_comparison_is_a_click_away(open_page):
    """Also that of a report which is not the first of several."""
    page = open_page(REPORTS / "art20_2021_county.txt", wrong(), previous=last_year())
    expect(page.locator(".index [aria-current]")).to_have_text("0.txt")
    page.locator(".index a").last.click()
    page.locator("header .about a:visible").click()
    expect(page.locator(".compare h2:visible")).to_be_in_viewport()
    expect(page.locator(".verdict:visible")).to_contain_text("6 处请核对")
    expect(page.locator(".index [aria-current]")).to_have_text("1.txt")


def test_a_label_that_was_read_with_a_doubt_is_not_shown_as_unread(open_page):
    """Rows under heads that are cut short are on the form, in yellow; so are their labels."""
    page = open_page(wrong().read_bytes().replace("法律服务机构 |".encode(), b""))
    assert page.locator(".source-pane .doubt", has_text="本年新收").count() == 1
    assert page.locator(".source-pane .unread").count() == 0
    page = open_page(cut_off())
    assert page.locator(".form-pane .unread").count() > 0


def last_year() -> bytes:
    text = wrong().read_text("utf-8").replace("2023年", "2022年")
    return text.replace("行政规范性文件 | 6 |", "行政规范性文件 | 7 |").encode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_a_check(open_page, scheme, width):
    """The rules of axe-core about contrast, names, roles and order."""
    looks = {"color_scheme": scheme, "width": width}
    for page in (
        open_page(wrong(), previous=last_year(), **looks),
        open_page(cut_off(), **looks),
        open_page(REPORTS / "art20_2021_county.txt", wrong(), **looks),
    ):
        assert problems(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_the_server(browser, client, scheme):
    page = browser.new_page(color_scheme=scheme)
    for path in ("/", "/rules", "/settings"):
        page.goto(client.server.address.replace("/?", f"{path}?"))
        assert problems(page) == []
    page.goto(client.server.address)
    page.set_input_files("#file", wrong())
    page.get_by_role("button", name="校验").click()
    page.wait_for_selector(".verdict")
    page.locator(".findings details[open] .more summary").first.click()
    assert problems(page) == []
    page.close()


def problems(page: Any) -> list[str]:
    """Return what axe-core finds, as rule and element."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    ).Axe()
    found = axe.run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


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


def drop(page: Any, *paths: Path) -> None:
    """Drop files and folders of the disk on a page."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 400, "y": 150, "data": data})


def test_a_folder_is_dropped_with_what_is_in_it(browser, client, tmp_path):
    """Nothing but reports: they are sent at once. The folders of a file are in its name."""
    for number in range(120):  # more than a browser lists at a time
        (tmp_path / "年报" / "空" / str(number)).mkdir(parents=True)
    (tmp_path / "年报" / "乡镇").mkdir()
    for name in ("年报/乡镇/a.txt", "年报/a.txt"):
        (tmp_path / name).write_bytes(wrong().read_bytes())
    page = browser.new_page()
    page.goto(client.server.address)
    drop(page, tmp_path / "年报")
    page.wait_for_selector(".verdict")
    assert page.locator(".index a").all_inner_texts() == ["a.txt", "乡镇／a.txt"]
    page.close()


def test_what_is_left_out_of_a_folder_is_said(browser, client, tmp_path):
    """Other files, what is over the limits, and what cannot be opened; a click sends the rest."""
    folder = tmp_path / "年报"
    deep = folder.joinpath(*"123456789")
    deep.mkdir(parents=True)
    (deep / "b.txt").write_bytes(wrong().read_bytes())
    for name in ("照片.mp4", "~$a.docx", "a（已批注）.docx", ".DS_Store"):
        (folder / name).write_bytes(b"x")
    (folder / "a.txt").write_bytes(wrong().read_bytes())
    (folder / "b.pdf").write_bytes(bytes(21 * 2**20))
    for number in range(100):
        (folder / f"c{number:03}.txt").write_bytes(b"x")
    page = browser.new_page()
    page.goto(client.server.address)
    drop(page, folder)
    expect(page.locator("#state")).to_have_text(
        "已选 100 份，点【校验】继续。"
        "4 个不是报告，没有选：.DS_Store、a（已批注）.docx、~$a.docx、照片.mp4。"
        "2 个超出一次 100 份、20 MB 的上限，没有选：b.pdf、c099.txt。"
        "1 个没有打开：8。"
    )
    page.evaluate("document.querySelector('form').submit()")
    page.wait_for_selector(".verdict")
    assert page.locator(".index a").count() == 100
    page.close()


def test_a_clerk_gets_the_file_back_compares_and_waives(browser, client, tmp_path):
    """Everything next to a verdict works with the mouse alone."""
    report = gischema.parse(wrong())
    content = word_file(FilledForm(gischema.default_engine().form(report.form or ""), report))
    page = browser.new_page()
    page.goto(client.server.address)
    page.set_input_files("#file", {"name": "年报.docx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="校验").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载批注版").click()
    assert download.value.suggested_filename == "年报（已批注）.docx"
    download.value.save_as(tmp_path / "marked.docx")
    assert gischema.parse(tmp_path / "marked.docx").figures == gischema.parse(content).figures

    previous = {"name": "去年.txt", "mimeType": "", "buffer": last_year()}
    page.set_input_files(".actions [name=previous]", previous)
    expect(page.locator(".compare h2")).to_have_text("与 2022 对照")

    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="打印校验单").click()
    assert page.title() == "printed"

    before = page.locator(".findings code").count()
    page.locator(".findings details[open] .more summary").first.click()
    expect(page.locator(".findings details[open] .more").first).to_contain_text("恒等关系")
    page.locator("details[open] [name=reason]").first.fill("口径已说明")
    page.locator("details[open] [name=by]").first.fill("李四")
    page.locator("details[open] .waive button").first.click()
    expect(page.get_by_text("已豁免 1 处")).to_be_visible()
    assert page.locator(".findings code").count() == before - 1
    page.get_by_role("link", name="豁免").click()
    page.get_by_role("button", name="删除").click()
    expect(page.locator(".waivers")).to_have_count(0)
    page.close()


def test_a_table_is_pasted_with_its_cells(browser, client):
    """What is copied from a page is read as a page."""
    table = viewer.page([viewer.checked(wrong())])
    table = table[table.index("<table") : table.rindex("</table>") + 8]
    page = browser.new_page()
    page.goto(client.server.address)
    page.get_by_role("button", name="校验").click()
    expect(page.locator("#state")).to_have_text("请先选择文件，或粘贴表格")
    page.get_by_text("或粘贴表格").first.click()
    page.locator("#pasted").focus()
    page.evaluate(
        """(table) => {
          const data = new DataTransfer();
          data.setData("text/html", `<meta>${table}<!-- end -->`);
          data.setData("text/plain", "x");
          const field = document.getElementById("pasted");
          field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data}));
          field.value += "x";
          field.dispatchEvent(new InputEvent("input", {inputType: "insertFromPaste"}));
        }""",
        table,
    )
    page.get_by_role("button", name="校验").click()
    page.wait_for_selector(".verdict")
    assert "粘贴的表格.html" in page.inner_text("header")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_pixel_is_green_for_tables_without_lines(browser, client, scheme):
    """Columns that the places of words determined are in doubt."""
    (sample,) = pages(gischema.default_engine(), 1)
    content = pdf_file(sample, ruled=False)
    assert any(figure.doubts for figure in gischema.parse(content).figures)
    page = browser.new_page(color_scheme=scheme)
    page.goto(client.server.address)
    page.set_input_files("#file", {"name": "a.pdf", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="校验").click()
    page.wait_for_selector(".verdict")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    data = picture.tobytes()
    pixels = set(zip(data[::3], data[1::3], data[2::3], strict=True))
    assert len(pixels) > 50
    assert not [(r, g, b) for r, g, b in pixels if g > r + 25 and g > b + 25]
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
