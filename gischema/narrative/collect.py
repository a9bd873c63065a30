"""From statements to the figures and candidates of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from attrs import define, evolve, field

from gischema.diagnostics import diagnose
from gischema.narrative.bodies import Bodies
from gischema.narrative.grammar import NarrativeGrammar
from gischema.narrative.paths import Paths
from gischema.narrative.running import RunningText
from gischema.narrative.sections import Chapters, Heading
from gischema.narrative.sentences import Line
from gischema.narrative.statement import Statement
from gischema.narrative.statements import Reader
from gischema.report import (
    Diagnostic,
    NarrativeFigure,
    Origin,
    Part,
    quick_part,
)
from gischema.text import Places

_DOUBTS = {
    "rounded": "D501",
    "cumulative": "D502",
    "uncertain": "D503",
    "joint": "D504",
    "other_year": "D505",
    "other_body": "D506",
}
"""Marks that make a statement a candidate, and the diagnostic for each."""

_MARKS = (*_DOUBTS, "region", "own_region", "carry_over_included", "unit_missing")
_WHOLES = ("requests.received", "requests.answered", "requests.concluded", "proactive.disclosed")
_NO_PARTS = ("PEOPLE", "ATTENDANCES", "MONEY")
_SHARE = r"[^0-9;。]{0,20}?占[^0-9;。,]{0,16}(\d{1,3}(?:\.\d+)?)%"  # seldom asked
_OF_REGION = "占全"  # 占全市的12%
_TEN_THOUSAND = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "亿元": 8}


@define(eq=False, repr=False)
class _Told:
    """A statement that a form has an indicator for."""

    statement: Statement
    path: str
    value: int | Decimal
    unit: str | None
    chapter: str | None
    doubts: set[str]


@define(slots=False, eq=False, repr=False)
class Collector:
    """Gathers what a text states."""

    text: RunningText
    paths: Paths
    year: int | None
    agency: str | None = None
    title: str | None = None
    _told: list[_Told] = field(factory=list)
    _all: list[Statement] = field(factory=list)

    def read(self) -> None:
        """Read the lines of the text."""
        chapters = Chapters(self.text.headings)
        tells = self.grammar.telling.search
        for line in self.text.lines:
            if tells(line.text):
                self._line(line, *chapters.path(line.start))
        self._settle()

    def _line(self, line: Line, chapter: Heading | None, below: Heading | None) -> None:
        grammar, title = self.grammar, below or chapter
        topic = None if title is None else grammar.topic(title.title)
        if topic is None and chapter is not None:
            topic = grammar.topic(chapter.title)
        denials = chapter is None or grammar.chapter(chapter.title) != "problems"
        reader = Reader(grammar, self._bodies, topic, self.year, self._year_told, denials=denials)
        for statement in reader.read(_told_on(line, title).sentences()):
            self._all.append(statement)
            for idea in statement.ideas:
                told = self._tell(statement, idea, title.title if title else None)
                if told is not None:
                    self._told.append(told)

    @property
    def grammar(self) -> NarrativeGrammar:
        """The grammar that the text is read with."""
        return self.text.grammar

    @property
    def places(self) -> Places:
        """Where the text stood."""
        return self.text.places

    @cached_property
    def _year_told(self) -> bool:
        return f"{self.year}年" in self.text.printed

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies.of(self.agency, self.text.body, self.grammar.bodies, self.title)

    def _tell(self, statement: Statement, idea: str, chapter: str | None) -> _Told | None:
        own = idea in self.grammar.added
        path = self.paths.path(idea) or (idea if own else None)
        if path is None:
            return None
        figure = statement.clause.figure
        unit = None if own else self.paths.unit(path)
        told = figure is not None and (unit is None or figure.name == "MONEY")
        printed = figure.text if figure is not None and told and figure.value else None
        value, unit = _value(statement.value, printed, unit)
        doubts = statement.marks & _DOUBTS.keys()
        if not statement.certain:
            doubts.add("uncertain")
        if len(statement.ideas) > 1 and value != 0:
            doubts.add("joint")
        if idea in _WHOLES and _is_share(statement):
            doubts.add("uncertain")  # 3个工作日内答复23件,占47%
        return _Told(statement, path, value, unit, chapter, doubts)

    def _settle(self) -> None:
        """累计 is the year's figure unless a smaller one of the same indicator stands beside it.

        So is 通过不同渠道和方式公开, which counts what stood in two places twice.
        """
        smaller: dict[str, int | Decimal] = {}
        for told in self._told:
            if not told.doubts and "so_far" not in told.statement.marks:
                known = smaller.get(told.path, told.value)
                smaller[told.path] = min(known, told.value)
        for told in self._told:
            if told.value <= smaller.get(told.path, told.value):
                continue
            if "so_far" in told.statement.marks:
                told.doubts.add("cumulative")
            elif "EVERY_CHANNEL" in told.statement.clause.names:
                told.doubts.add("uncertain")

    # -- what was found ------------------------------------------------------------------------

    def figures(self) -> Iterator[NarrativeFigure]:
        """The figures of the year that the text states."""
        parts = self._parts
        for told in self._told:
            if not told.doubts:
                yield self._figure(told, tuple(parts.get(id(told.statement), ())))

    def candidates(self) -> Iterator[NarrativeFigure]:
        """What the text states, but not for certain."""
        parts = self._parts
        for told in self._told:
            if told.doubts:
                yield self._figure(told, tuple(parts.get(id(told.statement), ())))

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield one for each candidate; its path and place say which one it flags."""
        for told in self._told:
            for mark, code in _DOUBTS.items():
                if mark in told.doubts:
                    origin, printed = self._clause(told.statement)
                    label = self.paths.label(told.path) or told.path
                    yield diagnose(code, origin, (told.path,), printed=printed.strip(), label=label)
                    break

    def _figure(self, told: _Told, parts: tuple[Part, ...]) -> NarrativeFigure:
        statement = told.statement
        origin, raw = self._clause(statement)
        marks = [m for m in _MARKS if m in told.doubts or m in statement.marks]
        label = self.paths.label(told.path) or self._wording(statement)
        return NarrativeFigure(
            told.path,
            told.value,
            told.unit,
            "stated",
            raw,
            label,
            origin,
            "alias" if statement.inferred else "exact",
            marks=tuple(marks),
            sentence=self.places.origin(statement.sentence.start, statement.sentence.end),
            chapter=told.chapter,
            parts=parts,
            share=_share(statement),
        )

    @cached_property
    def _parts(self) -> dict[int, list[Part]]:
        paths = {id(told.statement): told.path for told in self._told if not told.doubts}
        parts: dict[int, list[Part]] = {}
        for item in self._all:
            figure = item.clause.figure
            if item.head is None or figure is None or figure.name in _NO_PARTS:
                continue
            if not item.marks.isdisjoint(("rounded", "cumulative", "other_year")):
                continue
            value, _ = _value(item.value, None, None)
            origin, raw = self._clause(item)
            part = quick_part(item.name, value, item.group, raw, origin, paths.get(id(item)))
            parts.setdefault(id(item.head), []).append(part)
        return {head: _renumbered(found) for head, found in parts.items()}

    def _clause(self, statement: Statement) -> tuple[Origin, str]:
        clause = statement.clause
        origin = self.places.origin(
            *statement.sentence.span(clause.start, max(clause.end, clause.start + 1))
        )
        return origin, self.places.raw(origin)

    def _wording(self, statement: Statement) -> str:
        """The phrases that say what a figure is: the label of what no form has."""
        aside = self.grammar.aside
        return "".join(mark.text for mark in statement.clause.marks if mark.name not in aside)


def _is_share(statement: Statement) -> bool:
    """Whether a figure is said to be less than all that the body has of it."""
    return (_share(statement) or 100) != 100 and _OF_REGION not in statement.sentence.text


def _share(statement: Statement) -> int | Decimal | None:
    """The percentage that stands behind a figure before any other number."""
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None or "%" not in text:
        return None
    match = re.match(_SHARE, text[figure.end :])
    return _value(match[1], None, None)[0] if match is not None else None


def _renumbered(parts: list[Part]) -> list[Part]:
    """Groups counted from 0 without holes."""
    groups = {group: n for n, group in enumerate(dict.fromkeys(p.group for p in parts))}
    if all(group == n for group, n in groups.items()):
        return parts
    return [evolve(part, group=groups[part.group]) for part in parts]


def _value(digits: str, printed: str | None, unit: str | None) -> tuple[int | Decimal, str | None]:
    """A number in the unit of its indicator; money is turned from the unit that is printed."""
    places = 0
    if printed in _TEN_THOUSAND and unit in _TEN_THOUSAND:
        places = _TEN_THOUSAND[printed] - _TEN_THOUSAND[unit]
    if digits.isdecimal() and not places:
        return int(digits), unit or printed
    number = Decimal(digits).scaleb(places)
    whole = number == number.to_integral_value()
    return int(number) if whole else number.normalize(), unit or printed


def _told_on(line: Line, heading: Heading | None) -> Line:
    """What a line tells behind a heading that only a blank parts from it."""
    if heading is None or heading.start != line.start or heading.end >= line.end:
        return line
    behind = line.text[heading.end - line.start :]
    return Line(heading.end, behind) if behind[0].isspace() else line
