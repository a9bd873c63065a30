"""The day on which a report was published, made or signed."""

from __future__ import annotations

import re
from datetime import date

from gischema.chinese.dates import YEAR, day_of

_DAY = re.compile(rf"({YEAR})\s*[-年/.]\s*(\d{{1,2}})\s*[-月/.]\s*(\d{{1,2}})")
_SIGNED = re.compile(rf"\(?({YEAR})年 *(\d{{1,2}})月 *(\d{{1,2}})日(?:\)|[ \t]+来源:?.*)?\Z")
_UNDER_TITLE = re.compile(
    rf"({YEAR})-(\d{{1,2}})-(\d{{1,2}})"
    r"(?:[ \t]+\d{1,2}:\d\d(?::\d\d)?(?:[ \t]+[^ \t,。;:]{2,30})?)?\Z"
)
_DASHES = 2  # of 2024-01-19
_BLANKS = " \t"


def day_at_start(text: str) -> date | None:
    """Return the day with which a text begins: 2024-01-19, 2024年1月19日."""
    return _day(_DAY.match(text))


def day_within(text: str) -> date | None:
    """Return the first day in a text."""
    return _day(_DAY.search(text))


def day_under_title(head: str) -> date | None:
    """Return the day on a line of its own above the first chapter."""
    lines = (line.strip(_BLANKS) for line in head.split("\n") if line.count("-") == _DASHES)
    return next((_day(found) for line in lines if (found := _UNDER_TITLE.match(line))), None)


def day_signed(text: str) -> date | None:
    """Return the day of the last line that is a date."""
    lines = (line for line in reversed(text.split("\n")) if is_day_of_signature(line))
    return next((_day(_SIGNED.match(line.strip(_BLANKS))) for line in lines), None)


def is_day_of_signature(line: str) -> bool:
    """Return True if a line is a date as it stands under a report."""
    return "月" in line and _SIGNED.match(line.strip(_BLANKS)) is not None


def _day(match: re.Match[str] | None) -> date | None:
    return day_of(*match.group(1, 2, 3)) if match is not None else None
