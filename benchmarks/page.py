"""`python -m benchmarks.page`: the time from dropping a Word file of 200 figures to its verdict.

In a browser, with the server warm: the file is sent, read, checked and shown. The share of the
server alone is measured next to it. A report is asked to take at most 1.5 s.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from playwright.sync_api import sync_playwright

import gischema
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.word_file import word_file
from gischema.web.server import PageServer

REPORT = Path("examples/reports/art20_2021_wrong.txt")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_DROP = """(bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "年报.docx"));
  document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
}"""


def main(arguments: list[str] | None = None) -> int:
    """Measure a number of drops, and print the median, the fastest and the slowest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args(arguments)
    report = gischema.parse(REPORT)
    content = word_file(FilledForm(gischema.default_engine().form(report.form or ""), report))
    print(f"{len(report.figures)} figures, {len(content) / 1024:.0f} KB", file=sys.stderr)
    chromium = next(filter(None, map(shutil.which, _BROWSERS)), None)
    server = PageServer(gischema.Gischema())
    with sync_playwright() as playwright:
        threading.Thread(target=server.run, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        _drop(page, server, content)  # the processes are warm after this
        times = [_drop(page, server, content) for _ in range(options.runs)]
        browser.close()
        server.stop()
    whole, answered = ([each[number] for each in times] for number in (0, 1))
    for name, seconds in (("drop to verdict", whole), ("of it the server", answered)):
        found = f"{median(seconds):.2f} s, {min(seconds):.2f} to {max(seconds):.2f}"
        sys.stdout.write(f"{name:20} {found}\n")
    return 0


def _drop(page: Any, server: PageServer, content: bytes) -> tuple[float, float]:
    """Return the seconds until the verdict is on the page, and until the server has answered."""
    page.goto(server.address)
    begun = perf_counter()
    with page.expect_response("**/check*") as answer:
        page.evaluate(_DROP, list(content))
    answered = answer.value.request.timing["responseStart"] / 1000
    page.wait_for_selector(".verdict")
    return perf_counter() - begun, answered


if __name__ == "__main__":
    sys.exit(main())
