"""The check of a report as plain data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gischema.output.converter import converter
from gischema.report import Report

if TYPE_CHECKING:
    from gischema.rules import CheckResult


def check_record(report: Report, result: CheckResult) -> dict[str, Any]:
    """What the rules found, what they could not tell, and what the reader was not sure of."""
    out = converter().unstructure
    return {
        "findings": out(result.findings),
        "not_assessable": out(result.not_assessable),
        "diagnostics": out(report.diagnostics),
    }
