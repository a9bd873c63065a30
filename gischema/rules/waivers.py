"""What waivers do to the result of a check, and how one is made of a finding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from attrs import evolve

from gischema.filenames import displayed
from gischema.report import Report
from gischema.rules.model import Value
from gischema.rules.results import CheckResult, Finding, Waived, Waiver

_PLAIN = ("table", "fact")
_BLANK = "blank"


def waive(result: CheckResult, report: Report, waivers: Iterable[Waiver]) -> CheckResult:
    """The result without the findings that a waiver accepts; these are kept as `waived`."""
    here = [waiver for waiver in waivers if _speaks_of(waiver, report)]
    if not here:
        return result
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: set[int] = set()
    for finding in result.findings:
        fitting = [n for n, waiver in enumerate(here) if _accepts(waiver, finding)]
        used.update(fitting)
        if fitting:
            waived.append(Waived(finding, here[fitting[0]]))
        else:
            kept.append(finding)
    checked = {tally.code for tally in result.tallies}
    unused = [w for n, w in enumerate(here) if n not in used and w.rule in checked]
    return evolve(
        result,
        findings=tuple(kept),
        waived=(*result.waived, *waived),
        unused_waivers=tuple(unused),
    )


def waiver_of(finding: Finding, report: Report, *, reason: str, by: str, on: date) -> Waiver:
    """A waiver for this very finding: same rule, same report, same figures.

    The report is named by its title, which survives a move of the file, else by its file.
    """
    name = report.title or _file(report).name
    return Waiver(finding.code, name.strip(), reason, by, on, _operands(finding))


def _speaks_of(waiver: Waiver, report: Report) -> bool:
    if report.title is not None and report.title.strip() == waiver.report:
        return True
    return bool(report.source_name and waiver.report) and _file(report).match(waiver.report)


def _file(report: Report) -> PurePath:
    """Return the file of a report as it is shown: a file of waivers holds any name of a file."""
    return PurePath(displayed(_slashes(report.source_name or "")))


def _accepts(waiver: Waiver, finding: Finding) -> bool:
    if finding.code != waiver.rule:
        return False
    stated = _operands(finding)
    return all(key in stated and stated[key] == value for key, value in waiver.figures.items())


def _operands(finding: Finding) -> dict[str, Value]:
    """What a finding rests on, by the names that waivers use."""
    parts = zip(finding.paths, finding.values, finding.sources, strict=True)
    return {
        _named(path, source): _BLANK if value is None else value for path, value, source in parts
    }


def _named(path: str, source: str) -> str:
    """A path with its source before it, as rule files have it; nothing stands for the tables."""
    return " ".join((*(word for word in source.split() if word not in _PLAIN), path))


def _slashes(name: str) -> str:
    return name.replace("\\", "/")
