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
