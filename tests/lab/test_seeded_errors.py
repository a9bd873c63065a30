"""Seeded errors: all that break an identity are found, with the right culprit."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing.choices import SeededChoices
from gischema.testing.detection_rates import (
    FORMS,
    REPORTS,
    detection_rates,
    findings_without_errors,
    table,
)
from gischema.testing.seeded_errors import ERROR_KINDS, ErrorKind, seed_error

OF_THE_MATRIX = [
    kind for kind in ERROR_KINDS if kind.name in ("cell", "swapped", "glued", "split", "shifted")
]


def keeps_the_promises(engine: Gischema, reports: int) -> None:
    """Fail unless the promises hold for reports on the forms of Article 20."""
    forms = [engine.forms[name] for name in FORMS]
    rates = detection_rates(engine, forms, reports)
    shown = table(rates)
    for kind in ERROR_KINDS:
        rate = rates[kind.name]
        assert rate.found_breaking == rate.breaking, shown
        assert rate.wrong <= 0.02 * rate.seeded, shown
    for kind in OF_THE_MATRIX:
        rate = rates[kind.name]
        assert rate.breaking == rate.seeded >= 0.9 * reports, shown
        assert rate.right >= 0.95 * rate.seeded, shown
    digits = rates["digit"]
    assert digits.crossed_right >= 0.85 * digits.crossed > 0, shown
    assert digits.wrong == 0, shown
    assert findings_without_errors(engine, forms, reports) == 0


def test_seeded_errors(engine: Gischema) -> None:
    """The promises hold for a sample of what `pytest -m long` checks."""
    keeps_the_promises(engine, 20)


@pytest.mark.long
def test_seeded_errors_by_the_thousand(engine: Gischema) -> None:
    """The promises hold for the reports of `docs/en/explanation/culprits.md`."""
    keeps_the_promises(engine, REPORTS)


@pytest.mark.parametrize(
    ("name", "form_id"),
    [("text", "art20-2021"), ("unit", "art20-2021"), ("unit-right-in-text", "stat-2014")],
)
def test_culprit_is_in_the_text_or_in_the_table(engine: Gischema, name: str, form_id: str) -> None:
    """The text is wrong where the sums confirm the table; the unit where the text prints one."""
    (kind,) = (kind for kind in ERROR_KINDS if kind.name == name)
    rate = detection_rates(engine, [engine.forms[form_id]], 15, [kind])[name]
    assert rate.seeded >= 10
    assert rate.right == rate.found == rate.seeded


@pytest.mark.parametrize("kind", ERROR_KINDS, ids=lambda kind: kind.name)
def test_an_error_is_what_it_says(form: Form, kind: ErrorKind) -> None:
    """Some wrong cell differs from the right one, and the page prints the wrong figures."""
    for seed in range(10):
        seeded = seed_error(form, kind, SeededChoices(seed))
        if seeded is None:
            continue
        assert seeded.wrong.keys() == seeded.right.keys()
        assert any(seeded.wrong[path] != right for path, right in seeded.right.items())
        figures = {
            m.path: m.value for line in seeded.page.lines for c in line.cells for m in c.figures
        }
        stated = seeded.right if kind.in_text else seeded.wrong
        assert {path: figures[path] for path in stated} == dict(stated)
