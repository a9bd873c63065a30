"""What the statements of a text mean together: their paths, and which doubt each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from attrs import define

from gischema.chinese.units import ratio
from gischema.narrative.ambiguity import COUNTED_UP
from gischema.narrative.indicator_paths import IndicatorPaths
from gischema.narrative.sections import Heading
from gischema.narrative.statement import Statement

_WHOLES = ("requests.received", "requests.answered", "requests.concluded", "proactive.disclosed")
_WAYS = tuple(f"requests.received.{way}" for way in ("in_person", "fax", "online", "letter"))
_SHARE = re.compile(r"[^0-9;。]{0,20}?占[^0-9;。,]{0,16}(\d{1,3}(?:\.\d+)?)%")
_NOT_ANSWERED = ("not_processed", "other_handling", "withdrawn")
_PARTS = ("one_way", "such")  # 信函申请1件, 公开预算、决算等信息33条
_NEARLY = Decimal("0.9")  # 公开900余条 and 公开912条 are of one total
_OF_REGION = "占全"  # 占全市的12%
DOUBTS = {
    "rounded": "D501",
    "cumulative": "D502",
    "uncertain": "D503",
    "joint": "D504",
    "other_year": "D505",
    "other_body": "D506",
}
"""Marks that make a statement a candidate, and the diagnostic for each."""

_DOUBTED = {"unknown", "unwhole"}


class StatedLine(NamedTuple):
    """What a line states, and the heading that it stands under."""

    heading: Heading | None
    statements: Sequence[Statement]


@define(eq=False)
class IndicatorStatement:
    """A statement of an indicator that the report can have."""

    statement: Statement
    path: str
    value: int | Decimal
    unit: str | None
    chapter: str | None
    doubts: set[str]


def with_paths(
    lines: Sequence[StatedLine], paths: IndicatorPaths, added: frozenset[str]
) -> list[IndicatorStatement]:
    """Return the statements of indicators that have a path; `added` ones stand under their name."""
    found: list[IndicatorStatement] = []
    _doubt_one_way([statement for line in lines for statement in line.statements])
    for line in lines:
        chapter = line.heading.title if line.heading else None
        for statement in line.statements:
            for indicator in statement.indicators:
                own = indicator in added
                path = paths.path(indicator) or (indicator if own else None)
                if path is not None:
                    unit = None if own else paths.unit(path)
                    value, unit = _value_and_unit(statement, unit)
                    doubts = _doubts(statement, indicator, value)
                    found.append(IndicatorStatement(statement, path, value, unit, chapter, doubts))
    _doubt_larger(found)
    _doubt_merged(found)
    _doubt_answered(found)
    _doubt_below_rounded(found)
    if paths.form is None:
        _doubt_later_totals(found)
    return found


def _doubt_one_way(stated: Sequence[Statement]) -> None:
    """收到信函申请1件 is not all that came in where requests of another way are counted too."""
    clauses = {id(one.clause) for one in stated if one.indicator in _WAYS and one.certain}
    for one in stated:
        whole = "one_way" in one.marks and one.indicator == _WHOLES[0]
        if whole and clauses - {id(one.clause)}:
            one.certain = False


def _value_and_unit(statement: Statement, unit: str | None) -> tuple[int | Decimal, str | None]:
    figure = statement.clause.figure
    counts = figure is not None and (unit is None or figure.name == "MONEY")
    printed = figure.text if figure is not None and counts and figure.value else None
    return value_of(statement.value, printed, unit)


def _doubts(statement: Statement, indicator: str, value: int | Decimal) -> set[str]:
    """Return why a statement is none of the year's figures for certain."""
    doubts = statement.marks & DOUBTS.keys()
    sources = (one for one in (statement, statement.source) if one)
    if not all(one.certain and _DOUBTED.isdisjoint(one.marks) for one in sources):
        doubts.add("uncertain")
    if len(statement.indicators) > 1 and value != 0:
        doubts.add("joint")
    if "until" in statement.marks and _is_in_column(statement):
        doubts.add("uncertain")  # 截至年底,信息公开专栏共公开430条: since it was opened, perhaps
    if indicator in _WHOLES and _is_part(statement):
        doubts.add("uncertain")  # 3个工作日内答复23件,占47%
    return doubts


def _doubt_merged(found: Iterable[IndicatorStatement]) -> None:
    """Doubt what one sentence keeps apart and the form counts under one path.

    不属于本机关公开2件,不掌握1件: on the form of 2014 neither is all that stands there.
    """
    together: dict[tuple[int, str], list[IndicatorStatement]] = {}
    for one in found:
        if not one.doubts:
            together.setdefault((id(one.statement.sentence), one.path), []).append(one)
    for several in together.values():
        heads = [one.statement for one in several]
        for one in several:
            if one.statement.head in heads:
                one.doubts.add("uncertain")  # 办结10件,其中按期答复9件
        apart = [one for one in several if not one.doubts]
        named = {one.statement.indicators for one in apart}
        if len(named) > 1 and len({one.value for one in apart}) > 1:
            for one in apart:
                one.doubts.add("uncertain")


def _doubt_below_rounded(found: Sequence[IndicatorStatement]) -> None:
    """公开3.2万条 … 办公室公开86件: where the total is rounded, a smaller figure is a part."""
    totals: dict[str, int | Decimal] = {}
    for one in found:
        if one.doubts == {"rounded"} and one.statement.indicator in _WHOLES:
            totals[one.path] = max(one.value, totals.get(one.path, 0))
    for one in found:
        if not one.doubts and one.value and one.value < totals.get(one.path, 0) * _NEARLY:
            one.doubts.add("uncertain")


def _doubt_answered(found: Sequence[IndicatorStatement]) -> None:
    """答复9件,不予处理2件: on a form that counts what was disposed of, 9 is not all of it."""
    apart: dict[int, list[Statement]] = {}
    for one in found:
        if one.statement.indicator.startswith(_NOT_ANSWERED):
            apart.setdefault(id(one.statement.sentence), []).append(one.statement)
    for one in found:
        wider = one.statement.indicator == "requests.answered" != one.path
        others = apart.get(id(one.statement.sentence), ()) if wider else ()
        if not one.statement.inferred and any(_is_no_part(other, one) for other in others):
            one.doubts.add("uncertain")


def _is_no_part(other: Statement, answered: IndicatorStatement) -> bool:
    """Return True if an outcome is none of those that were answered."""
    if other.head is None:
        return True
    received = other.head.indicator == "requests.received"
    return received and Decimal(other.head.value) > answered.value


def _doubt_larger(found: Sequence[IndicatorStatement]) -> None:
    """Doubt 累计, 截至年底 where a smaller figure of the indicator is stated: that is the year's.

    So is 通过不同渠道和方式公开, which counts twice what stood in two places.
    """
    smallest: dict[str, int | Decimal] = {}
    for one in found:
        if not one.doubts and one.statement.marks.isdisjoint(COUNTED_UP):
            smallest[one.path] = min(smallest.get(one.path, one.value), one.value)
    for one in found:
        if one.value <= smallest.get(one.path, one.value):
            continue
        if not one.statement.marks.isdisjoint(COUNTED_UP):
            one.doubts.add("cumulative")
        elif "EVERY_CHANNEL" in one.statement.clause.names:
            one.doubts.add("uncertain")
    _doubt_second_totals(found)


def _doubt_second_totals(found: Iterable[IndicatorStatement]) -> None:
    """Doubt what may be a part where another total is stated.

    通过信息公开专栏主动公开88条 is no second total, nor are requests that came one way.
    """
    totals: dict[str, set[int | Decimal]] = {}
    for one in found:
        if not one.doubts and not _may_be_part(one):
            totals.setdefault(one.path, set()).add(one.value)
    parts = [one for one in found if not one.doubts and _may_be_part(one)]
    for one in parts:
        values = totals.get(one.path) or {other.value for other in parts if other.path == one.path}
        if values != {one.value}:
            one.doubts.add("uncertain")


def _doubt_later_totals(found: Iterable[IndicatorStatement]) -> None:
    """Doubt another total behind the first where no form is there to compare them with."""
    first: dict[tuple[str, bool], int | Decimal] = {}
    for one in found:
        if one.doubts or one.statement.indicator not in _WHOLES:
            continue
        key = one.path, "region" in one.statement.marks
        if first.setdefault(key, one.value) != one.value:
            one.doubts.add("uncertain")


def _may_be_part(one: IndicatorStatement) -> bool:
    published = one.path == "proactive.disclosed"
    in_column = published and (_is_in_column(one.statement) or _is_by_channels(one.statement))
    return in_column or not one.statement.marks.isdisjoint(_PARTS)


def _is_by_channels(statement: Statement) -> bool:
    """Return True for 通过网站、公众号等公开信息53条: on whose initiative is not said."""
    phrases = statement.clause.phrases
    return "CHANNELS" in phrases and "DISCLOSE" not in phrases


def _is_in_column(statement: Statement) -> bool:
    """Return True if only a platform is named where information was published."""
    phrases = statement.clause.phrases
    return "PLATFORM" in phrases and phrases.isdisjoint(("WEBSITE", "CHANNELS", "EVERY_CHANNEL"))


def _is_part(statement: Statement) -> bool:
    """Return True if a figure is said to be less than all that the body has of it."""
    return (share_of(statement) or 100) != 100 and _OF_REGION not in statement.sentence.text


def share_of(statement: Statement) -> int | Decimal | None:
    """Return the percentage that stands behind a figure before any other number."""
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None or "%" not in text:
        return None
    match = _SHARE.match(text, figure.end)
    return value_of(match[1], None, None)[0] if match is not None else None


def value_of(
    digits: str, printed: str | None, unit: str | None
) -> tuple[int | Decimal, str | None]:
    """Return a number in the unit of its indicator; money is converted from the printed unit."""
    times = (ratio(printed, unit) if printed and unit else None) or 1
    if digits.isdecimal() and times == 1:
        return int(digits), unit or printed
    number = Decimal(digits) * times
    whole = number == number.to_integral_value()
    return int(number) if whole else number.normalize(), unit or printed
