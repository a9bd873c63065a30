"""Scope: figures that count more than disclosure, such as all reviews or trainings of a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.parts import COUNTING_WORDS
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement

_CASES = ("reconsideration", "litigation", "complaints")
_UNRELATED = ("UNRELATED", "NOT_GOVERNMENT_INFORMATION")
_NO_RESULT = {
    "AMONG", "RECONSIDERATION", "LITIGATION", "COMPLAINT", "REQUEST", "APPLY", "RECEIVE", "HANDLE",
    "OPEN", "INFO", "SUBMIT", "DISCLOSE", "ANSWER",
}  # fmt: skip
_EVENTS = {"TRAINING", "MEETING"}
_HELD = ("training.courses", "training.meetings")
_OF_OTHERS = "的"  # 省水利厅举办的培训班


def narrow_to_disclosure(
    stated: Sequence[Statement], clauses: Sequence[Clause], grammar: NarrativeGrammar
) -> None:
    """Doubt the figures of a sentence that count more than disclosure.

    Of 行政复议12件,其中涉及信息公开2件 the second is the figure; 水利培训3期 is none.

    Args:
        stated: The statements of the sentence.
        clauses: All its clauses.
        grammar: What the text is read with.
    """
    if any(one.indicator in _CASES or one.head is not None for one in stated):
        _narrow_cases(stated, grammar)
        _doubt_unrelated(stated, clauses)
    if any(one.indicator.startswith("training.") for one in stated):
        _doubt_events(stated, grammar)


def _narrow_cases(stated: Sequence[Statement], grammar: NarrativeGrammar) -> None:
    """Take those cases that are about disclosure, not all of their kind."""
    found: set[str] = set()
    befores: list[Statement | None] = [None, *stated[:-1]]
    for statement, before in zip(reversed(stated), reversed(befores), strict=True):
        about = _is_on_disclosure(statement, grammar) or (
            statement.clause.before == "、"
            and before is not None
            and _is_on_disclosure(before, grammar)
        )
        if about:
            _take_from_head(statement, before)
        indicator = statement.indicator
        if indicator in _CASES and about and statement.certain:
            found.add(indicator)
        elif indicator in found:
            _doubt_with_results(statement, stated)
    if found:
        _doubt_wider(stated, grammar)


def _doubt_wider(stated: Sequence[Statement], grammar: NarrativeGrammar) -> None:
    """复议62件,应诉41件,其中涉及信息公开的应诉5件: the reviews are not all about it either."""
    for place, statement in enumerate(stated):
        if "AMONG" in statement.clause.names and _is_on_disclosure(statement, grammar):
            for earlier in stated[:place]:
                if earlier.indicator in _CASES and not _is_on_disclosure(earlier, grammar):
                    earlier.certain = False


def _doubt_with_results(statement: Statement, stated: Sequence[Statement]) -> None:
    """Doubt all cases of a kind, and what was said of all of them: 均予维持."""
    statement.certain = False
    for one in stated:
        of_all = one.inferred and one.value == statement.value
        if of_all and one.indicator.startswith(f"{statement.indicator}."):
            one.certain = False


def _take_from_head(statement: Statement, before: Statement | None) -> None:
    """Give a figure without a result the indicator of the cases before: 其中涉及信息公开2件."""
    head = statement.head or before
    if head is None or head.indicator not in _CASES:
        return
    if not statement.indicator.startswith(head.indicator) and statement.indicators:
        return
    if statement.clause.phrases <= _NO_RESULT:
        statement.indicators, statement.certain = head.indicators, True
        statement.head = None


def _doubt_unrelated(stated: Sequence[Statement], clauses: Sequence[Clause]) -> None:
    """应诉6件,均与信息公开无关: none of them counts."""
    for clause in clauses:
        if not clause.names.isdisjoint(_UNRELATED):
            for statement in stated:
                if statement.indicator in _CASES and statement.clause.start <= clause.start:
                    statement.certain = False


def _is_on_disclosure(statement: Statement, grammar: NarrativeGrammar) -> bool:
    clause = statement.clause
    if "UNRELATED" in clause.names:
        return False
    return grammar.is_on_disclosure(statement.sentence.text[clause.opens : clause.end])


def _doubt_events(stated: Sequence[Statement], grammar: NarrativeGrammar) -> None:
    """Doubt trainings and meetings on other things, or that others held, and who came to them."""
    others = attended = False
    _doubt_wider_events(stated, grammar)
    for statement in stated:
        _narrow_event(statement, statement.head, grammar)
    for statement in _of_events(stated):
        if _is_on_disclosure(statement, grammar):
            others = False
        elif others or _is_on_other_things(statement, grammar):
            others, statement.certain = True, False
        attended = _is_attended(statement) or (attended and not statement.clause.phrases)
        if attended:
            statement.certain = False


def _doubt_wider_events(stated: Sequence[Statement], grammar: NarrativeGrammar) -> None:
    """培训班5期,412人次,其中政府信息公开培训1期,60人次: the first two are all trainings."""
    events = list(_of_events(stated))
    narrow = (
        place
        for place, one in enumerate(events)
        if "AMONG" in one.clause.names and _is_on_disclosure(one, grammar)
    )
    place = next(narrow, 0)
    if not any(_is_on_disclosure(one, grammar) for one in events[:place]):
        for earlier in events[:place]:
            earlier.certain = False


def _narrow_event(statement: Statement, head: Statement | None, grammar: NarrativeGrammar) -> None:
    """Take the trainings on disclosure: 业务培训12期,其中政务公开培训1期."""
    if head is None or not head.indicator.startswith("training.") or not _event(statement):
        return
    if _is_on_disclosure(statement, grammar) and not _is_on_disclosure(head, grammar):
        statement.indicators, statement.head = head.indicators, None
        statement.certain, head.certain = True, False


def _of_events(stated: Sequence[Statement]) -> Iterator[Statement]:
    return (one for one in stated if one.indicator.startswith("training."))


def _is_on_other_things(statement: Statement, grammar: NarrativeGrammar) -> bool:
    """Return True if other words stand before 培训: 水利培训班3期, 4期消防安全培训."""
    event = _event(statement)
    if event is None:
        return False
    clause, text = statement.clause, statement.sentence.text
    known = [m for m in (*clause.tokens, clause.figure) if m]
    first = max((m.end for m in known if m.end <= event.start), default=clause.opens)
    if grammar.event.fullmatch(text, first, event.start) is None:
        return True
    last = min((m.start for m in known if m.start >= event.end), default=event.end)
    whom = COUNTING_WORDS.sub("", text[max(event.end, clause.opens) : last])  # 培训纳税人3200人次
    return statement.indicator == "training.trainees" and not grammar.event.fullmatch(whom)


def _is_attended(statement: Statement) -> bool:
    """Return True for 参加全县培训2次: what the body did not hold."""
    clause, text = statement.clause, statement.sentence.text
    if "ATTEND" not in clause.names:
        return False
    held = [m for m in clause.tokens if m.name == "HOLD"]
    if statement.indicator in _HELD or not clause.names.isdisjoint(("REGION", "STAFF")):
        return True
    return any(text.startswith(_OF_OTHERS, m.end) for m in held)


def _event(statement: Statement) -> Token | None:
    return next((m for m in statement.clause.tokens if m.name in _EVENTS), None)
