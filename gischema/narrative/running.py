"""The running text of a report: its lines and chapters, and what it says of itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import frozen

from gischema.metadata.lead import LeadFact, read_lead
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.sections import Chapters, Heading, headings
from gischema.report import Lead, Section, SelfReference
from gischema.text import Places
from gischema.text.sentences import TextLine, lines

_SELF_REFERENCE = re.compile("我(?:镇|乡|街道|局|委|办|厅|院|校|中心|站|所|馆)")
"""A body that refers to itself. 我县 and 我市 are places, not bodies."""

_AROUND = " \t|,。;:"  # what may stand around the words of a line


@frozen(slots=False)
class RunningText:
    """The text of a report without its tables, whose spans are `taken`; cut when it is needed."""

    grammar: NarrativeGrammar
    places: Places
    taken: Sequence[tuple[int, int]] = ()

    @property
    def printed(self) -> str:
        """The normal form of all the text, tables too."""
        return self.places.text.text

    @cached_property
    def lines(self) -> list[TextLine]:
        """Its lines."""
        return lines(self.printed, self.taken)

    @cached_property
    def headings(self) -> list[Heading]:
        """Its headings."""
        return headings(self.lines, self.grammar.chapter)

    def kind(self, heading: Heading) -> str | None:
        """Return what the chapter under a heading is about."""
        return self._kinds[heading.title]

    def topic(self, heading: Heading) -> str | None:
        """Return what the sentences under a heading are about, if they do not say."""
        return self._topics[heading.title]

    @cached_property
    def _kinds(self) -> dict[str, str | None]:
        return {title: self.grammar.chapter(title) for title in self._titles}

    @cached_property
    def _topics(self) -> dict[str, str | None]:
        return {title: self.grammar.topic(title) for title in self._titles}

    @property
    def _titles(self) -> set[str]:
        return {heading.title for heading in self.headings}

    @cached_property
    def _facts(self) -> list[LeadFact]:
        """What it states of the report, in its order."""
        first = self.headings[0].start if self.headings else None
        return list(read_lead(self.lines, first, self.grammar.lead))

    @property
    def body(self) -> str | None:
        """The name of the body that states that it made the report."""
        names = (str(fact.value) for fact in self._facts if fact.name == "body")
        return next((self.grammar.bodies.of_report(name) for name in names), None)

    @cached_property
    def lead(self) -> Lead:
        """What the text states of the report itself."""
        origins = {fact.name: self.places.origin(fact.start, fact.end) for fact in self._facts}
        whole = min(origins.values(), key=lambda origin: origin.start, default=None)
        values: dict[str, Any] = {fact.name: fact.value for fact in self._facts}
        return Lead(**values, origin=whole, origins=origins)

    def sections(self) -> Iterator[Section]:
        """Yield the chapters and sub-chapters."""
        ends = Chapters(self.headings).ends(len(self.printed))
        for heading, end, text in zip(self.headings, ends, self._texts(), strict=True):
            yield Section(
                heading.title,
                heading.number,
                heading.level,
                self.kind(heading),
                self.places.origin(heading.start, heading.end),
                self.places.text.to_source(end),
                self._is_empty(heading.end, end),
                text,
            )

    def self_references(self) -> Iterator[SelfReference]:
        """Yield the words with which the chapters refer to the reporting body, each once."""
        known: set[str] = set()
        first = self.headings[0].start if self.headings else len(self.printed)
        for line in self.lines[bisect_left([line.start for line in self.lines], first) :]:
            for match in _SELF_REFERENCE.finditer(line.text):
                if match[0] not in known:
                    known.add(match[0])
                    start, end = line.start + match.start(), line.start + match.end()
                    yield SelfReference(match[0], self.places.origin(start, end))

    def _texts(self) -> Iterator[str]:
        """Yield the running text from each heading to the next; each heading begins a line."""
        starts = [line.start for line in self.lines]
        firsts = [bisect_left(starts, heading.start) for heading in self.headings]
        lasts = [*firsts, len(starts)][1:]
        for heading, first, last in zip(self.headings, firsts, lasts, strict=True):
            own = [line.text for line in self.lines[first:last]]
            own[0] = own[0][heading.end - heading.start :]
            yield "\n".join([text for each in own if (text := each.strip())])

    def _is_empty(self, start: int, end: int) -> bool:
        """Return True if nothing stands between a heading and `end`, no table, or only 无."""
        said = (line for line in self.printed[start:end].split("\n") if line.strip(_AROUND))
        if end < len(self.printed):
            return all(map(self.grammar.is_nothing, said))
        first = next(said, None)
        return first is None or (self.grammar.is_nothing(first) and not any(map(_is_prose, said)))


def _is_prose(line: str) -> bool:
    """Return True if a line behind 无 is more than a date, a signature, the foot of a page."""
    return any(stop in line for stop in "。,;|")
