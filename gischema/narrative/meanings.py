"""What the figure of a clause is, from the phrases beside it and those spoken before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define

from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NONES, NOTHING, Meaning, NarrativeGrammar
from gischema.narrative.scanner import Mark

_AMONG = frozenset({"AMONG"})
_DENIABLE = {
    "REQUEST": "requests.received",
    "RECONSIDERATION": "reconsideration",
    "LITIGATION": "litigation",
    "COMPLAINT": "complaints",
    "FEE": "fees",
    "REFUSED": "requests.answered.refused",
}
_OF_ANYTHING = {"CARRIED_IN", "CARRIED_OUT"}
_ALONE = {"REQUEST", "FEE"}  # beside the others they are usually what those are about
_JOINED = re.compile(
    r"(?:申请|事项|件|案件|情况|问题|行为)?(?:、|和|及|以及|或者?|与|,也?[未无]?|案件?[、和及])"
)
_BEFORE = 3  # clauses without a figure before one that may belong to it
_BEHIND = 2  # the same behind it


@define(eq=False, repr=False)
class Setting:
    """Where a clause stands: in a list or not, and the clauses without a figure around it."""

    text: str
    topic: str | None
    title: Clause | None
    before: Sequence[Clause]
    behind: Sequence[Clause]
    listed: bool


def meaning_of(clause: Clause, setting: Setting, grammar: NarrativeGrammar) -> Meaning:
    """What a clause with a figure states."""
    figure, own = clause.figure, clause.phrases
    if figure is None or not own.isdisjoint(grammar.matter):
        return NOTHING
    if own & _OF_ANYTHING and own.isdisjoint(grammar.topics) and setting.topic in grammar.matter:
        return NOTHING  # 处理咨询16条,正在办理3条
    if denied := _denied_together(clause, figure, setting.text):
        return Meaning(denied)
    kind = "ITEMS" if figure.name == "bare" else figure.name
    best = NOTHING
    for phrases in _attempts(clause, own, setting, grammar):
        meaning = grammar.meaning(phrases, kind)
        if meaning.ideas and meaning.certain:
            return meaning
        best = best if best.ideas else meaning
    return best


def _denied_together(clause: Clause, figure: Mark, text: str) -> tuple[str, ...]:
    """没有发生依申请公开、行政复议及收费: each of them; 因公开申请行政复议 is about one."""
    if figure.name not in NONES:
        return ()
    marks = [mark for mark in clause.marks if mark.name in _DENIABLE]
    names = {mark.name for mark in marks}
    joined = all(_JOINED.match(text, one.end, two.start) for one, two in pairwise(marks))
    if len(names) < 2 or not names & _ALONE or not joined:
        return ()
    return tuple(dict.fromkeys(_DENIABLE[mark.name] for mark in marks))


def _attempts(
    clause: Clause, own: frozenset[str], setting: Setting, grammar: NarrativeGrammar
) -> Iterator[frozenset[str]]:
    """Sets of phrases that may say what the figure is, the most telling first."""
    spoken = own  # with the subject last spoken of, if the clause has none
    if setting.topic is not None and _takes(clause, own, setting.topic, grammar):
        spoken = own | {setting.topic}
    if channels := _channels_before(own, setting, grammar):
        yield own | channels
    if setting.listed:
        yield spoken | _AMONG
        yield own | _AMONG
        yield spoken
    yield own
    yield spoken
    if not own and clause.before == ":" and setting.title is not None:
        yield setting.title.phrases
    if own.isdisjoint(grammar.topics):
        for later in setting.behind[:_BEHIND]:
            yield own | later.phrases
            yield spoken | later.phrases
    if setting.listed or not own or (clause.figure is not None and clause.figure.name == "NONE"):
        return
    ahead = frozenset[str]()
    for earlier in reversed(setting.before[-_BEFORE:]):
        ahead |= earlier.phrases & grammar.carried
        yield own | ahead
        yield spoken | ahead


def _takes(clause: Clause, own: frozenset[str], topic: str, grammar: NarrativeGrammar) -> bool:
    """Whether a clause may take its subject from before.

    A bare 未收到 may not, and what was 发布 is not thereby 主动公开.
    """
    if own.isdisjoint(grammar.takes.get(topic, ())):
        return False
    if topic == "DISCLOSE" and "PUBLISH" in own:
        return False
    if clause.figure is None or clause.figure.name != "NONE":
        return True
    return own.isdisjoint(("RECEIVE", "SUBMIT")) or "APPLY" in own


def _channels_before(
    own: frozenset[str], setting: Setting, grammar: NarrativeGrammar
) -> frozenset[str]:
    """Channels that were named before: 通过门户网站、公众号,主动公开信息."""
    every = grammar.channels_told
    if own.isdisjoint(every):
        for clause in reversed(setting.before[-2:]):
            if "VIA" in clause.names and (found := clause.phrases & every):
                return found
    return frozenset()
