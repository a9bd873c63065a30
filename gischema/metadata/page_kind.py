"""Tell a report from pages of other kinds that speak of the same topic.

A title of the right form, chapters, an announcing sentence or one stated figure makes a report,
unless the headline is that of a notice, a guide, a plan, news or a report on another topic.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from attrs import frozen

from gischema.chinese.body_names import BodyNames
from gischema.chinese.topic import TOPIC
from gischema.metadata.page_head import is_labelled
from gischema.metadata.title import bare, find_titles

_HEAD = 4000  # characters in which titles are looked for
_MOST_TITLES = 2  # more without any content are a list of reports
_LONGEST = 60  # characters of a headline
_DISCLOSURE = re.compile(rf"{TOPIC}|公开(?:政府|政务)?信息|(?:主动|依申请)公开")
_TOPIC = re.compile(TOPIC)

_OTHER = re.compile(
    r"(?:条例|办法|规定|规则|细则|制度|规范|指南|目录|清单|名单|方案|计划|规划|要点|通知|意见|通报|公告|公示|函|"
    r"批复|流程图?|申请表|登记表|答复书|告知书|决定书|研究|解读|问答|讲话|简报|公报|纪要|须知|声明|大事记|专报|快报|推进会|培训会|座谈会|"
    r"工作会|会议|培训班|(?:评估|考核)结果|[预决]算(?:公开)?)(?:\([^)]{1,10}\))?\Z"
)
"""Endings of the headlines of other pages."""

_ANNOUNCED = re.compile(rf"{TOPIC}.{{0,10}}(?:报告|年报)》?的(?:公告|公示|函)\Z")
"""The headline of a page that holds the report: 关于某局2015年…年度报告的公告."""

_REPORT = re.compile(r".{7,}(?:报告|年报|总结)\Z")
"""The headline of a report on any topic; 年度报告 alone is the end of a broken title."""

_MENU = re.compile(
    rf"{TOPIC}.{{0,2}}(?:指南|制度|目录|规定|条例|办法|申请表|流程图?)|(?:主动|依申请)公开目录"
)
"""An entry of a menu that stands on every page of a site: 政府信息公开指南."""

_NEWS = re.compile(
    r"\s*(?:近日|日前|连日来|本[报网]讯|\d{1,2}月\d{1,2}日(?:[上下]午)?,|[^,。]{0,12}讯[ \t(])"
)
_BY = re.compile(r"记者从|\((?:记者|通讯员|供稿)")
_PROSE = re.compile(
    r"[。;]|,.*,|^\s*(?:[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]+[章条部])"
)
_COUNT = re.compile(r"(?:数|金额|总额)[^\w。;]*(?:万元|人次|[条件次元人个期])?[^\w。;]*\d")
_FEWEST_COUNTS = 3  # a list of labels with figures, read or not

_MAIN_CHAPTERS = frozenset({"overview", "proactive", "requests"})
_CHAPTERS = _MAIN_CHAPTERS | {"fees", "review", "problems"}
_FEWEST_CHAPTERS = 2


@frozen
class Contents:
    """What was read in a text.

    Attributes:
        chapters: The kinds of its chapters.
        has_figures: True if rows of a form are printed, or running text states a figure.
        announces: True if its first paragraph announces a report or states its period.
    """

    chapters: Collection[str | None]
    has_figures: bool
    announces: bool

    @property
    def is_of_report(self) -> bool:
        """True if something of it is enough for a report."""
        kinds = _CHAPTERS.intersection(self.chapters)
        has_chapters = len(kinds) >= _FEWEST_CHAPTERS and not _MAIN_CHAPTERS.isdisjoint(kinds)
        return has_chapters or self.has_figures or self.announces


def speaks_of_disclosure(text: str) -> bool:
    """Return True if a text speaks of the disclosure of information at all."""
    return _DISCLOSURE.search(text) is not None


def is_other_page(text: str, names: BodyNames) -> bool:
    """Return True if a text with few rows of forms has the headline of another kind of page.

    Accounts have rows such as 总计 too.
    """
    return _is_other_page(text, names) and not _titles(text, names)


def is_report(text: str, contents: Contents, names: BodyNames) -> bool:
    """Return True if a text whose tables do not show it is a report.

    Args:
        text: Its normal form.
        contents: What was read in it.
        names: What names of bodies look like.
    """
    if not speaks_of_disclosure(text):
        return False
    is_of_report = contents.is_of_report or len(_COUNT.findall(text)) >= _FEWEST_COUNTS
    if is_of_report and not _is_other_page(text, names):
        return True
    stated = _titles(text, names)
    return bool(stated) and (is_of_report or len(stated) <= _MOST_TITLES)


def _titles(text: str, names: BodyNames) -> frozenset[str]:
    """Return the titles of reports that state a year or a body."""
    titles = find_titles(text[:_HEAD], names)
    return frozenset(title.text for title in titles if title.year or title.agency)


def _is_other_page(text: str, names: BodyNames) -> bool:
    """Return True if headline or first sentence are those of another kind of page."""
    headlines = list(_headlines(text, names))
    others = [line for line in headlines if _is_of_other_page(line)]
    if others and (others[-1] == headlines[-1] or not all(map(_MENU.fullmatch, others))):
        return True
    first = next((line for line in text[:_HEAD].split("\n") if _PROSE.search(line)), "")
    return any((_NEWS.match(first), _BY.search(first), _BY.search(text[-_LONGEST:])))


def _is_of_other_page(headline: str) -> bool:
    """Return True for the headline of a page of another kind, or of a report on another topic."""
    if _OTHER.search(headline):
        return _ANNOUNCED.search(headline) is None
    return _REPORT.search(headline) is not None and not _TOPIC.search(headline)


def _headlines(text: str, names: BodyNames) -> Iterator[str]:
    """Yield the short lines above the first sentence, chapter or table."""
    for printed in text[:_HEAD].split("\n"):
        line = bare(printed)
        if _PROSE.search(printed) or "|" in line or len(line) > _LONGEST:
            return
        if line and not is_labelled(line) and not names.is_full_name(line):
            yield line
