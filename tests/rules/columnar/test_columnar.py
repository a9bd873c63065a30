"""One rule, two evaluators: a table of reports gets the results that its reports get one by one."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gischema.engine import Gischema
from gischema.report import Fact, Report
from gischema.rules import Reports, RuleBook, check, national_rules
from gischema.testing import LAYOUTS, SeededChoices, specimen
from gischema.testing.seeded_errors import ERROR_KINDS, seed_error

pl = pytest.importorskip("polars")

from gischema.rules.columnar import check_table, doubts_column, tabulate  # noqa: E402

FORMS = ("stat-2014", "art20-2019", "art20-2021")
ROOT = Path(__file__).parents[3]
PATIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
OWN = """
forms  stat-2014, art20-2019, art20-2021
source "甲" practice
since  0.1

rule X1 expectation info
  title "甲" / "a"
  for each figure of requests.received
  when stated(figure) and not blank(figure)
  check figure <= 100 or figure > 100 implies printed(figure)
  message "甲" / "a"

rule X2 expectation info
  title "甲" / "a"
  for each count of requests.received
  tolerance 2
  check count = 3
  message "甲" / "a"

rule X3 expectation info
  title "甲" / "a"
  for each count of requests.received
  tolerance 0.5
  check abs(count) != 1
  message "甲" / "a"

rule X4 expectation info
  title "甲" / "a"
  check report.published <= date(report.year + 1, 3, 31)
  message "甲" / "a"

rule X5 expectation info
  title "甲" / "a"
  when report.year > form.first_year
  check report.form = "art20-2021" or report.form != "art20-2019"
  message "甲" / "a"

rule X6 expectation info
  title "甲" / "a"
  for each figure of requests.received
  check previous(figure) = figure or blank(previous(figure)) or previous(figure) > 2 * figure
  message "甲" / "a"

rule X7 expectation info
  title "甲" / "a"
  for each figure of requests.received
  check figure = narrative(figure)
  message "甲" / "a"

rule X8 expectation info
  title "甲" / "a"
  for each figure of requests.received
  check figure / 3 > 1
  message "甲" / "a"
"""
TABLE = """
rule X9 expectation info
  forms art20-2021
  source "甲" practice
  since 0.1
  title "甲" / "a"
  for each row of requests
  check max(row.*) <= 0 or min(row.total, row.other) - row.research + 2 * row.social >= 0
  message "甲" / "a"
"""


@pytest.fixture(scope="module")
def everything():
    """The national rules, and rules that use every word of the language."""
    return RuleBook.load(national_rules()) | RuleBook.parse(OWN) | RuleBook.parse(TABLE)


def compare(reports, form, book, previous=None):
    """Fails where a table says something else than its reports one by one."""
    older = previous or [None] * len(reports)
    both = [Reports(own, last) for own, last in zip(reports, older, strict=True)]
    checked = check_table(tabulate(both, form, book), form, book)
    left_out = {each.code for each in checked.left_out}
    tallies: dict = {}
    for row in checked.tallies().iter_rows(named=True):
        tallies[row["report"], row["code"]] = (row["held"], row["broken"], row["not_assessable"])
    exact = {rule.code for rule in book.rules if rule.kind != "expectation"}
    findings = Counter(
        (row["report"], row["code"], tuple(row["paths"]) if row["code"] in exact else ())
        for row in checked.findings().iter_rows(named=True)
    )
    for place, report in enumerate(both):
        result = check(report, form, book)
        for tally in result.tallies:
            if tally.code not in left_out:
                counted = (tally.held, tally.broken, tally.not_assessable)
                assert tallies.pop((place, tally.code)) == counted, (place, tally)
        for finding in result.findings:
            if finding.code not in left_out:
                # A finding of an expectation may name a section instead of all its figures.
                paths = finding.paths if finding.code in exact else ()
                findings[place, finding.code, paths] -= 1
    assert not tallies
    assert {key: number for key, number in findings.items() if number} == {}
    return checked


@pytest.mark.slow
@pytest.mark.parametrize("form_id", FORMS)
def test_any_figures(forms, make, everything, form_id):
    """Blank, struck out, not understood, missing, negative, broken or huge: the same results."""
    form = forms[form_id]
    paths = list(everything.bound(form).view.cells)
    cells = (0, 0, 0, 1, None, 3, "-", "?", -1, 10**17, Decimal("0.5"), Decimal("-1E-7"))

    def some(random, year):
        printed = random.sample(paths, random.randint(0, len(paths)))
        return make(form, {path: random.choice(cells) for path in printed}, year=year)

    @settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=PATIENT)
    @given(st.randoms(use_true_random=True))
    def same(random):
        reports = [some(random, 2021) for _ in range(15)]
        older = [random.choice([None, some(random, 2020)]) for _ in reports]
        compare(reports, form, everything, older)

    same()


@pytest.mark.slow
@pytest.mark.parametrize("form_id", FORMS)
def test_damaged_and_wrong_reports(engine: Gischema, everything, form_id):
    """Pages as they come: damaged on their way, or written wrongly by the office."""
    form = engine.forms[form_id]
    texts = [specimen(form, SeededChoices(seed)).printed.text for seed in range(12)]
    for slip in ERROR_KINDS:
        planted = (seed_error(form, slip, SeededChoices(seed)) for seed in range(2))
        texts += [LAYOUTS["pipes"].print(each.page).text for each in planted if each is not None]
    reports = [report for report in map(engine.parse_text, texts) if report.form == form_id]
    assert len(reports) > 10
    compare(reports, form, everything, [None, *reports[:-1]])


@pytest.mark.parametrize("form_id", FORMS)
def test_every_national_rule_about_tables_is_expressible(forms, book, form_id):
    """What is left out is named, and is about more than tables."""
    form = forms[form_id]
    checked = check_table(pl.DataFrame({"report.year": [2021]}), form, book)
    narrative_rules = {
        rule.rule.code
        for rule in book.bound(form).rules
        if any(check.topics for check in rule.checks)
    }
    divided = {each.code for each in checked.left_out} - narrative_rules
    assert not {rule.code for rule in book.rules if rule.kind == "identity"} & divided
    assert {each.code for each in checked.left_out} >= narrative_rules


def test_what_is_left_out_says_why(forms, everything):
    """Running text and division are no matter for columns."""
    checked = check_table(pl.DataFrame(), forms["art20-2021"], everything, select=["X"])
    assert {each.code for each in checked.left_out} == {"X7", "X8"}
    assert all(each.message and each.message_en for each in checked.left_out)


def test_a_table_of_ones_own(forms, book):
    """Columns named by paths are enough; what has no column is not printed."""
    staff = {"institution.staff": [8, 8, None, 8]}
    parts = {
        "institution.staff.full_time": [3, 8, 1, 8],
        "institution.staff.part_time": [5, 1, 1, None],
        "institution.staff.part_time:status": ["stated", "stated", "stated", "blank"],
    }
    frame = pl.DataFrame({**staff, **parts})
    checked = check_table(frame, forms["stat-2014"], book, select=["A7"])
    assert checked.outcomes["A7"].to_list() == ["held", "broken", "not_assessable", "held"]
    (finding,) = checked.findings().iter_rows(named=True)
    assert (finding["report"], finding["code"]) == (1, "A7")
    assert finding["paths"] == ["institution.staff", *(path for path in parts if ":" not in path)]


def test_figures_too_large_for_a_table_are_refused(forms, book, make):
    """Nothing is rounded in silence."""
    form = forms["stat-2014"]
    with pytest.raises(ValueError, match="too large"):
        tabulate([make(form, {"requests.received": 10**40})], form, book)


def test_nothing_else_needs_polars():
    """Checking one report loads no table."""
    code = (
        "import sys, gischema; gischema.check(gischema.parse('examples/reports/art20_2021_wrong.txt'));"
        "sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_doubts_are_a_column(forms, book, make):
    """Codes as a list; also those of last year's report, of sums over bodies, of unread cells."""
    form, path = forms["art20-2021"], "requests.received.total"
    plain = make(form, {path: 3})
    doubted = make(form, {path: 3}, doubtful=(path, "requests.carried_in.total"))
    frame = tabulate(
        [Reports(plain, doubted), Reports(doubted, below=(plain, doubted))], form, book
    )
    assert frame.schema[doubts_column(path)] == pl.List(pl.String)
    assert frame[doubts_column(path)].to_list() == [[], ["D202"]]
    assert frame[doubts_column("requests.carried_in.total")].to_list() == [[], ["D202"]]
    assert frame[doubts_column(f"previous {path}")].to_list() == [["D202"], []]
    assert frame[doubts_column(f"below {path}")].to_list() == [[], ["D202"]]


def test_doubts_of_facts_are_a_column(forms, book, make):
    """A year that was only inferred is in doubt in the table, too."""
    form = forms["art20-2021"]
    sure = make(form, {"requests.received.total": 3})
    inferred = evolve(sure, facts={"year": Fact("inferred", "text", None, ("D407",))})
    frame = tabulate([sure, inferred], form, book)
    assert frame[doubts_column("report.year")].to_list() == [[], ["D407"]]


def test_reports_on_another_form_are_refused(forms, book, make):
    """The rules of a form would accuse a report on another of all that only the form has."""
    form, other = forms["art20-2021"], forms["stat-2014"]
    mixed = [make(form, {}), make(other, {}), make(other, {})]
    with pytest.raises(ValueError, match="art20-2021: 2, the first in row 1 on stat-2014"):
        tabulate(mixed, form, book)
    with pytest.raises(ValueError, match=r"art20-2021\+lakeside"):
        tabulate([evolve(mixed[0], variant="lakeside")], form, book)
    with pytest.raises(ValueError, match="group them by form"):
        tabulate([Report()], form, book)
    frame = tabulate(mixed[1:], other, book)
    with pytest.raises(ValueError, match="art20-2021: 2, the first in row 0"):
        check_table(frame, form, book)
    with pytest.raises(ValueError, match="art20-2021: 1, the first in row 1"):
        check_table(pl.DataFrame({"report.form": [form.id, other.id]}), form, book)
    assert check_table(frame, other, book).outcomes.height == 2


def test_last_years_report_may_stand_on_another_form(forms, book, make):
    """Where the form has changed, the years are compared as `gischema.check` compares them."""
    form = forms["art20-2021"]
    own = make(form, {"requests.carried_in.total": 3}, year=2021)
    older = make(forms["art20-2019"], {"requests.carried_out.total": 5}, year=2020)
    checked = compare([own], form, book, [older])
    assert "B5" in {finding["code"] for finding in checked.findings().iter_rows(named=True)}
