"""The laboratory itself: figures add up, and pages print what they say."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.testing import (
    DAMAGES,
    LAYOUTS,
    FormIdentities,
    SeededChoices,
    Specimen,
    apply_damages,
    compose,
    consistent,
    consistent_values,
    specimen,
    specimens,
)

SOME = settings(settings.get_profile("quick"), max_examples=20)


def test_drawn_figures_add_up(form: Form) -> None:
    """Every indicator has a value, and every identity of the form's structure holds."""
    identities = FormIdentities.of(form)

    @settings(SOME)
    @given(consistent(form))
    def holds(values: dict) -> None:
        assert list(values) == list(form.indicators)
        assert identities.broken(values) == []

    holds()


def test_drawn_figures_satisfy_the_rule_book(engine: Gischema, form: Form) -> None:
    """The laboratory knows all identities of the rule book."""
    for seed in range(5):
        page = specimen(form, SeededChoices(seed), layout=LAYOUTS["pipes"], most=0)
        result = engine.check(engine.parse_text(page.printed.text))
        broken = [finding.code for finding in result.findings if finding.kind == "identity"]
        assert broken == []


def test_printed_spans_hold_what_they_say(form: Form) -> None:
    """The text at a figure's span is its raw text, and a plain number prints its value."""

    @settings(SOME)
    @given(specimens(form))
    def holds(page: Specimen) -> None:
        for figure in page.printed.figures:
            assert page.printed.text[figure.start : figure.end] == figure.raw
            if (
                figure.raw.isascii()
                and figure.raw.isdigit()
                and figure.recoverability == "recoverable"
            ):
                assert int(figure.raw) == figure.value

    holds()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_undamaged_page_prints_every_indicator_once(form: Form, layout: str) -> None:
    """In every layout an undamaged page holds each figure of the form exactly once."""
    page = specimen(form, SeededChoices(7), layout=LAYOUTS[layout], most=0)
    assert sorted(f.path for f in page.printed.figures) == sorted(form.indicators)


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_changes_some_page(engine: Gischema, name: str) -> None:
    """A damage changes the printed text of a page that it fits, in at least one layout."""
    changed = 0
    for form in engine.forms.values():
        for seed in range(4):
            choices = SeededChoices(seed)
            page = compose(form, consistent_values(form, choices), choices)
            for layout in LAYOUTS.values():
                if DAMAGES[name].fits(page, layout):
                    after = apply_damages(page, [DAMAGES[name]], SeededChoices(seed))
                    changed += layout.print(after).text != layout.print(page).text
    assert changed


def test_same_seed_makes_the_same_page(form: Form) -> None:
    """A seed stands for one page, so that its number reproduces a failure."""
    one, two = (specimen(form, SeededChoices(11)).printed.text for _ in range(2))
    assert one == two


def test_laboratory_is_imported_without_hypothesis() -> None:
    """A plugin can print pages by seed where Hypothesis is not installed."""
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import gischema.testing as lab\n"
        "from gischema.engine import Gischema\n"
        "form = next(iter(Gischema().forms.values()))\n"
        "lab.specimen(form, lab.SeededChoices(1))\n"
        "try:\n    lab.consistent(form)\n"
        "except ImportError as error:\n    assert 'gischema[test]' in str(error)\n"
        "else:\n    raise AssertionError('no message')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
