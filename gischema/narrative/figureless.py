"""Clauses without a figure: what they say of figures before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gischema.narrative.clauses import Clause
from gischema.narrative.context import Context
from gischema.narrative.dates import Reporting
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.of_all import is_of_all
from gischema.narrative.statement import Statement
from gischema.text.sentences import Sentence

_FOR_ALL = {
    "GRANTED": "requests.answered.granted",
    "ANSWER": "requests.answered",
    "CONCLUDED": "requests.concluded",
    "ON_TIME": "requests.concluded",
    "NATURAL_PERSON": "requests.received.natural_person",
    "UPHELD": "upheld",
    "CORRECTED": "corrected",
    "PENDING": "pending",
}
"""What a clause such as `均已答复` says of the figures before it."""

_REVIEWS = ("reconsideration", "litigation")
_REVIEW_GROUPS = frozenset({"RECONSIDERATION", "LITIGATION"})
_SINGLE = {"DONE", "PENDING"}
_RESULT = "结果"  # 行政复议1件,结果为维持
_REST = ("其余", "其他", "其它", "剩余")
_EXCEPT = re.compile(r".*除[^,;。]{1,20}外[^;。]*\Z")
_NEAR = 60  # figures among which those are looked for that a clause speaks of
_SHORT = 30  # characters between 行政复议, and a second thing that did not happen either


def stated_without_figure(
    sentence: Sentence,
    clause: Clause,
    stated: Sequence[Statement],
    reporting: Reporting,
    said: Sentence | None = None,
) -> list[Statement]:
    """Return what a clause states by speaking of figures that were stated before.

    Args:
        sentence: The sentence of those figures.
        clause: The clause.
        stated: What was stated before it.
        reporting: What is known of the report.
        said: The sentence of the clause, if it is another.
    """
    last, grammar = stated[-1] if stated else None, reporting.grammar
    if last is None or last.sentence is not sentence:
        return []
    single = last.value == "1" and not clause.names.isdisjoint(_SINGLE)
    of_all = "ALL" in clause.names or sentence.text.startswith(_RESULT, clause.opens)
    if (single or of_all) and clause.names.isdisjoint(grammar.none):
        return list(_said_of_all(sentence, clause, stated, reporting, said or sentence))
    if last.clause.figure is not None and last.clause.figure.name == "NONE":
        return list(_denied_too(sentence, clause, last, grammar))
    return []


def stated_too(statement: Statement) -> Iterator[Statement]:
    """Yield what a figure states too: 收到、办理申请5件 were received, and concluded."""
    if statement.indicators and statement.certain:
        for indicator in statement.also:
            yield Statement(
                statement.sentence,
                statement.clause,
                (indicator,),
                value=statement.value,
                marks=set(statement.marks),
            )


def remember(clause: Clause, context: Context, stated: Sequence[Statement]) -> None:
    """Keep a clause for the figure that may follow it."""
    context.pending.append(clause)
    ends_as_title = clause.stop == ":"
    context.title = clause if ends_as_title else None
    if ends_as_title and stated and not context.items.open and "AMONG" not in clause.names:
        context.pending = []


def _said_of_all(
    sentence: Sentence,
    clause: Clause,
    stated: Sequence[Statement],
    reporting: Reporting,
    said: Sentence,
) -> Iterator[Statement]:
    """均已答复, 均获维持, 该案尚未审结: what it says holds of the figures before it."""
    wanted = next((_FOR_ALL[name] for name in _FOR_ALL if name in clause.names), None)
    if wanted is None or not clause.names.isdisjoint(reporting.grammar.nothing):
        return
    if said.text.startswith(_REST, clause.opens) or _EXCEPT.match(said.text, 0, clause.end):
        return  # 除3件结转外,其余均已办结; 除3件外均予以公开
    if wanted == "requests.concluded" and any(m.text.endswith("复") for m in clause.tokens):
        wanted = "requests.answered"  # 均已按时答复
    for earlier in _latest(sentence, stated):
        indicator = ""
        if earlier.indicator in _REVIEWS:
            indicator = f"{earlier.indicator}.{wanted}" if "." not in wanted else ""
        elif earlier.indicator in _asked(wanted):
            indicator = wanted
        if indicator and int(float(earlier.value)) > 0:
            yield Statement(
                said,
                clause,
                (indicator,),
                certain=is_of_all(said, clause, earlier, stated, reporting),
                value=earlier.value,
                marks=set(earlier.marks),
                source=earlier,
            )


def _asked(wanted: str) -> tuple[str, ...]:
    """Return the figures of which all can be what is `wanted`: 收到17件,均已答复,全部同意公开."""
    if wanted == "requests.answered.granted":
        return "requests.received", "requests.answered", "requests.concluded"
    return ("requests.received",) if wanted.startswith("requests.") else ()


def _latest(sentence: Sentence, stated: Sequence[Statement]) -> list[Statement]:
    """Return the figures that 均 can mean: the last one, but for items of its list; all reviews."""
    here = [s for s in stated[-_NEAR:] if s.sentence is sentence and s.head is None]
    here = [s for s in here if s.indicators and not s.inferred]
    here = [s for s in here if s.certain or "one_way" in s.marks] or here
    reviews = [s for s in here if s.indicator in _REVIEWS]
    return reviews if here and here[-1] in reviews else here[-1:]


def _denied_too(
    sentence: Sentence, clause: Clause, last: Statement, grammar: NarrativeGrammar
) -> Iterator[Statement]:
    """没有申请行政复议,提起行政诉讼的情况: the second did not happen either."""
    near = clause.end - last.clause.end <= _SHORT
    only = clause.names - grammar.about_figure <= _REVIEW_GROUPS
    if near and only and last.indicator in _REVIEWS:
        for name in sorted(clause.names & _REVIEW_GROUPS):
            yield Statement(sentence, clause, (name.lower(),))
