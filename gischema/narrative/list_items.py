"""The items of lists: which figure they are part of, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gischema.chinese.body_names import PLACES
from gischema.narrative.context import OpenList
from gischema.narrative.dates import Reporting
from gischema.narrative.statement import Statement

_OF_REQUESTS = ("unavailable", "not_processed", "other_handling", "organizations", "withdrawn")
_MIXED = ("requests", "proactive")
_RECEIVED = ("RECEIVE", "RECEIVE_HANDLE", "RECEIVE_ANSWER")
_IN_FORCE = "proactive.normative.in_force"
"""Figures of these can be parts of one another; of the rest only what is below can."""

_PUBLISHED_UNITS = ("ITEMS", "CASES")
_OF_CLOSED = ("requests.", "unavailable", "not_processed", "other_handling")
_CLOSED = ("requests.answered", "requests.concluded", "requests.received")
_NEAR = 60  # figures among which the head of a list is looked for
_IN_ALL = re.compile(r"(?:全年|年度)?(?:合计|共计|总计|总共|一共|共)+(?:有|为|达)?")
_GOVERNMENTS = (*PLACES, "政府办")
_SAME_ACTS = frozenset({"OPEN", "DISCLOSE", "RECEIVE"})

_STOPS = "、,;。():"
_BEHIND = re.compile(rf"(?:\d{{4}}年|[^\d{re.escape(_STOPS)}])*")
_GLUE = "共为有的是"
_QUOTES = "“”\"'《》: "


def _family(indicator: str) -> str:
    """Return the family of an indicator: figures can be parts of those of their own family."""
    first = indicator.partition(".")[0]
    return "requests" if first in _OF_REQUESTS else first


def can_hold(head: Statement, item: Statement) -> bool:
    """Return True if a figure may be part of another: a lawsuit is none of the requests.

    What was published to interpret is part of what was disclosed.
    """
    own, other = _family(item.indicator), _family(head.indicator)
    if own == other and own not in ("", *_MIXED):
        return item.indicator.startswith(head.indicator)
    if not own or own == other or (own, other) == ("response", "proactive"):
        return True
    return not other and own not in ("reconsideration", "litigation", "complaints", "fees")


def summed_requests(statement: Statement, stated: Sequence[Statement]) -> list[Statement]:
    """Return the requests before that add up: 转办4件,直接受理9件,共计13件."""
    figure, clause = statement.clause.figure, statement.clause
    if figure is None or statement.indicators:
        return []
    if not _IN_ALL.fullmatch(statement.sentence.text, clause.opens, figure.start):
        return []
    parts = [one for one in stated if one.sentence is statement.sentence and one.head is None]
    parts = [one for one in parts if one.indicator == _CLOSED[-1]]
    total = sum(Decimal(one.value) for one in parts)
    return parts if len(parts) > 1 and total == Decimal(statement.value) else []


def summed(statement: Statement, stated: Sequence[Statement]) -> list[Statement]:
    """Return what was published before and adds up: 公开动态135条,公告81条,合计216条."""
    figure, clause = statement.clause.figure, statement.clause
    if figure is None or figure.name not in _PUBLISHED_UNITS or statement.indicators:
        return []
    if not _IN_ALL.fullmatch(statement.sentence.text, clause.opens, figure.start):
        return []
    rest, items = Decimal(statement.value), list[Statement]()
    for item in reversed(stated):
        if rest <= 0 or item.sentence is not statement.sentence or item.clause.figure is None:
            break
        if item.clause.figure.name in _PUBLISHED_UNITS:
            rest -= Decimal(item.value)
            items.append(item)
    published = any(not item.clause.names.isdisjoint(("DISCLOSE", "OPEN")) for item in items)
    return items if published and rest == 0 and len(items) > 1 else []


def place_in_list(
    statement: Statement, items: OpenList, stated: Sequence[Statement], reporting: Reporting
) -> None:
    """Make a figure an item of the open list, or end the list where it cannot be one."""
    head = items.head or _head_of(statement, stated)
    if head is None or not can_hold(head, statement):
        items.open = False
        granted = head is not None and head.indicator == "proactive.disclosed"
        if granted and statement.clause.names.isdisjoint(_RECEIVED):
            statement.certain = False  # 公开120条,其中依申请公开3条: granted, not received
        return
    if _is_own_share(statement, head, reporting):
        statement.indicators, statement.certain, head.certain = head.indicators, True, False
        statement.marks.discard("possible")
        return
    if _is_narrower(statement, head):
        head.certain = False
    if statement.indicator == _IN_FORCE and "SORTED" in head.clause.names:
        statement.certain = False  # 清理文件48件,其中继续有效40件: and the new ones
    again = statement.indicator == head.indicator and "so_far" in head.marks
    if again and reporting.is_this_year(statement.clause):
        head.marks.add("cumulative")  # 累计423条,其中2022年86条
        return
    items.head = head
    if items.fresh:
        head.groups += 1
        items.fresh = False
    statement.head, statement.group = head, max(0, head.groups - 1)
    statement.name = name_of(statement)
    if _adds_nothing(statement, head):
        statement.indicators = ()
    if {"CARRIED_IN", "INCLUDING"} <= statement.clause.names:
        head.marks.add("carry_over_included")


def _is_own_share(item: Statement, head: Statement, reporting: Reporting) -> bool:
    """全市公安机关公开5320条,其中局机关1320条, or 其中我局1320条: the report is of the second.

    The report of a government, or of its office, is on its whole region: 全县70件,其中县政府5件.
    """
    clause = item.clause
    whole = {"region", "own_region"} & head.marks == {"region"}
    own = whole and item.marks.isdisjoint(("region", "other_body"))
    if any(name.endswith(_GOVERNMENTS) for name in reporting.bodies.names):
        return False
    same = item.indicators == head.indicators or (
        not item.indicators and clause.phrases <= _SAME_ACTS
    )
    return own and same and head.certain and (item.certain or "possible" in item.marks)


def _is_narrower(item: Statement, head: Statement) -> bool:
    """公开120条,其中主动公开117条: the head is more than was disclosed on the body's initiative.

    And of 受理申请88件,其中依申请公开77件 only the second are requests for disclosure.
    """
    if item.indicator == head.indicator == _CLOSED[-1]:
        return "REQUEST" in item.clause.names and "REQUEST" not in head.clause.names
    if not item.indicator == head.indicator == "proactive.disclosed":
        return False
    return "DISCLOSE" in item.clause.names and "DISCLOSE" not in head.clause.names


def _adds_nothing(item: Statement, head: Statement) -> bool:
    """Return True if an item states what its head does, or one kind among others."""
    same = item.indicators == head.indicators
    if same and (head.certain or "DISCLOSE" in head.clause.names):
        return True
    mixed = "REQUEST" in head.clause.names & item.clause.names  # 来信、申请等26件,其中申请7件
    if head.off_topic and not mixed:
        return True
    return not item.certain and (not head.indicators or item.indicator.startswith("proactive."))


def _head_of(item: Statement, stated: Sequence[Statement]) -> Statement | None:
    """Return the figure that an item is part of: the last one, or the last that holds requests."""
    counted = [
        one
        for one in stated[-_NEAR:]
        if one.head is None and one.clause.figure is not None and one.clause.figure.name != "NONE"
        if one.sentence is item.sentence or not one.off_topic
    ]
    if item.indicator.startswith(_OF_CLOSED):
        closed = [one for one in counted if one.indicator in _CLOSED]
        if closed and not _is_more_than(item, closed[-1]):
            return closed[-1]
    return counted[-1] if counted else None


def _is_more_than(item: Statement, head: Statement) -> bool:
    """Return True for an item of another sentence than a head that is less: it is no part of it."""
    return item.sentence is not head.sentence and Decimal(item.value) > Decimal(head.value)


def name_of(statement: Statement) -> str:
    """Return what an item is called: the text before its figure, else the text behind it."""
    figure = statement.clause.figure
    if figure is None:
        return ""
    text = statement.sentence.text
    end = figure.start
    if text[end - 1 : end] == ")":
        end = max(0, text.rfind("(", 0, end))
    start = end
    while start > 0 and text[start - 1] not in _STOPS:
        start -= 1
    for token in statement.clause.tokens:
        if token.name in ("AMONG", "INCLUDING") and start <= token.start < end:
            start = token.end
        elif token.name == "RECEIVE" and start < token.start < end:
            end = token.start
    name = text[start:end].rstrip(_GLUE).strip(_QUOTES)
    if name:
        return name
    behind = _BEHIND.match(text, figure.end)
    return behind[0].lstrip(_GLUE).strip(_QUOTES) if behind else ""
