"""A report of a year is judged by the rules that were in force in that year."""

from __future__ import annotations

import pytest
from attrs import evolve

from gischema import Gischema
from gischema.forms import national_forms
from gischema.report import Diagnostic, Report, with_doubts
from gischema.rules import RuleBook, RuleSyntaxError, check
from gischema.rules.examples import check_example, example_holds

FORM = {form.id: form for form in national_forms()}["stat-2014"]
RULE = """
rule Y1 bound error
  title   "投诉不超过二件" / "no more than two complaints"
  forms   stat-2014
  source  "青禾办〔2015〕3号" practice
  since   0.1
  years   {years}
  {when}
  check   complaints <= 2
  message "投诉{{left}}件" / "{{left}} complaints"
  passes  complaints = 2
  fails   complaints = 3
"""
PAGE = (
    "青禾市{}年政府信息公开工作年度报告\n统计指标 | 单位 | 统计数 |\n六、举报投诉数量 | 件 | 3 |\n"
)


def _book(years: str, when: str = "") -> RuleBook:
    return RuleBook.parse(RULE.format(years=years, when=when), "y.rules")


def _report(year: int | None) -> Report:
    report = Gischema().parse_text(PAGE.format("2016"))
    return evolve(report, year=year)


@pytest.mark.parametrize(
    ("years", "broken"),
    [("2014–2016", [2014, 2016]), ("2016–", [2016, 2017]), ("2016", [2016]), ("2015-2016", [2016])],
)
def test_only_the_years_in_force(years: str, broken: list[int]) -> None:
    """The first and the last year count, those around them do not; a hyphen is a dash."""
    for year in (2014, 2016, 2017):
        result = check(_report(year), FORM, _book(years))
        assert bool(result.findings) == (year in broken)
        assert not result.not_assessable


def test_with_a_condition_of_its_own() -> None:
    """Both must hold: the years and what `when` says."""
    for when, found in (("when complaints > 2", 1), ("when complaints > 9", 0)):
        assert len(check(_report(2016), FORM, _book("2016–", when)).findings) == found
    either = _book("2017–", "when complaints > 9 or complaints > 2")
    assert not check(_report(2016), FORM, either).findings
    assert check(_report(2018), FORM, either).findings


def test_without_a_year_it_is_not_assessable() -> None:
    """Nobody knows whether the rule was in force; a rule without years does not ask."""
    (one,) = check(_report(None), FORM, _book("2016–")).not_assessable
    assert (one.code, one.reason) == ("Y1", "no_fact")


def test_a_doubtful_year_makes_the_finding_doubtful() -> None:
    """The finding rests on the year, so it names it among its doubts."""
    report = Gischema().parse_text(PAGE.format("2016").replace("2016年", ""), year=None)
    dated = evolve(report, year=2016)
    noted = with_doubts(
        evolve(
            dated, diagnostics=(*dated.diagnostics, Diagnostic("D407", "", "", ("report.year",)))
        )
    )
    (finding,) = check(noted, FORM, _book("2016–")).findings
    assert finding.doubts == ("report.year",)
    assert not finding.counts_as_error


def test_examples_are_of_the_first_year() -> None:
    """An author need not write the year into each example, and may."""
    for text in (RULE, RULE.replace("complaints = 2\n", "report.year = 2018, complaints = 2\n")):
        (rule,) = RuleBook.parse(text.format(years="2016–", when=""), "y.rules").rules
        for example in rule.examples:
            assert example_holds(example, check_example(rule, example, FORM))


def test_the_deadline_follows_the_year_not_the_form() -> None:
    """A department that reports 2019 on the form of 2014 has the deadline of 2019."""
    head = "青禾市财政局{}年政府信息公开工作年度报告\n发布日期：{}-03-06\n"
    table = PAGE.partition("\n")[2]
    for year, found in ((2017, False), (2019, True)):
        report = Gischema().parse_text(head.format(year, year + 1) + table)
        result = Gischema().check(report, select=["DATE-1.1"])
        assert (report.form, bool(result.findings)) == ("stat-2014", found)


def test_wrong_years() -> None:
    """A last year before the first: the line and the column."""
    with pytest.raises(RuleSyntaxError) as raised:
        _book("2016–2014")
    assert (raised.value.line, raised.value.column) == (7, 11)
    with pytest.raises(RuleSyntaxError):
        _book("from 2016")
