"""Draw the pictures of the manual from the running page: `python -m docs.pictures`.

Needs Playwright and a Chromium, LibreOffice for the picture of the Word file, and a Chinese font.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

import gischema
from docs.samples import write_samples
from gischema.marking import mark
from gischema.web.server import PageServer

FOLDER = Path(__file__).parent / "zh" / "tutorials" / "pictures"
_WIDTH, _HEIGHT = 1366, 700
_COLOURS = 56
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
"""LibreOffice's export with a sign at each comment."""


def draw() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        samples = Path(name)
        write_samples(samples)
        with _page() as page:
            _save(page, "1-start")
            page.set_input_files("#file", samples / "report.docx")
            page.get_by_role("button", name="校验").click()
            page.wait_for_selector(".verdict")
            _save(page, "2-result")
            page.locator(".findings details[open] .more summary").first.click()
            page.locator(".findings details[open] .waive").first.scroll_into_view_if_needed()
            _save(page, "4-waive")
            page.get_by_role("link", name="再校验一份").click()
            page.set_input_files("#file", samples / "water-2022.txt")
            page.set_input_files("#previous", samples / "water-2021.txt")
            page.get_by_role("button", name="校验").click()
            page.wait_for_selector(".compare")
            page.evaluate("document.querySelector('.compare').scrollIntoView()")
            _save(page, "5-compare")
        _word(samples)


@contextmanager
def _page() -> Iterator[Any]:
    """Yield the start page in a browser that speaks Chinese."""
    chromium = next(filter(None, map(shutil.which, _BROWSERS)), None)
    server = PageServer(gischema.Gischema())
    with sync_playwright() as playwright:
        threading.Thread(target=server.run, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--lang=zh-CN"],
            env={"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        )
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, locale="zh-CN")
        page.goto(server.address)
        yield page
        browser.close()
        server.stop()


def _save(page: Any, name: str) -> None:
    _write(Image.open(io.BytesIO(page.screenshot())), name)


def _write(picture: Image.Image, name: str) -> None:
    """Write a picture in few colours: a page of text needs no more."""
    few = picture.convert("RGB").quantize(
        _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    few.save(FOLDER / f"{name}.png", optimize=True)


def _word(folder: Path) -> None:
    """Draw the table of the marked Word file with its comments."""
    source = folder / "report.docx"
    marked = folder / "marked.docx"
    marked.write_bytes(mark(source).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        _WITH_NOTES,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(marked)], check=True, capture_output=True, timeout=300)
    document = pypdfium2.PdfDocument(folder / "marked.pdf")
    picture = document[0].render(scale=1000 / document[0].get_width()).to_pil()
    _write(picture.crop((0, int(picture.height * 0.54), picture.width, picture.height)), "3-word")


if __name__ == "__main__":
    draw()
