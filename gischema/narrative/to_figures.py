"""From the statements of a text to the figures, candidates and diagnostics of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from attrs import define, evolve, frozen

from gischema.chinese.units import ratio
from gischema.diagnostics import diagnose
from gischema.narrative.ambiguity import COUNTED_UP
from gischema.narrative.bodies import Bodies
from gischema.narrative.context import Context
from gischema.narrative.dates import Reporting
from gischema.narrative.indicator_paths import IndicatorPaths
from gischema.narrative.interpreter import Interpreter
from gischema.narrative.running import RunningText
from gischema.narrative.sections import Chapters, Heading
from gischema.narrative.statement import Statement
from gischema.report import (
    Diagnostic,
    NarrativeFigure,
    Origin,
    Part,
)
from gischema.text.sentences import TextLine

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
_NOT_OF_THE_YEAR = ("rounded", "cumulative", "other_year")
_WHOLES = ("requests.received", "requests.answered", "requests.concluded", "proactive.disclosed")
_NO_PARTS = ("PEOPLE", "ATTENDANCES", "MONEY")
_SHARE = re.compile(r"[^0-9;。]{0,20}?占[^0-9;。,]{0,16}(\d{1,3}(?:\.\d+)?)%")
_OF_REGION = "占全"  # 占全市的12%


@frozen
class StatedLine:
    """What a line states, and the heading that it stands under."""

    heading: Heading | None
    statements: Sequence[Statement]


@define(eq=False)
class IndicatorStatement:
    """A statement of an indicator that the report can have."""

    statement: Statement
    path: str
    value: int | Decimal
    unit: str | None
    chapter: str | None
    doubts: set[str]


def interpreted(
    text: RunningText, year: int | None, agency: str | None, title: str | None
) -> list[StatedLine]:
    """Return what the lines of a text state, those without a figure left out."""
    grammar = text.grammar
    bodies = Bodies.of(agency, text.body, grammar.bodies, title)
    reporting = Reporting(grammar, bodies, year, f"{year}年" in text.printed)
    chapters, found = Chapters(text.headings), list[StatedLine]()
    for line in text.lines:
        if grammar.stating.search(line.text):
            chapter, below = chapters.path(line.start)
            heading = below or chapter
            context = Context(
                (heading and text.topic(heading)) or (chapter and text.topic(chapter)) or None,
                denials=chapter is None or text.kind(chapter) != "problems",
            )
            sentences = _behind_heading(line, heading).sentences()
            statements = Interpreter(reporting, context).interpret(sentences)
            found.append(StatedLine(heading, statements))
    return found


def _behind_heading(line: TextLine, heading: Heading | None) -> TextLine:
    """Return what stands in a line behind a heading that only a blank separates from it."""
    if heading is None or heading.start != line.start or heading.end >= line.end:
        return line
    behind = line.text[heading.end - line.start :]
    return TextLine(heading.end, behind) if behind[0].isspace() else line


def with_paths(
    lines: Iterable[StatedLine], paths: IndicatorPaths, added: frozenset[str]
) -> list[IndicatorStatement]:
    """Return the statements of indicators that have a path; `added` ones stand under their name."""
    found: list[IndicatorStatement] = []
    for line in lines:
        chapter = line.heading.title if line.heading else None
        for statement in line.statements:
            for indicator in statement.indicators:
                own = indicator in added
                path = paths.path(indicator) or (indicator if own else None)
                if path is not None:
                    unit = None if own else paths.unit(path)
                    value, unit = _value_and_unit(statement, unit)
                    doubts = _doubts(statement, indicator, value)
                    found.append(IndicatorStatement(statement, path, value, unit, chapter, doubts))
    _doubt_larger(found)
    _doubt_merged(found)
    return found


def _value_and_unit(statement: Statement, unit: str | None) -> tuple[int | Decimal, str | None]:
    figure = statement.clause.figure
    counts = figure is not None and (unit is None or figure.name == "MONEY")
    printed = figure.text if figure is not None and counts and figure.value else None
    return _value(statement.value, printed, unit)


def _doubts(statement: Statement, indicator: str, value: int | Decimal) -> set[str]:
    """Return why a statement is none of the year's figures for certain."""
    doubts = statement.marks & _DOUBTS.keys()
    if not statement.certain:
        doubts.add("uncertain")
    if len(statement.indicators) > 1 and value != 0:
        doubts.add("joint")
    if indicator in _WHOLES and _is_part(statement):
        doubts.add("uncertain")  # 3个工作日内答复23件,占47%
    return doubts


def _doubt_merged(found: Iterable[IndicatorStatement]) -> None:
    """Doubt what one sentence keeps apart and the form counts under one path.

    不属于本机关公开2件,不掌握1件: on the form of 2014 neither is all that stands there.
    """
    together: dict[tuple[int, str], list[IndicatorStatement]] = {}
    for one in found:
        if not one.doubts:
            together.setdefault((id(one.statement.sentence), one.path), []).append(one)
    for several in together.values():
        named = {one.statement.indicators for one in several}
        if len(named) > 1 and len({one.value for one in several}) > 1:
            for one in several:
                one.doubts.add("uncertain")


def _doubt_larger(found: Sequence[IndicatorStatement]) -> None:
    """Doubt 累计, 截至年底 where a smaller figure of the indicator is stated: that is the year's.

    So is 通过不同渠道和方式公开, which counts twice what stood in two places.
    """
    smallest: dict[str, int | Decimal] = {}
    for one in found:
        if not one.doubts and one.statement.marks.isdisjoint(COUNTED_UP):
            smallest[one.path] = min(smallest.get(one.path, one.value), one.value)
    for one in found:
        if one.value <= smallest.get(one.path, one.value):
            continue
        if not one.statement.marks.isdisjoint(COUNTED_UP):
            one.doubts.add("cumulative")
        elif "EVERY_CHANNEL" in one.statement.clause.names:
            one.doubts.add("uncertain")
    _doubt_second_totals(found)


def _doubt_second_totals(found: Iterable[IndicatorStatement]) -> None:
    """通过信息公开专栏主动公开88条 is no second total where another one is stated."""
    totals = [one for one in found if one.path == "proactive.disclosed" and not one.doubts]
    whole = {one.value for one in totals if "PLATFORM" not in one.statement.clause.names}
    for one in totals:
        if whole and one.value not in whole:
            one.doubts.add("uncertain")


@frozen
class FigureWriter:
    """Turns statements into figures of a report, with places and labels."""

    text: RunningText
    paths: IndicatorPaths

    def figures(
        self, found: Iterable[IndicatorStatement], parts: dict[int, list[Part]], *, doubted: bool
    ) -> Iterator[NarrativeFigure]:
        """Yield the figures of the year, or those that are `doubted`; `parts` are by statement."""
        for one in found:
            if bool(one.doubts) == doubted:
                yield self._figure(one, tuple(parts.get(id(one.statement), ())))

    def diagnostics(self, found: Iterable[IndicatorStatement]) -> Iterator[Diagnostic]:
        """Yield one for each candidate; its path and place say which one it flags."""
        for one in found:
            code = next((code for mark, code in _DOUBTS.items() if mark in one.doubts), None)
            if code is not None:
                origin, printed = self._clause(one.statement)
                label = self.paths.label(one.path) or one.path
                yield diagnose(code, origin, (one.path,), printed=printed.strip(), label=label)

    def parts(
        self, lines: Iterable[StatedLine], found: Iterable[IndicatorStatement]
    ) -> dict[int, list[Part]]:
        """Return the items of lists by the identity of the statement that they are part of."""
        paths = {id(one.statement): one.path for one in found if not one.doubts}
        parts: dict[int, list[Part]] = {}
        for item in (statement for line in lines for statement in line.statements):
            figure = item.clause.figure
            if item.head is None or figure is None or figure.name in _NO_PARTS:
                continue
            if item.marks.isdisjoint(_NOT_OF_THE_YEAR):
                value, _ = _value(item.value, None, None)
                origin, raw = self._clause(item)
                part = Part(item.name, value, item.group, raw, origin, paths.get(id(item)))
                parts.setdefault(id(item.head), []).append(part)
        return {head: _renumbered(items) for head, items in parts.items()}

    def _figure(self, one: IndicatorStatement, parts: tuple[Part, ...]) -> NarrativeFigure:
        statement = one.statement
        origin, raw = self._clause(statement)
        return NarrativeFigure(
            one.path,
            one.value,
            one.unit,
            "stated",
            raw,
            self.paths.label(one.path) or self._wording(statement),
            origin,
            "alias" if statement.inferred else "exact",
            source="candidate" if one.doubts else "narrative",
            marks=tuple(m for m in _MARKS if m in one.doubts or m in statement.marks),
            sentence=self.text.places.origin(statement.sentence.start, statement.sentence.end),
            chapter=one.chapter,
            parts=parts,
            share=_share(statement),
        )

    def _clause(self, statement: Statement) -> tuple[Origin, str]:
        """Return where a clause stands, and its text as printed."""
        clause, places = statement.clause, self.text.places
        origin = places.origin(
            *statement.sentence.span(clause.start, max(clause.end, clause.start + 1))
        )
        return origin, places.raw(origin)

    def _wording(self, statement: Statement) -> str:
        """Return the phrases that say what a figure is: the label of what no form has."""
        about = self.text.grammar.about_figure
        return "".join(m.text for m in statement.clause.tokens if m.name not in about)


def _is_part(statement: Statement) -> bool:
    """Return True if a figure is said to be less than all that the body has of it."""
    return (_share(statement) or 100) != 100 and _OF_REGION not in statement.sentence.text


def _share(statement: Statement) -> int | Decimal | None:
    """Return the percentage that stands behind a figure before any other number."""
    figure, text = statement.clause.figure, statement.sentence.text
    if figure is None or "%" not in text:
        return None
    match = _SHARE.match(text, figure.end)
    return _value(match[1], None, None)[0] if match is not None else None


def _renumbered(parts: list[Part]) -> list[Part]:
    """Return parts whose groups are counted from 0 without holes."""
    groups = {group: n for n, group in enumerate(dict.fromkeys(p.group for p in parts))}
    if all(group == n for group, n in groups.items()):
        return parts
    return [evolve(part, group=groups[part.group]) for part in parts]


def _value(digits: str, printed: str | None, unit: str | None) -> tuple[int | Decimal, str | None]:
    """Return a number in the unit of its indicator; money is converted from the printed unit."""
    times = (ratio(printed, unit) if printed and unit else None) or 1
    if digits.isdecimal() and times == 1:
        return int(digits), unit or printed
    number = Decimal(digits) * times
    whole = number == number.to_integral_value()
    return int(number) if whole else number.normalize(), unit or printed
