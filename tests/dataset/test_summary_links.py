"""A link of the summary shows the figure, in a real browser; where none can, words say where."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from gischema.corpus import ConvertOptions, convert
from gischema.corpus.summary import write_site
from gischema.testing.choices import SeededChoices
from gischema.testing.layouts import LAYOUTS
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.pdf import pdf_file
from gischema.testing.layouts.word import word_file
from gischema.testing.sample_page import SamplePage
from tests.dataset.invented import page
from tests.dataset.test_relations import balanced

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WRONG = "70707"
SHOWN = """() => {
  const found = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (found.nextNode()) {
    const at = found.currentNode.data.indexOf("70707");
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(found.currentNode, at);
    range.setEnd(found.currentNode, at + 5);
    const box = range.getBoundingClientRect();
    return scrollY > 0 && box.top >= 0 && box.bottom <= innerHeight;
  }
}"""

pytestmark = pytest.mark.slow


FILES: dict[str, Callable[[SamplePage], bytes]] = {
    "txt": lambda printed: LAYOUTS["pipes"].print(printed).text.encode(),
    "html": lambda printed: html_page(printed, SeededChoices(1)),
    "docx": word_file,
    "xlsx": excel_file,
    "pdf": pdf_file,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages about a wrong report of each kind of file."""
    home = tmp_path_factory.mktemp("links")
    (home / "来源 1").mkdir()
    for number, (suffix, made) in enumerate(FILES.items()):
        figures = {**balanced(7), "requests.received.total": int(WRONG)}
        printed = page(f"青禾市云岭县{'水税粮财教'[number]}务局", 2021, figures)
        (home / "来源 1" / f"{suffix}.{suffix}").write_bytes(made(printed))
    out = convert(home / "来源 1", home / "out", options=ConvertOptions(jobs=1)).out
    return write_site(out, home / "site").parent


def links(site: Path, name: str) -> dict[str, tuple[str, str]]:
    """Return the address and the words of the link to each file, by suffix."""
    text = (site / name).read_text("utf-8")
    section = text[text.index('id="largest"') : text.index('id="trends"')]
    found = re.findall(r'<a href="([^"]+)" title="[^"]*\.(\w+)">([^<]*)</a>', section)
    return {suffix: (unescape(address), words) for address, suffix, words in found}


def test_words_say_where_a_figure_stands_in_each_kind_of_file(site: Path) -> None:
    zh = {suffix: words for suffix, (_, words) in links(site, "index.html").items()}
    assert zh.keys() == FILES.keys()
    assert re.fullmatch(r"第\d+行", zh["txt"])
    assert re.fullmatch(r"第5个表格第\d+行第\d+格", zh["html"])
    assert zh["docx"] == zh["html"]
    assert re.fullmatch(r"\w+!J\d+", zh["xlsx"])
    assert re.match(r"第\d+页", zh["pdf"])
    en = {suffix: words for suffix, (_, words) in links(site, "en.html").items()}
    assert re.fullmatch(r"table 5, row \d+, cell \d+", en["docx"])


def test_addresses_point_at_the_figure_where_a_program_follows_them(site: Path) -> None:
    addresses = {suffix: address for suffix, (address, _) in links(site, "index.html").items()}
    for suffix in ("txt", "html"):
        assert unquote(addresses[suffix]).endswith(f",{WRONG}")
        assert "#:~:text=" in addresses[suffix]
    assert re.search(r"\.pdf#page=\d+$", addresses["pdf"])
    assert addresses["docx"].endswith(".docx")
    assert addresses["xlsx"].endswith(".xlsx")


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_a_browser_shows_the_figure(site: Path, suffix: str) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 900, "height": 200})
        opened.goto((site / "index.html").as_uri())
        opened.click(f'#largest a[title$=".{suffix}"]')
        opened.wait_for_function(SHOWN, timeout=5000)
        browser.close()
