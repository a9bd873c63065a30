"""What the clauses of a line state, in order: one pass that remembers what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from gischema.narrative.bodies import Bodies, Subject
from gischema.narrative.clauses import Clause, clauses_of
from gischema.narrative.doubts import (
    doubt_repeats,
    doubt_together,
    is_answer,
    is_carried_twice,
    is_casework,
    is_due,
    is_one_column,
    is_one_kind,
    is_some,
)
from gischema.narrative.grammar import NONES, NarrativeGrammar
from gischema.narrative.items import can_hold, name_of, summed
from gischema.narrative.meanings import Setting, meaning_of
from gischema.narrative.scanner import Mark
from gischema.narrative.sentences import Sentence
from gischema.narrative.statement import Statement

_FOR_ALL = {
    "ANSWER": "requests.answered",
    "CONCLUDED": "requests.concluded",
    "ON_TIME": "requests.concluded",
    "NATURAL_PERSON": "requests.received.natural_person",
    "UPHELD": "upheld",
    "CORRECTED": "corrected",
    "PENDING": "pending",
}
"""What a clause such as `均已答复` says of the figures before it."""

_OF_OTHERS: Mapping[Subject, set[str]] = {
    "own_region": {"region", "own_region"},
    "region": {"region"},
    "other": {"other_body"},
}
"""Marks of figures that are not of the reporting body alone."""

_DATES = {"year", "CUMULATIVE", "THIS_YEAR", "PART_YEAR"}
_CLOSED = ("requests.answered", "requests.concluded", "requests.received")
# Both are seldom asked.
_SINCE = (
    r"\d{4}年?(?:(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|至今|起至今|起累计)"
    r"|[至到—~-]{1,2}\d{4}年(?!\d))"
)
_TO_DATE = r"(?<![止至])到(?:20\d\d)?(?:年?[底末]|目前|现在)(?:为止)?,?累[计积]"
_APART = ("ALSO", "VISITS")
_DENIALS = ("NONE", "NO_REQUESTS")
_FROM = ("从", "由")
_NEAR = 60  # figures among which the head of a list is looked for
_SHORT = 30  # characters between 行政复议, and a second thing that did not happen either


@define(eq=False, repr=False)
class Reader:
    """Reads the sentences of one line.

    `topic` is what the heading above it is about, `year` the report's, and `year_told` whether the
    text speaks of that year: else its figures cannot be told by year.
    """

    grammar: NarrativeGrammar
    bodies: Bodies
    topic: str | None = None
    year: int | None = None
    year_told: bool = False
    denials: bool = True
    _told: list[Statement] = field(factory=list)
    _stopped: int = 0
    _pending: list[Clause] = field(factory=list)
    _title: Clause | None = None
    _listing: bool = False
    _fresh: bool = False
    _bracketed: bool = False
    _head: Statement | None = None
    _sticky: set[str] = field(factory=set)
    _part: bool = False
    _subject: Subject = "own"
    _disclosure: bool = False

    def read(self, sentences: Iterable[Sentence]) -> list[Statement]:
        """The statements of a line."""
        waiting: list[Sentence] = []
        self._disclosure = self.topic is not None
        for sentence in sentences:
            if not self.grammar.telling.search(sentence.text):
                waiting.append(sentence)
            else:
                self._skim(waiting)
                waiting.clear()
                self._sentence(sentence)
            if not sentence.text.endswith(";"):
                self._stop()
        self._stop()
        doubt_repeats([one for one in self._told if ".channels." in one.idea])
        return self._told

    def _stop(self) -> None:
        """A full stop: what was told since the last belongs together."""
        doubt_repeats(self._told[self._stopped :])
        self._stopped = len(self._told)

    def _sentence(self, sentence: Sentence) -> None:
        clauses = clauses_of(sentence.text, self.grammar)
        first = len(self._told)
        self._disclosure = self._disclosure or self.grammar.is_on_disclosure(sentence.text)
        self._pending = []
        self._sticky -= {"cumulative", "other_year"}
        self._part = False
        for place, clause in enumerate(clauses):
            self._dated(sentence, clause)
            self._listed(clause)
            subject = self._subject
            self._subject = self._subject_of(sentence, clause)
            if clause.figure is None:
                self._countless(sentence, clause)
            else:
                behind = _countless_behind(clauses, place)
                self._counted(sentence, clause, behind)
            self._topic_of(clause)
            if self._listing:
                self._subject = subject  # 其中,各镇3条: only this item is theirs
        told = self._told[first:]
        doubt_together(told, clauses, self.grammar)
        if not sentence.text.endswith(";"):
            self._listing = False
        elif sum(each.head is not None for each in told) > 1:
            self._fresh = True  # 自然人3件,法人2件;信函4件,网络1件

    def _skim(self, sentences: Sequence[Sentence]) -> None:
        """Sentences without figures only say what is spoken of; the last that says it counts."""
        for sentence in reversed(sentences):
            if topics := self.grammar.topics_in(sentence.text):
                self.topic = topics[-1]
                break
        if not all(sentence.text.endswith(";") for sentence in sentences):
            self._listing = False

    # -- what surrounds a figure --------------------------------------------------------------

    def _dated(self, sentence: Sentence, clause: Clause) -> None:
        """Note of which years the figures are that follow."""
        names = clause.ahead
        if names.isdisjoint(_DATES):
            return
        self._part = "PART_YEAR" in names
        until = clause.figure.start if clause.figure is not None else clause.end
        years = [m for m in clause.marks if m.name == "year" and m.start < until]
        if "CUMULATIVE" in names or any(self._is_since(sentence, year) for year in years):
            self._sticky.add("cumulative")
            years = []
        elif years or "THIS_YEAR" in names:
            self._sticky.discard("cumulative")
        if names & {"CARRIED_IN", "CARRIED_OUT"}:
            return
        if years and self.year is not None and self.year_told:
            other = int(years[-1].value) != self.year
            (self._sticky.add if other else self._sticky.discard)("other_year")

    def _listed(self, clause: Clause) -> None:
        """Note where a list begins, and where the brackets end that it stands in.

        A list that goes on behind ; ends where something else is spoken of: ;同时…, ;网站点击量….
        """
        if clause.opens == 0 and not clause.names.isdisjoint(_APART):
            self._listing = False
        if "AMONG" in clause.ahead:
            self._listing, self._head = True, None
            self._fresh, self._bracketed = True, clause.inside
        elif self._bracketed and not clause.inside:
            self._listing = self._bracketed = False

    def _is_since(self, sentence: Sentence, year: Mark) -> bool:
        """2008年5月以来, 2020年至2022年: several years."""
        past = self.year is not None and int(year.value) < self.year
        return past and re.match(_SINCE, sentence.text[year.start :]) is not None

    def _is_this_year(self, clause: Clause) -> bool:
        years = {m.value for m in clause.marks if m.name == "year"}
        return "THIS_YEAR" in clause.names or str(self.year) in years

    def _subject_of(self, sentence: Sentence, clause: Clause) -> Subject:
        """Whose figures this clause and those behind it count."""
        until = clause.end if clause.figure is None else clause.figure.start
        acts = self.grammar.acts
        for mark in clause.marks:
            if mark.name in acts:
                until = min(until, mark.start)
                break
        if until <= clause.opens:
            return self._subject
        return self.bodies.subject(sentence.text[clause.opens : until]) or self._subject

    def _is_next_channel(self, sentence: Sentence, clause: Clause) -> bool:
        """通过网站公开信息4条、微信公众号6条: both count what was published."""
        if not clause.phrases or not clause.phrases <= self.grammar.channels or not self._told:
            return False
        before = self._told[-1]
        counted = before.certain and before.idea.startswith("proactive.channels.")
        return counted and before.sentence is sentence and clause.before in ("、", ",")

    def _topic_of(self, clause: Clause) -> None:
        if clause.names.isdisjoint(self.grammar.topics):
            return
        for mark in clause.marks:
            if mark.name in self.grammar.topics and not (
                mark.name == "FEE" and clause.figure is None
            ):
                self.topic = mark.name

    # -- clauses without a figure ---------------------------------------------------------------

    def _countless(self, sentence: Sentence, clause: Clause) -> None:
        names = clause.names
        last = self._told[-1] if self._told else None
        if last is not None and last.sentence is sentence:
            single = last.value == "1" and bool(names & {"DONE", "PENDING"})
            if (single or "ALL" in names) and not names & set(NONES):
                self._for_all(sentence, clause)
            elif last.clause.figure is not None and last.clause.figure.name == "NONE":
                self._denied_too(sentence, clause, last)
        self._pending.append(clause)
        self._title = clause if clause.stop == ":" else None
        if clause.stop == ":" and self._told and not self._listing and "AMONG" not in names:
            self._pending = []

    def _for_all(self, sentence: Sentence, clause: Clause) -> None:
        """均已答复, 均获维持, 该案尚未审结: what it says holds of the figures before it."""
        about = [n for n in _FOR_ALL if n in clause.names]
        if not about or clause.names & self.grammar.matter:
            return
        wanted = _FOR_ALL[about[0]]
        for earlier in self._latest(sentence):
            idea = ""
            if earlier.idea in ("reconsideration", "litigation"):
                idea = f"{earlier.idea}.{wanted}" if "." not in wanted else ""
            elif earlier.idea == "requests.received" and wanted.startswith("requests."):
                idea = wanted
            if idea and int(float(earlier.value)) > 0:
                self._told.append(
                    Statement(
                        sentence, clause, (idea,), True, earlier.value, set(earlier.marks),
                        inferred=True,
                    )
                )  # fmt: skip

    def _latest(self, sentence: Sentence) -> list[Statement]:
        """The figures that 均 can mean: the last one, but for items of its list; all reviews."""
        here = [s for s in self._told[-_NEAR:] if s.sentence is sentence and s.head is None]
        here = [s for s in here if s.certain and not s.inferred]
        reviews = [s for s in here if s.idea in ("reconsideration", "litigation")]
        return reviews if here and here[-1] in reviews else here[-1:]

    def _denied_too(self, sentence: Sentence, clause: Clause, last: Statement) -> None:
        """没有申请行政复议,提起行政诉讼的情况: the second did not happen either."""
        reviews = {"RECONSIDERATION", "LITIGATION"}
        near = clause.end - last.clause.end <= _SHORT
        only = clause.names - self.grammar.aside <= reviews
        if near and only and last.idea in ("reconsideration", "litigation"):
            for name in sorted(clause.names & reviews):
                self._told.append(Statement(sentence, clause, (name.lower(),)))

    # -- clauses with a figure --------------------------------------------------------------------

    def _counted(self, sentence: Sentence, clause: Clause, behind: list[Clause]) -> None:
        figure = clause.figure
        assert figure is not None
        if figure.name in _DENIALS and not self.denials:
            return
        statement = Statement(sentence, clause, value=figure.value or "0")
        statement.marks |= self._sticky
        if self._subject != "own":
            statement.marks |= _OF_OTHERS[self._subject]
        names = clause.names
        if self._begins_list(sentence, clause):
            self._listing, self._head, self._fresh = True, self._told[-1], True
            self._bracketed = clause.inside
        if "CUMULATIVE" in names:
            self._listing = False
        listed = self._listing and "ALSO" not in names and figure.name != "NONE"
        topic = "DISCLOSE" if self._is_next_channel(sentence, clause) else self.topic
        setting = Setting(sentence.text, topic, self._title, self._pending, behind, listed)
        meaning = meaning_of(clause, setting, self.grammar)
        statement.ideas, statement.certain = meaning.ideas, meaning.certain
        if items := summed(statement, self._told):
            statement.ideas = ("proactive.disclosed",)
            for item in items:  # one kind among others is not all that a site published
                item.certain = item.certain and all(one.ideas for one in items)
        self._again(statement)
        statement.foreign = not clause.phrases.isdisjoint(self.grammar.matter)
        self._doubt(statement)
        if self._is_other(sentence, clause):
            statement.ideas, statement.certain = (), False
            self._listing = listed = False
        if listed:
            self._list(statement)
        self._told.append(statement)
        self._pending = []

    def _again(self, statement: Statement) -> None:
        """收到申请5件,受理并答复3件: what is told second is how many were answered.

        And if none was dealt with, none came in.
        """
        if statement.idea != "requests.received":
            return
        names = statement.clause.names
        if statement.value == "0" and "HANDLE" in names:
            statement.certain = True
        if "REQUEST" in names or names.isdisjoint(("ANSWER", "CONCLUDED", "ON_TIME")):
            return
        if any(told.idea == statement.idea and told.head is None for told in self._told):
            statement.ideas = ("requests.answered",)

    def _doubt(self, statement: Statement) -> None:
        """Note what makes a figure another one than the year's."""
        clause = statement.clause
        if self._part or is_carried_twice(statement, self.year) or self._is_doubtful(statement):
            statement.certain = False
        if "SO_FAR" in clause.names:
            statement.marks.add("so_far")
            if re.compile(_TO_DATE).search(statement.sentence.text, clause.opens, clause.end):
                statement.marks.add("cumulative")
        if clause.figure is not None and clause.figure.rounded:
            statement.marks.add("rounded")
        if clause.figure is not None and clause.figure.name == "bare":
            statement.marks.add("unit_missing")

    def _is_doubtful(self, statement: Statement) -> bool:
        """Whether the words around a figure say that it is some of its indicator, or none of it."""
        return bool(statement.idea) and (
            is_some(statement)
            or is_one_column(statement)
            or is_one_kind(statement, self.grammar, self.bodies.names)
            or is_casework(statement, self._disclosure)
            or is_due(statement)
            or is_answer(statement, self.topic)
        )

    def _begins_list(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether the items of a figure begin here: 41件(含…), 171条:…."""
        if not self._told:
            return False
        if clause.inside and clause.before == "(":
            return True
        colon = clause.before == ":" and not self._listing
        return colon and self._told[-1].sentence is sentence

    def _is_other(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a figure is none of the year: a difference, last year's, or one for each."""
        figure, ahead = clause.figure, clause.ahead
        assert figure is not None
        if "COMPARED" in ahead:
            return True
        if "EACH" in ahead and any(
            m.name == "EACH" and (0 <= figure.start - m.end <= 1 or m.text in self.grammar.spells)
            for m in clause.marks
            if m.start < figure.start
        ):
            return True
        past = "LAST_YEAR" in ahead and "CARRIED_IN" not in clause.names
        if past and not ("year" in ahead and self._is_this_year(clause)):
            return True
        if "range" in clause.names and any(
            m.name == "range" and m.end >= figure.start - 1 for m in clause.marks
        ):
            return True
        return bool(figure.value) and sentence.text.endswith(_FROM, 0, figure.start)  # 从3件增至9件

    def _list(self, statement: Statement) -> None:
        """Put an item of a list under its head."""
        head = self._head or self._head_of(statement)
        if head is None or not can_hold(head, statement):
            self._listing = False
            if head is not None and head.idea == "proactive.disclosed":
                statement.certain = False  # 公开120条,其中依申请公开3条: granted, not received
            return
        if statement.idea == head.idea == "proactive.disclosed":
            own = "DISCLOSE" in statement.clause.names
            if own and "DISCLOSE" not in head.clause.names:
                head.certain = False  # 公开120条,其中主动公开117条
        summed = statement.idea == head.idea and "so_far" in head.marks
        if summed and self._is_this_year(statement.clause):
            head.marks.add("cumulative")  # 累计423条,其中2022年86条
            return
        self._head = head
        if self._fresh:
            head.groups += 1
            self._fresh = False
        statement.head, statement.group = head, max(0, head.groups - 1)
        statement.name = name_of(statement)
        same = statement.idea == head.idea and (head.certain or "DISCLOSE" in head.clause.names)
        if same or not statement.certain or head.foreign:
            statement.ideas = ()
        if {"CARRIED_IN", "INCLUDING"} <= statement.clause.names:
            head.marks.add("carry_over_included")

    def _head_of(self, statement: Statement) -> Statement | None:
        near = self._told[-_NEAR:]
        counted = [s for s in near if s.clause.figure is not None and s.head is None]
        counted = [s for s in counted if s.clause.figure and s.clause.figure.name != "NONE"]
        if statement.idea.startswith(("requests.", "unavailable", "not_processed", "other_hand")):
            closed = [s for s in counted if s.idea in _CLOSED]
            if closed:
                return closed[-1]
        return counted[-1] if counted else None


def _countless_behind(clauses: list[Clause], place: int) -> list[Clause]:
    """The clauses without a figure that follow a clause whose figure comes first."""
    found = []
    for clause in clauses[place + 1 :]:
        if clause.figure is not None:
            break
        found.append(clause)
    return found
