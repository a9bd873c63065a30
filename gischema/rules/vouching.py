"""Clear figures of a doubt about their reader where the identities of the form vouch for them."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from attrs import evolve

from gischema.forms.form import Form
from gischema.report import Report
from gischema.rules.diagnosis.equations import ReportEquations, printed_extras
from gischema.rules.report_operands import ReportOperands
from gischema.rules.reports import Reports
from gischema.rules.rulebook import RuleBook

VOUCHABLE = {"D635": 2, "D636": 2, "D653": 1, "D655": 1}
"""By code of a diagnostic, how many identities clear a figure of its doubt.

D635 and D636 doubt a reader that may misread any cell: both the sum of the row and the sum of the
column have to hold. D653 and D655 doubt how the digits of one number were put together: any other
number would break a sum.
"""

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


def holding_identities(report: Report, form: Form, book: RuleBook) -> Counter[str]:
    """Return in how many identities of the form that hold each figure lies, by path."""
    bound = book.bound(form)
    operands = ReportOperands.of(Reports(report), form, ())
    extras = printed_extras(bound.view, operands)
    equations = ReportEquations(bound.constraints, operands, extras)
    return Counter(
        key
        for number, equation in enumerate(equations.equations)
        if number not in equations.residuals
        for key in equation.factors
        if key in operands.figures
    )
