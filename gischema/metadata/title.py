"""The title of a report: 某县民政局2023年政府信息公开工作年度报告."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from gischema.chinese.body_names import BodyNames, is_unnamed
from gischema.chinese.topic import TOPIC
from gischema.metadata.page_head import is_labelled
from gischema.text import normalise

_YEAR = r"(?:2\s?0\s?[0-4]\s?\d)"  # letters of a title may stand apart
_BEFORE = r"(?P<before>[^。;]{0,60}?)"
_TITLE = re.compile(
    rf"{_BEFORE}(?P<year>{_YEAR})\s*年?\s*度?\s*(?P<after>[^。;]{{0,40}}?)"
    rf"{TOPIC}[^。;,]{{0,14}}?(?:报告|年报)(?:\s*\([^)]{{1,16}}\))?\Z"
)
_TITLE_WITH_LATE_YEAR = re.compile(
    rf"{_BEFORE}{TOPIC}工?作?\s*(?P<year>{_YEAR})\s*年?\s*度?工?作?(?:报告|年报)\Z"
)
_TITLE_WITHOUT_YEAR = re.compile(rf"{_BEFORE}{TOPIC}工?作?(?:年度报告|年报)\Z")
_ABOUT = "关于"
_PATTERNS = (
    (_TITLE, ""),
    (_TITLE_WITH_LATE_YEAR, ""),
    (_TITLE_WITHOUT_YEAR, ""),
    (_TITLE, _ABOUT),
)
"""Expressions for titles, the clearest first, and what may stand in front of the year."""

_LONGEST = 120
_PUBLIC = "公开"  # in every title
_TOPIC_BEGINS = re.compile(TOPIC)
_BEFORE_TOPIC = re.compile(rf".*{_YEAR}\s*年?\s*度?(?:政府)?\Z")
_YEAR_FIRST = re.compile(rf"{_YEAR}\s*年?\s*度?")
_BEFORE_PUBLIC = re.compile(rf".*{_YEAR}.*信息\Z")  # …政府信息 / 公开年度报告
_PEOPLES = "人民"
_SITE = re.compile(r"\s*[_|—–-]+\s*")
_EDGES = " |*#-•\t"
_AROUND_NAME = " -#*·:、“”《》"
_TRAIL = ">"  # 首页 > 政务公开 > 民政局 > …
_LEAF = re.compile(r"\APage \d+ - ")  # what viewers print above a page that is turned
_WORD = re.compile(r"\w")  # there is none in a line of ??, which lost blanks leave


@frozen
class Title:
    """A title, and the body and the year that it states."""

    text: str
    agency: str | None
    year: int | None


def find_title(head: str, names: BodyNames) -> Title | None:
    """Return the title in the first lines of a text, the clearest of several."""
    lines = head.split("\n")
    candidates = list(_candidates(lines, names))
    for pattern, about in _PATTERNS:
        for at, line in candidates:
            match = pattern.match(line)
            if match is not None and _ABOUT not in match["before"].removesuffix(about):
                return _title(match, line_above(lines, at), names)
    return None


def title_of_page(title: str, names: BodyNames) -> Title | None:
    """Return the title of a web page without the name of its site."""
    text = normalise(title).text
    found = (find_title(part, names) for part in (text, *_SITE.split(text)))
    return next(filter(None, found), None)


def bare(line: str) -> str:
    """Return a line without what stands around it in a page or above it in a viewer."""
    return _LEAF.sub("", line.strip(_EDGES).rpartition(_TRAIL)[2].strip(_EDGES))


def line_above(lines: Sequence[str], at: int) -> str:
    """Return the next line above that has words, empty if there is none."""
    return next(filter(_WORD.search, map(bare, lines[:at][::-1])), "")


def _candidates(lines: Sequence[str], names: BodyNames) -> Iterator[tuple[int, str]]:
    """Yield the lines that may be a title, joined with the line above where it is broken."""
    for at, printed in enumerate(lines):
        if _PUBLIC in printed:
            line = bare(printed)
            above = line_above(lines, at)
            if _goes_on(above, line, names):
                line = above + line
            if len(line) <= _LONGEST and not is_labelled(line) and not is_unnamed(line):
                yield at, line


def _goes_on(above: str, line: str, names: BodyNames) -> bool:
    """Return True if a title that begins in the line above goes on in a line."""
    if _TOPIC_BEGINS.match(line):
        if _BEFORE_TOPIC.match(above):
            return True
        year = _YEAR_FIRST.match(above)
        return year is not None and names.is_name(above[year.end() :])
    return line.startswith(_PUBLIC) and _BEFORE_PUBLIC.match(above) is not None


def _title(match: re.Match[str], above: str, names: BodyNames) -> Title:
    """Return the title that a line is; the line `above` may hold the body that it lacks."""
    line, fields = match.string, match.groupdict()
    agency = _agency(fields["before"], names) or _agency(fields.get("after") or "", names)
    if agency is None and names.is_full_name(above):
        agency, line = above, above + line
    year = "".join((fields.get("year") or "").split())
    return Title(" ".join(line.split()), agency, int(year) if year else None)


def _agency(text: str, names: BodyNames) -> str | None:
    """Return the body that a part of a title names."""
    name = text.strip(_AROUND_NAME).removesuffix(_ABOUT)
    _, _, last = name.rpartition(" ")
    if last != name and names.is_full_name(last):
        name = last  # behind what a site prints in front of its titles
    if name.endswith(_PEOPLES):  # …人民政府信息公开年度报告 is about its government's
        name += "政府"
    chinese = ["\u4e00" <= sign <= "\u9fff" for sign in name]
    return name if any(map(all, pairwise(chinese))) else None
