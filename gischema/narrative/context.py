"""What a clause inherits from those before it: subject, dates, an open list, the topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from gischema.narrative.bodies import Subject
from gischema.narrative.clause_table import Meaning
from gischema.narrative.clauses import Clause
from gischema.narrative.dates import Dates, Reporting
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.scanner import Token
from gischema.narrative.statement import Statement
from gischema.text.sentences import Sentence

_APART = ("ALSO", "VISITS")
REVIEWS = frozenset({"RECONSIDERATION", "LITIGATION"})
"""What may be spoken of together: 因政府信息公开申请行政复议、提起行政诉讼情况."""

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_STOP = re.compile("[,;:。()|\t]")
_EXAMPLE = re.compile("以(.{2,20})为例|(?:[例比]?如|像)(.{2,20})\\Z")
_JUDGED = {"UPHELD", "CORRECTED"}
_OF_DOCUMENTS = {"MAKE", "REPEAL", "IN_FORCE", "SORTED"}


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
        joint: True if reconsiderations and lawsuits were spoken of together last.
        reviews: Which of the two the clause before named.
        denials: False where 没有 denies no figure: in a chapter on problems.
        disclosure: True if the text spoke of the disclosure of information.
        subject: Whose figures are counted.
        dates: Which years they are of.
        items: The list that they stand in.
        pending: Clauses without a figure since the last one with one, in the same sentence.
        placed_with_others: True if what is counted stands in villages or the like.
        title: The last clause without a figure, if it ended with a colon.
        example: True if the sentence gives an example: 例如某申请人.
        headed: The channel that the sentence before names and nothing else: 1.政府网站。
        changed: What the figure of an earlier year counts that a figure of this year follows.
        past: True if the sentences before speak of another year: 以下为2022年情况。
    """

    topic: str | None
    joint: bool = False
    reviews: frozenset[str] = frozenset()
    denials: bool = True
    disclosure: bool = False
    subject: Subject = "own"
    dates: Dates = field(factory=Dates)
    items: OpenList = field(factory=OpenList)
    pending: list[Clause] = field(factory=list)
    placed_with_others: bool = False
    title: Clause | None = None
    example: bool = False
    headed: frozenset[str] = frozenset()
    changed: Meaning | None = None
    past: bool = False

    def begin_sentence(self, sentence: Sentence, grammar: NarrativeGrammar) -> None:
        """Forget what holds within a sentence only."""
        self.disclosure = self.disclosure or grammar.is_on_disclosure(sentence.text)
        self.pending, self.placed_with_others = [], False
        self.dates = Dates(other_year=self.past)
        self.reviews = frozenset()
        self.example, self.changed = False, None
        head = self.items.head if self.items.open else None
        if head is not None and head.certain and head.indicator.startswith("requests."):
            self.topic = "REQUEST"  # 局长信箱收到2件;予以公开2件

    def find_acting(self, words: str, reporting: Reporting, *, alone: bool = True) -> None:
        """Note who does what the words in front of a clause say: 县交通局优化栏目,主动公开….

        Args:
            words: The words.
            reporting: What is known of the report.
            alone: True if the last of them belong to no clause.
        """
        *parts, last = _STOP.split(_IN_BRACKETS.sub("", words))
        for part in (*parts, last) if alone else parts:
            if example := _EXAMPLE.match(part):
                named = reporting.bodies.of_title(example[1] or example[2])
                self.example = self.example or named == "other"
            self.subject = reporting.bodies.of_title(part) or self.subject
        for part in (*parts, last):
            self.subject = reporting.bodies.acting(part) or self.subject

    def find_subject(self, sentence: Sentence, clause: Clause, reporting: Reporting) -> None:
        """Note whose figures this clause and those behind it count, if it says so."""
        self.example = self.example or "EXAMPLE" in clause.ahead
        until = clause.end if clause.figure is None else clause.figure.start
        placed = reporting.bodies.is_placed_with_others(sentence.text[clause.opens : until])
        if placed is not None:
            self.placed_with_others = placed
        if not clause.names.isdisjoint(_JUDGED):
            return  # 市政府维持我局答复3件: others judge what is the body's
        acts = (m.start for m in clause.tokens if m.name in reporting.grammar.acts)
        until = min(until, next(acts, until))
        if until > clause.opens:
            ahead = sentence.text[clause.opens : until]
            self.subject = reporting.bodies.subject(ahead) or self.subject

    def find_topic(self, clause: Clause, grammar: NarrativeGrammar) -> None:
        """Note what a clause is about, if it says so."""
        if named := clause.names & REVIEWS:
            self.joint = self.reviews | named == REVIEWS  # 行政复议3件、行政诉讼2件,其中维持3件
        self.reviews = named if clause.names.isdisjoint(_JUDGED) else frozenset()
        for token in clause.tokens:
            if token.name in grammar.topics and _is_topic(token, clause):
                self.topic = token.name


def _is_topic(token: Token, clause: Clause) -> bool:
    """Return True if a clause is about one of its phrases, not in passing."""
    if token.name == "NORMATIVE":
        return not clause.names.isdisjoint(_OF_DOCUMENTS)
    return token.name != "FEE" or clause.figure is not None
