"""Running text: the figures that it states, and its chapters. One way in: `read_narrative`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gischema.forms.form import Form
from gischema.narrative.collect import Collector
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.paths import Paths
from gischema.narrative.running import RunningText
from gischema.reading import Document
from gischema.report import Narrative
from gischema.text import NormalText, Places

__all__ = [
    "NarrativeGrammar",
    "RunningText",
    "national_grammar",
    "read_narrative",
    "read_running",
]


@lru_cache(maxsize=1)
def national_grammar() -> NarrativeGrammar:
    """The national narrative grammar, built on first use; it never changes."""
    return NarrativeGrammar.load()


def read_narrative(
    text: NormalText,
    document: Document,
    form: Form | None,
    year: int | None,
    taken: Sequence[tuple[int, int]] = (),
    *,
    grammar: NarrativeGrammar | None = None,
    agency: str | None = None,
    title: str | None = None,
) -> Narrative:
    """The figures, chapters and doubts of the running text.

    `taken` are spans of the normal form that stand in tables, in order. `form` and `year` say
    which indicators there are; `agency` names the reporting body, so that the counts of others can
    be told apart; a `title` that names it too makes sure that it reports for itself. Takes any
    text and never raises.
    """
    running = RunningText(grammar or national_grammar(), Places(text, document), taken)
    return read_running(running, form, year, agency, title)


def read_running(
    running: RunningText,
    form: Form | None,
    year: int | None,
    agency: str | None,
    title: str | None = None,
) -> Narrative:
    """Return what `read_narrative` finds, of a text that is cut already."""
    collector = Collector(running, Paths(form, year), year, agency, title)
    collector.read()
    return Narrative(
        tuple(collector.figures()),
        tuple(collector.candidates()),
        tuple(running.sections()),
        tuple(collector.diagnostics()),
        running.lead(),
    )
