"""Unknown words: a figure is certain only where every word around it is known.

机构改革前收到申请14件 and 涉及征地补偿的申请9件 hold words that no table has, and count some of the
requests. Whatever else offices write, such a figure is doubted, not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.parts import PUBLISHED
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement

_STOP = re.compile(r"[,;。!?]")
_BEHIND = re.compile(r"[,;。!?、:()]")
_SIGNS = re.compile(r"[\s\d.,、:;。%“”\"'《》()~—-]+")
_QUOTED = re.compile(r"“[^”]*”|^[^“]*”|“[^”]*$|@\w{1,16}")
_REMARK = re.compile(r"《[^》]*》|^[^《]*》|《[^》]*$|\([^)]*\)")
_TIME = re.compile(r"(?:[前后时]|期间|阶段)\Z")
_LEFT = "剩"
_NAMED = frozenset({"READING_POINT", "DESK"})
_LONGEST_NAME = 10  # characters of what stands before 网站 and names it
_PUBLISHED = ("proactive.disclosed", "proactive.channels.")
_OF_THE_BODY = ("institution.", "training.", "desks")
"""Figures of these are judged by whom they are of and what they are on."""


def doubt_unknown(
    stated: Sequence[Statement], clauses: Sequence[Clause], grammar: NarrativeGrammar
) -> None:
    """Mark the figures of a sentence around which a word stands that no table knows.

    They stay certain to their neighbours: another value of one of them is doubted like it, and so
    are its items: 涉及征地补偿的申请9件,其中公开5件.

    Args:
        stated: The statements of the sentence.
        clauses: All its clauses.
        grammar: What the text is read with.
    """
    for one in stated:
        if one.certain and one.indicators and not one.indicators[0].startswith(_OF_THE_BODY):
            around = _between(one, clauses, grammar)
            if (
                _is_of_unknown(one)
                or any(_is_unknown(words, grammar) for words in _without_left(around, one))
                or _is_at_unknown_time(one, clauses, grammar)
            ):
                one.marks.add("unknown")


def _without_left(around: Iterable[str], statement: Statement) -> Iterator[str]:
    """Leave out 剩余4件转下年办理: what is left is carried over."""
    carried = statement.indicator == "requests.carried_out"
    return (words for words in around if not (carried and words == _LEFT))


def _is_of_unknown(item: Statement) -> bool:
    """Return True for an item that takes what it counts from a figure with an unknown word."""
    head = item.head
    return head is not None and "unknown" in head.marks and "REQUEST" not in item.clause.names


def _between(
    statement: Statement, clauses: Sequence[Clause], grammar: NarrativeGrammar
) -> Iterator[str]:
    """Yield the words of a clause that are no tokens, and those in the gaps of tokens."""
    clause, text, at = statement.clause, statement.sentence.text, statement.clause.opens
    tokens = [*clause.tokens, *([clause.figure] if clause.figure is not None else ())]
    judged = _kind_of_information(statement)
    for token in sorted(tokens, key=lambda one: one.start):
        if at not in judged:
            yield _without_names(text[at : token.start], token, clause, grammar)
        yield from _in_gap(token, grammar)
        at = max(at, token.end)
    if at not in judged:
        stop = _BEHIND.search(text, clause.end)
        ends = [one.start for one in clauses if one.start >= clause.end]
        yield text[at : min([*ends, stop.start() if stop is not None else len(text)])]


def _kind_of_information(statement: Statement) -> range:
    """Return where the words stand that say which information was published.

    Whether that is all of it, `gischema.narrative.parts` judges.
    """
    clause, figure = statement.clause, statement.clause.figure
    acts = [one.end for one in clause.tokens if one.name in PUBLISHED]
    if figure is None or not acts or not statement.indicators[0].startswith(_PUBLISHED):
        return range(0)
    info = max((one.start for one in clause.tokens if one.name == "INFO"), default=0)
    return range(min(acts), max(info, figure.start) + 1)


def _without_names(words: str, behind: Token, clause: Clause, grammar: NarrativeGrammar) -> str:
    """Leave out what names a channel or a place to read in."""
    channels = grammar.channels | _NAMED | {"CHANNELS", "PLATFORM"}
    if not channels.isdisjoint(clause.names):
        words = _QUOTED.sub("", words)
    named = behind.name in channels and len(words) <= _LONGEST_NAME
    return "" if named and not _TIME.search(words) else words


def _in_gap(token: Token, grammar: NarrativeGrammar) -> Iterator[str]:
    """Yield what stands in the gap of a wording: 公开…的申请."""
    if token.text in grammar.lexicon.group_of or token.name not in grammar.gapped:
        return
    inside = [
        token.text[len(first) :].removesuffix(rest)
        for first, rest in grammar.gapped[token.name]
        if token.text.startswith(first)
    ]
    if inside:
        yield from _outside_tokens(min(inside, key=len), grammar)


def _is_at_unknown_time(
    statement: Statement, clauses: Sequence[Clause], grammar: NarrativeGrammar
) -> bool:
    """Return True behind words such as 机构改革前, or 去重后, that say which ones are counted."""
    opens, text = statement.clause.opens, statement.sentence.text
    earlier = [one.end for one in clauses if one.end <= opens and one.figure is not None]
    ahead = text[max(earlier, default=0) : opens]
    return any(
        _TIME.search(part) is not None
        and any(_is_unknown(words, grammar) for words in _outside_tokens(part, grammar))
        for part in _STOP.split(ahead)
    )


def _outside_tokens(text: str, grammar: NarrativeGrammar) -> Iterator[str]:
    at = 0
    for token in grammar.scanner.tokens(text):
        yield text[at : token.start]
        at = token.end
    yield text[at:]


def _is_unknown(words: str, grammar: NarrativeGrammar) -> bool:
    """Return True if words are not made of known ones and the name of a body alone."""
    words = _REMARK.sub("", words)
    return not (_is_known(words, grammar) or _is_known(grammar.names.sub("", words), grammar))


def _is_known(words: str, grammar: NarrativeGrammar) -> bool:
    reached = {0}
    for at in range(len(words)):
        if at in reached:
            if sign := _SIGNS.match(words, at):
                reached.add(sign.end())
            known = (w for w in grammar.filler.get(words[at], ()) if words.startswith(w, at))
            reached.update(at + len(word) for word in known)
    return len(words) in reached
