"""Reports compared with others: last year's, other versions, subordinate bodies."""

from __future__ import annotations

from attrs import evolve

from gischema.report import NarrativeFigure
from gischema.rules import Reports, check, series

TOTAL = "requests.received.total"
BODY = "青禾市云岭县财政局"


def codes(result):
    return {finding.code for finding in result.findings}


def test_a_series_pairs_neighbouring_years_of_one_body(forms, make):
    """Order does not matter; a year that is missing leaves the next one alone."""
    form = forms["art20-2021"]
    by_year = {y: make(form, {TOTAL: y}, year=y, agency=BODY) for y in (2024, 2021, 2022)}
    paired = {each.own.year: each.previous for each in series(list(by_year.values()))}
    assert paired == {2021: None, 2022: by_year[2021], 2024: None}


def test_a_body_is_known_by_the_end_of_its_name_or_by_its_title(forms, make):
    """县财政局 and 青禾市云岭县财政局 are one body, 县教育局 is another."""
    form = forms["art20-2021"]
    titled = make(form, {}, year=2020, title="2020年青禾市云岭县财政局政府信息公开工作年度报告")
    short = make(form, {}, year=2021, agency="云岭县财政局")
    full = make(form, {}, year=2022, agency=BODY)
    other = make(form, {}, year=2023, agency="云岭县教育局")
    nameless = make(form, {}, year=2023)
    paired = series([titled, short, full, other, nameless])
    assert [each.previous for each in paired] == [None, titled, short, None, None]


def test_a_nameless_report_belongs_to_the_only_body(forms, make):
    """A folder of one body: pages without a title are its pages too."""
    form = forms["art20-2021"]
    first, second = make(form, {}, year=2021, agency=BODY), make(form, {}, year=2022)
    assert [each.previous for each in series([first, second])] == [None, first]
    assert [each.previous for each in series([make(form, {}, year=2021), second])][1] is not None


def test_two_reports_of_one_year_are_versions(forms, book, make):
    """The later one is compared with the one before it, figure by figure."""
    form = forms["art20-2021"]
    one = make(form, {TOTAL: 3}, year=2022, agency=BODY)
    two = make(form, {TOTAL: 4}, year=2022, agency=BODY)
    first, second = series([one, two])
    assert (first.version, second.version) == (None, one)
    (finding,) = check(second, form, book, select=["VER"]).findings
    assert (finding.actual, finding.expected) == (4, 3)
    assert finding.sources == ("table", "version")
    assert not check(first, form, book, select=["VER"]).findings


def test_a_report_of_another_year_is_not_last_years(forms, book, make):
    """It is named, and the rules across years say nothing instead of something wrong."""
    form = forms["art20-2021"]
    own = make(form, {"requests.carried_in.total": 3}, year=2023)
    older = make(form, {"requests.carried_out.total": 5}, year=2020)
    result = check(own, form, book, previous=older, select=["B5", "YEAR-2"])
    assert codes(result) == {"YEAR-2"}
    assert {entry.reason for entry in result.not_assessable} >= {"no_previous"}
    assert codes(check(own, form, book, previous=evolve(older, year=2022), select=["B5"])) == {"B5"}


def test_the_sum_of_subordinate_bodies(forms, book, make):
    """It is added up only from figures that every one of them prints."""
    form = forms["art20-2021"]
    own = make(form, {TOTAL: 9, "requests.carried_in.total": 1})
    below = (make(form, {TOTAL: 3, "requests.carried_in.total": 1}), make(form, {TOTAL: 5}))
    result = check(Reports(own, below=below), form, book, select=["ROLL"])
    (finding,) = result.findings
    assert (finding.actual, finding.expected, finding.difference) == (9, 8, 1)
    assert finding.sources == ("table", "below")


def test_statements_about_a_region_are_not_compared(forms, book, make):
    """They are true of more than the report counts; a list under one is still its own sum."""
    form = forms["art20-2021"]
    statement = NarrativeFigure(TOTAL, 147, "件", "stated", "147件", "", marks=("region",))
    report = make(form, {TOTAL: 3}, narrative=(statement,))
    result = check(report, form, book, select=["TT"])
    assert not result.findings
    (entry,) = result.not_assessable
    assert (entry.code, entry.reason, entry.instances) == ("TT-1", "region", 1)
    assert entry.paths == entry.missing == (TOTAL,)
    assert "整个地区" in entry.message
    assert "a whole region" in entry.message_en
    own = evolve(statement, marks=())
    assert codes(check(evolve(report, narrative=(own,)), form, book, select=["TT"])) == {"TT-1"}


def test_what_another_rule_compares_is_not_left_out(forms, book, make):
    """With last year's cases a figure is that of TT-1.3; the form of 2014 has no such rule."""
    text = "41件（含上年结转3件）"
    statement = NarrativeFigure(TOTAL, 41, "件", "stated", text, "", marks=("carry_over_included",))
    values = {TOTAL: 38, "requests.carried_in.total": 3}
    report = make(forms["art20-2021"], values, narrative=(statement,))
    result = check(report, forms["art20-2021"], book, select=["TT"])
    assert (result.held, result.not_assessable) == (3, ())
    older = evolve(statement, path="requests.received")
    report = make(forms["stat-2014"], {"requests.received": 38}, narrative=(older,))
    (entry,) = check(report, forms["stat-2014"], book, select=["TT"]).not_assessable
    assert (entry.code, entry.reason) == ("TT-1", "carry_over_included")
