"""The table of sentences: what each states, and what it must not be read as."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gischema.api import default_engine
from gischema.narrative import read_narrative
from gischema.reading import Document
from gischema.report import Narrative
from gischema.text import normalise

FOLDER = Path(__file__).parents[1] / "cases" / "narrative"
ASIDE = {"rounded", "cumulative", "uncertain", "joint", "other_year", "other_body"}
CASES = [
    pytest.param(case, id=f"{file.stem}-{number}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1)
]


def told(case: dict) -> Narrative:
    """What the sentence of a case states in a report of its year, under the form in force."""
    text, year = case["text"], case["year"]
    forms = default_engine().forms.values()
    form = next((form for form in forms if form.in_force(year) and not form.variant), None)
    agency, title = case.get("agency"), case.get("title")
    return read_narrative(normalise(text), Document(text), form, year, agency=agency, title=title)


def test_enough_cases() -> None:
    """The table holds at least 150 sentences."""
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES)
def test_sentence(case: dict) -> None:
    """A sentence states the figures of its case and no others; doubtful ones are kept aside."""
    reading = told(case)
    wanted = {(path, Decimal(str(value))) for path, value in case["reads"].items()}
    assert {(f.path, Decimal(f.value or 0)) for f in reading.figures} == wanted
    aside = {(c.path, mark) for c in reading.candidates for mark in c.marks if mark in ASIDE}
    assert set(case.get("aside", {}).items()) <= aside
    assert {path for path, _ in aside} == set(case.get("aside", {}))
    for mark in ("region", "own_region"):
        marked = {figure.path for figure in reading.figures if mark in figure.marks}
        assert marked == set(case.get(mark, ())), mark


@pytest.mark.parametrize("case", CASES)
def test_spans(case: dict) -> None:
    """Every figure knows its clause, and its clause stands inside its sentence."""
    for figure in told(case).figures:
        assert figure.origin is not None
        assert figure.sentence is not None
        assert figure.raw == case["text"][figure.origin.start : figure.origin.end]
        assert figure.sentence.start <= figure.origin.start < figure.origin.end
        assert figure.origin.end <= figure.sentence.end
