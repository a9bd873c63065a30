"""Reports printed by Chromium and LibreOffice and scanned in many ways: nothing is silently wrong.

Thresholds were chosen on other seeds than these.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gischema.engine import Gischema
from gischema.testing import LAYOUTS, SeededChoices, specimen

pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
pytest.importorskip("pypdfium2", reason="the extra `ocr` is not installed")

FORMS = ("art20-2021", "art20-2019", "stat-2014")
SEEDS = range(1000, 1024)
PROGRAMS = ("chromium", "soffice")


@pytest.mark.long
@pytest.mark.skipif(
    not all(map(shutil.which, PROGRAMS)), reason="Chromium or LibreOffice is not installed"
)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_of_a_scan_is_silently_wrong(seed: int, tmp_path: Path) -> None:
    """At 200 dots an inch and more, nearly all figures are stated too."""
    from tests.scans.scanned_pages import Scanner, as_pdf

    engine, scanner = Gischema(), Scanner.drawn(seed)
    form = engine.form(FORMS[seed // 3 % 3])
    made = specimen(form, SeededChoices(seed), layout=LAYOUTS["pipes"], damages=())
    images = scanner.images(made.printed.page, tmp_path, seed)
    report = engine.parse(as_pdf(images, scanner.dpi))
    expected = engine.parse_text(made.printed.text)
    flagged = {path for one in report.diagnostics for path in one.paths}
    found = {figure.path: (figure.value, figure.status) for figure in report.figures}
    for figure in expected.figures:
        if figure.path not in flagged:
            assert found.get(figure.path) == (figure.value, figure.status), figure.path
    if scanner.dpi >= 200:
        stated = sum(1 for figure in report.figures if figure.status == "stated")
        assert stated > 0.8 * len(expected.figures)
