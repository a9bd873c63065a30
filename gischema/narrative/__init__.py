"""Running text: the figures that it states, and its chapters. One way in: `read_narrative`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gischema.forms.form import Form
from gischema.narrative.files import NarrativeFileError
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.indicator_paths import IndicatorPaths
from gischema.narrative.indicator_statements import with_paths
from gischema.narrative.running import RunningText
from gischema.narrative.to_figures import FigureWriter, interpreted
from gischema.reading import Document
from gischema.report import Narrative
from gischema.text import NormalText, Places

__all__ = [
    "NarrativeFileError",
    "NarrativeGrammar",
    "RunningText",
    "interpret",
    "national_grammar",
    "read_narrative",
]


@lru_cache(maxsize=1)
def national_grammar() -> NarrativeGrammar:
    """Return the national lexicon, read on first use; it never changes."""
    return NarrativeGrammar.national()


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
    """Return the figures, chapters and doubts of the running text. Takes any text, never raises.

    Args:
        text: The normal form of the whole text.
        document: The document that it was made of.
        form: The form of the report, which determines which indicators there are.
        year: The year of the report, which does so without a form.
        taken: Spans of the normal form that stand in tables, in order.
        grammar: What to read it with, by default the national lexicon.
        agency: The name of the reporting body, by which the figures of others are recognised.
        title: The title of the report. If it names the agency too, the body reports for itself.
    """
    running = RunningText(grammar or national_grammar(), Places(text, document), taken)
    return interpret(running, form, year, agency, title)


def interpret(
    running: RunningText,
    form: Form | None,
    year: int | None,
    agency: str | None,
    title: str | None = None,
) -> Narrative:
    """Return what `read_narrative` does, of a text that is cut already."""
    paths = IndicatorPaths(form, year)
    lines = interpreted(running, year, agency, title)
    found = with_paths(lines, paths, running.grammar.added)
    writer = FigureWriter(running, paths)
    parts = writer.parts(lines, found)
    return Narrative(
        tuple(writer.figures(found, parts, doubted=False)),
        tuple(writer.figures(found, parts, doubted=True)),
        tuple(running.sections()),
        tuple(writer.diagnostics(found)),
        running.lead,
        tuple(running.self_references()),
    )
