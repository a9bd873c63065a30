"""The running text of a report: its lines and chapters, and what it says of itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import frozen

from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.lead import Fact, read_lead
from gischema.narrative.sections import Chapters, Heading, headings
from gischema.narrative.sentences import Line, lines
from gischema.report import Lead, Section, quick_section
from gischema.text import Places

_STOPS = " \t|,。;:"


@frozen(slots=False, eq=False, repr=False)
class RunningText:
    """A text outside of the spans that tables have `taken`; it is cut when it is asked."""

    grammar: NarrativeGrammar
    places: Places
    taken: Sequence[tuple[int, int]] = ()

    @property
    def printed(self) -> str:
        """The normal form of all the text, tables too."""
        return self.places.text.text

    @cached_property
    def lines(self) -> list[Line]:
        """Its lines."""
        return lines(self.printed, self.taken)

    @cached_property
    def headings(self) -> list[Heading]:
        """Its headings."""
        return headings(self.lines, self.grammar.chapter)

    @cached_property
    def _facts(self) -> list[Fact]:
        first = self.headings[0].start if self.headings else None
        return list(read_lead(self.lines, first, self.grammar.lead))

    @property
    def body(self) -> str | None:
        """The name of the body that says it made the report."""
        return next((str(fact.value) for fact in self._facts if fact.name == "body"), None)

    def lead(self) -> Lead:
        """What the text says of the report itself."""
        origins = {fact.name: self.places.origin(fact.start, fact.end) for fact in self._facts}
        whole = min(origins.values(), key=lambda origin: origin.start, default=None)
        values: dict[str, Any] = {fact.name: fact.value for fact in self._facts}
        return Lead(**values, origin=whole, origins=origins)

    def sections(self) -> Iterator[Section]:
        """The chapters and sub-chapters."""
        ends = Chapters(self.headings).ends(len(self.printed))
        for heading, end, said in zip(self.headings, ends, self._said(), strict=True):
            yield quick_section(
                heading.title,
                heading.number,
                heading.level,
                self.grammar.chapter(heading.title),
                self.places.origin(heading.start, heading.end),
                self.places.text.to_source(end),
                self._is_empty(heading.end, end),
                said,
            )

    def _said(self) -> Iterator[str]:
        """The running text between each heading and the next."""
        starts = [line.start for line in self.lines]
        stops = [*(heading.start for heading in self.headings[1:]), len(self.printed) + 1]
        for heading, stop in zip(self.headings, stops, strict=False):
            first, last = bisect_left(starts, heading.start), bisect_left(starts, stop)
            own = [line.text for line in self.lines[first:last]]
            own[0] = own[0][heading.end - heading.start :]
            yield "\n".join([text for each in own if (text := each.strip())])

    def _is_empty(self, start: int, end: int) -> bool:
        """Whether a section has no text, or says only 无; lines without a stop may stand behind."""
        said = (line for line in self.printed[start:end].split("\n") if line.strip(_STOPS))
        if end < len(self.printed):
            return all(map(self.grammar.is_nothing, said))
        first = next(said, None)
        return first is None or (self.grammar.is_nothing(first) and not any(map(_says, said)))


def _says(line: str) -> bool:
    """Whether a line is more than a date, a signature or a page's furniture."""
    return any(stop in line for stop in "。,;|")
