"""The conformance corpus is scored as it says, for this package and for any other reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gischema.engine import Gischema
from gischema.testing.accuracy import accuracy
from gischema.testing.reference_corpus import INDEX, corpus_pages
from gischema.testing.score import ReaderAnswer, load_answers, score

CORPUS = Path(__file__).parents[2] / "conformance"
PAGES = json.loads((CORPUS / INDEX).read_text("utf-8"))["pages"]
FIRST = next(page for page in PAGES if not page["damages"])


def test_this_package_is_never_silently_wrong_on_the_corpus() -> None:
    """Every page is read on its form; no figure is silent, missed or invented."""
    found = score(CORPUS)["all"].numbers()
    assert found["pages"] == len(PAGES)
    assert {found[name] for name in ("unread", "form_wrong", "silent", "missed", "phantom")} == {0}
    assert found["right"] > 0.9 * found["figures"]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "right"),
        ({"flagged": "path"}, "right_flagged"),
        ({"value": "123456"}, "silent"),
        ({"value": "123456", "flagged": "path"}, "wrong_flagged"),
        ({"value": None}, "missed"),
        ({"value": ""}, "silent"),
        ({"other": "7"}, "phantom"),
    ],
)
def test_each_outcome_of_another_reader(change: dict, outcome: str, tmp_path: Path) -> None:
    """One figure that is changed in the right answer is counted under its outcome."""
    right = {path: value for path, value in FIRST["figures"].items() if isinstance(value, str)}
    path = next(path for path, value in right.items() if value not in ("", "n/a"))
    values = dict(right)
    if "value" in change:
        values[path] = change["value"]
        if change["value"] is None:
            del values[path]
    if "other" in change:
        values["no.such.path"] = change["other"]
    line = {
        "file": FIRST["file"],
        "form": FIRST["form"],
        "values": values,
        "flagged": [path] if "flagged" in change else [],
    }
    answers = tmp_path / "answers.jsonl"
    answers.write_text(json.dumps(line) + "\n", "utf-8")
    index = {"version": "test", "pages": [FIRST]}
    (tmp_path / "pages").mkdir()
    (tmp_path / FIRST["file"]).write_bytes((CORPUS / FIRST["file"]).read_bytes())
    (tmp_path / INDEX).write_text(json.dumps(index), "utf-8")
    whole = score(tmp_path, {FIRST["file"]: ReaderAnswer(FIRST["form"], right, frozenset())})
    found, before = score(tmp_path, load_answers(answers))["all"].numbers(), whole["all"].numbers()
    assert found[outcome] == before[outcome] + (outcome != "right")
    assert found["figures"] == before["figures"]


def test_a_page_that_was_changed_is_no_page_of_the_corpus(tmp_path: Path) -> None:
    """Scores of different pages must not be compared."""
    (tmp_path / "pages").mkdir()
    (tmp_path / FIRST["file"]).write_text("changed", "utf-8")
    (tmp_path / INDEX).write_text(json.dumps({"pages": [FIRST]}), "utf-8")
    with pytest.raises(ValueError, match="is not the page of"):
        score(tmp_path)


def test_texts_of_the_corpus_are_those_of_their_seeds(engine: Gischema) -> None:
    """Every figure of the index is printed on its page."""
    page = next(corpus_pages((engine.forms["art20-2021"],)))
    assert page.name == "pages/art20-2021-00.txt"
    assert set(page.entry()["figures"]) == {one.path for one in page.printed.figures}


def test_what_is_behind_a_diagnostic_is_counted(engine: Gischema) -> None:
    """Flagged figures are right or wrong, and no undamaged page has a broken promise."""
    numbers = accuracy(engine, range(60)).numbers()
    assert numbers["all"]["faults"] == {}
    assert numbers["undamaged"]["read"] == numbers["undamaged"]["figures"]
    flagged = sum(each["flagged"] for each in numbers["diagnostics"].values())
    assert flagged >= numbers["all"]["read_with_doubt"] > 0
    assert all(each["wrong"] <= each["flagged"] for each in numbers["diagnostics"].values())
