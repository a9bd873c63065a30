"""Restrictions: words that make a figure count some of its indicator, or in other pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gischema.chinese.dates import YEAR
from gischema.narrative.clauses import Clause
from gischema.narrative.dates import Reporting
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement

_CARRIED = {"CARRIED_IN", "CARRIED_OUT"}
_THAN = "与比较同和"
_RECEIVED = "requests.received"
_DEALT_WITH = ("requests.answered", "requests.concluded")
_NEXT_YEAR = re.compile(rf"[已将均是则]*[于在]?(?:[次翌来明]年|下一?年度?|({YEAR})年)")
_APART = re.compile("撤回|撤销|不予处理|不予受理|重复")
_REST = ("其余", "剩余", "余下")
_OTHER = "另"
_SOME = re.compile(r"\d[件起宗条]")
_UNDONE = re.compile("结转|正在|尚未|未办结|待[办答处]|办理中")
_APPLICANTS = ("ANYONE", "ORGANIZATIONS", "NATURAL_PERSON", "COMMERCIAL")
_ASKED = ("", "申请", "的申请", "提出", "提出申请", "提交", "提交申请")
_AHEAD = ("RECEIVE", "RECEIVE_HANDLE", "RECEIVE_ANSWER", "HANDLE", "REQUEST", "APPLY", "INFO")
_ACT = re.compile(
    "(?:予以|进行|作出|做出)?(?:办理|处理)?(?:答复|回复|办结|办理|处理|办复|完成).{0,2}\\Z"
)
_NO_OTHERS = ("AMONG", "LAST_YEAR", "COMPARED")
_NOUNS = ("REQUEST", "APPLY")
_ANSWERS = ("ANSWER", "CONCLUDED", "ON_TIME", "EXTENDED")
_LATE = re.compile("(?:延期|延长|逾期|超期|超时|补正后|口头)[^,;。:、\\d]{0,6}\\Z")
_BY_MEDIUM = re.compile(
    "(?:网上|在线|线[上下]|当面|当场|现场|口头|电话|短信|邮寄|邮件)[方形]?式?\\Z"
)
_PLAIN = re.compile(  # 共答复9件, 我局答复9件
    "(?:\\A|[,:的到了共已计局委办厅府关位门县市区乡镇]|年度?内?|依[法规]|应|需|实际?|各类|有效|政府|信息|公开)\\Z"
)
_PIECES = ("ITEMS", "CASES", "MATTERS")
_BETWEEN = ("", "(", "、", "共", "共计", "计")


def is_in_time(statement: Statement) -> bool:
    """5个工作日内办结14件: those that took no longer, not all."""
    return "WITHIN" in statement.clause.names and statement.indicator in _DEALT_WITH


def is_rest(statement: Statement) -> bool:
    """2件撤回,其余10件已答复: what is left when others were disposed of in another way.

    1件不属于我局职责,另2件已答复: and here they need not have been left undone.
    """
    text, opens = statement.sentence.text, statement.clause.opens
    if statement.indicator not in _DEALT_WITH:
        return False
    if text.startswith(_OTHER, opens):
        return _SOME.search(text, 0, opens) is not None and _UNDONE.search(text) is None
    return text.startswith(_REST, opens) and _APART.search(text) is not None


def is_of_year_behind(statement: Statement, reporting: Reporting) -> bool:
    """1件属于2019年12月收到的申请: a year behind a figure may say of which year it is."""
    clause, text = statement.clause, statement.sentence.text
    if clause.figure is None or not reporting.year_stated or not clause.names.isdisjoint(_CARRIED):
        return False
    return any(
        m.name == "year"
        and m.start > clause.figure.end
        and int(m.value) < (reporting.year or 0)
        and text[m.start - 1] not in _THAN
        for m in clause.tokens
    )


def is_of_next_year(statement: Statement, reporting: Reporting) -> bool:
    """其中3件于2023年办结, 2件于次年办结: dealt with in the year behind the one of the report."""
    clause, text = statement.clause, statement.sentence.text
    if clause.figure is None or not statement.indicator.startswith(_DEALT_WITH):
        return False
    dated = _NEXT_YEAR.match(text, clause.figure.end)
    if dated is None or not clause.names.isdisjoint(_CARRIED):
        return False
    return dated[1] is None or reporting.year is None or int(dated[1]) > reporting.year


def doubt_two_counts(stated: Sequence[Statement], clauses: Sequence[Clause]) -> None:
    """3宗4件: one thing counted in two ways; which one the form counts is not known.

    Args:
        stated: The statements of a sentence.
        clauses: All its clauses.
    """
    if not stated:
        return
    text = stated[0].sentence.text
    figures = [one.figure for one in clauses if one.figure is not None]
    for first, second in pairwise(figures):
        if _are_of_one_thing(first, second, text):
            for statement in stated:
                if statement.clause.figure in (first, second):
                    statement.certain = False


def doubt_applicants(stated: Sequence[Statement]) -> None:
    """收到公民20件、法人10件申请: neither is all that came in.

    Args:
        stated: The statements of a sentence.
    """
    each = [one for one in stated if _counts_applicants(one)]
    if len(each) > 1:
        for one in each:
            one.certain = one.certain and one.indicator != "requests.received"


def doubt_several_ways(stated: Sequence[Statement]) -> None:
    """网上收到5件,通过信函等方式收到3件: what came in several ways is not all if others came too.

    Args:
        stated: The statements of a sentence.
    """
    for one in stated:
        if one.indicator == _RECEIVED and "CHANNELS" in one.clause.names and one.value.strip("0"):
            others = (other for other in stated if other is not one and other.head is not one)
            if any(other.indicator.startswith(_RECEIVED) for other in others):
                one.certain = False


def doubt_kinds(stated: Sequence[Statement]) -> None:
    """按期答复9件,延期答复1件, 收到公民申请9件、法人申请1件: neither is all of them.

    Where the others add up to the first, they are its parts.

    Args:
        stated: The statements of a sentence.
    """
    counted = [one for one in stated if one.clause.figure is not None and one.value.strip("0")]
    for place, one in enumerate(counted):
        if one.indicator not in (_RECEIVED, *_DEALT_WITH) or one.head is not None:
            continue
        acts = _NOUNS if one.indicator == _RECEIVED else _ANSWERS
        kind = _kind(one, acts)
        others = [other for other in counted if _is_other_kind(other, one, acts)]
        behind = [other for other in others if other in counted[place + 1 :]]
        parts = sum(float(other.value) for other in behind) == float(one.value)
        alone = acts is _ANSWERS and _BY_MEDIUM.search(kind) and not _is_all(one, counted)
        if alone or (kind and others and not parts):
            one.certain = False


def _kind(statement: Statement, acts: Sequence[str]) -> str:
    """Return the words in front of the act or noun that say which ones a figure counts."""
    clause, text = statement.clause, statement.sentence.text
    named = [m for m in clause.tokens if m.name in acts]
    if not named:
        return ""
    last = named[0]
    ahead = [m.end for m in clause.tokens if m.name in _AHEAD and m.end <= last.start]
    words = text[max([clause.opens, *ahead]) : last.start if acts is _NOUNS else last.end]
    words = _ACT.sub("", words) if acts is _ANSWERS else words
    return "" if _PLAIN.search(words) else words


def _is_other_kind(other: Statement, one: Statement, acts: Sequence[str]) -> bool:
    """Return True for a figure of others of the same: 延期1件, 口头申请1件."""
    clause, figure = other.clause, other.clause.figure
    if other is one or other.head is not None or not clause.names.isdisjoint(_NO_OTHERS):
        return False
    if figure is None or one.clause.figure is None or figure.name != one.clause.figure.name:
        return False
    if acts is _ANSWERS and _LATE.search(other.sentence.text, clause.opens, figure.start):
        return True
    alike = other.indicator in ("", _RECEIVED, *_DEALT_WITH, "requests.concluded.extended")
    return alike and _kind(other, acts) != ""


def _is_all(statement: Statement, counted: Sequence[Statement]) -> bool:
    same = (one for one in counted if one.indicator == _RECEIVED)
    return any(one.value == statement.value for one in same)


def _counts_applicants(statement: Statement) -> bool:
    figure, text = statement.clause.figure, statement.sentence.text
    return figure is not None and any(
        m.name in _APPLICANTS and text[m.end : figure.start] in _ASKED
        for m in statement.clause.tokens
        if m.end <= figure.start
    )


def _are_of_one_thing(first: Token, second: Token, text: str) -> bool:
    if first.name not in _PIECES or second.name not in _PIECES or first.value == second.value:
        return False
    return first.text != second.text and text[first.end : second.start] in _BETWEEN
