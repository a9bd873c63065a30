"""From the statements of a text to the figures, candidates and diagnostics of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from attrs import evolve

from gischema.diagnostics import diagnose
from gischema.narrative.bodies import Bodies
from gischema.narrative.context import REVIEWS, Context
from gischema.narrative.dates import Reporting, is_of_past
from gischema.narrative.indicator_paths import IndicatorPaths
from gischema.narrative.indicator_statements import (
    DOUBTS,
    IndicatorStatement,
    StatedLine,
    share_of,
    value_of,
)
from gischema.narrative.interpreter import Interpreter
from gischema.narrative.remarks import doubt_below
from gischema.narrative.running import RunningText
from gischema.narrative.sections import Chapters, Heading
from gischema.narrative.statement import Statement
from gischema.narrative.wholeness import doubt_broken
from gischema.report import (
    Diagnostic,
    NarrativeFigure,
    Origin,
    Part,
)
from gischema.text.sentences import TextLine

_MARKS = (*DOUBTS, "region", "own_region", "carry_over_included", "unit_missing")
_LONGEST_TITLE = 30  # characters of 2022年工作回顾:
_BARS = " \t|"  # between the cells of a row
_PROSE = ("。", ";", ",")
_NO_PART = ("rounded", "cumulative", "other_year", "unwhole")
_NO_PARTS = ("PEOPLE", "ATTENDANCES", "MONEY")


def interpreted(
    text: RunningText, year: int | None, agency: str | None, title: str | None
) -> list[StatedLine]:
    """Return what the lines of a text state, those without a figure left out."""
    grammar = text.grammar
    bodies = Bodies.of(agency, text.body, grammar.bodies, title)
    reporting = Reporting(grammar, bodies, year, f"{year}年" in text.printed)
    chapters, found = Chapters(text.headings), list[StatedLine]()
    past, whose, above = False, None, ""
    for line in text.lines:
        if not grammar.stating.search(line.text):
            words = line.text.strip()
            above = words if len(words) <= _LONGEST_TITLE else ""
            if above and not above.endswith(_PROSE):
                past, whose = is_of_past(above, reporting, False), bodies.of_title(above)
        else:
            row = text.printed[text.printed.rfind("\n", 0, line.start) + 1 : line.start]
            if cell := row.rstrip(_BARS).rpartition("|")[2].strip():
                past, whose = is_of_past(cell, reporting, False), bodies.of_title(cell)
            chapter, below = chapters.path(line.start)
            heading = below or chapter
            context = Context(
                (heading and text.topic(heading)) or (chapter and text.topic(chapter)) or None,
                joint=heading is not None and REVIEWS.issubset(grammar.topics_in(heading.title)),
                denials=chapter is None or text.kind(chapter) != "problems",
                past=past or (heading is not None and is_of_past(heading.title, reporting, False)),
                subject=whose or (heading and bodies.of_title(heading.title)) or "own",
            )
            sentences = _behind_heading(line, heading).sentences()
            statements = Interpreter(reporting, context).interpret(sentences)
            doubt_broken(statements, line, text.printed)
            for words in {above, heading.title if heading is not None else ""}:
                doubt_below(statements, words, reporting)
            found.append(StatedLine(heading, statements))
            past = past and context.past
    return found


def _behind_heading(line: TextLine, heading: Heading | None) -> TextLine:
    """Return what stands in a line behind a heading that only a blank separates from it."""
    if heading is None or heading.start != line.start or heading.end >= line.end:
        return line
    behind = line.text[heading.end - line.start :]
    return TextLine(heading.end, behind) if behind[0].isspace() else line


class FigureWriter(NamedTuple):
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
            code = next((code for mark, code in DOUBTS.items() if mark in one.doubts), None)
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
            if item.marks.isdisjoint(_NO_PART):
                value, _ = value_of(item.value, None, None)
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
            share=share_of(statement),
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


def _renumbered(parts: list[Part]) -> list[Part]:
    """Return parts whose groups are counted from 0 without holes."""
    groups = {group: n for n, group in enumerate(dict.fromkeys(p.group for p in parts))}
    if all(group == n for group, n in groups.items()):
        return parts
    return [evolve(part, group=groups[part.group]) for part in parts]
