"""The tokens of a sentence as its clauses are made of them: acts joined, remarks left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.in_turn import given_in_turn
from gischema.narrative.scanner import Token

_ENUMERATION = "、"
_APPLICATION = "申请"
_APPLICANTS = {"ANYONE", "ORGANIZATIONS", "NATURAL_PERSON"}
_ALTERNATIVES = re.compile("[、或和及与者以]+")
_AND = ("、", "和", "并", "及", "与")
_RECEIVED = ("RECEIVE", "RECEIVE_HANDLE", "RECEIVE_ANSWER")
_DEALT_WITH = {
    "HANDLE": "RECEIVE_HANDLE",
    "CONCLUDED": "RECEIVE_HANDLE",
    "ANSWER": "RECEIVE_ANSWER",
}
_TITLE = re.compile("《[^》]*》")
_SUCH = re.compile(r"等[^,。;、]{0,9}\Z")
_COUNTING = re.compile("(?:案件|案|申请|事项|情况)?(?:总?(?:数量|数|量))?")  # 复议案件数(2件)
_ENDS = (")", ",", ";", "、")
_ABSENT = "不存在"
_SENT = "发文"
_PUBLISHED = ("DISCLOSE", "OPEN", "PUBLISH")


def tokens_of(text: str, grammar: NarrativeGrammar) -> Sequence[Token]:
    """Return the tokens that say what the figures of a sentence are, in order."""
    tokens = grammar.scanner.tokens(text)
    if "《" in text:
        tokens = _without_titles(text, tokens, grammar.nothing)
    if "等" in text:
        tokens = _without_subjects(text, tokens, grammar.subjects)
    if "(" in text:
        tokens = _without_brackets(text, tokens, grammar)
    tokens = given_in_turn(text, _asked_for(tokens, grammar.ways), grammar)
    tokens = _joined_acts(text, tokens)
    tokens = _joined_applicants(text, _published(tokens, grammar.channels))
    tokens = _nonexistent(tokens) if _ABSENT in text else tokens
    return _without_remarks(tokens) if "(" in text else tokens


def _without_subjects(text: str, tokens: list[Token], subjects: frozenset[str]) -> list[Token]:
    """Leave out what information is about: 公开预决算、行政处罚等信息3条 counts no penalties."""
    kept: list[Token] = []
    for token in tokens:
        if token.name == "INFO" and _SUCH.search(text, max(0, token.start - 10), token.start):
            act = _first_act(kept)
            if act is not None:
                kept[act:] = [m for m in kept[act:] if not (m.name in subjects or _is_act(m))]
        kept.append(token)
    return kept


def _without_titles(text: str, tokens: list[Token], nothing: frozenset[str]) -> list[Token]:
    """Leave out other matters in the name of a programme: 《行风热线》在线访谈2次 is no hotline."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    return [
        one
        for one in tokens
        if one.name not in nothing or not any(start < one.start < end for start, end in titles)
    ]


def _nonexistent(tokens: Sequence[Token]) -> list[Token]:
    """Take 不存在 in front of a figure for an answer: 不属于本机关公开5件,不存在2件."""
    taken = list(tokens)
    for place, (one, behind) in enumerate(pairwise(tokens)):
        if one.text == _ABSENT and counts(behind) and one.end == behind.start:
            taken[place] = Token("NONEXISTENT", one.start, one.end, one.text)
    return taken


def _first_act(tokens: Sequence[Token]) -> int | None:
    """Return the place of the first act of publishing behind the last stop but 、."""
    acts = None
    for place in reversed(range(len(tokens))):
        if tokens[place].name == "stop" and tokens[place].text != _ENUMERATION:
            break
        if tokens[place].name in _PUBLISHED:
            acts = place
    return acts


def _is_act(token: Token) -> bool:
    """Return True for an act that published information is about: 公开不动产登记等信息."""
    return token.name in _RECEIVED or token.name in _DEALT_WITH


def _asked_for(tokens: list[Token], ways: frozenset[str]) -> list[Token]:
    """Take 公开 behind 书面申请 for what was asked for: it makes a request of both."""
    asked = list(tokens)
    for place, (way, act) in enumerate(pairwise(tokens), 1):
        adjacent = way.end == act.start and way.text.endswith(_APPLICATION)
        if adjacent and way.name in ways and act.name == "OPEN":
            asked[place] = Token("REQUEST", act.start, act.end, act.text)
    return asked


def _published(tokens: Sequence[Token], channels: frozenset[str]) -> list[Token]:
    """Take 发文 behind a channel for an act: 微信公众号发文709篇 counts no documents."""
    taken = list(tokens)
    for place, (channel, act) in enumerate(pairwise(tokens), 1):
        if act.text == _SENT and channel.name in channels and channel.end == act.start:
            taken[place] = Token("PUBLISH", act.start, act.end, act.text)
    return taken


def _joined_applicants(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Take 公民、法人或其他组织 for whoever may ask, not for applicants of one kind."""
    joined: list[Token] = []
    for token in tokens:
        before = len(joined) - 1
        if before > 0 and joined[before].text == _ENUMERATION:
            before -= 1
        if before >= 0 and {token.name, joined[before].name} <= _APPLICANTS:
            first = joined[before]
            if _ALTERNATIVES.fullmatch(text, first.end, token.start):
                words = text[first.start : token.end]
                joined[before:] = [Token("ANYONE", first.start, token.end, words)]
                continue
        joined.append(token)
    return joined


def _joined_acts(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Take 收到、办理 and 受理并答复 for one act each, which counts what was dealt with too."""
    joined: list[Token] = []
    for token in tokens:
        place = len(joined) - 1
        if place > 0 and joined[place].text == _ENUMERATION:
            place -= 1
        first = joined[place] if place >= 0 and token.name in _DEALT_WITH else None
        if first is not None and first.name in _RECEIVED and text[first.end : token.start] in _AND:
            name = _DEALT_WITH[token.name]
            joined[place:] = [Token(name, first.start, token.end, text[first.start : token.end])]
        else:
            joined.append(token)
    return joined


def _without_brackets(text: str, tokens: list[Token], grammar: NarrativeGrammar) -> list[Token]:
    """Take 行政复议(2件) for 行政复议2件: a count in brackets is of the head directly before it."""
    kept: list[Token] = []
    counted = opened = False
    for token, behind in pairwise([*tokens, Token("stop", len(text), len(text), "")]):
        head = kept[-1] if token.text == "(" and kept and not counted else None
        if head is not None and _is_in_brackets(token, behind, text):
            named = head.name not in (*grammar.about_figure, "stop", "year")
            if named and _COUNTING.fullmatch(text, head.end, token.start):
                opened = True
                continue
        if opened and token.text == ")":
            opened = False
            if counted and behind.name == "stop" and behind.start == token.end:
                continue
        kept.append(token)
        counted = counts(token) or (counted and token.name != "stop")
    return kept


def _is_in_brackets(bracket: Token, figure: Token, text: str) -> bool:
    pieces = counts(figure) and figure.name != "PLACES"
    return pieces and bracket.end == figure.start and text[figure.end : figure.end + 1] in _ENDS


def _without_remarks(tokens: Sequence[Token]) -> list[Token]:
    """Leave out what stands in brackets and is no figure of a report: (含转发), (微信号:…)."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.name == "stop" and token.text == "(":
            close = next((n for n in range(at, len(tokens)) if tokens[n].text == ")"), None)
            if close is not None and _is_remark(tokens[at + 1 : close]):
                at = close + 1
                continue
        kept.append(token)
        at += 1
    return kept


def _is_remark(tokens: Sequence[Token]) -> bool:
    """Return True if brackets count nothing but what is in front of them: 公众号(2个)."""
    counted = [token for token in tokens if counts(token)]
    return not counted or (len(tokens) == 1 and counted[0].name == "PLACES")


def counts(token: Token) -> bool:
    """Return True for a figure, not a year."""
    return token.value != "" and token.name != "year"
