"""The promise over generated pages: a figure is read as printed, or a diagnostic flags it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing import LAYOUTS, Specimen, Verdict, judge, specimens

QUICK = settings(settings.get_profile("quick"), max_examples=12)
LONG = settings.get_profile("long")


def read_back(engine: Gischema, page: Specimen) -> Verdict:
    """Return the verdict on a page; fail if there are faults."""
    verdict = judge(page.printed, engine.parse_text(page.printed.text))
    if verdict.faults:
        shown = "\n".join(map(str, verdict.faults[:5]))
        pytest.fail(f"{len(verdict.faults)} faults:\n{shown}\n{page!r}", pytrace=False)
    return verdict


@pytest.mark.parametrize("layout", LAYOUTS)
def test_undamaged_pages_are_read_without_doubt(engine: Gischema, form: Form, layout: str) -> None:
    """Every figure is read; none is flagged if the cells of a row are separated."""

    @settings(QUICK, max_examples=4)
    @given(specimens(form, layout=LAYOUTS[layout], most=0))
    def holds(page: Specimen) -> None:
        outcomes = read_back(engine, page).outcomes
        assert set(outcomes) == {"read"} or not LAYOUTS[layout].apart

    holds()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_damaged_pages_are_read_or_flagged(engine: Gischema, form: Form, layout: str) -> None:
    """After up to three damages every wrong, invented or missing figure is flagged."""

    @settings(QUICK)
    @given(specimens(form, layout=LAYOUTS[layout]))
    def holds(page: Specimen) -> None:
        read_back(engine, page)

    holds()


@pytest.mark.long
@pytest.mark.parametrize("layout", LAYOUTS)
def test_damaged_pages_by_the_thousand(engine: Gischema, form: Form, layout: str) -> None:
    """The same holds for more than 20,000 pages."""

    @settings(LONG)
    @given(specimens(form, layout=LAYOUTS[layout]))
    def holds(page: Specimen) -> None:
        read_back(engine, page)

    holds()
