"""Names of parts of a year: 2012年第三季度, 2012年上半年, 2012年3月, 截至2012年9月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gischema.chinese.dates import YEAR, DateSpan, day_of
from gischema.chinese.numerals import numeral_value

_PART = re.compile(
    rf"(?P<until>截[至止到]\s*)?(?P<year>{YEAR})\s*年?\s*度?\s*"
    r"(?:第?\s*(?P<quarter>[一二三四1-4])\s*季度?|(?P<half>[上下])半年|(?P<three>前[三3]季度)"
    r"|(?P<from>1\s*月?\s*[-—~至到]\s*)?(?P<month>1[0-2]|[1-9])\s*月份?(?!\s*\d|[./-]))"
)


_MONTHS = re.compile(
    r"(?:第?\s*(?P<quarter>[一二三四1-4])\s*季度|(?P<half>[上下])半年度?|(?P<three>前[三3]季度)"
    r"|(?P<until>截[至止到])?(?P<from>1\s*月?\s*[-—~至到]\s*)?(?P<month>1[0-2]|[1-9])\s*月份?"
    r"(?(until)(?:底|末|[123]?\d日)?止?))\Z"
)
"""The same without a year."""

_IN_WORDS = re.compile(
    r"(?<![至到—-])第?[一二三四1-4]季度(?![至到—-])|[上下]半年|前[三3]季度|[本当][季月]度?(?!结转)|\A\W*\d{1,2}月份?\W*\Z"
    rf"|截[至止到]于?(?:{YEAR}年)?(?!12月(?:31日|底|末|\W|\Z))\d{{1,2}}月"
    r"|(?<!\d)\d{1,2}月?[-—~至到](?!12月)\d{1,2}月"
)
"""Words of a part of a year, wherever they stand."""


def months_of(text: str) -> tuple[int, int] | None:
    """Return the first and the last month of a part of a year that is all that a text names."""
    found = _MONTHS.match(text)
    return _months(found) if found is not None else None


def names_part_of_year(text: str) -> bool:
    """Return True if a text without white space names a part of a year: 1-6月, 截至9月30日."""
    return _IN_WORDS.search(text) is not None


def named_periods(text: str) -> Iterator[DateSpan]:
    """Yield the parts of a year that a text names; 截至9月 and 1-9月 begin with the year."""
    for found in _PART.finditer(text):
        year, (first, last) = found["year"], _months(found)
        end = day_of(year, str(last), None)
        if end is not None:
            yield DateSpan(date(int(year), first, 1), end, *found.span())


def _months(found: re.Match[str]) -> tuple[int, int]:
    """Return the first and the last month of a part of a year."""
    if found["half"]:
        return (1, 6) if found["half"] == "上" else (7, 12)
    if found["three"]:
        return 1, 9
    if found["quarter"]:
        digit = found["quarter"]
        quarter = int(digit) if digit.isdecimal() else numeral_value(digit) or 1
        return 3 * quarter - 2, 3 * quarter
    month = int(found["month"])
    return (1 if found["from"] or found["until"] else month), month
