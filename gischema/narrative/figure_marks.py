"""Marks of one figure: of which years and whose it is, and whether it is rounded or a stock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import define

from gischema.chinese.dates import YEAR
from gischema.narrative.bodies import Subject
from gischema.narrative.clauses import Clause
from gischema.narrative.context import Context
from gischema.narrative.dates import STOCKS, Reporting, names_date
from gischema.narrative.restrictions import is_of_next_year
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement
from gischema.text.sentences import Sentence

_OF_OTHERS: Mapping[Subject, set[str]] = {
    "own_region": {"region", "own_region"},
    "region": {"region"},
    "other": {"other_body"},
}
"""Marks of figures that are not of the reporting body alone."""

_TO_DATE = re.compile(rf"(?<![止至])到(?:{YEAR})?(?:年?[底末]|目前|现在)(?:为止)?,?累[计积]")
_SITES = ("WEBSITE", "PLATFORM")
_PAST = {"cumulative", "other_year"}
_WITH_PAST = re.compile(r"\((?:含|包括|包含)(?:往年|历年|以前年度|以往)")  # 1120条(含往年)
_BY_ESTIMATE = ("据估计", "统计")
_NO_ESTIMATES = ("上", "近", "超", "不下", "突破")  # 网站上公开, 最近收到
_PUBLISHED = ("proactive.disclosed", "proactive.channels.")
_STOCK = re.compile(
    "(?:现|目前|[上中里])[共现已]?有(?:各类|主动|公开|政府|政务|信息)|现存|存量|库存|总[数量]已达"
)
_TOTAL = re.compile("总[数量]")


@define(eq=False)
class FigureClause:
    """A clause with a figure, in its sentence.

    Attributes:
        behind: The clauses without a figure that follow it.
    """

    sentence: Sentence
    clause: Clause
    figure: Token
    behind: Sequence[Clause]


def marks_of(here: FigureClause, context: Context, reporting: Reporting) -> set[str]:
    """Return what is special about a figure."""
    marks = context.dates.marks
    if here.figure.value in ("", "0"):
        marks.discard("cumulative")  # 至今未收到: nor in this year
    marks |= _OF_OTHERS.get(context.subject, set())
    if context.placed_with_others:
        marks.add("other_body")
    if "SO_FAR" in here.clause.names and not _is_of_named_year(here, context, reporting):
        marks.add("so_far")
        to_date = _TO_DATE.search(here.sentence.text, 0, here.clause.end)
        if to_date is not None and to_date.end() > here.clause.opens:
            marks.add("cumulative")
    if here.figure.value and _WITH_PAST.match(here.sentence.text, here.figure.end):
        marks.add("cumulative")
    if here.figure.rounded or _is_about(here, context, reporting):
        marks.add("rounded")
    if here.figure.name == "bare":
        marks.add("unit_missing")
    if "REQUEST" in here.clause.phrases and not here.clause.phrases.isdisjoint(_SITES):
        marks.add("one_way")  # 通过网站收到申请2件
    return marks


def mark_time(
    here: FigureClause, statement: Statement, context: Context, reporting: Reporting
) -> None:
    """Mark what is of the next year, or counted whenever it came about; places are there now."""
    if is_of_next_year(statement, reporting):
        statement.marks.add("other_year")
    if _is_stock(here, statement, context, reporting):
        statement.marks.add("cumulative")
    if statement.indicator.startswith(STOCKS) and not names_date(here.clause):
        statement.marks -= _PAST  # 2008年起开展工作,设查阅室1处: it is there now


def lead_of(statement: Statement, context: Context) -> int:
    """Return where the words begin that lead to a figure: its clause, or one without a figure."""
    return (context.pending[0] if context.pending else statement.clause).opens


def _is_stock(
    here: FigureClause, statement: Statement, context: Context, reporting: Reporting
) -> bool:
    """网站现有信息4900条, 至年底公开信息总量9000条: what there is, not what came in the year."""
    if not statement.indicator.startswith(_PUBLISHED) or "NEW" in here.clause.names:
        return False
    if _is_of_named_year(here, context, reporting):
        return False
    ahead = here.sentence.text[lead_of(statement, context) : here.figure.start]
    held = context.dates.until or not statement.indicator.startswith(_PUBLISHED[0])
    total = held and _TOTAL.search(ahead)
    return bool(total) or _STOCK.search(ahead) is not None


def _is_of_named_year(here: FigureClause, context: Context, reporting: Reporting) -> bool:
    """Return True for 2021年,累计公开106条: counted up, but in the year."""
    clauses = [here.clause, *context.pending[-1:]]
    return not context.dates.until and any(map(reporting.is_this_year, clauses))


def _is_about(here: FigureClause, context: Context, reporting: Reporting) -> bool:
    """据不完全统计,收到…, 约收到申请15件: what is said ahead of the act is said of the figure."""
    ahead = [m for one in (*context.pending, here.clause) for m in one.tokens]
    acts = {m.start for m in ahead if m.name in reporting.grammar.acts}
    return any(
        m.text.endswith(_BY_ESTIMATE) or (m.end in acts and m.text not in _NO_ESTIMATES)
        for m in ahead
        if m.name == "ABOUT" and m.end <= here.figure.start
    )
