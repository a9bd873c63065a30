"""What a project decides: which rules count, how much, and which findings it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import evolve, field, frozen

from gischema.record import Record
from gischema.report import Report
from gischema.rules import CheckResult, Severity, Waiver
from gischema.rules.waivers import waive

FailOn = Literal["error", "warning", "info", "never"]


@frozen(eq=False, repr=False)
class Settings(Record):
    """The choices of a project; the defaults choose every rule as it is.

    `select` and `ignore` are rule codes or beginnings of codes, `severity` the severities that
    replace those of the rules (by whole codes), `fail_on` the lowest severity that makes the
    command's exit status 1. `file` is where they were read.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    severity: Mapping[str, Severity] = field(factory=dict)
    waivers: tuple[Waiver, ...] = ()
    file: Path | None = field(default=None, eq=False)

    def applied(self, result: CheckResult, report: Report) -> CheckResult:
        """The result with the severities of the project, and without what it accepts."""
        if self.severity:
            findings = tuple(
                evolve(finding, severity=self.severity.get(finding.code, finding.severity))
                for finding in result.findings
            )
            result = evolve(result, findings=findings)
        return waive(result, report, self.waivers)
