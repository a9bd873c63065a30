"""The day of publication: that of the page, and whether it may be another's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from gischema.metadata.days import day_at_start, day_signed
from gischema.metadata.model import Bilingual
from gischema.report import FactSource

_LONG = timedelta(days=90)
"""More than a report waits between its signature and its publication."""


class PublishedDay(NamedTuple):
    """The day of publication; `is_posting` if it is the page's, not the report's own."""

    day: date
    source: FactSource
    is_posting: bool


def own_day(made: Iterable[str], text: str) -> PublishedDay | None:
    """Return the day on which a report was made or signed.

    Args:
        made: The values of 成文日期 in the page head.
        text: The normal form of its text.
    """
    day = next(filter(None, map(day_at_start, made)), None)
    if day is not None:
        return PublishedDay(day, "page_head", is_posting=False)
    signed = day_signed(text)
    return PublishedDay(signed, "signature", is_posting=False) if signed is not None else None


def doubt_about(
    found: PublishedDay, own: PublishedDay | None, year: int | None
) -> Bilingual | None:
    """Return why a day may not be that of publication: a copy or a new website has its own."""
    if year is not None and found.day < date(year, 12, 1):
        return "报告年度尚未结束", "the year of the report was not over"
    if not found.is_posting:
        return None
    if own is not None and abs(found.day - own.day) > _LONG:
        return f"报告成文于{own.day}", f"the report was made on {own.day}"
    if year is not None and found.day.year > year + 1:
        return "下一年度报告已应公布", "the report of the next year was due"
    return None
