"""Apply waivers to the result of a check, and make a waiver from a finding."""

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
    """Return the result with the findings that a waiver accepts moved to `waived`."""
    applicable = [waiver for waiver in waivers if _is_about(waiver, report)]
    if not applicable:
        return result
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: set[int] = set()
    for finding in result.findings:
        matching = [n for n, waiver in enumerate(applicable) if _accepts(waiver, finding)]
        used.update(matching)
        if matching:
            waived.append(Waived(finding, applicable[matching[0]]))
        else:
            kept.append(finding)
    checked = {tally.code for tally in result.tallies}
    unused = [w for n, w in enumerate(applicable) if n not in used and w.rule in checked]
    return evolve(
        result,
        findings=tuple(kept),
        waived=(*result.waived, *waived),
        unused_waivers=tuple(unused),
    )


def waiver_of(finding: Finding, report: Report, *, reason: str, by: str, on: date) -> Waiver:
    """Return a waiver for a finding: same rule, same report, same figures.

    The waiver refers to the title of the report, which stays if the file is moved; to the file
    if there is no title.
    """
    name = report.title or _file(report).name
    return Waiver(finding.code, name.strip(), reason, by, on, _operands(finding))


def _is_about(waiver: Waiver, report: Report) -> bool:
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
    """Return the values of a finding by the operand names of waivers."""
    parts = zip(finding.paths, finding.values, finding.sources, strict=True)
    return {
        _operand_name(path, source): _BLANK if value is None else value
        for path, value, source in parts
    }


def _operand_name(path: str, source: str) -> str:
    """Return a path with its source before it; no source means the tables of the report."""
    return " ".join((*(word for word in source.split() if word not in _PLAIN), path))


def _slashes(name: str) -> str:
    return name.replace("\\", "/")
