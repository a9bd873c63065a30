"""Dates and spans of dates: 2021年1月1日, 自2021年1月1日起至12月31日止, 2021.1.1-2021.12.31."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

YEAR = r"20\d\d"
"""A year in which there are reports: the regulation is of 2007."""

_FIRST, _LAST = (
    rf"(?P<month{n}>\d{{1,2}})(?:月份?|[./-](?=\d))(?:(?P<day{n}>\d{{1,2}})日?)?" for n in (0, 1)
)
_SPAN = re.compile(
    rf"(?P<year0>{YEAR})[年./-]?度?\(?{_FIRST}(?:起|开始)?(?:,?[至到]|[-—~]{{1,2}})"
    rf"(?:(?:(?P<year1>{YEAR})[年./-]?|[同当]年)?{_LAST})?"
)

_LIKE_A_DAY = re.compile(r"\d+年\d+月")


class DateSpan(NamedTuple):
    """A span of dates in a text.

    Attributes:
        first: Its first day.
        last: Its last day, None if the text has no such day: 至今, 至13月32日.
        start: Where it begins in the text.
        end: Where it ends in the text.
    """

    first: date
    last: date | None
    start: int
    end: int

    def is_impossible(self, text: str) -> bool:
        """Return True if the last day precedes the first, or digits stand in place of one.

        Args:
            text: The text that holds the span.
        """
        if self.last is not None:
            return self.last < self.first
        is_printed = text[self.end - 1] == "日" or text[self.end - 1].isdigit()
        return is_printed or _LIKE_A_DAY.match(text, self.end) is not None


def date_spans(text: str) -> Iterator[DateSpan]:
    """Yield the spans of dates in a text without white space; a month stands for all its days."""
    for found in _SPAN.finditer(text):
        first = day_of(found["year0"], found["month0"], found["day0"] or "1")
        if first is not None:
            year, month = found["year1"] or found["year0"], found["month1"]
            last = day_of(year, month, found["day1"]) if month else None
            yield DateSpan(first, last, *found.span())


def day_of(year: str, month: str, day: str | None) -> date | None:
    """Return a day, the last of the month if `day` is None; None if there is no such day."""
    try:
        return date(int(year), int(month), int(day or monthrange(int(year), int(month))[1]))
    except ValueError:
        return None
