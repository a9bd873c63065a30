"""The cases in `tests/cases/narrative`: what sentences state, and what they must not state."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gischema.report import Narrative
from tests.narrative.conftest import ReadText

FOLDER = Path(__file__).parents[1] / "cases" / "narrative"
SET_ASIDE = {"rounded", "cumulative", "uncertain", "joint", "other_year", "other_body"}
OF_REGIONS = ("region", "own_region")
KEYS = {"text", "year", "agency", "title", "reads", "aside", *OF_REGIONS}

every_file = pytest.mark.parametrize(
    "file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem
)


def readings(file: Path, read_text: ReadText) -> Iterator[tuple[str, dict, Narrative]]:
    """Yield each case of a file with its place there and what is read from its text."""
    cases = yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for number, case in enumerate(cases, 1):
        assert {"text", "year", "reads"} <= case.keys() <= KEYS, (number, case)
        agency, title = case.get("agency"), case.get("title")
        reading = read_text(case["text"], case["year"], agency=agency, title=title)
        yield f"case {number}: {case['text']}", case, reading


@every_file
def test_sentences_state_what_their_cases_say(file: Path, read_text: ReadText) -> None:
    """A sentence states the figures of its case and no others; doubtful ones are set aside."""
    for place, case, reading in readings(file, read_text):
        expected = {(path, Decimal(str(value))) for path, value in case["reads"].items()}
        assert {(f.path, Decimal(f.value or 0)) for f in reading.figures} == expected, place
        aside = {(c.path, mark) for c in reading.candidates for mark in c.marks}
        found = {(path, mark) for path, mark in aside if mark in SET_ASIDE}
        assert set(case.get("aside", {}).items()) <= found, place
        assert {path for path, _ in found} == set(case.get("aside", {})), place
        for mark in OF_REGIONS:
            marked = {figure.path for figure in reading.figures if mark in figure.marks}
            assert marked == set(case.get(mark, ())), place


@every_file
def test_figures_stand_in_their_clauses(file: Path, read_text: ReadText) -> None:
    """The origin of a figure is its clause, inside the span of its sentence."""
    for place, case, reading in readings(file, read_text):
        for figure in reading.figures:
            assert figure.origin is not None, place
            assert figure.sentence is not None, place
            assert figure.raw == case["text"][figure.origin.start : figure.origin.end], place
            assert figure.sentence.start <= figure.origin.start < figure.origin.end, place
            assert figure.origin.end <= figure.sentence.end, place
