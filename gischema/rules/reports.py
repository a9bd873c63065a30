"""The reports that a check looks at: the one that is checked and those it is held against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from gischema.report import Report
from gischema.rules.expressions import ReportRole

_YEAR = r"20\d\d\s*年?"
_TOPIC = r"(?s:(?:政府|政务)?(?:信息|政务)公开.*)"


@frozen(eq=False, repr=False)
class Reports:
    """The report that is checked and what it is held against.

    `previous` is last year's report of the same body, `version` another version of the same
    report, `below` the reports of all bodies whose figures it includes.
    """

    own: Report
    previous: Report | None = None
    version: Report | None = None
    below: tuple[Report, ...] = ()

    @property
    def last_year(self) -> Report | None:
        """Last year's report, unless its own year says that it is of another year."""
        if self.previous is None or self.previous.year is None or self.own.year is None:
            return self.previous
        return self.previous if self.previous.year == self.own.year - 1 else None

    @property
    def others(self) -> dict[ReportRole, Report]:
        """The reports beside the one that is checked, those of subordinate bodies apart."""
        given: dict[ReportRole, Report | None] = {
            "previous": self.last_year,
            "version": self.version,
        }
        return {whose: report for whose, report in given.items() if report is not None}

    @property
    def given(self) -> frozenset[ReportRole]:
        """Whose figures can be asked for."""
        return frozenset({"own", *self.others, *(("below",) if self.below else ())})


def series(reports: Sequence[Report]) -> list[Reports]:
    """Each report with those of the same body beside it, in the order given.

    Last year's is the report of the year before; of several of one year the last that was given.
    Where a body has several reports of one year, each is held against the one before it. Reports
    without a year stand alone. A report that names no body belongs to the only body there is.
    """
    bodies = _bodies(reports)
    latest: dict[tuple[str, int], Report] = {}
    versions: list[Report | None] = []
    for report, body in zip(reports, bodies, strict=True):
        key = (body, report.year or 0)
        versions.append(latest.get(key) if report.year else None)
        latest[key] = report
    return [
        Reports(report, latest.get((body, report.year - 1)) if report.year else None, version)
        for report, body, version in zip(reports, bodies, versions, strict=True)
    ]


def _bodies(reports: Sequence[Report]) -> list[str]:
    """The body of each report: the longest name that ends with the one it gives itself.

    市财政局 and 青禾市财政局 are one body, as long as they stand in one series.
    """
    named = [_named(report) for report in reports]
    known = sorted({name for name in named if name}, key=len, reverse=True)
    whole = {name: next(other for other in known if other.endswith(name)) for name in known}
    bodies = set(whole.values())
    only = bodies.pop() if len(bodies) == 1 else ""
    return [
        whole[name] if name else only or (f"?{n}" if bodies else "") for n, name in enumerate(named)
    ]


def _named(report: Report) -> str:
    """What a report calls its body: the agency, else what its title says before the topic."""
    name = report.agency or re.sub(_TOPIC, "", re.sub(_YEAR, "", report.title or ""))
    return "".join(name.split())
