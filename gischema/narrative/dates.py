"""Time: which years the figures of a sentence are of, as its clauses name them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from gischema.narrative.bodies import Bodies
from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement
from gischema.text.sentences import Sentence

_COMPARED = frozenset("比较")
_DATES = {"year", "CUMULATIVE", "SINCE", "UNTIL", "THIS_YEAR", "PART_YEAR"}
_PERIODS = {"year", "THIS_YEAR", "PART_YEAR"}
_CARRIED = {"CARRIED_IN", "CARRIED_OUT"}
_SINCE = re.compile(
    r"\d{4}年?(?:(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|至今|起)"
    r"|[至到—~-]{1,2}\d{4}年(?!\d))"
)
_END_OF_YEAR = re.compile(r"年?(?:[底末]|12月)")
_JOINS = ("、", "和", "及", "与")
_LAST_YEAR = r"(?:上一?|去)年度?"
_OF_PARAGRAPH = re.compile(  # 2022年,我局…, 以下为2022年情况, 回顾上年工作
    rf"(?:[\d一二三四五六七八九十、.()]*(?:以下|下面|下列|上述|回顾|总结|现[将就]|[为是在])*)"
    rf"(?:(?:(?P<year>20\d\d)年度?(?:全年)?)|(?P<last>{_LAST_YEAR}))"
    r"(?:[,:](?!国|中央|全国|[省市县区]|上级|新|《)|(?:全县|全市|我|本|主动|共?收到)"
    r"|的?(?:政府|政务|信息|公开|各项|主要|年度)*(?:工作|情况|数据|回顾|总结)|年?度?\)?[:。]?\Z)"
)
_OWN_TIME = ("今年", "本年")
_ASIDE = re.compile("(?:与|同|和|根据|按照|依据|对照|结合)(?![^,;。]*(?:数据|统计|报))")
_COMPARING = re.compile("[比较与同]|基础")
_UNTIL_YEAR = re.compile(r"(?:截[至止]到?|[到至])\Z")
_NOT_OF_ONE_YEAR = {"so_far", "until", "cumulative"}
STOCKS = ("institution.", "proactive.normative.in_force")
"""What is counted at the end of a year, whenever it came about."""

_SAME_COUNT = {"OPEN", "DISCLOSE", "PUBLISH", "INFO", "RECEIVE", "HANDLE", "REQUEST", "APPLY"}


class Reporting(NamedTuple):
    """What is known of a report while its running text is read.

    Attributes:
        grammar: What the text is read with.
        bodies: Knows the reporting body.
        year: The year of the report.
        year_stated: True if the text names that year; else it does not say which figures are its.
    """

    grammar: NarrativeGrammar
    bodies: Bodies
    year: int | None = None
    year_stated: bool = False

    def is_this_year(self, clause: Clause) -> bool:
        """Return True if a clause speaks of the year of the report."""
        years = {token.value for token in clause.tokens if token.name == "year"}
        return "THIS_YEAR" in clause.names or str(self.year) in years


class Dates(NamedTuple):
    """Which years the figures of a sentence are of, as far as it was read.

    Attributes:
        cumulative: They are of several years.
        until: They are counted up to a day, perhaps from before the year on.
        other_year: They are of another year than the report.
        part: They are of a part of the year.
    """

    cumulative: bool = False
    until: bool = False
    other_year: bool = False
    part: bool = False

    @property
    def marks(self) -> set[str]:
        """The marks of figures with these dates."""
        known = {
            "cumulative": self.cumulative,
            "until": self.until,
            "other_year": self.other_year,
        }
        return {mark for mark, applies in known.items() if applies}

    def after(self, clause: Clause, sentence: Sentence, reporting: Reporting) -> Dates:
        """Return the dates of what follows the date that a clause names, if it names one.

        Only the beginning of a period ends what was said of several years: in 自开展工作以来,截至
        2012年12月31日 the second date is where they end.
        """
        names, until = clause.ahead, _start_of_figure(clause)
        if _is_last_year_alone(clause, sentence) or _is_of_last_year(clause, sentence):
            return self._replace(other_year=True)
        if names.isdisjoint(_DATES):
            return self
        dated = [m for m in clause.tokens if m.name == "year" and m.start < until]
        years = [m for m in dated if sentence.text[m.start - 1 : m.start] not in _COMPARED]
        if dated and not years and names.isdisjoint(_DATES - {"year"}):
            return self  # 比2022年下降29%
        if clause.figure is None and _ASIDE.match(sentence.text, clause.opens):
            return self  # 与2022年相比, 根据2022年考核要求
        ended = [m for m in years if _UNTIL_YEAR.search(sentence.text, 0, m.start)]
        ends = any(_END_OF_YEAR.match(sentence.text, m.end) for m in ended)
        begun = [m for m in years if m not in ended]
        this_year = "THIS_YEAR" in names or any(m.value == str(reporting.year) for m in begun)
        cumulative, other_year = self.cumulative, self.other_year
        if _is_of_several_years(clause, sentence, years, reporting.year):
            cumulative, years = True, []
        elif begun or "THIS_YEAR" in names:
            cumulative = False
        if any(m.text.startswith(_OWN_TIME) for m in clause.tokens if m.name == "THIS_YEAR"):
            other_year = False
        if years and names.isdisjoint(_CARRIED) and reporting.year and reporting.year_stated:
            other_year = int(years[-1].value) != reporting.year
        return Dates(
            cumulative,
            "UNTIL" in names or ((ends or self.until) and not this_year),
            other_year,
            "PART_YEAR" in names and not cumulative,
        )


def is_of_past(text: str, reporting: Reporting, past: bool) -> bool:
    """Return True if what follows is of another year: 以下为2022年情况。, or 2022年,我局….

    Args:
        text: A sentence, or a heading.
        reporting: What is known of the report.
        past: True if what stood before is of another year.
    """
    if reporting.year is None or not reporting.year_stated:
        return False
    if f"{reporting.year}年" in text or any(one in text for one in _OWN_TIME):
        return False
    opens = _OF_PARAGRAPH.match(text)
    return past if opens is None else True


def _is_last_year_alone(clause: Clause, sentence: Sentence) -> bool:
    """Return True for 去年, and 截至上年末, in front of what was counted, not for 与上年相比."""
    if clause.figure is not None or "LAST_YEAR" not in clause.names or clause.phrases:
        return False
    return _COMPARING.search(sentence.text, clause.opens, clause.end) is None


def _is_of_last_year(clause: Clause, sentence: Sentence) -> bool:
    """Return True for 去年收到申请3件, not for 较去年收到的3件, 去年3件 and 上年结转3件."""
    if clause.figure is None or clause.inside or not clause.phrases:
        return False
    if "LAST_YEAR" not in clause.ahead or not clause.names.isdisjoint(
        {"COMPARED", "CHANGED_TO", "year", "THIS_YEAR", *_CARRIED}
    ):
        return False
    ahead = sentence.text[clause.opens : clause.figure.start]
    return _COMPARING.search(ahead) is None


def years_in_list(clause: Clause, sentence: Sentence) -> bool:
    """Return True for 2021年、2022年收到…, of which no figure is of one year alone."""
    until = _start_of_figure(clause)
    years = [one for one in clause.tokens if one.name == "year" and one.end <= until]
    joined = (sentence.text[one.end : two.start] in _JOINS for one, two in pairwise(years))
    return len(years) > 1 and all(joined)


def names_date(clause: Clause) -> bool:
    """Return True if a clause itself names a date of what it counts."""
    return not clause.ahead.isdisjoint(_DATES)


def _start_of_figure(clause: Clause) -> int:
    return clause.figure.start if clause.figure is not None else clause.end


def _is_of_several_years(
    clause: Clause, sentence: Sentence, years: list[Token], reported: int | None
) -> bool:
    """Return True for 实施以来, 2008年5月以来, 2020年至2022年; not for 今年以来."""
    if "CUMULATIVE" in clause.ahead or any(_is_since(sentence, y, reported) for y in years):
        return True
    if "SINCE" not in clause.ahead or "THIS_YEAR" in clause.ahead:
        return False
    return any(y.value != str(reported) for y in years) or _PERIODS.isdisjoint(clause.ahead)


def _is_since(sentence: Sentence, year: Token, reported: int | None) -> bool:
    past = reported is not None and int(year.value) < reported
    return past and _SINCE.match(sentence.text, year.start) is not None


def years_own(statement: Statement, before: Statement | None, reporting: Reporting) -> bool:
    """Return True if a figure is the year's share of the one before: 累计423条,其中今年新增86条.

    Args:
        statement: The figure, with what its clause states alone.
        before: The last figure of the sentence that states something.
        reporting: What is known of the report.
    """
    clause = statement.clause
    if before is not None and before.indicator.startswith(STOCKS):
        return False
    if before is None or before.marks.isdisjoint(_NOT_OF_ONE_YEAR) or not before.indicator:
        return False
    if not reporting.is_this_year(clause) and "NEW" not in clause.names:
        return False
    if not statement.marks.isdisjoint(_NOT_OF_ONE_YEAR):
        return False
    published = before.indicator.startswith("proactive.channels.")
    same = {before.indicator, "", "proactive.disclosed" if published else ""}
    own = clause.phrases - _SAME_COUNT - before.clause.phrases
    return statement.indicator in same and not own and _is_less(statement, before)


def _is_less(statement: Statement, other: Statement) -> bool:
    return float(statement.value) < float(other.value)
