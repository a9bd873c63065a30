"""Narrowing: words because of which a figure counts some of its indicator, or something else.

待办政府信息公开申请3件 and 应予以公开3件 count no requests that came in or were granted, and
公开电话3个 no answers. Each check here is of one family of indicators.
"""

from __future__ import annotations

import re
from itertools import pairwise

from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.in_turn import GIVEN_TO_OTHERS
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement

_RECEIVED = "requests.received"
_RECEIVES = ("RECEIVE", "RECEIVE_HANDLE", "RECEIVE_ANSWER")
_ONE_AFTER_ANOTHER = ("", "、", "和", "及", "并", "后")
_MORE_WAYS = ("CHANNELS", "EVERY_CHANNEL", "OTHER_WAYS", "PLATFORM", "WEBSITE")
_BY_WIRE, _MANY = {"ONLINE"}, 3  # 书面或网络申请 are all of them
_IN_WRITING = "书面"  # by letter, or not orally
_OF_SOME = re.compile(
    "(?<![、或和及者])其[他它余](?!形式|方式|途径|渠道)|另外|上级|转|交办|移交|再|新的|来自"
)
_SOME_OF_THEM = {"企业", "企事业单位", "社会组织", "社会团体", "其他组织", "其它组织"}
_BAD = re.compile("不(?!动产)|超|违")  # 收到不规范的申请3件
_REACTIONS = ("反馈", "回复")
_ONCE = "一次"
_OUTCOMES = (
    "requests.answered.granted", "requests.answered.partially_granted", "requests.answered.refused",
)  # fmt: skip
_OUTCOME_ACTS = {"OPEN", "GRANTED", "PARTIAL", "REFUSED"}
_ANSWERED = re.compile(
    r"(?:的|了|类|答复|申请[件书]?|件|案件|总?数量?|政府|信息|[:为共计有是达“”(])*"
)
_NO_ANSWERS = ("TIMES", "PLACES", "PEOPLE", "ATTENDANCES")
_INSIDE = re.compile(r"\((?:含|包含|包括)([^()\d]*)\)")
_BY_WAY_OF = re.compile("(?:经|经过)(?:行政)?\\Z")
_FEES = {"复制费", "工本费", "检索费", "邮寄费"}
_OF_EACH = re.compile(r"每[^,;。:]{0,5}\Z|每[件份页次张人]")
_OF_STOCK = ("institution.staff", "institution.reading_points", "institution.offices", "desks")
_CHANGED = re.compile(
    "新[增设配建聘添]|各[^,]{0,8}[均都]|增加|调整|更换|轮换|撤[销并换]|取消|关[闭停]|减少|拟|每"
    "|缺编|空编|缺额|空缺|抽调|借调|离[职任岗]|调离|退休|需要|缺少|表彰|奖励|评选|考核|搬[迁离]"
)
_DUE = re.compile(r"(?<![相对回反适响供照认许])(?:应该?|应当|须|需要|可以?)\Z")
_TO_RECEIVE = re.compile(
    "应[该当]?(?:收(?![到取]?尽)|缴|配备?|设立?|有)"
)  # 应收处理费190元,实收55元
_UNDONE = "未"
_CANCELLED = re.compile("取消|推迟|暂停|未能")
_EXHAUSTED = "尽"  # 应公开尽公开
_ASKED = "申请"  # 应申请公开3件 were asked for
_DUE_OF = (
    "institution.",
    "requests.",
    "proactive.disclosed",
    "proactive.normative",
    "fees",
    "unavailable",
    "not_processed",
)
_TASK = re.compile(r"(?:指标|任务|计划)[为是共有:]*\Z")


def counts_other(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """Return True if the words around a figure say that it counts something else, or some of it.

    Args:
        statement: A figure that states one indicator.
        grammar: What the text is read with.
    """
    indicator = statement.indicator
    if indicator == _RECEIVED and _is_no_receipt(statement, grammar):
        return True
    if indicator in _OUTCOMES and _is_no_outcome(statement, grammar):
        return True
    if indicator.startswith("requests.answered") and _is_sorted(statement, "REQUEST", "ANSWER"):
        return True
    if indicator == "fees" and _is_no_fee(statement):
        return True
    if indicator == "reconsideration" and _is_passed_through(statement):
        return True
    if indicator == "proactive.disclosed" and _is_sorted(statement, "DISCLOSE", "OPEN"):
        return True
    if indicator.startswith(_OF_STOCK) and _CHANGED.search(_ahead(statement)):
        return True
    if indicator.startswith("training."):
        return _CANCELLED.search(_ahead(statement)) is not None
    return indicator.startswith(_DUE_OF) and (
        is_due(statement, grammar) or _is_undone(statement, grammar)
    )


def deny_way(statement: Statement, grammar: NarrativeGrammar) -> None:
    """Take 未收到信函申请 for no request by letter, not for none at all."""
    clause = statement.clause
    ways = clause.names & grammar.ways
    if statement.indicator != _RECEIVED or statement.value.strip("0") or len(ways) != 1:
        return
    written = any(m.text.startswith(_IN_WRITING) for m in clause.tokens)
    if clause.names.isdisjoint(_MORE_WAYS) and not written:
        statement.indicators = (f"{_RECEIVED}.{next(iter(ways)).lower()}",)


def is_due(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """应公开信息500条, 应收到申请3件: what had to be, which need not have been."""
    ahead, opens = _ahead(statement), statement.clause.opens
    if _TASK.search(ahead) and statement.indicator == "proactive.disclosed":
        return True
    if _TO_RECEIVE.search(ahead):
        return True
    text = statement.sentence.text
    return any(
        act.name in grammar.acts
        and not act.text.startswith(_ASKED)
        and not text.startswith(_EXHAUSTED, act.end)
        and _DUE.search(ahead[: max(0, act.start - opens)]) is not None
        for act in _tokens_ahead(statement)
    )


def _is_undone(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """未及时公开信息3条: what was not done, or not as it should have been."""
    return any(
        first.name == "WORDS"
        and first.text.startswith(_UNDONE)
        and first.end == second.start
        and second.name in grammar.acts
        for first, second in pairwise(statement.clause.tokens)
    )


def _ahead(statement: Statement) -> str:
    """Return the words of a clause in front of its figure."""
    figure = statement.clause.figure
    end = statement.clause.end if figure is None else figure.start
    return statement.sentence.text[statement.clause.opens : end]


def _tokens_ahead(statement: Statement) -> list[Token]:
    figure = statement.clause.figure
    tokens = statement.clause.tokens
    return [m for m in tokens if figure is None or m.end <= figure.start]


def _is_no_receipt(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """待办申请3件, 受理企业登记申请3件, 收到稿件3篇, 一次申请3件以上."""
    clause, text = statement.clause, statement.sentence.text
    if not statement.value.strip("0"):
        return _denies_some(statement, grammar)
    receipts = [m for m in clause.tokens if m.name in _RECEIVES]
    requests = [m for m in clause.tokens if m.name == "REQUEST"]
    figure = clause.figure
    once = figure is not None and text.startswith(_ONCE, figure.start)
    if once and any(figure is not None and m.start == figure.end for m in clause.tokens):
        return True
    if requests and not receipts:
        ahead = text[clause.opens : requests[0].start].removesuffix("的")
        own = ahead.endswith(grammar.other_acts)
        return own or _is_sorted(statement, "REQUEST")
    if requests:
        ahead = text[receipts[0].end : max(receipts[0].end, requests[0].start)]
        return _BAD.search(ahead) is not None
    if any(m.text in _REACTIONS and m.start == one.end for one in receipts for m in clause.tokens):
        return True
    if "INFO" in clause.names and "APPLY" not in clause.names:
        return True
    return any(
        second.end == noun.start and text[first.end : second.start] not in _ONE_AFTER_ANOTHER
        for first, second in pairwise(receipts)
        for noun in clause.tokens
        if noun.name == "APPLY"
    )


def _denies_some(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """未收到其他申请, 没有收到上级转来的申请, 未收到书面申请: there may have been others."""
    clause, text = statement.clause, statement.sentence.text
    nouns = [m.start for m in clause.tokens if m.name in ("REQUEST", "APPLY")]
    if clause.figure is None or not nouns:
        return False
    anyone = {m.text for m in clause.tokens if m.name == "ANYONE"}
    if anyone and anyone <= _SOME_OF_THEM:
        return True
    between = text[clause.figure.end : nouns[0]]
    for named in anyone:
        between = between.replace(named, "")
    ways = clause.names & grammar.ways
    some = ways and (len(ways) == 1 or ways.isdisjoint(_BY_WIRE))
    some = some and len(ways) < _MANY and clause.names.isdisjoint(_MORE_WAYS)
    return bool(some) or _OF_SOME.search(between) is not None


def _is_sorted(statement: Statement, *acts: str) -> bool:
    """审核主动公开信息3条, 归档申请3件: what was done with them in the year."""
    tokens = statement.clause.tokens
    return any(
        first.name == "SORTED" and first.end == second.start and second.name in acts
        for first, second in pairwise(tokens)
    )


def _is_no_outcome(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """公开电话3个, 不予公开事项3项, 予以公开(含部分公开)3件."""
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None:
        return False
    if figure.name in _NO_ANSWERS:
        return True
    ahead = _ahead(statement)
    for inside in _INSIDE.finditer(ahead):
        named = {m.name for m in grammar.scanner.tokens(inside[1])}
        if not named.isdisjoint(_OUTCOME_ACTS):
            return True
    acts = [m for m in _tokens_ahead(statement) if m.name in _OUTCOME_ACTS]
    if not acts or GIVEN_TO_OTHERS in statement.clause.names:
        return False
    words = _INSIDE.sub("", text[acts[-1].end : figure.start])
    return _ANSWERED.fullmatch(words) is None


def _is_no_fee(statement: Statement) -> bool:
    """检索费890元、复制费740元, 每件按10元收费."""
    figure = statement.clause.figure
    fees = [m.text for m in statement.clause.tokens if m.name == "FEE"]
    kinds = _FEES.intersection(fees)
    parts = bool(figure and figure.value) and len(kinds) == 1 and kinds.issuperset(fees[-1:])
    return parts or _OF_EACH.search(_ahead(statement)) is not None


def _is_passed_through(statement: Statement) -> bool:
    """其中经复议79件: lawsuits that came after a reconsideration."""
    text, opens = statement.sentence.text, statement.clause.opens
    reviews = (m for m in statement.clause.tokens if m.name == "RECONSIDERATION")
    return any(_BY_WAY_OF.search(text, opens, m.start) for m in reviews)
