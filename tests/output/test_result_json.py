"""Results survive the way to JSON and back, and say which report they are about."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import gischema
from gischema import AboutReport, CheckResult, Comparison, Derived
from gischema.rules import Waived, Waiver

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
WRONG = gischema.parse(REPORTS / "art20_2021_wrong.txt")
RIGHT = gischema.parse(REPORTS / "art20_2021_county.txt")
RESULT = gischema.check(WRONG, previous=evolve(RIGHT, year=2022))


def test_a_check_comes_back_equal() -> None:
    """With findings, culprits, tallies and what the reader remarked."""
    assert RESULT.findings
    assert RESULT.not_assessable
    assert gischema.loads(gischema.dumps(RESULT), CheckResult) == RESULT


VALUES = (
    st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.booleans()
    | st.text(max_size=8)
    | st.sampled_from(["2023-01-01", "12", "-1.50", "1e5", "", "2023-13-45"])
)


@settings(max_examples=200)
@given(st.lists(VALUES | st.none(), min_size=1, max_size=4), VALUES)
def test_every_value_of_an_operand_comes_back_as_it_was(values: list, expected: Any) -> None:
    """A text that reads like a number or a date stays a text; so does the type of the others."""
    finding = evolve(RESULT.findings[0], values=tuple(values), expected=expected)
    waiver = Waiver("B1", "甲", "原因", "某人", date(2024, 1, 2), {"narrative a.b": expected})
    result = evolve(RESULT, findings=(finding,), waived=(Waived(finding, waiver),))
    back = gischema.loads(gischema.dumps(result), CheckResult)
    assert back == result
    got = back.findings[0]
    for one, other in zip((*got.values, got.expected), (*values, expected), strict=True):
        assert type(one) is type(other)


def test_a_comparison_comes_back_equal() -> None:
    """With both reports, what changed, the rules between them and the chapters."""
    comparison = gischema.compare(RIGHT, WRONG)
    assert comparison.changed
    assert gischema.loads(gischema.dumps(comparison), Comparison) == comparison
    assert comparison.old == RIGHT.about


def test_derived_measures_come_back_equal() -> None:
    """With formula, exact value and reason; several as an array."""
    measures = [*gischema.derived(WRONG), *gischema.derived(evolve(WRONG, figures=()))]
    assert {measure.reason for measure in measures} >= {None, "absent"}
    assert gischema.loads_all(gischema.dumps(measures), Derived) == measures
    assert measures[0].about == WRONG.about


def test_results_say_what_they_are_about() -> None:
    """A file of results can be understood without the reports."""
    data = json.loads(gischema.dumps(RESULT))
    assert (data["gischema"], data["kind"]) == (gischema.__version__, "check")
    about = {name: data[name] for name in ("file", "form", "variant", "year", "agency", "title")}
    assert AboutReport(**about) == WRONG.about
    assert about["form"] == "art20-2021"
    assert about["file"].endswith("art20_2021_wrong.txt")
    assert len(data["tallies"]) > 20
    assert data["counts"]["error"] == 2


def test_several_results_are_an_array() -> None:
    """`dumps` of a list is read back by `loads_all`; one object has the same shape alone."""
    results = [RESULT, gischema.check(RIGHT)]
    text = gischema.dumps(results)
    assert gischema.loads_all(text, CheckResult) == results
    assert json.loads(text)[0] == json.loads(gischema.dumps(RESULT))
    assert gischema.loads_all(gischema.dumps([RIGHT, WRONG])) == [RIGHT, WRONG]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (gischema.dumps(RIGHT), "expected check, not report"),
        ("[]", "expected check, not list"),
        ('{"file": "a.txt", "status": "unreadable"}', "expected check, not unreadable"),
        ('{"kind": "check"}', "check"),
        (gischema.dumps(RESULT).replace('"held": ', '"held": "x", "h": '), "held"),
        ("{", "not JSON"),
    ],
)
def test_what_is_no_check_is_refused(text: str, says: str) -> None:
    """The error says what was expected, or where the text is wrong."""
    with pytest.raises(gischema.InvalidData, match=says):
        gischema.loads(text, CheckResult)


def test_other_types_are_refused() -> None:
    """A figure alone is no document."""
    with pytest.raises(TypeError, match="expected one of Report, CheckResult"):
        gischema.dumps(WRONG.figures[0])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected one of Report, CheckResult"):
        gischema.loads("{}", dict)  # type: ignore[type-var]


def test_exact_numbers_stay_exact() -> None:
    """A value that no double holds is a string in JSON, and the same number afterwards."""
    value = Decimal("0.10000000000000000001")
    result = evolve(RESULT, findings=(evolve(RESULT.findings[0], difference=value),))
    back = gischema.loads(gischema.dumps(result), CheckResult)
    assert back.findings[0].difference == value
