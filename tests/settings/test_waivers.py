"""A waiver accepts the finding it was written for, and no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import gischema
from gischema import Settings, Waiver, waiver_of

WRONG = Path(__file__).resolve().parents[2] / "examples" / "reports" / "art20_2021_wrong.txt"
TODAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def report() -> gischema.Report:
    return gischema.parse(WRONG)


@pytest.fixture(scope="module")
def waivers(report: gischema.Report) -> list[Waiver]:
    findings = gischema.check(report).findings
    return [waiver_of(f, report, reason="核实无误", by="张三", on=TODAY) for f in findings]


def test_a_baseline_accepts_what_there_is(report: gischema.Report, waivers: list[Waiver]) -> None:
    result = gischema.check(report, settings=Settings(waivers=tuple(waivers)))
    assert result.findings == ()
    assert [w.waiver for w in result.waived] == waivers
    assert [w.finding for w in result.waived] == list(gischema.check(report).findings)
    assert result.unused_waivers == ()


def test_it_survives_another_place_and_layout(waivers: list[Waiver]) -> None:
    text = WRONG.read_text(encoding="utf-8").replace(" | ", "|").replace("\n", "\n\n")
    again = gischema.parse_text(text)
    assert gischema.check(again).findings
    assert not gischema.check(again, settings=Settings(waivers=tuple(waivers))).findings


def test_it_ends_with_the_figures_it_was_given_for(waivers: list[Waiver]) -> None:
    text = WRONG.read_text(encoding="utf-8")
    changed = gischema.parse_text(text.replace("| 21 | 1 |", "| 20 | 1 |"))
    result = gischema.check(changed, settings=Settings(waivers=tuple(waivers)))
    assert {finding.code for finding in result.findings} == {"B2", "B3"}
    assert [w.finding.code for w in result.waived] == ["TT-1.5"]
    assert list(result.unused_waivers) == [w for w in waivers if w.rule != "TT-1.5"]


def test_only_the_report_it_names(report: gischema.Report, waivers: list[Waiver]) -> None:
    others = tuple(evolve(waiver, report="另一份报告") for waiver in waivers)
    result = gischema.check(report, settings=Settings(waivers=others))
    assert len(result.findings) == len(waivers)
    assert result.unused_waivers == ()


@pytest.mark.parametrize("name", ["art20_2021_wrong.txt", "reports/*_wrong.txt", "*.txt"])
def test_a_file_may_be_named(report: gischema.Report, waivers: list[Waiver], name: str) -> None:
    by_file = tuple(evolve(waiver, report=name, figures={}) for waiver in waivers)
    assert not gischema.check(report, settings=Settings(waivers=by_file)).findings


def test_severities_of_a_project(report: gischema.Report) -> None:
    result = gischema.check(report, settings=Settings(severity={"B2": "info"}))
    assert {f.code: f.severity for f in result.findings} == {
        "TT-1.5": "warning",
        "B2": "info",
        "B3": "error",
    }


def test_select_and_ignore(report: gischema.Report) -> None:
    assert {f.code for f in gischema.check(report, ignore=["B3", "TT"]).findings} == {"B2"}
    chosen = Settings(select=("B2", "B3"), ignore=("B2",))
    result = gischema.check(report, settings=chosen)
    assert {tally.code for tally in result.tallies} == {"B3", "B3.1"}


@pytest.mark.parametrize(
    "settings",
    [
        Settings(select=("B99",)),
        Settings(ignore=("B99",)),
        Settings(severity={"B": "info"}),
        Settings(waivers=(Waiver("B99", "a.txt", "x", "y", TODAY),)),
    ],
)
def test_codes_that_no_rule_has(report: gischema.Report, settings: Settings) -> None:
    with pytest.raises(ValueError, match="没有规则"):
        gischema.check(report, settings=settings)
