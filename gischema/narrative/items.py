"""The items of lists: whose they are, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gischema.narrative.statement import Statement

_OF_REQUESTS = ("unavailable", "not_processed", "other_handling", "organizations", "withdrawn")
_MIXED = ("requests", "proactive")
"""Figures of these can be parts of one another; of the rest only what is below can."""

_PUBLISHED_UNITS = ("ITEMS", "CASES")
_IN_ALL = re.compile(r"(?:合计|共计|总计|总共|一共|共)+(?:有|为|达)?")
_STOPS = "、,;。():"
_BEHIND = rf"(?:\d{{4}}年|[^\d{re.escape(_STOPS)}])*"  # seldom asked
_GLUE = "共为有的是"
_QUOTES = "“”\"'《》: "


def _family(idea: str) -> str:
    """Which figures can be parts of which: requests of requests, channels of what was disclosed."""
    first = idea.partition(".")[0]
    return "requests" if first in _OF_REQUESTS else first


def can_hold(head: Statement, item: Statement) -> bool:
    """Whether a figure may be part of another: a lawsuit is none of the requests.

    What was published to interpret is part of what was disclosed.
    """
    own, other = _family(item.idea), _family(head.idea)
    if own == other and own not in ("", *_MIXED):
        return item.idea.startswith(head.idea)
    if not own or own == other or (own, other) == ("response", "proactive"):
        return True
    return not other and own not in ("reconsideration", "litigation", "complaints", "fees")


def summed(statement: Statement, told: Sequence[Statement]) -> list[Statement]:
    """公开动态135条,公告81条,合计216条: what was published before and adds up to a figure."""
    figure, clause = statement.clause.figure, statement.clause
    if figure is None or figure.name not in _PUBLISHED_UNITS or statement.ideas:
        return []
    if not _IN_ALL.fullmatch(statement.sentence.text, clause.opens, figure.start):
        return []
    rest, items = Decimal(statement.value), list[Statement]()
    for item in reversed(told):
        if rest <= 0 or item.sentence is not statement.sentence or item.clause.figure is None:
            break
        if item.clause.figure.name in _PUBLISHED_UNITS:
            rest -= Decimal(item.value)
            items.append(item)
    published = any(not item.clause.names.isdisjoint(("DISCLOSE", "OPEN")) for item in items)
    return items if published and rest == 0 and len(items) > 1 else []


def name_of(statement: Statement) -> str:
    """What an item of a list is called: the text before its figure, else the text behind it."""
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
    for mark in statement.clause.marks:
        if mark.name in ("AMONG", "INCLUDING") and start <= mark.start < end:
            start = mark.end
        elif mark.name == "RECEIVE" and start < mark.start < end:
            end = mark.start
    name = text[start:end].rstrip(_GLUE).strip(_QUOTES)
    if name:
        return name
    behind = re.match(_BEHIND, text[figure.end :])
    return behind[0].lstrip(_GLUE).strip(_QUOTES) if behind else ""
