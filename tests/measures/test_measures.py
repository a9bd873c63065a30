"""Derived measures: exact, with their base, or none with the reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gischema
from docs.assemble import LANGUAGES
from gischema.measures import derive, national_measures
from gischema.measures.measure import formula_sum
from gischema.output.derived import page
from gischema.output.language import Lang
from gischema.report import Diagnostic, Report
from gischema.rules.form_view import FormView

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "reports" / "art20_2021_county.txt"
TOTAL = "requests.disposed.total.total"
REFUSED = "requests.disposed.refused"


@pytest.fixture(scope="module")
def county() -> Report:
    return gischema.parse(COUNTY)


def measured(report: Report) -> dict[str, gischema.Derived]:
    return {derived.name: derived for derived in gischema.derived(report)}


def without(report: Report, path: str, **changes: Any) -> Report:
    """The report with one figure changed, or not printed at all."""
    figures = (evolve(f, **changes) if f.path == path and changes else f for f in report.figures)
    return evolve(report, figures=tuple(f for f in figures if f.path != path or changes))


@pytest.mark.parametrize("form", gischema.default_engine().forms.values(), ids=lambda form: form.id)
def test_every_formula_names_figures_of_its_form(form: gischema.Form) -> None:
    view = FormView(form)
    formulas = [formula for m in national_measures() if (formula := m.formula(form.id))]
    for formula in formulas if "+" not in form.id else ():
        for side in (formula.of, formula.base):
            assert formula_sum(side, view) is not None, side


def test_values_are_exact(county: Report) -> None:
    """The figures of the example: 28 + 7 granted of 66, 20 refused, 5 of 71 carried on."""
    found = measured(county)
    assert found["granted_rate"].value == Fraction(28, 66)
    assert found["disclosure_rate"].value == Fraction(35, 66)
    assert found["refusal_rate"].value == Fraction(20, 66)
    assert found["carry_over_rate"].value == Fraction(5, 71)
    assert found["clearance_rate"].value == Fraction(66, 71)
    assert found["clearance_rate"].rounded == Decimal("0.929577")
    assert (found["disclosure_rate"].numerator, found["disclosure_rate"].base) == (35, 66)
    assert found["reconsideration_correction_rate"].base == 2
    assert found["reconsideration_correction_rate_of_all"].base == 3
    assert len(found["refusal_rate"].paths) == 9
    assert TOTAL in found["refusal_rate"].paths


def test_carried_on_and_concluded_are_all_there_were(county: Report) -> None:
    """Where the balance of the table holds, the two rates make one."""
    found = measured(county)
    rates = (found["carry_over_rate"].value, found["clearance_rate"].value)
    assert sum(rate for rate in rates if rate is not None) == 1


def test_what_is_missing_is_named(county: Report) -> None:
    """No value without its figures: not printed, empty, not understood."""
    absent = measured(without(county, TOTAL))["granted_rate"]
    assert (absent.value, absent.rounded, absent.reason) == (None, None, "absent")
    assert absent.missing == (TOTAL,)
    blank = measured(without(county, TOTAL, value=None, status="blank"))["granted_rate"]
    assert (blank.value, blank.reason, blank.missing) == (None, "blank", (TOTAL,))
    torn = measured(without(county, TOTAL, value=None, status="unreadable"))["granted_rate"]
    assert (torn.value, torn.reason) == (None, "unreadable")
    zero = measured(without(county, TOTAL, value=0))["granted_rate"]
    assert (zero.value, zero.reason, zero.base) == (None, "zero_base", 0)


def test_an_empty_cell_counts_as_nothing_beside_filled_ones(county: Report) -> None:
    """As in rules: offices that print no zeros have rates too."""
    path = f"{REFUSED}.state_secret.total"
    found = measured(without(county, path, value=None, status="blank"))["refusal_rate"]
    assert found.value == Fraction(20, 66)
    row = without(county, path)
    assert measured(row)["refusal_rate"].missing == (path,)


def test_a_doubtful_figure_is_flagged(county: Report) -> None:
    """The value stands; so do the doubts about its operands, with their codes."""
    report = evolve(county, diagnostics=(Diagnostic("D202", "", "", (TOTAL,)),))
    found = measured(report)
    assert found["granted_rate"].doubts == ("D202",)
    assert found["granted_rate"].doubtful == (TOTAL,)
    assert found["granted_rate"].value is not None
    assert not found["carry_over_rate"].doubts


def test_money_stays_decimal() -> None:
    """2.5 万元 for 23 requests."""
    report = gischema.parse(COUNTY.with_name("stat_2014_office.txt"))
    found = measured(report)["funds_per_request"]
    assert found.value == Fraction(Decimal("2.5")) / 23
    assert found.measure.unit == "万元/件"


def test_a_report_without_a_form_has_none() -> None:
    assert gischema.derived(Report()) == ()


def test_a_variant_that_lacks_a_row_says_so(county: Report) -> None:
    """A formula that names what the form does not have gives no value, and no error."""
    form = gischema.default_engine().form("art20-2021")
    (measure,) = (m for m in national_measures() if m.name == "granted_rate")
    strange = evolve(measure, formulas=(evolve(measure.formulas[0], of="requests.nowhere"),))
    (derived,) = derive(county, form, [strange])
    assert (derived.value, derived.reason) == (None, "form")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_made_from_the_declarations(lang: Lang) -> None:
    """`python -m gischema.output.derived > docs/en/reference/measures.md`; with `zh`, the other."""
    shown = (ROOT / f"docs/{lang}/reference/measures.md").read_text(encoding="utf-8")
    assert shown == page(national_measures(), lang)
