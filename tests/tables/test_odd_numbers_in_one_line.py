"""Numbers with odd separators in a text whose line breaks are lost."""

import re
from pathlib import Path

import pytest

import gischema

OFFICE = Path(__file__).parents[2] / "examples/reports/stat_2014_office.txt"
NEXT = "response.topics"
CHANGED = "proactive.channels.other"


@pytest.mark.parametrize("blank", [" ", ""], ids=["blanks", "no blanks"])
@pytest.mark.parametrize(
    "number",
    ["1:234", "1'234", "1·2", "1*234", "1e3", "1_2", "1;234", "1(234)", "1=234", "1/234"],
)
def test_no_beginning_of_a_number_is_a_figure(number: str, blank: str) -> None:
    """The digits in front of an odd sign are no figure, and the row behind them is read."""
    printed = OFFICE.read_text(encoding="utf-8")
    before = gischema.parse(printed.encode()).figure(CHANGED)
    assert before.origin is not None
    changed = printed[: before.origin.start] + number + printed[before.origin.end :]
    report = gischema.parse(re.sub(r"[\s|]+", blank, changed).encode())
    flagged = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    assert report.figure(CHANGED).value is None
    assert CHANGED in flagged
    assert report.figure(NEXT).status == "stated" or NEXT in flagged


@pytest.mark.parametrize("blank", [" ", ""], ids=["blanks", "no blanks"])
@pytest.mark.parametrize("number", ["12至3", "12或15", "12+", "12~", "12‰", "12°", "12(3)"])
def test_no_figure_goes_on_unseen(number: str, blank: str) -> None:
    """A figure before a sign or a second number is in doubt, and so is the next row if not read."""
    printed = OFFICE.read_text(encoding="utf-8")
    before = gischema.parse(printed.encode()).figure(CHANGED)
    assert before.origin is not None
    changed = printed[: before.origin.start] + number + printed[before.origin.end :]
    report = gischema.parse(re.sub(r"[\s|]+", blank, changed).encode())
    assert CHANGED in {path for diagnostic in report.diagnostics for path in diagnostic.paths}
