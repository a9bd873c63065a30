"""Remarks: what brackets, and short clauses behind a figure, say of which ones are counted.

收到申请94件(上年), (全县), (预计), (仅网上) and 收到申请80件,为2022年数据 count other ones than
the report, or not for certain. What else stands in brackets, a part, a unit or a gloss, changes
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gischema.narrative.dates import Reporting
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement
from gischema.narrative.tokens import counts

_BRACKETS = re.compile(r"(?<!》)\(([^()]{1,40})\)")
_TITLE = re.compile("《[^》]*》")
_IN_TITLE = re.compile(r"\(([^()]{1,20})\):?\Z")
_BEHIND = re.compile(  # ,为2022年数据, ,以上为县教育局数据, ,该数据有误
    r"[,;]((?:以上|上述|该|此|数据|数字|均|都|全部)*(?:[为是系]|属于?)([^,;。()\d]{0,4}(?:\d{4}年)?[^,;。()\d]{0,12})"
    r"|(?:以上|上述|该|此)?(?:数据|数字)([^,;。()]{1,6}))(?=[,;。]|\Z)"
)
_OF_ALL = ("均", "都", "全部", "以上", "上述")
_STOP = re.compile("[,;。、:]")
_COMPARED = re.compile("[较比]|与[上去\\d]|持平|相同|同比|环比|倍")
_SPAN = re.compile(r"\d{4}年?[—~至到-]{1,2}\d|[自从].*起|[两二三四五六七八九十几多]年")
_WITH = re.compile("(?:其中)?(?:包[含括]|含|加)")
_ENDS = re.compile("(?:的?(?:数据|数字|数|情况|统计|合计|汇总|范围))+")
_LESS = re.compile(r"[,(](?:去重|剔除|扣除|减去|核减|=)")  # 483条(去重后421条), 23件,剔除测试件2件
_SINCE = "以来"  # 开通以来
_CARRIED = {"CARRIED_IN", "CARRIED_OUT"}
_PAST = {"LAST_YEAR"}
_SEVERAL = {"CUMULATIVE", "SINCE", "SO_FAR"}
_UNSURE = {"PART_YEAR", "FUTURE", "EXAMPLE"}
_OTHER_MATTERS = {"COMPLAINT", "INTERPRET"}
_APPLICANTS = {"ANYONE", "NATURAL_PERSON", "COMMERCIAL", "ORGANIZATIONS"}
_WHOLES = ("requests.received", "proactive.disclosed")
_NAMED = {"CHANNELS", "PLATFORM", "READING_POINT", "DESK", "STAFF"}
_OF_THE_BODY = ("institution.", "training.")
_LONGEST_REST = 6  # characters of a remark on a time that are about something else
_UNKNOWN = "unknown"
_OTHER_BODY = "other_body"
_OF_OTHERS = ("region", "other")


class _Remark(NamedTuple):
    """Words that may say which ones are counted, and where they stand with their brackets."""

    words: str
    start: int
    end: int
    bracketed: bool = True


def doubt_remarks(stated: Sequence[Statement], reporting: Reporting) -> None:
    """Mark the figures of a sentence that are not all, or not the year's, as a remark says.

    Args:
        stated: The statements of the sentence.
        reporting: What is known of the report.
    """
    figures = [one for one in stated if one.clause.figure is not None]
    if not figures:
        return
    text = figures[0].sentence.text
    marked = [(one, _UNKNOWN) for one in figures if _LESS.match(text, _end(one))]
    for remark in _remarks(text):
        behind = _figure_behind(remark, figures, text)
        mark = _mark(remark.words, reporting) or _way(
            remark, behind or _before(remark, figures), reporting
        )
        of_name = (
            mark == _OTHER_BODY and behind is None and not _is_of_noun(remark, figures, reporting)
        )
        if mark is not None and not of_name:  # 村(社区)查阅点 and 公众号(陈炉古镇) are names
            marked += [(one, mark) for one in _meant(remark, behind, figures, text)]
    for one, mark in marked:
        for each in (one, *(other for other in stated if one in (other.head, other.source))):
            if mark != _UNKNOWN or not each.indicator.startswith(_OF_THE_BODY):
                each.marks.add(mark)


def _remarks(text: str) -> Iterator[_Remark]:
    if "(" in text:
        titles = [match.span() for match in _TITLE.finditer(text)]
        for match in _BRACKETS.finditer(text):
            if not any(start < match.start() < end for start, end in titles):
                yield _Remark(match[1], *match.span())
    for match in _BEHIND.finditer(text):
        yield _Remark(match[1], *match.span(), bracketed=False)


def _start(statement: Statement) -> int:
    figure = statement.clause.figure
    return figure.start if figure is not None else statement.clause.start


def _end(statement: Statement) -> int:
    figure = statement.clause.figure
    return figure.end if figure is not None else statement.clause.end


def _figure_behind(remark: _Remark, figures: Sequence[Statement], text: str) -> Statement | None:
    """Return the figure that a remark stands behind, if no stop parts them but its own."""
    for one in reversed(figures):
        if _end(one) <= remark.start:
            return None if _STOP.search(text, _end(one), remark.start) else one
    return None


def doubt_below(stated: Sequence[Statement], title: str, reporting: Reporting) -> None:
    """Mark figures below a title in whose brackets a time stands: 总体情况(1-11月).

    Args:
        stated: The statements of a line.
        title: The title that it stands below.
        reporting: What is known of the report.
    """
    remark = _IN_TITLE.search(title)
    mark = _mark(remark[1], reporting) if remark is not None else None
    if mark is not None and mark != _OTHER_BODY:
        for one in stated:
            one.marks.add(mark)


def _meant(
    remark: _Remark, behind: Statement | None, figures: Sequence[Statement], text: str
) -> Sequence[Statement]:
    """Return the figures that a remark is about: the one ahead, all ahead, or those behind it."""
    if behind is None:
        return _until_next([one for one in figures if _start(one) >= remark.end], text)
    if remark.words.startswith(_OF_ALL):
        return [one for one in figures if _start(one) < remark.start]
    return [behind]


def _until_next(figures: Sequence[Statement], text: str) -> Sequence[Statement]:
    """Return the figures up to the next remark in front of one: (2021年)5件,(2022年)8件."""
    for place, one in enumerate(figures[1:], 1):
        if text[one.clause.opens : _start(one)].startswith("("):
            return figures[:place]
    return figures


def _mark(words: str, reporting: Reporting) -> str | None:
    """Return what a remark makes of a figure, None if it changes nothing."""
    grammar = reporting.grammar
    tokens = [token for token in grammar.scanner.tokens(words) if token.name != "stop"]
    names = {token.name for token in tokens}
    if any(map(counts, tokens)) or _COMPARED.search(words):
        return None
    if names & _CARRIED:
        return "carry_over_included" if "CARRIED_IN" in names and _WITH.match(words) else None
    explains = any(one in words for one in grammar.lexicon.words("gloss", "modifier"))
    if explains and not words.endswith(_SINCE):
        return None
    rest = len(_ENDS.sub("", words)) - sum(len(token.text) for token in tokens)
    if rest <= _LONGEST_REST and (mark := _time(words, tokens, reporting)):
        return mark
    if "ABOUT" in names:
        return "rounded"
    named = _WITH.sub("", _ENDS.sub("", words))
    subject = reporting.bodies.subject(named) if named else None
    if subject in _OF_OTHERS or named.endswith(reporting.bodies.patterns.groups):
        return _OTHER_BODY
    if any(one in words for one in grammar.lexicon.words("limit", "modifier")):
        return _UNKNOWN
    others = _OTHER_MATTERS | grammar.lexicon.sets["off_topic"]
    if _WITH.match(words) and names & others:
        return _UNKNOWN
    return _UNKNOWN if names & _UNSURE else None


def _time(words: str, tokens: Sequence[Token], reporting: Reporting) -> str | None:
    """Return the mark of a time that is not the year of the report."""
    names = {token.name for token in tokens}
    years = {int(token.value) for token in tokens if token.name == "year"}
    if names & _SEVERAL or (_SPAN.search(words) and not names & {"PART_YEAR"}):
        own = reporting.year is not None and years == {reporting.year}
        return None if own and "SO_FAR" not in names else "cumulative"
    if names & _PAST:
        return "other_year"
    if reporting.year is not None and reporting.year_stated and years - {reporting.year}:
        return "other_year"
    return None


def _before(remark: _Remark, figures: Sequence[Statement]) -> Statement | None:
    """Return the figure that brackets stand right in front of: 收到申请(网上)94件."""
    return next((one for one in figures if _start(one) == remark.end), None)


def _is_of_noun(remark: _Remark, figures: Sequence[Statement], reporting: Reporting) -> bool:
    """Return True for 收到申请(含乡镇)94件: the brackets follow what is counted, not a name."""
    if _WITH.match(remark.words):
        return True
    named = reporting.grammar.channels | _NAMED
    nouns = (m for one in figures for m in one.clause.tokens if m.name not in named)
    return any(noun.end == remark.start for noun in nouns)


def _way(remark: _Remark, behind: Statement | None, reporting: Reporting) -> str | None:
    """Return a mark where brackets hold a way or an applicant alone: 收到申请94件(网上)."""
    grammar = reporting.grammar
    if behind is None or behind.indicator not in _WHOLES or not remark.bracketed:
        return None
    tokens = [token for token in grammar.scanner.tokens(remark.words) if token.name != "stop"]
    kinds = grammar.ways | grammar.channels | _APPLICANTS | {"CHANNELS"}
    alone = bool(tokens) and all(token.name in kinds for token in tokens)
    return _UNKNOWN if alone and not _WITH.match(remark.words) else None
