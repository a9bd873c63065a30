"""Errors planted in consistent reports: all that break an identity are found, and rightly blamed."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema
from gischema.testing.choices import SeededChoices
from gischema.testing.harvest import FORMS, REPORTS, harvest, table, untouched
from gischema.testing.planting import SLIPS, Slip, plant

ENGINE = Gischema()
ART20 = [ENGINE.forms[name] for name in FORMS]
OF_THE_MATRIX = [
    slip for slip in SLIPS if slip.name in ("cell", "swapped", "glued", "split", "shifted")
]


def judged(reports: int) -> None:
    """The promises about reports on the forms of Article 20."""
    rates = harvest(ENGINE, ART20, reports)
    shown = table(rates)
    for slip in SLIPS:
        rate = rates[slip.name]
        assert rate.found_breaking == rate.breaking, shown
        assert rate.wrong <= 0.02 * rate.planted, shown
    for slip in OF_THE_MATRIX:
        rate = rates[slip.name]
        assert rate.breaking == rate.planted >= 0.9 * reports, shown
        assert rate.right >= 0.95 * rate.planted, shown
    assert untouched(ENGINE, ART20, reports) == 0


def test_planted_errors() -> None:
    """A sample of what `pytest -m long` does for 2,000 reports."""
    judged(20)


@pytest.mark.long
def test_planted_errors_by_the_thousand() -> None:
    """The rates of `docs/design/culprits.md`."""
    judged(REPORTS)


@pytest.mark.parametrize(
    ("name", "form"), [("text", "art20-2021"), ("unit", "art20-2021"), ("unit-told", "stat-2014")]
)
def test_text_and_table_are_told_apart(name: str, form: str) -> None:
    """The text where the sums vouch for the table; the unit where the text prints its own."""
    (slip,) = (slip for slip in SLIPS if slip.name == name)
    rate = harvest(ENGINE, [ENGINE.forms[form]], 15, [slip])[name]
    assert rate.planted >= 10
    assert rate.right == rate.found == rate.planted


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_an_error_is_what_it_says(slip: Slip) -> None:
    """Every wrong cell differs from the right one, and the page prints what it should."""
    for form in ENGINE.forms.values():
        for seed in range(10):
            planted = plant(form, slip, SeededChoices(seed))
            if planted is None:
                continue
            assert planted.wrong.keys() == planted.right.keys()
            assert any(planted.wrong[path] != right for path, right in planted.right.items())
            marks = {
                m.path: m.value for line in planted.page.lines for c in line.cells for m in c.marks
            }
            stated = planted.right if slip.in_text else planted.wrong
            assert {path: marks[path] for path in stated} == dict(stated)
