"""Checking report after report, and remembering whether any finding weighs enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from getpass import getuser
from pathlib import Path

import click
from attrs import define, evolve

import gischema
from gischema.cli.inputs import Input
from gischema.cli.options import Choices
from gischema.cli.run import Loaded, Run, Unreadable, os_error
from gischema.output.checked import Checked
from gischema.output.language import message
from gischema.report import Report

_SEVERITIES = ("info", "warning", "error", "never")


@define(eq=False, repr=False)
class Checker:
    """Checks with the options of one command; `found` turns true with a finding that counts."""

    engine: gischema.Gischema
    settings: gischema.Settings
    previous: Report | None = None
    found: bool = False

    def checked(self, loaded: Iterable[Loaded]) -> Iterator[Checked]:
        """Each report with what the rules say about it."""
        for each in loaded:
            result = self._check(each.report)
            plain = each.document.kind == "text"
            yield Checked(each.file, each.document.text, each.report, result, plain)

    def waivers(self, loaded: Iterable[Loaded]) -> str:
        """A file of waivers for every finding that there is, in the name of who runs this."""
        who, today = _user(), datetime.now().astimezone().date()
        accepted = [
            gischema.waiver_of(finding, each.report, reason="基线 (baseline)", by=who, on=today)
            for each in loaded
            for finding in self._check(each.report).findings
        ]
        self.found = False
        return gischema.waivers_toml(accepted)

    def _check(self, report: Report) -> gischema.CheckResult:
        try:
            result = self.engine.check(report, previous=self.previous, settings=self.settings)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        threshold = _SEVERITIES.index(self.settings.fail_on)
        self.found = self.found or any(
            _SEVERITIES.index(finding.severity) >= threshold
            for finding in result.findings
            if not finding.doubtful
        )
        return result


def settings_of(run: Run, choices: Choices) -> gischema.Settings:
    """The settings of the project with what the command line says instead or besides.

    Leaves with status 2, saying why, if they cannot be read.
    """
    try:
        settings = _project_settings(choices)
        waivers = [w for name in choices.waivers for w in gischema.load_waivers(Path(name))]
    except gischema.SettingsError as error:
        run.complain(Unreadable(message(error, run.lang)))
        run.exit()
    except OSError as error:
        run.complain(Unreadable(os_error(str(error.filename), error, run.lang)))
        run.exit()
    return evolve(
        settings,
        select=_codes(choices.select) or settings.select,
        ignore=_codes(choices.ignore) or settings.ignore,
        fail_on=choices.fail_on or settings.fail_on,
        waivers=(*settings.waivers, *waivers),
    )


def _project_settings(choices: Choices) -> gischema.Settings:
    if choices.settings is not None:
        return gischema.load_settings(Path(choices.settings))
    found = None if choices.no_settings else gischema.find_settings(Path.cwd())
    return gischema.Settings() if found is None else gischema.load_settings(found)


def previous_report(run: Run, name: str | None) -> Report | None:
    """Last year's report. Leaves with status 2 if it cannot be read."""
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


def _codes(options: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip() for each in options for code in each.split(",") if code.strip())


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no account, as in a container
        return "?"
