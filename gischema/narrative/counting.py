"""Clauses with a figure: what it is, of which year and body, and how certain that is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from gischema.chinese.dates import YEAR
from gischema.narrative.ambiguity import (
    denies_some,
    is_answer,
    is_carried_twice,
    is_casework,
    is_some,
)
from gischema.narrative.clause_table import Meaning
from gischema.narrative.clauses import Clause
from gischema.narrative.context import REVIEWS, Context
from gischema.narrative.dates import (
    Reporting,
    years_in_list,
    years_own,
)
from gischema.narrative.figure_marks import FigureClause, lead_of, mark_time, marks_of
from gischema.narrative.list_items import place_in_list, summed, summed_requests
from gischema.narrative.narrowing import counts_other, deny_way
from gischema.narrative.parts import is_by_some_channels, is_new_medium, is_one_column, is_one_kind
from gischema.narrative.resolve import Surroundings, meaning_of
from gischema.narrative.restrictions import (
    is_in_time,
    is_of_year_behind,
    is_rest,
)
from gischema.narrative.selection import is_actual, is_excepted, is_selected
from gischema.narrative.statement import Statement

_NO_FIGURE = ("COMPARED", "CHANGED_TO", "RECURRING")
_DENIALS = ("NONE", "NO_REQUESTS", "NO_CARRIED_IN")
_TWO_PLACES = {"READING_POINT", "DESK"}  # 查阅点、受理点各1个 counts one of each
_ACCOUNTS = {"WECHAT", "WEIBO", "GAZETTE"}
_PIECES = ("ITEMS", "CASES")
_ATTENDING = ("ATTENDANCES", "PEOPLE")
_YEAR = {"year"}
_OF_REVIEWS = ("reconsideration.", "litigation.")
_SAYING_WHICH = REVIEWS | {"DIRECT", "AFTER_RECONSIDERATION"}  # the last two are of lawsuits
_WAYS = ("IN_PERSON", "FAX", "ONLINE", "LETTER")
_FROM = re.compile(rf"[从由](?:{YEAR}年度?|[上去]年度?)?的?\Z")
_CHANGED_TO = re.compile("(?:下?降|降低|上?升|提[高升]|增[加长]?|减少?)[至到]")
_THAN = re.compile(rf"[较比与](?:{YEAR}年度?|[上去]年度?)的?\Z")  # 较2022年度的21件
_FAR = 12  # characters in which the word before a figure of an earlier year is looked for
_DEALT_WITH = ("ANSWER", "CONCLUDED", "ON_TIME", "RECEIVE_ANSWER", "RECEIVE_HANDLE")


def stated_by_figure(
    here: FigureClause, context: Context, stated: Sequence[Statement], reporting: Reporting
) -> Statement | None:
    """Return what a clause with a figure states, and what it makes certain or doubtful before it.

    Args:
        here: The clause.
        context: What was spoken of before. A list may begin or end here.
        stated: What the line stated before it.
        reporting: What is known of the report.
    """
    clause, figure, items = here.clause, here.figure, context.items
    if figure.name in _DENIALS and not context.denials:
        return None
    statement = Statement(here.sentence, clause, value=figure.value or "0")
    statement.marks |= marks_of(here, context, reporting)
    if _begins_list(here, context, stated):
        items.begin(stated[-1], clause)
    if "CUMULATIVE" in clause.names:
        items.open = False
    listed = items.open and "ALSO" not in clause.names and figure.name != "NONE"
    disclosed = _is_next_channel(here, stated, reporting) or (listed and _follows_total(stated))
    topic = "DISCLOSE" if disclosed else context.topic
    surroundings = Surroundings(
        here.sentence.text,
        topic,
        context.title,
        context.pending,
        here.behind,
        listed,
        _account(here, stated, reporting) or context.headed,
    )
    meaning = _meaning(here, surroundings, stated, reporting)
    statement.indicators, statement.certain = meaning.indicators, meaning.certain
    statement.also = meaning.also
    mark_time(here, statement, context, reporting)
    if _is_carried_into_year(clause, reporting):
        statement.indicators = ("requests.carried_in",)
    _of_several_years(here, statement, context, stated)
    _take_actual(statement, stated)
    _give_to_both(statement, context)
    _came_to_event(statement, stated)
    _sum_up(statement, stated)
    _received_again(statement, stated)
    deny_way(statement, reporting.grammar)
    if _split_off(statement, stated, reporting):
        items.open = listed = False
    statement.off_topic = not clause.phrases.isdisjoint(reporting.grammar.nothing)
    part = context.dates.part and not statement.indicator.startswith("training.")  # 6月培训1次
    selected = bool(statement.indicator) and is_selected(statement, context.pending, reporting)
    if selected and statement.indicator.startswith("requests."):
        statement.marks.add("unknown")  # so that its items are doubted too
    elif figure.ambiguous or part or selected or _is_doubtful(statement, context, reporting):
        statement.certain = False
    elif meaning.indicators and not meaning.certain:
        statement.marks.add("possible")  # 发布信息1145条: all of it, whether disclosed or not
    if "CHANGED_TO" in clause.ahead and context.changed is not None:
        changed = context.changed
        statement.indicators, statement.certain = changed.indicators, changed.certain
        items.open = listed = False
    elif _is_of_none(statement, here, context, reporting):
        context.changed = meaning if _is_changed(here) else None
        statement.indicators, statement.certain = (), False
        items.open = listed = False
    if listed:
        place_in_list(statement, items, stated, reporting)
    context.pending = []
    return statement


def _meaning(
    here: FigureClause,
    surroundings: Surroundings,
    stated: Sequence[Statement],
    reporting: Reporting,
) -> Meaning:
    """Return what a clause states; behind figures that may be requests it may be about them too.

    收到申请40件,其中予以公开25件: if the 40 are requests for information, 25 were granted.
    """
    meaning = meaning_of(here.clause, surroundings, reporting.grammar)
    before = next((one for one in reversed(stated) if one.indicators), None)
    if meaning.indicators or before is None or before.sentence is not here.sentence:
        return meaning
    possible = before.indicator.startswith("requests.") and "REQUEST" not in before.clause.phrases
    if not possible or not here.clause.phrases:
        return meaning
    on_requests = evolve(surroundings, topic="REQUEST")
    found = meaning_of(here.clause, on_requests, reporting.grammar)
    return Meaning(found.indicators, certain=False)


def _of_several_years(
    here: FigureClause, statement: Statement, context: Context, stated: Sequence[Statement]
) -> None:
    """2021年5件,2022年8件: the second counts what the first does; 2021年、2022年收到9件: both."""
    clause = here.clause
    if years_in_list(clause, here.sentence):
        statement.marks.add("cumulative")
    last = stated[-1] if stated else None
    if last is None or context.items.open:
        return
    if last.sentence is not here.sentence and not last.sentence.text.endswith(";"):
        return
    if clause.names == _YEAR and last.clause.names >= _YEAR and not statement.indicators:
        statement.indicators, statement.certain = last.indicators, last.certain


def _is_carried_into_year(clause: Clause, reporting: Reporting) -> bool:
    """Return True for 2024年转入2025年2件 in a report on 2025."""
    year = str(reporting.year)
    return any(m.name == "CARRIED_OUT" and year in m.text for m in clause.tokens)


def _take_actual(statement: Statement, stated: Sequence[Statement]) -> None:
    """应收190元,实收55元: the second is what the first was to be."""
    last = stated[-1] if stated else None
    same = last is not None and statement.indicators in ((), last.indicators)
    if last is not None and same and is_actual(statement, last):
        statement.indicators, statement.certain = last.indicators, bool(last.indicators)


def _begins_list(here: FigureClause, context: Context, stated: Sequence[Statement]) -> bool:
    """Return True if the items of the last figure begin here: 41件(含…), 171条:…."""
    if not stated:
        return False
    if here.clause.inside and here.clause.before == "(":
        return True
    colon = here.clause.before == ":" and not context.items.open
    return colon and stated[-1].sentence is here.sentence


def _is_next_channel(here: FigureClause, stated: Sequence[Statement], reporting: Reporting) -> bool:
    """通过网站公开信息4条、微信公众号6条: both count what was published."""
    clause = here.clause
    if not clause.phrases or not clause.phrases <= reporting.grammar.channels or not stated:
        return False
    before = stated[-1]
    counted = before.certain and before.indicator.startswith("proactive.channels.")
    return counted and before.sentence is here.sentence and clause.before in ("、", ",")


def _account(
    here: FigureClause, stated: Sequence[Statement], reporting: Reporting
) -> frozenset[str]:
    """Return the channel of 公众号关注用户8230人,发布信息154条: the second is its too."""
    named = frozenset[str]()
    for last in reversed(stated):
        figure = last.clause.figure
        if last.sentence is not here.sentence or last.indicators or figure is None:
            break
        if figure.name in _PIECES:
            break
        named |= last.clause.phrases & reporting.grammar.channels
    return named if len(named) == 1 and named <= _ACCOUNTS else frozenset()


def _follows_total(stated: Sequence[Statement]) -> bool:
    """Return True for the first item of 公开信息128条,其中规范性文件6条, whatever was the topic."""
    last = stated[-1] if stated else None
    counted = last is not None and (last.certain or "possible" in last.marks)
    return counted and last is not None and last.indicator == "proactive.disclosed"


def _came_to_event(statement: Statement, stated: Sequence[Statement]) -> None:
    """培训班1期38人次: who came to what was counted before."""
    figure, before = statement.clause.figure, stated[-1] if stated else None
    if figure is None or figure.name not in _ATTENDING or statement.clause.phrases:
        return
    if before is None or before.sentence is not statement.sentence:
        return
    if before.indicator == "training.courses":
        statement.indicators, statement.certain = ("training.trainees",), before.certain


def _sum_up(statement: Statement, stated: Sequence[Statement]) -> None:
    """公开动态135条,公告81条,合计216条: the sum is what was disclosed.

    One kind among others is not all that a channel published.
    """
    if parts := summed(statement, stated):
        statement.indicators = ("proactive.disclosed",)
        for part in parts:
            part.certain = part.certain and all(one.indicators for one in parts)
    for part in summed_requests(statement, stated):
        statement.indicators, part.certain = part.indicators, False


def _split_off(statement: Statement, stated: Sequence[Statement], reporting: Reporting) -> bool:
    """Return True if a figure is the year's own of the one before it; settle both."""
    before = next((s for s in reversed(stated) if s.indicators), None)
    if before is None or not years_own(statement, before, reporting):
        return False
    before.marks.add("cumulative")
    if before.sentence is not statement.sentence and statement.indicators:
        return False
    statement.indicators, statement.certain = before.indicators, before.certain
    return True


def _received_again(statement: Statement, stated: Sequence[Statement]) -> None:
    """收到申请5件,受理并答复3件: what is stated second is how many were answered.

    And if none was dealt with, none came in.
    """
    if statement.indicator != "requests.received":
        return
    names = statement.clause.names
    some = any(one.value != "0" and one.indicator.startswith("requests.received") for one in stated)
    if statement.value == "0" and some and not names.isdisjoint(_WAYS):
        statement.indicators = ()  # 收到网上申请5件,无现场、信函申请
        return
    if statement.value == "0" and "HANDLE" in names:
        statement.certain = True
    if "REQUEST" in names or names.isdisjoint(_DEALT_WITH):
        return
    if any(one.indicator == statement.indicator and one.head is None for one in stated):
        statement.indicators, statement.also = ("requests.answered",), ()


def _is_doubtful(statement: Statement, context: Context, reporting: Reporting) -> bool:
    """Return True if the words around a figure say that it is some of its indicator, or none."""
    if context.example or is_carried_twice(statement, reporting.year) or denies_some(statement):
        return True
    return bool(statement.indicator) and (
        is_some(statement)
        or is_one_column(statement, lead_of(statement, context))
        or is_one_kind(statement, reporting.grammar, reporting.bodies.names)
        or is_new_medium(statement)
        or is_casework(statement, context.disclosure)
        or counts_other(statement, reporting.grammar)
        or _is_exception(statement, context)
        or is_answer(statement, context.topic)
        or is_in_time(statement)
        or is_by_some_channels(statement, reporting.grammar)
        or is_of_year_behind(statement, reporting)
        or is_rest(statement)
    )


def _is_of_reviews(statement: Statement, context: Context) -> bool:
    """行政复议6件,上年结转2件: carried over are reviews, not requests."""
    carried = statement.indicator in ("requests.carried_in", "requests.carried_out")
    return carried and context.topic in REVIEWS and "REQUEST" not in statement.clause.names


def _give_to_both(statement: Statement, context: Context) -> None:
    """复议、诉讼情况:纠错1件: the text does not say which of the two was lost."""
    outcome = statement.indicator.startswith(_OF_REVIEWS)
    if outcome and context.joint and statement.clause.names.isdisjoint(_SAYING_WHICH):
        result = statement.indicator.partition(".")[2]
        statement.indicators = tuple(f"{review}{result}" for review in _OF_REVIEWS)
        statement.certain = False


def _is_exception(statement: Statement, context: Context) -> bool:
    """除上述申请外,未收到申请: but for those there was none."""
    if statement.indicator != "requests.received" or statement.value != "0":
        return False
    return any({"EXCEPT", "APPLY"} <= one.names for one in context.pending)


def _is_of_none(
    statement: Statement, here: FigureClause, context: Context, reporting: Reporting
) -> bool:
    """Return True for a figure of no year, an exception, and reviews that were carried over."""
    if _is_of_no_year(here, reporting) or is_excepted(statement):
        return True
    return _is_of_reviews(statement, context)


def _is_of_no_year(here: FigureClause, reporting: Reporting) -> bool:
    """Return True for a difference, a figure of last year, one of several, an end of a range."""
    clause, figure = here.clause, here.figure
    if not clause.ahead.isdisjoint(_NO_FIGURE):
        return True
    of_each = any(m.name == "EACH" and 0 <= figure.start - m.end <= 1 for m in clause.tokens)
    if of_each and not clause.names >= _TWO_PLACES:
        return True
    past = "LAST_YEAR" in clause.ahead and "CARRIED_IN" not in clause.names
    if past and not ("year" in clause.ahead and reporting.is_this_year(clause)):
        return True
    if any(m.name == "range" and m.end >= figure.start - 1 for m in clause.tokens):
        return True
    text = here.sentence.text[: figure.start]
    return _is_changed(here) or _THAN.search(text[-_FAR:]) is not None


def _is_changed(here: FigureClause) -> bool:
    """Return True for the first figure of 从3件增至9件, or of 申请12件降至5件."""
    text, start = here.sentence.text, here.figure.start
    if not here.figure.value or "RECURRING" in here.clause.ahead:
        return False
    to = _CHANGED_TO.match(text, here.figure.end)
    return to is not None or _FROM.search(text[max(0, start - _FAR) : start]) is not None
