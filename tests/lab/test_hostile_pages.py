"""Hostile pages are read to the end. `benchmarks/` measures how fast."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing.hostile_pages import HOSTILE_PAGES, hostile_page


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_page_is_read_to_the_end(engine: Gischema, form: Form, name: str) -> None:
    """The reader finishes, reports nonsense, and without a flag states only whole cells."""
    page = hostile_page(name, form, 200)
    report = engine.parse_text(page.text)
    flagged = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    assert report.diagnostics or not page.nonsense
    for figure in report.figures:
        if figure.status == "stated" and figure.path not in flagged:
            assert figure.raw in {cell.strip(" ?") for cell in page.text.split("|")}
