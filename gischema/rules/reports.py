"""The report that is checked and the reports that it is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from gischema.chinese.dates import YEAR
from gischema.chinese.topic import TOPIC
from gischema.report import Report
from gischema.rules.expressions import ReportRole

_OF_THE_REPORT = ("title", "page_head")
_Key: TypeAlias = tuple[str, int, tuple[int, int] | None]
"""The body, the year and the part of the year of a report."""

_YEAR = re.compile(rf"{YEAR}\s*年?")
_FROM_TOPIC = re.compile(rf"{TOPIC}.*", re.DOTALL)


@frozen
class Reports:
    """The report that is checked and the reports that it is compared with.

    Attributes:
        own: The report that is checked.
        previous: Last year's report of the same body.
        version: Another version of the same report.
        below: The reports of all bodies whose figures the report includes.
    """

    own: Report
    previous: Report | None = None
    version: Report | None = None
    below: tuple[Report, ...] = ()

    @property
    def last_year(self) -> Report | None:
        """Last year's report; None if it shows that it is of another year or part of a year."""
        if self.previous is None or self.previous.year is None or self.own.year is None:
            return self.previous
        same_part = part_of_year(self.previous) == part_of_year(self.own)
        return self.previous if same_part and self.previous.year == self.own.year - 1 else None

    @property
    def others(self) -> dict[ReportRole, Report]:
        """Last year's report and the other version, as far as they are given."""
        given: dict[ReportRole, Report | None] = {
            "previous": self.last_year,
            "version": self.version,
        }
        return {role: report for role, report in given.items() if report is not None}

    @property
    def given(self) -> frozenset[ReportRole]:
        """The roles of the reports that are given."""
        return frozenset({"own", *self.others, *(("below",) if self.below else ())})


def series(reports: Sequence[Report]) -> list[Reports]:
    """Return each report with last year's report of the same body, in the given order.

    Of several reports of one body and year, each is the other version of the one after it, and the
    last one is last year's report of the next year. A report without a year is compared with none.
    Reports of a quarter, half a year or a month are compared with those of the same part of a year.
    A report that names no body belongs to the only body there is.
    """
    bodies = bodies_of(reports)
    latest: dict[_Key, Report] = {}
    versions: list[Report | None] = []
    for report, body in zip(reports, bodies, strict=True):
        key = (body, report.year or 0, part_of_year(report))
        versions.append(latest.get(key) if report.year else None)
        latest[key] = report
    return [
        Reports(report, _year_before(latest, body, report), version)
        for report, body, version in zip(reports, bodies, versions, strict=True)
    ]


def part_of_year(report: Report) -> tuple[int, int] | None:
    """Return the first and the last month of a report of a part of a year, None for a year.

    A span of dates that stands only in the text may be that of a figure, or a slip.
    """
    fact = report.facts.get("period")
    if report.period is None or (fact is not None and fact.source not in _OF_THE_REPORT):
        return None
    return report.period.part


def _year_before(latest: Mapping[_Key, Report], body: str, report: Report) -> Report | None:
    if report.year is None:
        return None
    return latest.get((body, report.year - 1, part_of_year(report)))


def bodies_of(reports: Sequence[Report]) -> list[str]:
    """Return the body of each report: the longest name that ends with its own.

    市财政局 and 青禾市财政局 are one body as long as they occur in one series.
    """
    names = [_body_name(report) for report in reports]
    known = sorted({name for name in names if name}, key=len, reverse=True)
    longest = {name: next(other for other in known if other.endswith(name)) for name in known}
    return [longest[name] if name else _unnamed(n, longest) for n, name in enumerate(names)]


def _unnamed(number: int, longest: dict[str, str]) -> str:
    """Return the only body of a series; one of its own for each report if there are several."""
    bodies = set(longest.values())
    if len(bodies) == 1:
        return bodies.pop()
    return f"?{number}" if bodies else ""


def _body_name(report: Report) -> str:
    """Return the agency of a report, else what its title says before the topic."""
    name = report.agency or _FROM_TOPIC.sub("", _YEAR.sub("", report.title or ""))
    return "".join(name.split())
