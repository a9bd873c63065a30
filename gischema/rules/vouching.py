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

VOUCHABLE = frozenset({"D635", "D636"})
"""Codes of diagnostics about readers that may misread any cell, none more than another."""

_ENOUGH = 2  # identities: the sum of its row and the sum of its column

_R = TypeVar("_R", bound=Report)


def needs_vouching(report: Report) -> bool:
    """Return True if a diagnostic doubts figures only for the reader that read them."""
    return any(one.code in VOUCHABLE and one.paths for one in report.diagnostics)


def without_vouched(report: _R, form: Form, book: RuleBook) -> _R:
    """Return the report without such doubts about figures that two identities vouch for."""
    known = vouched(report, form, book)
    diagnostics = (
        evolve(one, paths=tuple(path for path in one.paths if path not in known))
        if one.code in VOUCHABLE
        else one
        for one in report.diagnostics
    )
    return evolve(report, diagnostics=tuple(diagnostics))


def vouched(report: Report, form: Form, book: RuleBook) -> frozenset[str]:
    """Return the paths of the figures that lie in two identities of the form that hold."""
    bound = book.bound(form)
    operands = ReportOperands.of(Reports(report), form, ())
    extras = printed_extras(bound.view, operands)
    equations = ReportEquations(bound.constraints, operands, extras)
    holding = Counter(
        key
        for number, equation in enumerate(equations.equations)
        if number not in equations.residuals
        for key in equation.factors
        if key in operands.figures
    )
    return frozenset(key for key, count in holding.items() if count >= _ENOUGH)
