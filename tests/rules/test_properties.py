"""Consistent reports have no findings; a changed cell breaks exactly what rests on it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gischema.rules import check

ART20 = ("art20-2019", "art20-2021")
APPLICANTS = ("natural_person", "commercial", "research", "social", "legal_service", "other")
OUTCOMES = ("upheld", "corrected", "other", "pending")
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def outcomes(form):
    """The rows of outcomes that the form asks for, without their total."""
    paths = [row.path for row in form.rows if row.path.startswith("requests.disposed.")]
    groups = {row.path for row in form.rows if row.group}
    return [p for p in paths if p not in groups and p != "requests.disposed.total"]


@st.composite
def proactive(draw, form):
    """Figures of the table on proactive disclosure."""
    values = {}
    for path in form.indicators:
        if path.startswith("proactive."):
            number = draw(st.integers(0, 50))
            if path.endswith(("disclosed_total", "items_last_year")):
                number += 50
            elif path.endswith("items_change"):
                number -= 50
            values[path] = Decimal(number) / 8 if path.endswith("amount") else number
    return values


@st.composite
def requests(draw, form, subtotals):
    """Figures of the requests table, in which rows and columns add up."""
    table: dict[tuple[str, str], int] = {}
    for key in APPLICANTS:
        parts = {row: draw(st.sampled_from([0, 0, 0, 1, 2, 30])) for row in outcomes(form)}
        table |= {(row, key): value for row, value in parts.items()}
        if subtotals:
            for group in (row.path for row in form.rows if row.group):
                inside = (value for row, value in parts.items() if row.startswith(f"{group}."))
                table[group, key] = sum(inside)
        disposed, out = sum(parts.values()), draw(st.integers(0, 9))
        carried_in = draw(st.integers(0, disposed + out))
        table["requests.disposed.total", key] = disposed
        table["requests.carried_out", key] = out
        table["requests.carried_in", key] = carried_in
        table["requests.received", key] = disposed + out - carried_in
    values = {f"{row}.{key}": value for (row, key), value in table.items()}
    for row in dict.fromkeys(row for row, _ in table):
        cells = [table[row, key] for key in APPLICANTS]
        values[f"{row}.total"] = sum(cells)
        if subtotals:
            values[f"{row}.organizations"] = sum(cells[1:])
    return values


@st.composite
def review(draw):
    """Figures of the table of reconsiderations and lawsuits."""
    values: dict[str, int] = {}
    for block in ("reconsideration", "litigation.direct", "litigation.after_reconsideration"):
        cells = {key: draw(st.integers(0, 5)) for key in OUTCOMES}
        values |= {f"review.{block}.{key}": value for key, value in cells.items()}
        values[f"review.{block}.total"] = sum(cells.values())
    return values


@st.composite
def consistent(draw, form, subtotals=False):
    """The figures of a report on an Article 20 form in which everything adds up."""
    return draw(proactive(form)) | draw(requests(form, subtotals)) | draw(review())


@pytest.mark.parametrize("subtotals", [False, True], ids=["national", "with subtotals"])
@pytest.mark.parametrize("form_id", ART20)
def test_consistent_reports_have_no_findings(forms, arithmetic, make, form_id, subtotals):
    """Whatever adds up is found to add up, and every check could be made."""
    form = forms[form_id]

    @QUICK
    @given(consistent(form, subtotals))
    def holds(values):
        result = check(make(form, values), form, arithmetic)
        assert not result.findings
        assert not result.not_assessable

    holds()


@pytest.mark.parametrize("form_id", ART20)
def test_a_changed_cell_breaks_what_rests_on_it(forms, arithmetic, make, form_id):
    """Every identity that holds the cell is broken, no other one is."""
    form = forms[form_id]
    identities = [rule for rule in arithmetic.bound(form).rules if rule.rule.kind == "identity"]

    @QUICK
    @given(st.data())
    def holds(data):
        values = data.draw(consistent(form, subtotals=True))
        tables = [path for path in values if path.startswith(("requests.", "review."))]
        path = data.draw(st.sampled_from(tables))
        wrong = values | {path: values[path] + data.draw(st.integers(1, 99))}
        result = check(make(form, wrong), form, arithmetic)
        expected = sorted(
            (rule.rule.code, tuple(cell.path for cell in one.instance.check_operands))
            for rule in identities
            for one in rule.checks
            if any(cell.path == path for cell in one.instance.check_operands)
        )
        assert expected
        assert sorted((finding.code, finding.paths) for finding in result.findings) == expected
        assert all(path in finding.paths for finding in result.findings)

    holds()


@pytest.mark.parametrize("form_id", ART20)
def test_zeros_left_blank_change_nothing(forms, arithmetic, make, form_id):
    """Offices that print no zeros are not blamed; undecided checks are reported."""
    form = forms[form_id]

    @QUICK
    @given(consistent(form))
    def holds(values):
        blanked = {path: value or None for path, value in values.items()}
        result = check(make(form, blanked), form, arithmetic)
        assert not result.findings
        assert all(entry.reason == "blank" for entry in result.not_assessable)

    holds()


@pytest.mark.parametrize("form_id", [*ART20, "stat-2014"])
def test_any_figures_give_a_result(forms, arithmetic, make, form_id):
    """Whatever is printed, every check holds, is broken or is counted as open."""
    form = forms[form_id]
    paths = list(arithmetic.bound(form).view.cells)
    cells = st.sampled_from([None, "-", "?", 0, 1, -1, 10**30, Decimal("0.5"), Decimal("-1E-7")])

    @QUICK
    @given(st.dictionaries(st.sampled_from(paths), cells, max_size=60))
    def holds(values):
        result = check(make(form, values), form, arithmetic)
        for tally in result.tallies:
            broken = [finding for finding in result.findings if finding.code == tally.code]
            entries = [entry for entry in result.not_assessable if entry.code == tally.code]
            assert tally.broken == len(broken)
            assert tally.not_assessable == sum(entry.instances for entry in entries)
            assert all(entry.missing for entry in entries)
        for finding in result.findings:
            lengths = {
                len(part)
                for part in (finding.paths, finding.values, finding.origins, finding.sources)
            }
            assert lengths == {len(finding.paths)}

    holds()
