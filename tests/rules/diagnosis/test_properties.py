"""Whatever is wrong: the suggestion of a culprit resolves its finding and breaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gischema.rules import check
from gischema.rules.diagnosis.linear import linear_equation
from gischema.rules.expressions import Compare, Number, Operand, Product, SignedSum
from gischema.testing import SeededChoices, consistent_values

QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
A, B = Operand("a"), Operand("b")


@pytest.mark.parametrize("form_id", ["art20-2019", "art20-2021", "stat-2014"])
def test_suggestions_mend(forms, book, make, form_id):
    """With all suggestions made, the findings with a culprit are gone and no others come."""
    form = forms[form_id]
    summed = [
        cell.path
        for rule in book.bound(form).rules
        if rule.rule.kind == "identity"
        for one in rule.checks
        for cell in one.instance.check_operands
        if cell.path in form.indicators
    ]
    mistakes = st.dictionaries(
        st.sampled_from(summed), st.none() | st.integers(0, 999), min_size=1, max_size=5
    )

    @QUICK
    @given(st.integers(0, 999), mistakes)
    def holds(seed, wrong):
        values = {**consistent_values(form, SeededChoices(seed)), **wrong}
        before = found(values)
        blamed = {key: f.culprit for key, f in before.items() if f.culprit is not None}
        better = {c.path: c.suggested for culprit in blamed.values() for c in culprit.changes}
        assert all(value >= 0 and value == int(value) for value in better.values())
        assert all(values[c.path] == c.stated for each in blamed.values() for c in each.changes)
        after = found(values | better)
        assert set(after) == set(before) - set(blamed)

    def found(values):
        result = check(make(form, values), form, book, select=["A", "B1", "B2", "B3", "B4"])
        return {(f.code, f.paths): f for f in result.findings if f.kind == "identity"}

    holds()


@pytest.mark.parametrize(
    ("expression", "factors", "constant"),
    [
        (Compare("=", A, B), {A: 1, B: -1}, 0),
        (Compare("=", A, SignedSum(((1, A), (-1, B)))), {B: 1}, 0),
        (Compare("=", Product("*", Number(2), A), Number(3)), {A: 2}, -3),
        (
            Compare("=", Product("*", Number(2), SignedSum(((1, A), (1, Number(4))))), B),
            {A: 2, B: -1},
            8,
        ),
    ],
)
def test_linear_checks_are_equations(expression, factors, constant):
    found = linear_equation(expression)
    assert found is not None
    assert (found.factors, found.constant) == (factors, constant)


@pytest.mark.parametrize(
    "expression",
    [
        Compare("<=", A, B),
        Compare("=", Product("*", A, B), Number(1)),
        Compare("=", Product("/", A, Number(2)), B),
        Compare("=", Operand("report.year"), Number(2021)),
    ],
)
def test_other_checks_are_none(expression):
    assert linear_equation(expression) is None
