"""The years, quarters and months between the reports of a series of which it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from gischema.report import Report
from gischema.rules.reports import bodies_of, part_of_year

_MONTHS = 12
_THREE_QUARTERS = 9
_NAMES = {1: "月", 3: "季度", 6: "半年"}
_NAMES_EN = {1: "month", 3: "quarter", 6: "half"}
_ORDINALS = "一二三四"


@frozen
class MissingPeriod:
    """A year, or a part of one, without a report between two that have one.

    Attributes:
        body: The body.
        year: The year.
        months: How many months a report of its kind is about.
        number: Which of the parts of the year, counted from 1.
    """

    body: str
    year: int
    months: int
    number: int

    @property
    def zh(self) -> str:
        """Its name in Chinese: 2016年第二季度."""
        if self.months == _MONTHS:
            return f"{self.year}年"
        if self.months == 1:
            return f"{self.year}年{self.number}月"
        half = "上下"[self.number - 1] if self.months * 2 == _MONTHS else ""
        part = half or f"第{_ORDINALS[self.number - 1]}"
        return f"{self.year}年{part}{_NAMES[self.months]}"

    @property
    def en(self) -> str:
        """Its name in English: `quarter 2 of 2016`."""
        if self.months == _MONTHS:
            return str(self.year)
        return f"{_NAMES_EN[self.months]} {self.number} of {self.year}"


def missing_periods(reports: Sequence[Report]) -> Iterator[MissingPeriod]:
    """Yield the periods between those of a body's reports of one kind that no report is about.

    Reports of years, half-years, quarters and months are series of their own. A body with reports
    from January on (1–9月) has none on quarters and halves by themselves.
    """
    found: dict[tuple[str, int], set[int]] = {}
    growing: set[str] = set()
    for report, body in zip(reports, bodies_of(reports), strict=True):
        first, last = part_of_year(report) or (1, _MONTHS)
        months = last - first + 1
        if months == _THREE_QUARTERS:
            growing.add(body)
        if report.year is not None and (months == _MONTHS or months in _NAMES):
            place = (report.year * _MONTHS + first - 1) // months
            found.setdefault((body, months), set()).add(place)
    for (body, months), places in found.items():
        if body in growing and months in (3, 6):
            continue
        for place in sorted(set(range(min(places), max(places))) - places):
            year, month = divmod(place * months, _MONTHS)
            yield MissingPeriod(body, year, months, month // months + 1)
