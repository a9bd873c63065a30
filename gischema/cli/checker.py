"""Check report after report, and record if a finding decides the exit status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from attrs import asdict, define, evolve, frozen

import gischema
from gischema.cli.inputs import Found, Input
from gischema.cli.options import Choices, OtherReports
from gischema.cli.run import Loaded, Run, os_error
from gischema.cli.usage import WrongUsage
from gischema.filenames import displayed
from gischema.output.checked import Checked
from gischema.output.failed import Failed
from gischema.output.language import message, say
from gischema.output.settings_used import SettingsUsed
from gischema.report import Origin, Report
from gischema.settings.search import search_settings

T = TypeVar("T")

_NO_YEAR = 9999
_SEVERITIES = ("info", "warning", "error", "never")


@frozen
class Companions:
    """The reports to compare with: last year's, another version, those of subordinate bodies.

    In a `series` the reports of one run are compared with each other instead.
    """

    previous: Report | None = None
    version: Report | None = None
    below: tuple[Report, ...] = ()
    series: bool = False


@define(eq=False)
class Checker:
    """A check with the options of one command.

    `found` becomes True with a relevant finding, or with a table that was not read unless
    `allow_incomplete`. With `compares` each report is also compared with last year's.
    """

    engine: gischema.Gischema
    settings: gischema.Settings
    companions: Companions = Companions()
    allow_incomplete: bool = False
    compares: bool = False
    found: bool = False

    def outcomes(self, run: Run, make: Callable[[Checked], T]) -> Iterator[T | Failed]:
        """Yield the result of `make` for each report and its check.

        If a report cannot be read, or a rule or `make` raises, its `Failed` is yielded instead.
        """
        if self.companions.series:
            yield from self._in_series(run, make)
            return
        given = asdict(self.companions, recurse=False)
        del given["series"]
        yield from run.outcomes(lambda loaded: self._made(make, loaded, given))

    @property
    def settings_used(self) -> SettingsUsed:
        """The settings, with the codes of the rules that they switch off."""
        return SettingsUsed.of(self.settings, self.engine.rules)

    def waivers(self, run: Run) -> str:
        """Return a file of waivers for every finding, in the name of the current user."""
        who, today = _user(), datetime.now().astimezone().date()

        def accepted(item: Checked) -> list[gischema.Waiver]:
            return [
                gischema.waiver_of(finding, item.report, reason="基线 (baseline)", by=who, on=today)
                for finding in item.result.findings
            ]

        outcomes = self.outcomes(run, accepted)
        made = [one for each in outcomes if not isinstance(each, Failed) for one in each]
        self.found = False
        return gischema.waivers_toml(made)

    def _in_series(self, run: Run, make: Callable[[Checked], T]) -> Iterator[T | Failed]:
        every: list[Loaded] = []
        for each in run.loads():
            if isinstance(each, Failed):
                yield each
            else:
                every.append(each)
        every.sort(key=lambda each: each.report.year or _NO_YEAR)
        series = self.engine.series([each.report for each in every])
        for loaded, reports in zip(every, series, strict=True):
            given = {"previous": reports.previous, "version": reports.version}
            yield run.attempt(loaded.file, partial(self._made, make, loaded, given))
        for missing in self.engine.missing_periods([each.report for each in every]):
            zh = f"{missing.body or '文件中'}没有{missing.zh}的报告，前后各期都有"
            en = f"{missing.body or 'the series'} has no report on {missing.en}, between two others"
            run.note(say(run.lang, zh, en))

    def _made(self, make: Callable[[Checked], T], loaded: Loaded, given: Mapping[str, Any]) -> T:
        return make(self._checked(loaded, given))

    def _checked(self, loaded: Loaded, given: Mapping[str, Any]) -> Checked:
        result = self.engine.check(loaded.report, settings=self.settings, **given)
        other = given["previous"] or given["version"]
        comparison = None
        if self.compares and other is not None:
            comparison = self.engine.compare(other, loaded.report)
        return Checked(
            loaded.file,
            loaded.document.text,
            loaded.report,
            self._weighed(result),
            loaded.document.kind,
            self.engine.printed_names(loaded.report),
            comparison,
            _pictures(loaded),
        )

    def _weighed(self, result: gischema.CheckResult) -> gischema.CheckResult:
        threshold = _SEVERITIES.index(self.settings.fail_on)
        if result.verdict == "incomplete" and not self.allow_incomplete:
            self.found = True
        self.found = self.found or any(
            _SEVERITIES.index(finding.severity) >= threshold
            for finding in result.findings
            if not finding.doubtful
        )
        return result


def _pictures(loaded: Loaded) -> Callable[[Origin], bytes | None] | None:
    """Return what gives pictures of a scan; most reports are none, and load no viewer for it."""
    if not loaded.document.is_recognised:
        return None
    from gischema import viewer

    return viewer.pictures(loaded.document, loaded.file)


def settings_of(run: Run, choices: Choices) -> gischema.Settings:
    """Return the settings of the project, with the options of the command line.

    The command ends with status 2 and a message if they cannot be read or have an unknown rule.
    """
    try:
        settings = _project_settings(run, choices)
        waivers = [w for name in choices.waivers for w in gischema.load_waivers(Path(name))]
    except gischema.SettingsError as error:
        run.complain(message(error, run.lang))
        run.exit()
    except OSError as error:
        run.complain(Failed.unreadable(str(error.filename), *os_error(error)).line(run.lang))
        run.exit()
    settings = evolve(
        settings,
        select=_codes(choices.select) or settings.select,
        ignore=_codes(choices.ignore) or settings.ignore,
        fail_on=choices.fail_on or settings.fail_on,
        waivers=(*settings.waivers, *waivers),
    )
    try:
        run.engine.require_rules(settings)
    except ValueError as error:
        raise WrongUsage.by(error) from error
    return settings


def _project_settings(run: Run, choices: Choices) -> gischema.Settings:
    if choices.settings is not None:
        return gischema.load_settings(Path(choices.settings))
    if choices.no_settings:
        return gischema.Settings()
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the working folder is gone, and the settings in it
        return gischema.Settings()
    found = search_settings(here)
    for file in found.passed_over:
        name = displayed(str(file))
        zh = f"{name}：属于其他用户，不予采用；要用请以 --settings 指定"
        en = f"{name}: belongs to another user and is not used; name it with --settings to use it"
        run.note(say(run.lang, zh, en))
    return gischema.Settings() if found.file is None else gischema.load_settings(found.file)


def companions(run: Run, others: OtherReports) -> Companions:
    """Return the reports to compare with; end with status 2 if one cannot be read."""
    if others.series and (others.previous or others.other_version):
        raise WrongUsage(
            "--series 自行配对，不能再用 --previous、--other-version",
            "--series pairs reports by itself: not with --previous or --other-version",
        )
    if (others.previous or others.other_version or others.below) and len(run) != 1:
        raise WrongUsage(
            "--previous、--other-version、--below 只能用于一份报告",
            "--previous, --other-version and --below go with one report",
        )

    def report(item: Found) -> Report:
        loaded = run.load(item)
        if isinstance(loaded, Failed):
            run.exit()
        return loaded.report

    below = tuple(map(report, run.inputs(others.below)))
    previous, version = (
        report(Input(name, Path(name))) if name else None
        for name in (others.previous, others.other_version)
    )
    return Companions(previous, version, below, others.series)


def _codes(options: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip() for each in options for code in each.split(",") if code.strip())


def _user() -> str:
    from getpass import getuser  # only waivers need the name

    try:
        return getuser()
    except (OSError, KeyError):  # no account, as in a container
        return "?"
