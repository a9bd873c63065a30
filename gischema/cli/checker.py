"""Checking report after report, and remembering whether any finding weighs enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click
from attrs import asdict, define, evolve, frozen

import gischema
from gischema.cli.inputs import Input
from gischema.cli.options import Beside, Choices
from gischema.cli.run import Loaded, Run, Unreadable, os_error
from gischema.output.checked import Checked
from gischema.output.language import message
from gischema.report import Report

_NO_YEAR = 9999
_SEVERITIES = ("info", "warning", "error", "never")


@frozen(eq=False, repr=False)
class Companions:
    """What reports are held against: last year's, another version, those of subordinate bodies.

    In a `series` the reports of one run are held against each other instead.
    """

    previous: Report | None = None
    version: Report | None = None
    below: tuple[Report, ...] = ()
    series: bool = False


@define(eq=False, repr=False)
class Checker:
    """Checks with the options of one command; `found` turns true with a finding that counts."""

    engine: gischema.Gischema
    settings: gischema.Settings
    companions: Companions = Companions()
    found: bool = False

    def checked(self, loaded: Iterable[Loaded]) -> Iterator[Checked]:
        """Each report with what the rules say about it."""
        for each, result in self._results(loaded):
            plain = each.document.kind == "text"
            yield Checked(each.file, each.document.text, each.report, result, plain)

    def waivers(self, loaded: Iterable[Loaded]) -> str:
        """A file of waivers for every finding that there is, in the name of who runs this."""
        who, today = _user(), datetime.now().astimezone().date()
        accepted = [
            gischema.waiver_of(finding, each.report, reason="基线 (baseline)", by=who, on=today)
            for each, result in self._results(loaded)
            for finding in result.findings
        ]
        self.found = False
        return gischema.waivers_toml(accepted)

    def _results(self, loaded: Iterable[Loaded]) -> Iterator[tuple[Loaded, gischema.CheckResult]]:
        try:
            if self.companions.series:
                every = sorted(loaded, key=lambda each: each.report.year or _NO_YEAR)
                reports = [each.report for each in every]
                results = self.engine.check_series(reports, settings=self.settings)
                yield from zip(every, map(self._weighed, results), strict=True)
                return
            given = asdict(self.companions, recurse=False)
            del given["series"]
            for each in loaded:
                result = self.engine.check(each.report, settings=self.settings, **given)
                yield each, self._weighed(result)
        except ValueError as error:
            raise click.UsageError(str(error)) from error

    def _weighed(self, result: gischema.CheckResult) -> gischema.CheckResult:
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


def companions(run: Run, beside: Beside) -> Companions:
    """What the reports of a run are held against. Leaves with status 2 if it cannot be read."""
    if beside.series and (beside.previous or beside.other_version):
        raise click.UsageError(
            "--series 自行配对，不能再用 --previous、--other-version (pairs reports by itself)"
        )
    if (beside.previous or beside.other_version or beside.below) and len(run) != 1:
        raise click.UsageError(
            "--previous、--other-version、--below 只能用于一份报告 (go with one report)"
        )
    try:
        below = tuple(run.load(item).report for item in run.inputs(beside.below))
        previous, version = (
            run.load(Input(name, Path(name))).report if name else None
            for name in (beside.previous, beside.other_version)
        )
    except Unreadable as error:
        run.complain(error)
        run.exit()
    return Companions(previous, version, below, beside.series)


def _codes(options: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip() for each in options for code in each.split(",") if code.strip())


def _user() -> str:
    from getpass import getuser  # only who waives findings is asked for a name

    try:
        return getuser()
    except (OSError, KeyError):  # no account, as in a container
        return "?"
