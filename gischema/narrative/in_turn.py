"""Figures in turn: 收到、答复申请分别为89件、37件 gives each figure what stands in its place.

Where as many things are listed as figures, each takes its own; where they are not, all are doubted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from gischema.chinese.numerals import NUMERALS
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.scanner import Token

GIVEN_TO_OTHERS = "given"
"""The name of what stands in a list for another of its figures."""

_ENUMERATION = "、"
_JOINS = ("、", "和", "及", "与", "以及")
_JOINED = re.compile("[、和及与]")
_RUN = re.compile(rf"[\d{NUMERALS}][\u4e00-\u9fff]{{1,3}}[、和及与][\d{NUMERALS}]")  # 89件、37件
_END = re.compile(r"[,;。:)]|\Z")
_SPAN = re.compile("[至到—~-]{1,2}")
_TIMES = frozenset({"year", "THIS_YEAR", "LAST_YEAR", "PART_YEAR"})
_BESIDES = frozenset({"AMONG", "WORDS", "stop"})


def given_in_turn(text: str, tokens: list[Token], grammar: NarrativeGrammar) -> list[Token]:
    """Return tokens with what each figure of a run counts in front of it.

    Args:
        text: A sentence.
        tokens: Its tokens.
        grammar: What the text is read with.
    """
    if not _RUN.search(text):
        return tokens
    done: list[Token] = []
    at = 0
    while at < len(tokens):
        run = _run(text, tokens, at)
        if len(run) < 2:
            done.append(tokens[at])
            at += 1
            continue
        opens = _opening(done)
        given = _given(text, done[opens:], run, done[:opens], grammar)
        if given is None:
            done += [tokens[at]]
            at += 1
            continue
        done[opens:] = given
        at = tokens.index(run[-1]) + 1
    return done


def _is_figure(token: Token) -> bool:
    return token.value != "" and token.name not in ("year", "bare")


def _run(text: str, tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """Return the figures from a place on that nothing but 、 or 和 parts: 89件、37件.

    Where a noun follows the last, 6件和4件申请, the text before does not say what it counts.
    """
    run: list[Token] = []
    for token in tokens[at:]:
        if token.name == "stop" and token.text == _ENUMERATION and run:
            continue
        if not _is_figure(token) or (run and text[run[-1].end : token.start] not in _JOINS):
            break
        run.append(token)
    return run


def _opening(tokens: Sequence[Token]) -> int:
    """Return the place behind the last stop or figure: there begins what a run counts."""
    for place in reversed(range(len(tokens))):
        stop = tokens[place].name == "stop" and tokens[place].text != _ENUMERATION
        if stop or _is_figure(tokens[place]):
            return place + 1
    return 0


def _given(
    text: str,
    ahead: Sequence[Token],
    run: Sequence[Token],
    before: Sequence[Token],
    grammar: NarrativeGrammar,
) -> list[Token] | None:
    """Return the tokens ahead of a run with its figures, None if the run is none of that kind."""
    marker = grammar.in_turn.search(text, before[-1].end if before else 0, run[0].start)
    until = marker.start() if marker is not None else run[0].start
    silent = grammar.silent - _TIMES | _BESIDES
    listed = [one for one in ahead if one.end <= until and one.name not in silent]
    chunks = _chunks(text, listed)
    if not all(any(one.name in _TIMES for one in chunk) for chunk in chunks):
        chunks = _chunks(text, [one for one in listed if one.name not in _TIMES])
    if marker is not None and not chunks:
        chunks = _counted_before(before, len(run), silent)
    if marker is not None and len(chunks) == 1:
        chunks = _years_of_span(text, chunks[0]) or chunks
    one_unit = len({figure.name for figure in run}) == 1
    ends = _END.match(text, run[-1].end)
    if ends and len(chunks) == len(run) and (marker is not None or one_unit):
        return _paired(ahead, _heads(chunks), run, marker)
    if marker is None:
        return None
    doubted = [evolve(figure, ambiguous=True) for figure in run]
    return _paired(ahead, [[] for _ in run], doubted, marker)


def _chunks(text: str, listed: Sequence[Token]) -> list[list[Token]]:
    """Return tokens by the parts of the list that they stand in."""
    chunks: list[list[Token]] = [[*listed[:1]]] if listed else []
    for one, two in pairwise(listed):
        if _JOINED.search(text, one.end, two.start):
            chunks.append([])
        chunks[-1].append(two)
    return chunks


def _counted_before(
    before: Sequence[Token], wanted: int, silent: frozenset[str]
) -> list[list[Token]]:
    """Return what the figures before counted: 复议92件、诉讼36件,其中涉及公开的分别为67件、0件."""
    chunks: list[list[Token]] = [[]]
    for token in before[_opening_of_list(before) :]:
        if _is_figure(token):
            chunks.append([])
        elif token.name not in silent | _TIMES:
            chunks[-1].append(token)
    chunks = [chunk for chunk in chunks if chunk]
    return chunks if len(chunks) == wanted else []


def _opening_of_list(before: Sequence[Token]) -> int:
    """Return the place behind the last stop but one that is no 、: there begins the last list."""
    stops = [n for n, one in enumerate(before) if one.name == "stop" and one.text != _ENUMERATION]
    return stops[-2] + 1 if len(stops) > 1 else 0


def _years_of_span(text: str, chunk: Sequence[Token]) -> list[list[Token]]:
    """Return the years of 2021—2023年, each with what else is listed."""
    years = [one for one in chunk if one.name == "year"]
    if len(years) != 2 or not _SPAN.fullmatch(text, years[0].end, years[1].start):
        return []
    rest = [one for one in chunk if one.name != "year"]
    first, last = int(years[0].value), int(years[1].value)
    return [[evolve(years[1], value=str(year)), *rest] for year in range(first, last + 1)]


def _heads(chunks: Sequence[Sequence[Token]]) -> list[Sequence[Token]]:
    """Return what each part of a list counts, with what is said once of all of them.

    收到、答复申请 are 收到申请 and 答复申请; 申请收到、办结、结转数 are 申请收到, 申请办结 …
    """
    first, last = chunks[0], chunks[-1]
    size = min(map(len, chunks))
    if len(chunks) == 2 and min(len(first), len(last)) > 1:
        return [*chunks]
    prefix, suffix = [*first[: len(first) - size]], [*last[size:]]
    own = [first[len(first) - size :], *chunks[1:-1], last[:size]]
    return [[*prefix, *one, *suffix] for one in own]


def _paired(
    ahead: Sequence[Token],
    heads: Sequence[Sequence[Token]],
    run: Sequence[Token],
    marker: re.Match[str] | None,
) -> list[Token]:
    """Return the tokens ahead of a run once a figure, with the heads of others as mere words."""
    listed = {one.start for head in heads for one in head}
    of_times = any(one.name in _TIMES for head in heads for one in head)
    inside = {one.start for one in ahead}
    found: list[Token] = []
    for head, figure in zip(heads, run, strict=True):
        if found:
            found.append(Token("stop", figure.start, figure.start, _ENUMERATION))
        own = {one.start: one for one in head}
        found += [one for one in head if one.start not in inside]
        for one in ahead:
            other = one.start in listed or (of_times and one.name in _TIMES)
            marks = marker is not None and one.start == marker.start()
            if one.start in own:
                found.append(own[one.start])
            elif other or marks:
                found.append(evolve(one, name=GIVEN_TO_OTHERS, value=""))
            elif one.name != "stop":
                found.append(one)
        found.append(figure)
    return found
