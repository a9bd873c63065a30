"""The search of the Chinese site cuts a query as it cut the pages."""

from __future__ import annotations

import shutil

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
