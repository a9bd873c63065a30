"""The part of a year that a report is about: a month, a quarter, half a year."""

from __future__ import annotations

import re
from itertools import islice

from gischema.chinese.dates import DateSpan
from gischema.chinese.periods import named_periods
from gischema.chinese.topic import TOPIC
from gischema.report import Period

_ABOVE = 60  # lines
_LONGEST = 60  # characters of a heading
_SHORT = 10  # characters before a period that stands alone: 数据有效期:
_TOPIC = re.compile(TOPIC)
_YEARLY = re.compile(r"年报|年度(?!第|上|下|前)")
_PROSE = re.compile(r"[。;,]")


def period_in(title: str) -> Period | None:
    """Return the part of a year that a title names."""
    return next(map(_period, named_periods(title)), None)


def period_above(text: str) -> tuple[Period | None, tuple[int, int] | None]:
    """Return the part of a year that a heading or a line of its own names, and where it stands."""
    at = 0
    for line in islice(text.split("\n"), _ABOVE):
        for span in named_periods(line):
            if _is_heading(line, span):
                return _period(span), (at + span.start, at + span.end)
        at += len(line) + 1
    return None, None


def _is_heading(line: str, span: DateSpan) -> bool:
    """Return True if a line is about its period: with the topic, or nothing but the period.

    A month alone may be the date of a page.
    """
    if len(line) > _LONGEST or _PROSE.search(line) or _YEARLY.search(line):
        return False
    if _TOPIC.search(line):
        return True
    period = _period(span)
    rest = line[span.end :].strip(" |)")
    return period.first.month != period.last.month and not rest and span.start <= _SHORT


def _period(span: DateSpan) -> Period:
    return Period(span.first, span.last or span.first)
