"""The title of a report: 某县民政局2023年政府信息公开工作年度报告."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from gischema.chinese.body_names import BodyNames, is_unnamed
from gischema.chinese.numerals import numeral_value
from gischema.chinese.topic import TOPIC
from gischema.metadata.page_head import is_labelled
from gischema.text import normalise

_DIGITS = r"(?<!\d)2\s?0\s?[0-4]\s?\d"  # letters of a title may stand apart
_WORDS = "二[〇零][〇零一二三四][〇零一二三四五六七八九]"
_YEAR = rf"(?:(?:{_DIGITS}|{_WORDS})(?!\s*[-./]\s*\d|\s*年\s*\d{{1,2}}\s*月))"  # not of a date
_BEFORE = r"(?P<before>[^。;]{0,60}?)"
_TITLE = re.compile(
    rf"{_BEFORE}(?P<year>{_YEAR})\s*年?\s*度?\s*(?P<after>[^。;]{{0,40}}?)"
    rf"{TOPIC}[^。;,]{{0,14}}?(?:报告|年报)(?:公示|公布)?"
    r"(?:\s*\((?P<behind>[^)]{1,20})\)|\s*[:—-]+\s*(?P<last>[^:。;,]{2,20}))?\Z"
)
_TITLE_WITH_LATE_YEAR = re.compile(
    rf"{_BEFORE}{TOPIC}工?作?\s*(?P<year>{_YEAR})\s*年?\s*度?工?作?(?:报告|年报)\Z"
)
_TITLE_WITH_YEAR_BEHIND = re.compile(
    rf"{_BEFORE}{TOPIC}工?作?(?:年度报告|年报|报告)\s*\((?P<year>{_YEAR})\s*年?\s*度?\)\Z"
)
_TITLE_WITHOUT_YEAR = re.compile(rf"{_BEFORE}{TOPIC}工?作?(?:年度报告|年报)\Z")
_SUMMARY = re.compile(
    rf"{_BEFORE}(?P<year>{_YEAR})\s*年?\s*度?\s*(?P<after>[^。;]{{0,40}}?){TOPIC}工?作?总结\Z"
)
_ABOUT = "关于"
_PATTERNS = (
    (_TITLE, ""),
    (_TITLE_WITH_LATE_YEAR, ""),
    (_TITLE_WITH_YEAR_BEHIND, ""),
    (_TITLE_WITHOUT_YEAR, ""),
    (_TITLE, _ABOUT),
    (_SUMMARY, ""),
)
"""Expressions for titles, the clearest first, and what may stand in front of the year."""

_LONGEST = 120
_PUBLIC = "公开"  # in every title
_IN_TITLES = frozenset("公报")  # in every line of one
_TOPIC_BEGINS = re.compile(TOPIC)
_BEFORE_TOPIC = re.compile(rf".*{_YEAR}\s*年?\s*度?(?:政府)?\Z")
_YEAR_FIRST = re.compile(rf"{_YEAR}\s*年?\s*度?")
_BEFORE_PUBLIC = re.compile(rf".*{_YEAR}.*信息\Z")  # …政府信息 / 公开年度报告
_BEFORE_REPORT = re.compile(rf".*{_YEAR}.*{TOPIC}工?作?\Z")
_REPORT = re.compile(r"(?:工作)?(?:年度?)?(?:报告|年报)(?:\s*\([^)]{1,16}\))?\Z")
_APART = re.compile(r"(?:[\u4e00-\u9fff()]|\d{1,4})(?: +(?:[\u4e00-\u9fff()]|\d{1,4})){3,}\Z")
_PEOPLES = "人民"
_SITE = re.compile(r"\s*[_|—–-]+\s*")
_EDGES = " |*#-•\t"
_AROUND_NAME = " -#*·:、“”《》|"
_SEPARATORS = re.compile(r"[ |>_—\[\]【】-]+")
_YEARS = re.compile(r"20\d\d\s*年?\s*度?[-—~至]*\s*\Z")  # the first of several years
_TRAIL = ">"  # 首页 > 政务公开 > 民政局 > …
_LEAF = re.compile(r"\APage \d+ - ")  # what viewers print above a page that is turned
_POSTED = re.compile(
    r"(?:(?:发布|发文|公开|更新)?(?:日期|时间)\s*:?\s*)?"
    r"20\d\d(?:-\d{1,2}-\d{1,2}|年\d{1,2}月\d{1,2}日)(?:\s+\d{1,2}:\d\d(?::\d\d)?)?\s+"
)
"""The date of posting that a text without line breaks has in front of its title."""

_QUOTED = re.compile("《[^《》]*》")
_SIGNED = re.compile(
    r"(?:\s+|(?<=报告|年报))20\d\d(?:-\d{1,2}-\d{1,2}|年\d{1,2}月(?:\d{1,2}日)?)"
    r"(?:\s+\d{1,2}:\d\d(?::\d\d)?)?(?:\s*来源.*)?\Z"
)
_NEIGHBOUR = re.compile(r"[上下前后]一(?:篇|条|页|个)|相关(?:链接|阅读|文章|信息)")
"""What stands in front of the title of another page that a page leads to."""

_NEWS = re.compile(
    r"(?:发布|公布|公开|公示|印发|出台|召开|举办|晒出|解读)(?:了|其)?"
    rf"\s*(?:{_YEAR}\s*年?\s*度?\s*)?\Z"
)
"""What a headline about a report has between body and title: 某市发布2023年…年度报告."""

_OTHER_TOPIC = re.compile(r"(?:环境|财务|财政|预算|决算|党务|村务|企业|价格)\s*\Z")
"""What stands in front of 信息公开 where it is not the government's: 环境信息公开年度报告."""

_WORD = re.compile(r"\w")  # there is none in a line of ??, which lost blanks leave


class Title(NamedTuple):
    """A title, and the body and the year that it states.

    Attributes:
        span: Where it stands in the text, None if elsewhere.
        embedded: True if the name of the body was cut out of words of a website.
    """

    text: str
    agency: str | None
    year: int | None
    span: tuple[int, int] | None = None
    embedded: bool = False


def find_title(head: str, names: BodyNames) -> Title | None:
    """Return the title in the first lines of a text, the clearest of several."""
    return next(find_titles(head, names), None)


def find_titles(head: str, names: BodyNames) -> Iterator[Title]:
    """Yield what may be titles in the first lines of a text, the clearest first."""
    lines = head.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    candidates = list(_candidates(lines, names))
    for pattern, about in _PATTERNS:
        for at, line in candidates:
            match = pattern.match(line)
            if match is None or _ABOUT in (before := match["before"]).removesuffix(about):
                continue
            ahead = match.groupdict().get("after") or before
            if not _NEWS.search(before.rstrip()) and not _OTHER_TOPIC.search(ahead):
                span = starts[at], starts[at] + len(lines[at])
                yield _title(match, line_above(lines, at), names)._replace(span=span)


def title_of_page(title: str, names: BodyNames) -> Title | None:
    """Return the title of a web page without the name of its site."""
    text = normalise(title).text
    found = (find_title(part, names) for part in (text, *_SITE.split(text)))
    return next(filter(None, found), None)


def bare(line: str) -> str:
    """Return a line without what stands around it in a page or above it in a viewer."""
    words = _LEAF.sub("", line.strip(_EDGES).rpartition(_TRAIL)[2].strip(_EDGES))
    return words.replace(" ", "") if _APART.match(words) else words


def line_above(lines: Sequence[str], at: int) -> str:
    """Return the next line above that has words, empty if there is none."""
    return next(filter(_WORD.search, map(bare, lines[:at][::-1])), "")


def _candidates(lines: Sequence[str], names: BodyNames) -> Iterator[tuple[int, str]]:
    """Yield the lines that may be a title, joined with the line above where it is broken."""
    for at, printed in enumerate(lines):
        if _IN_TITLES.isdisjoint(printed):
            continue
        line = bare(printed)
        if (_PUBLIC in line or _REPORT.match(line)) and not _NEIGHBOUR.match(line):
            line = _SIGNED.sub("", line)
            line = line[1:-1] if _QUOTED.fullmatch(line) else line
            line = line[posted.end() :] if (posted := _POSTED.match(line)) else line
            above = line_above(lines, at)
            if _goes_on(above, line, names):
                line = above + line
            if len(line) <= _LONGEST and not is_labelled(line) and not is_unnamed(line):
                yield at, line


def _goes_on(above: str, line: str, names: BodyNames) -> bool:
    """Return True if a title that begins in the line above goes on in a line."""
    if _REPORT.match(line):
        return _BEFORE_REPORT.match(above) is not None
    if _TOPIC_BEGINS.match(line):
        if _BEFORE_TOPIC.match(above):
            return True
        year = _YEAR_FIRST.match(above)
        return year is not None and names.is_name(above[year.end() :])
    return line.startswith(_PUBLIC) and _BEFORE_PUBLIC.match(above) is not None


def _title(match: re.Match[str], above: str, names: BodyNames) -> Title:
    """Return the title that a line is; the line `above` may hold the body that it lacks."""
    line, fields = match.string, match.groupdict()
    agency, embedded = None, False
    for part in (fields["before"], fields.get("after") or ""):
        if agency is None:
            agency, embedded = _agency(part, names)
    if agency is None:
        behind = (fields.get("behind"), fields.get("last"))
        agency = next((name for name in behind if name and names.is_full_name(name)), None)
    if agency is None and names.is_full_name(above):
        agency, line = above, above + line
    year = _year_value(fields.get("year") or "")
    return Title(" ".join(line.split()), agency, year, embedded=embedded)


def _year_value(printed: str) -> int | None:
    digits = "".join(printed.split())
    return int(digits) if digits.isdecimal() else numeral_value(digits)


def _agency(text: str, names: BodyNames) -> tuple[str | None, bool]:
    """Return the body that a part of a title names, and whether it was cut out of other words."""
    name = _YEARS.sub("", text.strip(_AROUND_NAME).removesuffix(_ABOUT))
    last = _SEPARATORS.split(name)[-1]
    if last != name and names.is_full_name(last):
        name = last  # behind what a site prints in front of its titles
    if name.endswith(_PEOPLES):  # …人民政府信息公开年度报告 is about its government's
        name += "政府"
    if names.has_website(name):
        return names.behind_website(name), True
    return (name if names.may_be_name(name) else None), False
