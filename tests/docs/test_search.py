"""The search of the Chinese site cuts a query as it cut the pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("sphinx", reason="pip install 'gischema[docs]'")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from docs.search import PairSearch  # noqa: E402

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_the_page_cuts_a_query_like_the_index() -> None:
    """Runs of characters become pairs, in the browser and when the index is written."""
    search = PairSearch({})
    # As in the pages of Sphinx: the script that follows declares the same name once more.
    script = f"{search.js_splitter_code}\nif (false) {{ var splitQuery = null; }}"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(content=script)
        for query in ("勾稽关系", "存 疑", "dumps 数字粘连D202", "a_b，c", "", "第三十条"):
            assert page.evaluate("query => splitQuery(query)", query) == search.split(query)
        browser.close()
    assert search.split("勾稽关系") == ["勾稽", "稽关", "关系"]


SITE = Path(__file__).parents[2] / "docs/_build/site"
WANTED = {
    "zh": {
        "结转": "reference/generated/rules/B.html",
        "存疑": "explanation/doubt.html",
        "公开 规则": "reference/generated/rules/index.html",
        "批注": "how-to/mark.html",
        "面板": "how-to/panel.html",
        "pandas": "how-to/pandas.html",
        "扫描件": "how-to/scan.html",
    },
    "en": {
        "carried over": "reference/generated/rules/B.html",
        "doubt": "explanation/doubt.html",
        "rule": "how-to/own-rules.html",
        "comments": "how-to/mark.html",
        "panel": "how-to/panel.html",
        "pandas": "how-to/pandas.html",
        "waiver": "how-to/waive.html",
    },
}


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
@pytest.mark.skipif(not SITE.exists(), reason="the site is not built: python -m docs")
@pytest.mark.parametrize("language", WANTED)
def test_the_page_that_a_person_wants_is_among_the_first(language: str) -> None:
    """Pages that explain come before members of the API."""
    found = {}
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for query in WANTED[language]:
            page.goto(f"{(SITE / language / 'search.html').as_uri()}?q={quote(query)}")
            links = page.locator("#search-results ul.search > li > a")
            links.nth(2).wait_for()
            first = [links.nth(place).get_attribute("href") for place in range(3)]
            found[query] = [str(link).partition("?")[0].partition("#")[0] for link in first]
        browser.close()
    assert {
        query: pages for query, pages in found.items() if WANTED[language][query] not in pages
    } == {}
