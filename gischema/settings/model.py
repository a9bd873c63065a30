"""The settings of a project: selected rules, their severity, and accepted findings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import evolve, field, frozen

from gischema.report import Report
from gischema.rules import CheckResult, Severity, Waiver
from gischema.rules.waivers import waive

FailOn = Literal["error", "warning", "info", "never"]


@frozen
class Settings:
    """The settings of a project; the defaults select every rule as it is.

    Attributes:
        select: Codes or prefixes of codes of the rules to check; None for all.
        ignore: Codes or prefixes of the rules not to check.
        fail_on: The lowest severity that makes the exit status of the command 1.
        severity: Severities that replace those of rules, by code.
        waivers: The accepted findings.
        file: The file of the settings.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    severity: Mapping[str, Severity] = field(factory=dict)
    waivers: tuple[Waiver, ...] = ()
    file: Path | None = field(default=None, eq=False)

    def applied(self, result: CheckResult, report: Report) -> CheckResult:
        """Return the result with the severities of the project and its waivers applied."""
        if self.severity:
            findings = tuple(
                evolve(finding, severity=self.severity.get(finding.code, finding.severity))
                for finding in result.findings
            )
            result = evolve(result, findings=findings)
        return waive(result, report, self.waivers)
