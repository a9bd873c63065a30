"""Clear figures of a doubt about their reader where the identities of the form vouch for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.figure import number as shown
from gischema.forms.form import Form
from gischema.report import Amount, Diagnostic, Figure, Report
from gischema.rules.diagnosis.equations import ReportEquations, printed_extras, with_changes
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports
from gischema.rules.rulebook import RuleBook

VOUCHABLE = {"D635": 2, "D636": 2, "D653": 1, "D655": 1, "D660": 2}
"""By code of a diagnostic, how many identities clear a figure of its doubt.

D635, D636 and D660 doubt a reader that may misread any cell: both the sum of the row and the sum
of the column have to hold. D653 and D655 doubt how the digits of one number were put together: any
other number would break a sum.
"""

NO_WITNESS = frozenset({"D661"})
"""Codes whose figures vouch for nothing: an identity holds by chance if one of them is a guess."""

_R = TypeVar("_R", bound=Report)


def needs_vouching(report: Report) -> bool:
    """Return True if a diagnostic doubts figures in a way that identities can clear."""
    return any(one.code in VOUCHABLE and one.paths for one in report.diagnostics)


def without_vouched(report: _R, form: Form, book: RuleBook) -> _R:
    """Return the report without such doubts about figures that enough identities vouch for."""
    holding = holding_identities(report, form, book)
    diagnostics = (
        evolve(one, paths=tuple(p for p in one.paths if holding[p] < VOUCHABLE[one.code]))
        if one.code in VOUCHABLE
        else one
        for one in report.diagnostics
    )
    return evolve(report, diagnostics=tuple(diagnostics))


def repairs(
    report: Report, form: Form, book: RuleBook, readings: Mapping[str, Sequence[Amount]]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each figure with another reading that repairs what fails around it.

    It has to be the only one that repairs all identities which have a figure in common. Nothing is
    corrected.

    Args:
        report: The report.
        form: Its form.
        book: The rules.
        readings: The numbers that each figure may be, by path.
    """
    equations = _equations(report, form, book)
    for failing in equations.independent_groups(equations.residuals):
        keys = dict.fromkeys(
            key for number in failing for key in equations.equations[number].factors
        )
        found = [
            (key, value)
            for key in keys
            if all(key in equations.equations[number].factors for number in failing)
            for value in readings.get(key, ())
            if value != equations.value(key) and equations.allows({key: value}, failing)
        ]
        if len(found) == 1:
            yield _repair(report.by_path[found[0][0]], found[0][1])
    for key, values in readings.items():
        figure = report.by_path[key]
        if figure.status == "unreadable":
            fitting = [value for value in values if _fits(equations, key, value)]
            if len(fitting) == 1:
                yield _repair(figure, fitting[0])


def _repair(figure: Figure, value: Amount) -> Diagnostic:
    words = {"label": figure.label, "printed": figure.raw, "value": shown(value)}
    return diagnose("D662", figure.origin, (figure.path,), **words)


def _fits(equations: ReportEquations, key: str, value: Amount) -> bool:
    """Return True if at least two identities hold with a figure that was not read, and all do."""
    after = with_changes(equations.operands, {key: value})
    verdicts = [
        equations.verdict(one.check, after)
        for one in equations.constraints.equations
        if key in one.factors
    ]
    return verdicts.count(True) >= 2 and False not in verdicts


def holding_identities(report: Report, form: Form, book: RuleBook) -> Counter[str]:
    """Return in how many identities of the form that hold each figure lies, by path."""
    equations = _equations(report, form, book)
    guessed = {p for one in report.diagnostics if one.code in NO_WITNESS for p in one.paths}
    return Counter(
        key
        for number, equation in enumerate(equations.equations)
        if number not in equations.residuals and guessed.isdisjoint(equation.factors)
        for key in equation.factors
        if key in equations.operands.figures
    )


def _equations(report: Report, form: Form, book: RuleBook) -> ReportEquations:
    bound = book.bound(form)
    operands = ReportOperands.of(Reports(report), form, ())
    return ReportEquations(bound.constraints, operands, printed_extras(bound.view, operands))
