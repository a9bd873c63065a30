"""Ambiguity: statements that look certain alone, but not next to their neighbours or matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.parts import CHANNELS, doubt_channels
from gischema.narrative.statement import Statement

_LISTED_UNITS = ("ITEMS", "CASES")
_KIND = {"KIND"}
_NO_KIND = {"CHANNELS", "ALSO", "year", "CUMULATIVE", "SO_FAR", "LAST_YEAR", "COMPARED"}
_REST = ("其他", "其它", "其余")
_OF_SOME = ("对", "对于", "针对", "将")
_MARKED_AS = ("proactive.disclosed", "requests.received", "requests.answered.refused")
_DEALT_WITH = {"RECEIVE", "APPLY", "HANDLE", "ANSWER", "CONCLUDED", "SUBMIT", "INFO"}
_NOT_THE_YEARS = {"cumulative", "other_year", "other_body"}
COUNTED_UP = frozenset({"so_far", "until"})
"""Marks of figures that are counted up to a day: 累计, 截至年底. They may hold earlier years."""

_CLASS = ("类", "的类")
_PUBLISHED = ("DISCLOSE", "OPEN", "PUBLISH")
_NEWS = "动态"  # one kind itself
_JUDGES = re.compile(
    r"作为复议机关|审理(?!中|阶段)|(?<!未)审结(?!案)"
)  # 法制办审理行政复议案件21件
_ACCOUNTS = (".wechat", ".weibo")
_NAME = re.compile("“([^”]+)”")
_COUNTED = re.compile(r"\d[^,;。:、()\d年]*\Z")
_REVIEWED = ("reconsideration", "litigation")


def doubt_together(
    stated: Sequence[Statement], clauses: Sequence[Clause], grammar: NarrativeGrammar
) -> None:
    """Doubt what the figures of one sentence make doubtful of each other.

    Args:
        stated: The statements of the sentence.
        clauses: All its clauses.
        grammar: What the text is read with.
    """
    if stated:
        _doubt_lists(stated, grammar)
        _doubt_documents(stated, clauses)
        _doubt_disclosed_of(stated)
        _doubt_normative(stated)
        doubt_channels(stated)


def _doubt_lists(stated: Sequence[Statement], grammar: NarrativeGrammar) -> None:
    """发布动态19条、公告4条: the first is one kind among others, not all that was published.

    A comma may also lead to the parts of a whole; then they are no more than it.
    """
    for place, statement in enumerate(stated):
        if not _is_whole(statement):
            continue
        kinds: list[Statement] = []
        for other in stated[place + 1 :]:
            if not _is_kind(other, grammar):
                break
            kinds.append(other)
        if kinds and not _are_parts(statement, kinds):
            statement.certain = False


def doubt_repeats(stated: Sequence[Statement]) -> None:
    """市政府网站公开100条,局网站公开300条: two values of one indicator, and neither is all of it.

    Unless the others add up to less than the first: then that is nearly all of it, if it is no
    account among others: “云岭水利”公众号260条,“云岭河长”公众号64条.
    """
    repeated: dict[tuple[str, bool], list[Statement]] = {}
    for statement in stated:
        if statement.certain and statement.indicator and statement.marks.isdisjoint(_NOT_THE_YEARS):
            key = statement.indicator, "region" in statement.marks
            repeated.setdefault(key, []).append(statement)
    for several in repeated.values():
        statements = _without_cumulative(several)
        if len(statements) == 1:
            continue
        first, *others = (Decimal(statement.value) for statement in statements)
        if any(other != first for other in others):
            most = sum(others) < first and len({*map(_account, statements)} - {""}) < 2
            for statement in statements[most:]:
                statement.certain = False


def _account(statement: Statement) -> str:
    """Return the name of the account that published what a figure counts, as far as it has one."""
    clause = statement.clause
    named = _NAME.search(statement.sentence.text, clause.opens, clause.end)
    return named[1] if named is not None and statement.indicator.endswith(_ACCOUNTS) else ""


def _without_cumulative(statements: Sequence[Statement]) -> list[Statement]:
    """2022年公开218条,累计公开3106条: leave out what counts earlier years too, and mark it so."""
    own = [float(one.value) for one in statements if one.marks.isdisjoint(COUNTED_UP)]
    smallest = min(own, default=None)
    left: list[Statement] = []
    for one in statements:
        if one.marks.isdisjoint(COUNTED_UP) or smallest is None or float(one.value) <= smallest:
            left.append(one)
        else:
            one.marks.add("cumulative")
    return left


def is_answer(statement: Statement, topic: str | None) -> bool:
    """收到申请3件,公开信息8条: given to who asked for it, perhaps, not published.

    So is what was public already: 已主动公开信息2件, 已通过网站公开2件, not 已通过网站公开信息3条.
    And 依申请公开1,主动公开0 are outcomes.
    """
    if topic != "REQUEST":
        return False
    if statement.indicator.startswith(CHANNELS):
        return "DONE" in statement.clause.names and "INFO" not in statement.clause.names
    if statement.indicator != "proactive.disclosed":
        return False
    acts = [m for m in statement.clause.tokens if m.name in ("DISCLOSE", "PUBLISH")]
    figure = statement.clause.figure
    bare = figure is not None and figure.name == "bare"
    return not acts or bare or any(act.text.startswith("已") for act in acts)


def is_carried_twice(statement: Statement, year: int | None) -> bool:
    """2022年结转3件 in a report on 2022: carried into that year, or out of it."""
    if "CARRIED_IN" not in statement.clause.names:
        return False
    carried = [token for token in statement.clause.tokens if token.name == "CARRIED_IN"]
    years = {m.value for m in statement.clause.tokens if m.name == "year"}
    return any(token.text.startswith("年") for token in carried) and str(year) in years


def denies_some(statement: Statement) -> bool:
    """1件因地址有误未收到申请件: some of what is counted in the same breath, not all there is."""
    clause, figure = statement.clause, statement.clause.figure
    begun = figure is not None and not figure.value and not clause.before and clause.opens > 0
    return begun and _COUNTED.search(statement.sentence.text, 0, clause.opens) is not None


def is_some(statement: Statement) -> bool:
    """对于2件…申请: some of the requests, not all that came in."""
    figure = statement.clause.figure
    if figure is None or statement.indicator != "requests.received":
        return False
    return statement.sentence.text[: figure.start].endswith(_OF_SOME)


def _is_whole(statement: Statement) -> bool:
    figure = statement.clause.figure
    published = statement.indicator == "proactive.disclosed" or ".channels." in statement.indicator
    return (
        published
        and statement.certain
        and statement.head is None
        and figure is not None
        and figure.name in _LISTED_UNITS
    )


def _is_kind(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """Return True if a figure counts some kind of information that no form has."""
    clause = statement.clause
    interprets = statement.indicator == "response.channels.interpretations"
    return (
        (interprets or not (statement.indicators and statement.certain))
        and statement.head is None
        and clause.figure is not None
        and clause.figure.name in _LISTED_UNITS
        and clause.before in ("、", ",")
        and clause.names.isdisjoint(_NO_KIND)
        and clause.names.isdisjoint(grammar.channels)
        and (clause.names - _KIND).isdisjoint(grammar.nothing)
    )


def _are_parts(whole: Statement, kinds: Sequence[Statement]) -> bool:
    total, value = sum(Decimal(kind.value) for kind in kinds), Decimal(whole.value)
    if whole.clause.stop == "、":
        return total == value
    rest = any(kind.sentence.text.startswith(_REST, kind.clause.opens) for kind in kinds)
    news = any(token.text.endswith(_NEWS) for token in whole.clause.tokens if token.name == "INFO")
    return total == value or (total < value and not rest and not news)


def _doubt_documents(stated: Sequence[Statement], clauses: Sequence[Clause]) -> None:
    """制发公文215件,其中主动公开123件,依申请公开45件,不予公开47件: what documents are marked as.

    The same three side by side mean that too where no word says what is counted.
    """
    marked = [s for s in stated if s.indicator in _MARKED_AS]
    dealt_with = _DEALT_WITH
    if any(map(_are_sorted, clauses)) and all(map(_is_in_items, marked)):
        dealt_with = _DEALT_WITH - {"INFO"}
    bare = [s for s in marked if s.clause.names.isdisjoint(dealt_with)]
    if not bare:
        return
    named = {s.indicator for s in bare}
    documents = any("DOCUMENTS" in clause.names for clause in clauses)
    if len(named) > 1:
        documents = documents or any(map(_are_sorted, clauses)) or any(map(_is_class, bare))
    for statement in bare:
        in_items = len(named) > 1 and _is_in_items(statement)
        together = (named == {*_MARKED_AS} and statement.value != "0") or in_items
        if documents or (together and statement.indicator != _MARKED_AS[0]):
            statement.certain = False


def _doubt_disclosed_of(stated: Sequence[Statement]) -> None:
    """制发规范性文件21件,其中主动公开18件: those of them that were disclosed, not all that was."""
    for before, one in pairwise([one for one in stated if one.clause.figure is not None]):
        first, second = before.clause.figure, one.clause.figure
        if first is None or second is None or first.text != second.text:
            continue
        alone = one.clause.phrases - {"AMONG"} == {"DISCLOSE"} and "INFO" not in one.clause.names
        others = not before.indicator.startswith((_MARKED_AS[0], CHANNELS, "requests."))
        more = bool(before.value.strip("0")) and Decimal(before.value) >= Decimal(one.value)
        own = before.marks.isdisjoint(_NOT_THE_YEARS) and one.marks.isdisjoint(_NOT_THE_YEARS)
        if one.indicator == _MARKED_AS[0] and alone and others and more and own:
            if before.indicator == "proactive.normative_issued":
                one.indicators = ("proactive.disclosed_normative",)
            else:
                one.certain = False


def _doubt_normative(stated: Sequence[Statement]) -> None:
    """制定政府规范性文件5件、部门规范性文件11件: two kinds of them, and neither is all."""
    for first, second in pairwise(stated):
        again = second.clause.phrases == {"NORMATIVE"} and second.clause.before == "、"
        if again and not second.indicators and first.indicator == "proactive.normative_issued":
            first.certain = False


def _is_in_items(statement: Statement) -> bool:
    figure = statement.clause.figure
    return figure is not None and figure.name == "ITEMS"


def _are_sorted(clause: Clause) -> bool:
    """Return True if a clause counts what is sorted: 制发政府信息405条, 梳理信息500条."""
    made = {"MAKE", "INFO"} <= clause.names and "DISCLOSE" not in clause.names
    return made or "SORTED" in clause.names


def _is_class(statement: Statement) -> bool:
    """Return True for 依申请公开类150条."""
    tokens, figure = statement.clause.tokens, statement.clause.figure
    last = max((m.end for m in tokens if figure and m.end <= figure.start), default=0)
    return statement.sentence.text.startswith(_CLASS, last)


def is_casework(statement: Statement, disclosure: bool) -> bool:
    """Return True if a body's own cases are counted: 办理行政复议案件35件.

    `disclosure` is True where the text speaks of the disclosure of information; then they are not.
    """
    if statement.value == "0" or not statement.indicator:
        return False
    first = statement.indicator.partition(".")[0]
    words = statement.sentence.text[statement.clause.opens : statement.clause.end]
    if first in _REVIEWED and _JUDGES.search(words):
        return True
    if disclosure:
        return False
    if first == "complaints":
        return True
    handled = statement.clause.names & {"HANDLE", "RECEIVE"}
    return first in _REVIEWED and bool(
        handled or any("应诉" in token.text for token in statement.clause.tokens)
    )
