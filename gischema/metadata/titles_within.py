"""The titles of reports anywhere in a text: a file may hold more than one report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from attrs import frozen

from gischema.chinese.body_names import BodyNames, is_same_body, plain_name
from gischema.chinese.dates import YEAR
from gischema.metadata.title import Title, find_title

_LONGEST = 120
_PUBLIC = "公开"
_KINDS = ("报告", "年报")
_TABLE = "统计表"
_LONGEST_CAPTION = 40
_YEAR_OF_TABLE = re.compile(rf"(?<!\d)({YEAR})年度?(?!\d)")
_YEAR_ALONE = re.compile(rf"\s*\(?({YEAR})年度?\)?\s*\Z")


@frozen
class PlacedTitle:
    """A title, and the offset at which its line begins.

    `caption` is set for that of a table of figures, which may be inside the report of its title.
    """

    start: int
    title: Title
    caption: bool = False


def titles_within(text: str, names: BodyNames) -> list[PlacedTitle]:
    """Return the titles that stand on lines of a text, in order."""
    return list(_titles(text, names))


def _titles(text: str, names: BodyNames) -> Iterator[PlacedTitle]:
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    above = ""
    for start, line in zip(starts, lines, strict=False):
        if (year := _year_of_table(line, above)) is not None:
            yield PlacedTitle(start, Title(line.strip(), None, year), caption=True)
        if line.strip():
            above = line
        if len(line) <= _LONGEST and _PUBLIC in line and any(kind in line for kind in _KINDS):
            title = find_title(line, names)
            if title is not None:
                yield PlacedTitle(start, title)


def _year_of_table(line: str, above: str) -> int | None:
    """Return the year in the caption of a table of figures, or on a line alone below one."""
    if len(line) > _LONGEST_CAPTION:
        return None
    if _TABLE in line and _PUBLIC in line:
        years = set(_YEAR_OF_TABLE.findall(line))
        return int(years.pop()) if len(years) == 1 else None
    alone = _YEAR_ALONE.match(line)
    return int(alone[1]) if alone and _TABLE in above and _PUBLIC in above else None


def is_of_another(title: Title, agency: str | None, year: int | None) -> bool:
    """Return True if a title is that of a report of another year or body."""
    if None not in (title.year, year) and title.year != year:
        return True
    if title.agency is None or agency is None or agency in title.agency or title.agency in agency:
        return False
    return not is_same_body(plain_name(title.agency), plain_name(agency))
