"""What the figure of a clause is, from the phrases beside it and those spoken before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define

from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NONES, Meaning, NarrativeGrammar

_AMONG = frozenset({"AMONG"})
_SEVERAL = frozenset({"CHANNELS"})
_DENIABLE = {
    "REQUEST": "requests.received",
    "RECONSIDERATION": "reconsideration",
    "LITIGATION": "litigation",
    "COMPLAINT": "complaints",
    "FEE": "fees",
}
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
    figure = clause.figure
    own = clause.phrases
    if figure is None or own & grammar.matter:
        return Meaning()
    denied = _denied_together(clause, setting.text)
    if denied:
        return Meaning(denied)
    kind = "ITEMS" if figure.name == "bare" else figure.name
    best = Meaning()
    for phrases in _attempts(clause, own, setting, grammar):
        if phrases & grammar.matter:
            continue
        meaning = grammar.meaning(phrases, kind)
        if meaning.ideas and meaning.certain:
            return meaning
        best = best if best.ideas else meaning
    return best


def _denied_together(clause: Clause, text: str) -> tuple[str, ...]:
    """没有发生依申请公开、行政复议及收费: each of them; 因公开申请行政复议 is about one."""
    figure = clause.figure
    if figure is None or figure.name not in NONES:
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
    topic = frozenset[str]()
    if setting.topic is not None and _takes(clause, own, setting.topic, grammar):
        topic = frozenset((setting.topic,))
    channels = _channels_before(own, setting, grammar)
    if channels:
        yield own | channels
    if setting.listed:
        yield own | topic | _AMONG
        yield own | _AMONG
        yield own | topic
    yield own
    yield own | topic
    if not own and clause.before == ":" and setting.title is not None:
        yield setting.title.phrases
    if not own & grammar.topics:
        for later in setting.behind[:_BEHIND]:
            yield own | later.phrases
            yield own | later.phrases | topic
    if setting.listed or not own or (clause.figure is not None and clause.figure.name == "NONE"):
        return
    ahead = own
    for earlier in reversed(setting.before[-_BEFORE:]):
        ahead |= earlier.phrases & grammar.carried
        yield ahead
        yield ahead | topic


def _takes(clause: Clause, own: frozenset[str], topic: str, grammar: NarrativeGrammar) -> bool:
    """Whether a clause may take its subject from before.

    A bare 未收到 may not, and what was 发布 is not thereby 主动公开.
    """
    if not own & grammar.takes.get(topic, frozenset()):
        return False
    if topic == "DISCLOSE" and "PUBLISH" in own:
        return False
    if clause.figure is None or clause.figure.name != "NONE":
        return True
    return not own & {"RECEIVE", "SUBMIT"} or "APPLY" in own


def _channels_before(
    own: frozenset[str], setting: Setting, grammar: NarrativeGrammar
) -> frozenset[str]:
    """Channels that were named before: 通过门户网站、公众号,主动公开信息."""
    every = grammar.channels | _SEVERAL
    if own & every:
        return frozenset()
    for clause in reversed(setting.before[-2:]):
        found = clause.phrases & every
        if found and "VIA" in clause.names:
            return found
    return frozenset()
