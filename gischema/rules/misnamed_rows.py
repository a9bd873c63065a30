"""Printed rows whose label is none of the form's, although they stand in the place of a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gischema.report import Diagnostic, Origin, Report

if TYPE_CHECKING:
    from gischema.forms.form import Form

_UNKNOWN_ROW = "D105"
_CHOICES = 2
"""The number of rows of the form that a message names at most."""


class MisnamedRow(NamedTuple):
    """A row that was not read for its label.

    Attributes:
        printed: The label that is printed.
        expected: The labels of the rows of the form that may stand there; empty for too many.
        origin: The place of the row.
    """

    printed: str
    expected: tuple[str, ...]
    origin: Origin | None


def misnamed_rows(report: Report, form: Form) -> Iterator[MisnamedRow]:
    """Yield the unknown rows of a report that stand in the place of a row of the form."""
    for diagnostic in report.diagnostics:
        if diagnostic.code == _UNKNOWN_ROW and diagnostic.paths:
            expected = tuple(_expected(form, diagnostic))
            named = expected if len(expected) <= _CHOICES else ()
            yield MisnamedRow(_printed(report, diagnostic), named, diagnostic.origin)


def _printed(report: Report, diagnostic: Diagnostic) -> str:
    """Return the label that a row prints: that of the first number behind it; empty without one."""
    at = diagnostic.origin
    behind = (
        number.label
        for number in report.unclaimed
        if at is not None and number.origin.start >= at.start
    )
    label = next(behind, "")
    return label if f"“{label}”" in diagnostic.message else ""


def _expected(form: Form, diagnostic: Diagnostic) -> Iterator[str]:
    """Yield the labels of the rows of the form whose figures a diagnostic flags."""
    flagged = set(diagnostic.paths)
    rows = (row for row in form.rows if not flagged.isdisjoint(row.paths))
    yield from (form.labels[row.terminal].number + row.label for row in rows if row.label)
