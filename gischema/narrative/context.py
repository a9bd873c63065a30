"""What a clause inherits from those before it: subject, dates, an open list, the topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field, frozen

from gischema.narrative.bodies import Bodies, Subject
from gischema.narrative.clauses import Clause
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement
from gischema.text.sentences import Sentence

_DATES = {"year", "CUMULATIVE", "THIS_YEAR", "PART_YEAR"}
_CARRIED = {"CARRIED_IN", "CARRIED_OUT"}
_SINCE = re.compile(
    r"\d{4}年?(?:(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|至今|起至今|起累计)"
    r"|[至到—~-]{1,2}\d{4}年(?!\d))"
)
_APART = ("ALSO", "VISITS")


@frozen
class Reporting:
    """What is known of a report while its running text is read.

    Attributes:
        grammar: What the text is read with.
        bodies: Knows the reporting body.
        year: The year of the report.
        year_stated: True if the text names that year; else it does not say which figures are its.
    """

    grammar: NarrativeGrammar
    bodies: Bodies
    year: int | None = None
    year_stated: bool = False

    def is_this_year(self, clause: Clause) -> bool:
        """Return True if a clause speaks of the year of the report."""
        years = {token.value for token in clause.tokens if token.name == "year"}
        return "THIS_YEAR" in clause.names or str(self.year) in years


@frozen
class Dates:
    """Which years the figures of a sentence are of, as far as it was read.

    Attributes:
        cumulative: They are of several years.
        other_year: They are of another year than the report.
        part: They are of a part of the year.
    """

    cumulative: bool = False
    other_year: bool = False
    part: bool = False

    @property
    def marks(self) -> set[str]:
        """The marks of figures with these dates."""
        known = {"cumulative": self.cumulative, "other_year": self.other_year}
        return {mark for mark, applies in known.items() if applies}

    def after(self, clause: Clause, sentence: Sentence, reporting: Reporting) -> Dates:
        """Return the dates of what follows the date that a clause names, if it names one."""
        names = clause.ahead
        if names.isdisjoint(_DATES):
            return self
        cumulative, other_year = self.cumulative, self.other_year
        until = clause.figure.start if clause.figure is not None else clause.end
        years = [m for m in clause.tokens if m.name == "year" and m.start < until]
        if "CUMULATIVE" in names or any(_is_since(sentence, y, reporting.year) for y in years):
            cumulative, years = True, []
        elif years or "THIS_YEAR" in names:
            cumulative = False
        if years and names.isdisjoint(_CARRIED) and reporting.year and reporting.year_stated:
            other_year = int(years[-1].value) != reporting.year
        return Dates(cumulative, other_year, "PART_YEAR" in names)


def _is_since(sentence: Sentence, year: Token, reported: int | None) -> bool:
    """Return True for several years: 2008年5月以来, 2020年至2022年."""
    past = reported is not None and int(year.value) < reported
    return past and _SINCE.match(sentence.text, year.start) is not None


@define(eq=False)
class OpenList:
    """The list whose items are being read.

    Attributes:
        open: True while figures are items.
        head: The figure that consists of them, as far as it is known.
        fresh: True if the next item begins a further list of its head.
        bracketed: True if the list ends with the brackets that it stands in.
    """

    open: bool = False
    head: Statement | None = None
    fresh: bool = False
    bracketed: bool = False

    def begin(self, head: Statement | None, clause: Clause) -> None:
        """Begin a list with a clause."""
        self.open, self.head, self.fresh, self.bracketed = True, head, True, clause.inside

    def reach(self, clause: Clause) -> None:
        """Begin or end the list where a clause says so.

        A list that goes on behind ; ends where something else is spoken of: ;同时…, ;网站点击量….
        """
        if clause.opens == 0 and not clause.names.isdisjoint(_APART):
            self.open = False
        if "AMONG" in clause.ahead:
            self.begin(None, clause)
        elif self.bracketed and not clause.inside:
            self.open = self.bracketed = False

    def end_sentence(self, sentence: Sentence, stated: Sequence[Statement]) -> None:
        """End the list with a full stop; behind a semicolon a second list of its head may follow.

        自然人3件,法人2件;信函4件,网络1件
        """
        if not sentence.text.endswith(";"):
            self.open = False
        elif sum(each.head is not None for each in stated) > 1:
            self.fresh = True


@define(eq=False)
class Context:
    """What was spoken of before a clause.

    Attributes:
        topic: What the text is about: of the heading, then of the clause that named it last.
        denials: False where 没有 denies no figure: in a chapter on problems.
        disclosure: True if the text spoke of the disclosure of information.
        subject: Whose figures are counted.
        dates: Which years they are of.
        items: The list that they stand in.
        pending: Clauses without a figure since the last one with one, in the same sentence.
        title: The last clause without a figure, if it ended with a colon.
    """

    topic: str | None
    denials: bool = True
    disclosure: bool = False
    subject: Subject = "own"
    dates: Dates = field(factory=Dates)
    items: OpenList = field(factory=OpenList)
    pending: list[Clause] = field(factory=list)
    title: Clause | None = None

    def begin_sentence(self, sentence: Sentence, grammar: NarrativeGrammar) -> None:
        """Forget what holds within a sentence only."""
        self.disclosure = self.disclosure or grammar.is_on_disclosure(sentence.text)
        self.pending, self.dates = [], Dates()

    def find_subject(self, sentence: Sentence, clause: Clause, reporting: Reporting) -> None:
        """Note whose figures this clause and those behind it count, if it says so."""
        until = clause.end if clause.figure is None else clause.figure.start
        acts = (m.start for m in clause.tokens if m.name in reporting.grammar.acts)
        until = min(until, next(acts, until))
        if until > clause.opens:
            ahead = sentence.text[clause.opens : until]
            self.subject = reporting.bodies.subject(ahead) or self.subject

    def find_topic(self, clause: Clause, grammar: NarrativeGrammar) -> None:
        """Note what a clause is about, if it says so."""
        for token in clause.tokens:
            if token.name in grammar.topics and (token.name != "FEE" or clause.figure is not None):
                self.topic = token.name
