"""Checking report after report, and remembering whether any finding weighs enough."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from attrs import define

import gischema
from gischema.cli.inputs import Input
from gischema.cli.run import Run, Unreadable
from gischema.report import Report

_SEVERITIES = ("info", "warning", "error", "never")


@define(eq=False, repr=False)
class Checker:
    """Checks with the options of one command; `found` turns true with a finding that counts."""

    previous: Report | None
    select: tuple[str, ...] | None
    fail_on: str
    found: bool = False

    @classmethod
    def of(cls, run: Run, previous: str | None, select: Iterable[str], fail_on: str) -> Checker:
        """The checker for a run. Leaves with status 2 if last year's report cannot be read."""
        codes = tuple(code.strip() for each in select for code in each.split(",") if code.strip())
        return cls(_previous(run, previous), codes or None, fail_on)

    def check(self, report: Report) -> gischema.CheckResult:
        """What the rules say about `report`; doubtful findings are shown but do not count."""
        try:
            result = gischema.check(report, previous=self.previous, select=self.select)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        threshold = _SEVERITIES.index(self.fail_on)
        self.found = self.found or any(
            _SEVERITIES.index(finding.severity) >= threshold
            for finding in result.findings
            if not finding.doubtful
        )
        return result


def _previous(run: Run, name: str | None) -> Report | None:
    if name is None:
        return None
    if len(run) != 1:
        raise click.UsageError(
            "--previous 只能用于一份报告 (goes with one report, not with several)"
        )
    try:
        return run.load(Input(name, Path(name))).report
    except Unreadable as error:
        run.complain(error)
        run.exit()
