"""A figure of a sentence and what it states."""

from __future__ import annotations

from attrs import define, field

from gischema.narrative.clauses import Clause
from gischema.text.sentences import Sentence


@define(eq=False)
class Statement:
    """A figure of a sentence and what it states.

    Attributes:
        indicators: What it states; empty where no clause of the table fits.
        also: What the same figure states too: 收到、办理申请5件.
        certain: False if it need not be that, or not all of it.
        value: The figure as digits.
        marks: What is special about it: `cumulative`, `region`, `rounded`, `unknown`,
            `possible` …
        head: For an item of a list the figure that it is part of.
        group: Which of the head's lists it stands in, counted from 0.
        groups: How many lists it has as a head.
        name: What an item is called.
        source: The figure before that the words speak of: 均已答复.
        off_topic: True where the words are about something that no form has.
    """

    sentence: Sentence
    clause: Clause
    indicators: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    certain: bool = True
    value: str = "0"
    marks: set[str] = field(factory=set)
    head: Statement | None = None
    group: int = 0
    groups: int = 0
    name: str = ""
    source: Statement | None = None
    off_topic: bool = False

    @property
    def inferred(self) -> bool:
        """True where the words speak of a figure before."""
        return self.source is not None

    @property
    def indicator(self) -> str:
        """The one indicator that is stated; empty if there is none or more than one."""
        return self.indicators[0] if len(self.indicators) == 1 else ""
