"""Hostile pages are read to the end; how fast is the business of `benchmarks/`."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema
from gischema.testing.hostile_pages import HostilePage, hostile_pages

ENGINE = Gischema()
PAGES = [
    pytest.param(adversary, id=f"{form.id}-{adversary.name}")
    for form in ENGINE.forms.values()
    for adversary in hostile_pages(form, 200)
]


@pytest.mark.parametrize("page", PAGES)
def test_hostile_page_is_read_to_the_end(page: HostilePage) -> None:
    """The reader finishes, says where it met nonsense, and states in silence only whole cells."""
    report = ENGINE.parse_text(page.text)
    named = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    assert report.diagnostics or not page.nonsense
    for figure in report.stated:
        if figure.status == "stated" and figure.path not in named:
            assert figure.raw in {cell.strip(" ?") for cell in page.text.split("|")}
