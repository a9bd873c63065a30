"""A figure of a sentence and what it states."""

from __future__ import annotations

from attrs import define, field

from gischema.narrative.clauses import Clause
from gischema.narrative.sentences import Sentence


@define(eq=False, repr=False)
class Statement:
    """A figure of a sentence and what it states. `ideas` are empty where no rule fits.

    An item of a list has a `head`, its place among the head's lists (`group`) and a `name`.
    `inferred` is set where the words speak of a figure before (均已答复), `foreign` where they are
    about something that no form has.
    """

    sentence: Sentence
    clause: Clause
    ideas: tuple[str, ...] = ()
    certain: bool = True
    value: str = "0"
    marks: set[str] = field(factory=set)
    head: Statement | None = None
    group: int = 0
    groups: int = 0
    name: str = ""
    inferred: bool = False
    foreign: bool = False

    @property
    def idea(self) -> str:
        """The one indicator that is stated; empty if there is none or more than one."""
        return self.ideas[0] if len(self.ideas) == 1 else ""
