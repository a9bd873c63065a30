"""Grammar, typed classes and published paths say the same."""

import json
from pathlib import Path

import pytest

import gischema
from gischema.forms import Form

PUBLISHED = Path(__file__).parent / "published"
FORMS = gischema.default_engine().forms


def _published(form: Form) -> list[dict[str, str | None]]:
    return json.loads((PUBLISHED / f"{form.id}.json").read_text("utf-8"))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_grammar_declares_the_published_indicators(form: Form) -> None:
    """Path, official label, unit and order of every indicator are as published."""
    declared = [
        {"path": i.path, "label": i.label, "unit": i.unit} for i in form.indicators.values()
    ]
    assert declared == _published(form)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_typed_sections_declare_the_same_paths(form: Form) -> None:
    """Every indicator has a typed field, and there is no field without an indicator."""
    assert form.report.typed_paths() == set(form.indicators)


@pytest.mark.parametrize(
    ("form", "count"), [("stat-2014", 58), ("art20-2019", 198), ("art20-2021", 200)]
)
def test_number_of_indicators(form: str, count: int) -> None:
    """The national forms ask for 58, 198 and 200 figures."""
    assert len(FORMS[form].indicators) == count


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_labels_of_a_form_are_told_apart(form: Form) -> None:
    """Two terminals share a wording only where one is a head, or the parser can tell them apart."""
    homes: dict[str, set[str]] = {}
    for terminal, label in form.labels.items():
        for wording in label.wordings:
            if terminal in form.rows_of:
                homes.setdefault(wording.key, set()).add(terminal)
    assert {key: names for key, names in homes.items() if len(names) > 1} == {}
