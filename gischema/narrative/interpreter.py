"""The interpreter: what the clauses of a line state, read from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, evolve, field

from gischema.narrative.ambiguity import doubt_repeats, doubt_together
from gischema.narrative.clauses import Clause, clauses_of
from gischema.narrative.context import Context
from gischema.narrative.counting import stated_by_figure
from gischema.narrative.dates import Reporting, is_of_past
from gischema.narrative.figure_marks import FigureClause
from gischema.narrative.figureless import remember, stated_too, stated_without_figure
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.remarks import doubt_remarks
from gischema.narrative.resolve import BEHIND
from gischema.narrative.restrictions import (
    doubt_applicants,
    doubt_kinds,
    doubt_several_ways,
    doubt_two_counts,
)
from gischema.narrative.scope import narrow_to_disclosure
from gischema.narrative.selection import is_any_way
from gischema.narrative.statement import Statement
from gischema.narrative.unknown import doubt_unknown
from gischema.narrative.wholeness import doubt_unwhole
from gischema.text.sentences import Sentence

_HEADING = 10  # characters of 1.政府网站。
_OF_ALL = ("均", "全部", "已全部", "都已")
_RECEIVED = "requests.received"


@define(eq=False)
class Interpreter:
    """Interprets the sentences of one line."""

    reporting: Reporting
    context: Context
    _stated: list[Statement] = field(factory=list)
    _stopped: int = 0

    def interpret(self, sentences: Iterable[Sentence]) -> list[Statement]:
        """Return the statements of a line, in order."""
        waiting: list[Sentence] = []
        self.context.disclosure = self.context.topic is not None
        for sentence in sentences:
            self.context.past = is_of_past(sentence.text, self.reporting, self.context.past)
            if not self.reporting.grammar.stating.search(sentence.text):
                if not waiting and sentence.text.startswith(_OF_ALL):
                    self._said_of_all(sentence)
                waiting.append(sentence)
            else:
                self._skim(waiting)
                if waiting:
                    self.context.find_acting(waiting[-1].text, self.reporting)
                waiting.clear()
                self._sentence(sentence)
                self.context.headed = frozenset()
            if not sentence.text.endswith(";"):
                self._stop()
        self._stop()
        doubt_repeats([one for one in self._stated if ".channels." in one.indicator])
        return self._stated

    def _stop(self) -> None:
        """Compare what was stated since the last full stop: it belongs together."""
        doubt_repeats(self._stated[self._stopped :])
        self._stopped = len(self._stated)

    def _said_of_all(self, sentence: Sentence) -> None:
        """收到申请22件。全部依法答复。: a sentence of its own about the figures before it."""
        last = self._stated[-1] if self._stated else None
        if last is not None:
            grammar = self.reporting.grammar
            clause = next(iter(clauses_of(sentence.text, grammar)), None)
            if clause is not None and clause.figure is None:
                self._stated += stated_without_figure(
                    last.sentence, clause, self._stated, self.reporting, sentence
                )

    def _skim(self, sentences: Sequence[Sentence]) -> None:
        """Take the topic of sentences without figures: the last that names one counts."""
        if sentences and len(sentences[-1].text) <= _HEADING:
            tokens = self.reporting.grammar.scanner.tokens(sentences[-1].text)
            named = frozenset(one.name for one in tokens if one.name != "stop")
            if len(named) == 1 and named <= self.reporting.grammar.channels:
                self.context.headed = named
        for sentence in reversed(sentences):
            if topics := self.reporting.grammar.topics_in(sentence.text):
                self.context.topic = topics[-1]
                break
        if not all(sentence.text.endswith(";") for sentence in sentences):
            self.context.items.open = False

    def _sentence(self, sentence: Sentence) -> None:
        grammar, context = self.reporting.grammar, self.context
        clauses = clauses_of(sentence.text, grammar)
        first = len(self._stated)
        context.begin_sentence(sentence, grammar)
        reached = 0
        for place, clause in enumerate(clauses):
            until = _first_act(clause) if clause.tokens else clause.opens
            words = sentence.text[reached : max(reached, until)]
            context.find_acting(words, self.reporting, alone=False)
            reached = clause.end
            context.dates = context.dates.after(clause, sentence, self.reporting)
            context.items.reach(clause)
            subject = context.subject
            context.find_subject(sentence, clause, self.reporting)
            self._clause(sentence, clause, clauses[place + 1 : place + 1 + BEHIND])
            self._add_whole(clause, clauses)
            context.find_topic(clause, grammar)
            if self._stated and self._stated[-1].clause is clause and _is_request(self._stated[-1]):
                context.topic = "REQUEST"
            if context.items.open:
                context.subject = subject  # 其中,各镇3条: only this item is theirs
        stated = self._stated[first:]
        doubt_together(stated, clauses, grammar)
        doubt_two_counts(stated, clauses)
        doubt_applicants(stated)
        doubt_several_ways(stated)
        doubt_kinds(stated)
        narrow_to_disclosure(stated, clauses, grammar)
        doubt_remarks(stated, self.reporting)
        doubt_unknown(stated, clauses, grammar)
        doubt_unwhole(stated, self.reporting.year)
        context.items.end_sentence(sentence, stated)

    def _add_whole(self, clause: Clause, clauses: Sequence[Clause]) -> None:
        """State how many requests came in where all came one way: 通过网络收到申请1件."""
        last = self._stated[-1] if self._stated else None
        if last is None or last.clause is not clause or not last.certain or last.head is not None:
            return
        explicit = {"RECEIVE", "REQUEST"} <= clause.names and last.value.strip("0")
        if not explicit or not last.indicator.startswith(f"{_RECEIVED}."):
            return
        grammar = self.reporting.grammar
        others = (one for one in clauses if one is not clause and _counts_way(one, grammar))
        if next(others, None) is None and not any(_is_received(one) for one in self._stated[:-1]):
            whole = evolve(last, indicators=(_RECEIVED,), marks={*last.marks, "one_way"})
            whole.certain = is_any_way(last)
            self._stated.append(whole)

    def _clause(self, sentence: Sentence, clause: Clause, following: Sequence[Clause]) -> None:
        context = self.context
        if clause.figure is None:
            self._stated += stated_without_figure(sentence, clause, self._stated, self.reporting)
            remember(clause, context, self._stated)
            return
        behind = () if clause.inside and clause.stop == ")" else _without_figure(following)
        here = FigureClause(sentence, clause, clause.figure, behind)
        statement = stated_by_figure(here, context, self._stated, self.reporting)
        if statement is not None:
            self._stated += [*stated_too(statement), statement]


def _first_act(clause: Clause) -> int:
    """Return where the first word of a clause stands that says anything."""
    starts = [
        m.start
        for m in (*clause.tokens, clause.figure)
        if m is not None and m.start >= clause.opens
    ]
    return min(starts, default=clause.end)


def _counts_way(clause: Clause, grammar: NarrativeGrammar) -> bool:
    return clause.figure is not None and not clause.phrases.isdisjoint(grammar.ways)


def _without_figure(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Return the clauses in front of the first with a figure."""
    stop = next((n for n, clause in enumerate(clauses) if clause.figure is not None), len(clauses))
    return clauses[:stop]


def _is_request(statement: Statement) -> bool:
    return statement.certain and statement.indicator.startswith("requests.")


def _is_received(statement: Statement) -> bool:
    return statement.indicator.startswith(_RECEIVED)
