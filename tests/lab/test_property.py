"""The promise, over generated pages: a figure is read as printed, or a diagnostic names its path."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from gischema.engine import Gischema
from gischema.testing import LAYOUTS, Specimen, Verdict, judge, specimens

ENGINE = Gischema()
QUICK = settings(settings.get_profile("quick"), max_examples=12)
LONG = settings.get_profile("long")
COMBINATIONS = [(form, layout) for form in ENGINE.forms for layout in LAYOUTS]


def read_back(page: Specimen) -> Verdict:
    """What became of a page; fails with its faults, if there are any."""
    verdict = judge(page.printed, ENGINE.parse_text(page.printed.text))
    if verdict.faults:
        shown = "\n".join(map(str, verdict.faults[:5]))
        pytest.fail(f"{len(verdict.faults)} faults:\n{shown}\n{page!r}", pytrace=False)
    return verdict


@pytest.mark.parametrize(("form", "layout"), COMBINATIONS)
def test_undamaged_pages_are_read_without_doubt(form: str, layout: str) -> None:
    """Without damage every figure comes back; none is in doubt if heads are whole, cells apart."""

    @settings(QUICK, max_examples=4)
    @given(specimens(ENGINE.forms[form], layout=LAYOUTS[layout], most=0))
    def holds(page: Specimen) -> None:
        outcomes = read_back(page).outcomes
        assert set(outcomes) == {"read"} or not LAYOUTS[layout].plain

    holds()


@pytest.mark.parametrize(("form", "layout"), COMBINATIONS)
def test_damaged_pages_read_back_or_are_named(form: str, layout: str) -> None:
    """After up to three damages no figure is wrong, invented or missing in silence."""

    @settings(QUICK)
    @given(specimens(ENGINE.forms[form], layout=LAYOUTS[layout]))
    def holds(page: Specimen) -> None:
        read_back(page)

    holds()


@pytest.mark.long
@pytest.mark.parametrize(("form", "layout"), COMBINATIONS)
def test_damaged_pages_by_the_thousand(form: str, layout: str) -> None:
    """The same over more than 20,000 pages in all."""

    @settings(LONG)
    @given(specimens(ENGINE.forms[form], layout=LAYOUTS[layout]))
    def holds(page: Specimen) -> None:
        read_back(page)

    holds()
