"""Identities that clear figures of the doubt about a reader, and those that repair a figure."""

from __future__ import annotations

import pytest
from attrs import evolve

from gischema.engine import Gischema
from gischema.report import Diagnostic, Report
from gischema.rules import RuleBook, national_rules
from gischema.rules.vouching import needs_vouching, repairs, without_vouched

BOOK = RuleBook.load(national_rules())
TOTAL = "requests.received.total"
ROW = "一、本年新收政府信息公开申请数量 | 4 | 1 | 0 | 0 | 0 | 0 | {} |\n"
OTHERS = (
    "二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    "（七）总计 | 3 | 1 | 0 | 0 | 0 | 0 | 4 |\n"
    "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"
)


def doubted(report: Report, code: str, *paths: str) -> Report:
    """The report with one diagnostic about these figures, and no other."""
    return evolve(report, diagnostics=(Diagnostic(code, "字迹不清", "not clear", paths),))


@pytest.mark.parametrize(
    ("code", "rows", "is_cleared"),
    [
        ("D653", ROW, True),
        ("D655", ROW, True),
        ("D635", ROW, False),
        ("D635", ROW + OTHERS, True),
        ("D203", ROW + OTHERS, False),
    ],
    ids=[
        "digits: one sum",
        "parts of a number: one sum",
        "a reader: one sum",
        "a reader: both sums",
        "another doubt",
    ],
)
def test_enough_sums_clear_a_figure(
    engine: Gischema, code: str, rows: str, is_cleared: bool
) -> None:
    """The sum of the row clears doubtful digits; a doubtful reader needs that of the column too."""
    report = doubted(engine.parse_text(rows.format(5)), code, TOTAL)
    assert report.form is not None
    cleared = without_vouched(report, engine.forms[report.form], BOOK)
    assert [one.paths for one in cleared.diagnostics] == [() if is_cleared else (TOTAL,)]


def test_only_doubts_that_sums_can_clear_need_them(engine: Gischema) -> None:
    """Nothing is computed for a report without such doubts."""
    report = engine.parse_text(ROW.format(5))
    assert needs_vouching(doubted(report, "D653", TOTAL))
    assert not needs_vouching(doubted(report, "D653"))
    assert not needs_vouching(doubted(report, "D203", TOTAL))


@pytest.mark.parametrize(
    ("printed", "readings", "repaired"),
    [("5x", (5, 8), True), ("5x", (8,), False), ("8", (5,), True), ("8", (3,), False)],
)
def test_the_one_reading_that_fits_repairs_a_figure(
    engine: Gischema, printed: str, readings: tuple[int, ...], repaired: bool
) -> None:
    """It makes the sums of the row and the column hold, whether or not the figure was read."""
    report = engine.parse_text((ROW + OTHERS).format(printed))
    assert report.form is not None
    found = list(repairs(report, engine.forms[report.form], BOOK, {TOTAL: readings}))
    assert [(one.code, one.paths) for one in found] == [("D662", (TOTAL,))] * repaired
    assert all("5" in one.message for one in found)
