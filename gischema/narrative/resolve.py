"""Resolve a clause: what its figure is, from the phrases around it and those spoken before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define

from gischema.narrative.clause_table import NOTHING, Meaning
from gischema.narrative.clauses import Clause
from gischema.narrative.context import REVIEWS
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.scanner import Token

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
_ALONE = {"REQUEST", "FEE"}  # next to the others they are usually what those are about
_JOINED = re.compile(
    r"(?:申请|事项|件|案件|情况|问题|行为)?(?:、|和|及|以及|或者?|与|,也?[未无]?|案件?[、和及])"
)
_MADE_PUBLIC = frozenset({"DISCLOSE", "OPEN"})
_PUBLISHED = frozenset({"PUBLISH", "INFO"})
_ACTS = frozenset({"DISCLOSE", "OPEN", "PUBLISH"})
_REACHED = re.compile("(?:已?达到?|为|共计?|总数达?)")
_PIECES = ("ITEMS", "CASES")
_COMES_ABOUT = {"OCCUR", "NEW", "THIS_YEAR", "year"}
_BEFORE = 3  # clauses without a figure before one that may belong to it
BEHIND = 2
"""Clauses without a figure behind one that may belong to it."""


@define(eq=False)
class Surroundings:
    """Where a clause stands.

    Attributes:
        text: The sentence.
        topic: What was last spoken of.
        title: The clause without a figure that ended with a colon.
        before: The clauses without a figure in front of it.
        behind: Those behind it.
        listed: True if it is an item of a list.
        account: The channel whose readers or issues the figure in front of it counts.
    """

    text: str
    topic: str | None
    title: Clause | None
    before: Sequence[Clause]
    behind: Sequence[Clause]
    listed: bool
    account: frozenset[str] = frozenset()


def meaning_of(clause: Clause, surroundings: Surroundings, grammar: NarrativeGrammar) -> Meaning:
    """Return what a clause with a figure states."""
    figure, own = clause.figure, clause.phrases
    if figure is None or not own.isdisjoint(grammar.nothing):
        return NOTHING
    if (
        own & _OF_ANYTHING
        and own.isdisjoint(grammar.topics)
        and surroundings.topic in grammar.nothing
    ):
        return NOTHING  # 处理咨询16条,正在办理3条
    if denied := _denied_together(clause, figure, surroundings.text, grammar):
        return Meaning(denied)
    kind = "ITEMS" if figure.name == "bare" else figure.name
    if figure.name == "bare" and figure.value == "0" and "FEE" in own:
        kind = "ZERO"  # 收费为0
    best = NOTHING
    for phrases in _attempts(clause, own, surroundings, grammar):
        meaning = grammar.meaning(phrases, kind)
        if meaning.indicators and meaning.certain:
            return meaning
        best = best if best.indicators else meaning
    return best


def _denied_together(
    clause: Clause, figure: Token, text: str, grammar: NarrativeGrammar
) -> tuple[str, ...]:
    """没有发生依申请公开、行政复议及收费: each of them; 因公开申请行政复议 is about one."""
    if figure.name not in grammar.none:
        return ()
    tokens = [token for token in clause.tokens if token.name in _DENIABLE]
    names = {token.name for token in tokens}
    joined = all(_JOINED.match(text, one.end, two.start) for one, two in pairwise(tokens))
    if len(names) < 2 or not names & _ALONE or not joined:
        return ()
    return tuple(dict.fromkeys(_DENIABLE[token.name] for token in tokens))


def _attempts(
    clause: Clause, own: frozenset[str], surroundings: Surroundings, grammar: NarrativeGrammar
) -> Iterator[frozenset[str]]:
    """Yield sets of phrases that may say what the figure is, the most specific first."""
    spoken = own  # with the subject last spoken of, if the clause has none
    if surroundings.topic is not None and _takes(clause, own, surroundings.topic, grammar):
        spoken = own | {surroundings.topic}
    if channels := _channels_before(own, surroundings, grammar):
        yield own | channels
    if surroundings.listed:
        yield spoken | _AMONG
        yield own | _AMONG
        yield spoken
    yield own
    yield spoken
    if surroundings.title is not None:
        if not own and clause.before == ":":
            yield surroundings.title.phrases
        if own and own <= grammar.channels:
            yield own | (surroundings.title.phrases & _MADE_PUBLIC)
    if own.isdisjoint(grammar.topics):
        for later in _behind(own, surroundings.behind):
            yield own | later
            yield spoken | later
    if not own and (compared := _reached(clause, surroundings)):
        yield compared.phrases
    if (
        surroundings.listed
        or not own
        or (clause.figure is not None and clause.figure.name == "NONE")
    ):
        return
    ahead = frozenset[str]()
    for earlier in reversed(surroundings.before[-_BEFORE:]):
        ahead |= earlier.phrases & grammar.carried
        yield own | ahead
        yield spoken | ahead


def _is_new(clause: Clause) -> bool:
    """Return True for 上年结转诉讼1件,今年新发生2件: nothing else than that they are new."""
    return "OCCUR" in clause.names and clause.names <= _COMES_ABOUT


def _behind(own: frozenset[str], behind: Sequence[Clause]) -> Iterator[frozenset[str]]:
    """Yield the phrases behind a clause that may say what it counts, up to an act of its own.

    发布解读等信息1423条,全面公开进展情况: what is published is counted, not what is made public.
    """
    for later in behind[:BEHIND]:
        if not (own.isdisjoint(_ACTS) or later.phrases.isdisjoint(_ACTS)):
            return
        yield later.phrases


def _takes(clause: Clause, own: frozenset[str], topic: str, grammar: NarrativeGrammar) -> bool:
    """Return True if a clause may take its subject from before.

    A bare 未收到 may not, and what was 发布 is not thereby 主动公开.
    """
    if own.isdisjoint(grammar.takes.get(topic, ())):
        return topic in REVIEWS and _is_new(clause)
    if topic == "DISCLOSE" and "PUBLISH" in own:
        return False
    if topic == "NORMATIVE":
        return _touches_figure(clause)
    if clause.figure is None or clause.figure.name != "NONE":
        return True
    return own.isdisjoint(("RECEIVE", "SUBMIT")) or "APPLY" in own


def _reached(clause: Clause, surroundings: Surroundings) -> Clause | None:
    """Return the clause whose change a figure ends: 公开信息同比增长15.6%,达到1024条."""
    before = surroundings.before[-1] if surroundings.before else None
    if before is None or clause.figure is None or "COMPARED" not in before.names:
        return None
    words = _REACHED.fullmatch(surroundings.text, clause.opens, clause.figure.start)
    return before if words else None


def _touches_figure(clause: Clause) -> bool:
    """Return True for 废止4件, not for 印发简报6期: nothing else than documents is counted."""
    figure = clause.figure
    if figure is None or figure.name not in _PIECES:
        return False
    return any(token.end == figure.start for token in clause.tokens)


def _channels_before(
    own: frozenset[str], surroundings: Surroundings, grammar: NarrativeGrammar
) -> frozenset[str]:
    """Return the channels that were named before: 通过门户网站、公众号,主动公开信息."""
    every = grammar.channels | {"CHANNELS"}
    if surroundings.account and "PUBLISH" in own and own <= _PUBLISHED:
        return surroundings.account
    if own.isdisjoint(every):
        for clause in reversed(surroundings.before[-2:]):
            if "VIA" in clause.names and (found := clause.phrases & every):
                return found
    return frozenset()
