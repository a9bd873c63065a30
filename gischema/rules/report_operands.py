"""The values of operands in one report, and in the reports that it is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import groupby, product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, get_args

from attrs import evolve, field, frozen

from gischema.report import Figure, NarrativeFigure, Origin, Part, Report
from gischema.rules.errors import FactFailed
from gischema.rules.expressions import FigureSource, Operand, ReportRole, operand_key
from gischema.rules.missing_rows import MissingRows
from gischema.rules.model import Localized, Value
from gischema.rules.report_facts import (
    CHAPTERS,
    REPORT_FACTS,
    FactContext,
    FactValue,
    ReportFact,
)
from gischema.rules.reports import Reports
from gischema.rules.results import ExclusionMark, UnreadTable

if TYPE_CHECKING:
    from gischema.forms.form import Form

EMPTY = frozenset({"blank", "not_applicable"})
"""Statuses of a cell that is printed and holds no value."""

_DOUBTFUL_READINGS = frozenset({"close", "solved"})

_REGION, _OWN_REGION = "region", "own_region"
_CARRY_OVER: ExclusionMark = "carry_over_included"
"""Marks of statements.

- `region`: about a whole region, which no table of one body states (one of a whole region does)
- `own_region`: about the region whose own government reports
- `carry_over_included`: includes last year's carried-over cases
"""

_COMBINED: Mapping[FigureSource, FigureSource] = {"list_whole": "listed", "share_of": "share"}
"""Sources that are part of the same statement as another source."""

_MARKS = get_args(ExclusionMark)

Mention: TypeAlias = Mapping[str, Figure]
"""One statement of the running text: its figures by operand key.

A list has two figures, its sum and its whole; a share has the percentage and its figure.
"""


class ExcludedStatement(NamedTuple):
    """A statement that is not compared because of a mark.

    `instead` is the key of the operand under which rules find the statement, None if there is none.
    """

    mark: ExclusionMark
    mention: Mention
    instead: str | None = None


@frozen(slots=False)
class ReportOperands:
    """The values of operands by key.

    Attributes:
        values: All known values.
        empty: Cells that are printed without a value.
        figures: All printed figures.
        mentions: Topics that the running text states more than once, with each statement.
        excluded: Topics that only statements which are not compared state.
        doubts: Every doubtful figure and fact with the codes of the diagnostics that flag it.
        origins: Where the report shows its facts.
        words: How messages write the values of facts that have words of their own.
        failed: Why facts of plugins could not be computed.
        roles: The reports that are given.
        missing: Rows and groups that the report leaves out, as `MissingRows.keys` has them.
    """

    values: Mapping[str, Value]
    empty: frozenset[str]
    figures: Mapping[str, Figure]
    mentions: Mapping[str, tuple[Mention, ...]]
    excluded: Mapping[str, ExcludedStatement]
    doubts: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, Origin]
    roles: frozenset[ReportRole]
    missing: frozenset[str] = frozenset()
    words: Mapping[str, Localized] = field(factory=dict)
    failed: Mapping[str, Localized] = field(factory=dict)

    @classmethod
    def of(
        cls,
        reports: Reports,
        form: Form,
        requested: Iterable[Operand],
        narratives: Iterable[ReportRole] = (),
        assumed: Mapping[str, Value] | None = None,
        own_facts: Mapping[str, ReportFact] | None = None,
    ) -> ReportOperands:
        """Collect all figures of the reports, and the facts among the requested operands.

        Args:
            reports: The report and the reports that it is compared with.
            form: The form of the check.
            requested: The operands of the rules. Figures of tables need not be among them.
            narratives: The reports whose running text is needed, besides those of `requested`.
            assumed: Facts by key that are not computed but have these values.
            own_facts: The facts that plugins compute, by path.
        """
        requested, assumed = tuple(requested), assumed or {}
        narratives = {*narratives, *(op.role for op in requested if op.in_narrative)}
        collector = _Collector()
        collector.add_report(reports.own, "own", narrative="own" in narratives)
        for role, report in reports.others.items():
            collector.add_report(report, role, narrative=role in narratives)
        collector.add_sums_below(reports.below)
        facts = (op for op in requested if op.is_fact and op.key not in assumed)
        collector.add_facts(facts, reports, form, own_facts or {})
        collector.values.update(assumed)
        return collector.collected(reports.given)

    def readings(self, topics: Iterable[str]) -> Iterable[ReportOperands]:
        """Return one variant per combination of repeated statements of `topics`."""
        repeated = [topic for topic in topics if topic in self.mentions]
        if not repeated:
            return (self,)
        combinations = product(*(self.mentions[topic] for topic in repeated))
        return (evolve(self._stating(chosen), mentions={}) for chosen in combinations)

    def without_compared(self, compared: Collection[str]) -> ReportOperands:
        """Return a copy whose `excluded` lacks the statements found under keys in `compared`."""
        if not self.excluded:
            return self
        left = {topic: one for topic, one in self.excluded.items() if one.instead not in compared}
        return evolve(self, excluded=left)

    def leaving_out(self, missing: MissingRows, unread: Collection[UnreadTable]) -> ReportOperands:
        """Return a copy with what the report leaves out, doubtful where it was not read.

        Where the text was cut off, chapters that are not there or empty may go on behind it.
        """
        doubts: dict[str, tuple[str, ...]] = dict.fromkeys(missing.doubtful, ())
        doubts |= {one.table: one.codes for one in unread if one.table}
        if any(one.reason == "cut_off" for one in unread):
            chapters = (f"chapters.{kind}" for kind in CHAPTERS)
            doubts |= {chapter: () for chapter in chapters if not self.values.get(chapter)}
            doubts |= {"chapters.count": (), "chapters.last": ()}
        if not doubts and not missing.keys:
            return self
        return evolve(self, missing=missing.keys, doubts={**doubts, **self.doubts})

    @cached_property
    def with_excluded(self) -> ReportOperands:
        """A copy in which excluded statements count as if they had no mark."""
        return self._stating(one.mention for one in self.excluded.values())

    def _stating(self, mentions: Iterable[Mention]) -> ReportOperands:
        figures = {key: figure for mention in mentions for key, figure in mention.items()}
        values = {key: f.value for key, f in figures.items() if f.value is not None}
        return evolve(self, values={**self.values, **values}, figures={**self.figures, **figures})


def topic_of(operand: Operand) -> str:
    """Return the key of the statements that an operand is part of."""
    source = _COMBINED.get(operand.source, operand.source)
    return operand_key(operand.path, operand.role, source)


@frozen
class _Collector:
    """Collects the values of operands report by report."""

    values: dict[str, Value] = field(factory=dict)
    empty: set[str] = field(factory=set)
    figures: dict[str, Figure] = field(factory=dict)
    mentions: dict[str, list[Mention]] = field(factory=dict)
    excluded: dict[str, ExcludedStatement] = field(factory=dict)
    doubts: dict[str, tuple[str, ...]] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)
    words: dict[str, Localized] = field(factory=dict)
    failed: dict[str, Localized] = field(factory=dict)

    def collected(self, roles: frozenset[ReportRole]) -> ReportOperands:
        """Return what has been collected."""
        repeated = {topic: tuple(all_) for topic, all_ in self.mentions.items() if len(all_) > 1}
        excluded = {
            topic: one for topic, one in self.excluded.items() if topic not in self.mentions
        }
        return ReportOperands(
            self.values,
            frozenset(self.empty),
            self.figures,
            repeated,
            excluded,
            self.doubts,
            self.origins,
            roles,
            words=self.words,
            failed=self.failed,
        )

    def add_report(self, report: Report, role: ReportRole, *, narrative: bool) -> None:
        """Add the figures of one report, with those of its running text if `narrative`."""
        printed = report.by_path
        if role != "own":
            printed = {operand_key(path, role): figure for path, figure in printed.items()}
        self._add_figures(printed)
        for path, codes in _doubts(report).items():
            self.doubts[operand_key(path, role)] = codes
        if narrative:
            self._add_narrative(report, role)
        first = (statements[0] for statements in self.mentions.values())
        self._add_figures({key: figure for mention in first for key, figure in mention.items()})

    def _add_narrative(self, report: Report, role: ReportRole) -> None:
        """Add the statements of the running text."""
        regional = report.narrative.lead.scope == _REGION
        for figure in report.narrative:
            source = _source_of(figure, regional=regional)
            if _OWN_REGION in figure.marks and not regional and _tabled_part(figure, report):
                source = None
            for topic, mention in _mentions(figure, role, source):
                self.mentions.setdefault(topic, []).append(mention)
            if source != "narrative":
                instead = None if source is None else operand_key(figure.path, role, source)
                self._exclude(figure, role, instead)
        for figure in report.narrative.candidates:
            self._exclude(figure, role)

    def _exclude(
        self, figure: NarrativeFigure, role: ReportRole, instead: str | None = None
    ) -> None:
        """Exclude a statement for its first mark; the first of several about a figure counts."""
        marks = [mark for mark in _MARKS if mark in figure.marks]
        if _OWN_REGION in figure.marks:  # not the reason if there is another
            marks = [mark for mark in marks if mark != _REGION] or marks
        if not marks:
            return
        mark = marks[0]
        key = operand_key(figure.path, role, "narrative")
        self.excluded.setdefault(key, ExcludedStatement(mark, {key: figure}, instead))
        if instead is None:
            for topic, mention in _shares(figure, role):
                self.excluded.setdefault(topic, ExcludedStatement(mark, mention))

    def add_sums_below(self, reports: tuple[Report, ...]) -> None:
        """Add up the figures of subordinate bodies that every one of them prints.

        As in any sum, an empty cell adds nothing if another cell is filled.
        """
        for path in set.intersection(*(set(r.by_path) for r in reports)) if reports else ():
            figures = [report.by_path[path] for report in reports]
            values = [figure.value for figure in figures if figure.value is not None]
            if values and all(f.value is not None or f.status in EMPTY for f in figures):
                codes = [code for report in reports for code in report.doubts.get(path, ())]
                doubts, key = tuple(dict.fromkeys(codes)), operand_key(path, "below")
                total = evolve(
                    figures[0],
                    value=sum(values),
                    status="stated",
                    raw="",
                    origin=None,
                    doubts=doubts,
                )
                self._add_figures({key: total})
                if doubts:
                    self.doubts[key] = doubts

    def add_facts(
        self,
        operands: Iterable[Operand],
        reports: Reports,
        form: Form,
        own: Mapping[str, ReportFact],
    ) -> None:
        """Add the facts that the reports state.

        Facts of the given previous report are added even if it is of another year than last year.
        """
        contexts: dict[ReportRole, FactContext] = {
            "own": FactContext(reports.own, form, reports.last_year)
        }
        if reports.previous is not None:
            contexts["previous"] = FactContext(reports.previous, form)
        if reports.version is not None:
            contexts["version"] = FactContext(reports.version, form)
        for operand in operands:
            if operand.role in contexts:
                context = contexts[operand.role]
                fact = REPORT_FACTS.get(operand.path) or own[operand.path]
                try:
                    self._add_fact(operand.key, fact.compute(context))
                except FactFailed as error:
                    self.failed[operand.key] = Localized(error.message, error.message_en)
                if doubts := fact.doubts(context.report):
                    self.doubts[operand.key] = doubts

    def _add_fact(self, key: str, fact: FactValue | Value | None) -> None:
        if isinstance(fact, FactValue):
            if fact.origin is not None:
                self.origins[key] = fact.origin
            if fact.words is not None:
                self.words[key] = fact.words
            fact = fact.value
        if fact is not None:
            self.values[key] = fact

    def _add_figures(self, figures: Mapping[str, Figure]) -> None:
        self.figures.update(figures)
        self.values.update({k: f.value for k, f in figures.items() if f.value is not None})
        self.empty.update([k for k, f in figures.items() if f.value is None and f.status in EMPTY])


def _source_of(figure: NarrativeFigure, *, regional: bool) -> FigureSource | None:
    """Return the source under which rules find a statement, None if it is not the report's own.

    Args:
        figure: A figure of the running text.
        regional: True if the report counts every body of its region.
    """
    others = not regional and _REGION in figure.marks
    if others and _OWN_REGION not in figure.marks:
        return None
    if _CARRY_OVER in figure.marks:
        return "with_carry_over"
    return "whole_region" if others else "narrative"


def _tabled_part(figure: NarrativeFigure, report: Report) -> bool:
    """Return True if the table counts one body of a region: 全县新收65件,其中县政府20件, 20."""
    tabled = report.by_path.get(figure.path)
    bodies = (part.value for part in figure.parts if part.path is None)
    return tabled is not None and tabled.value is not None and tabled.value in bodies


def _mentions(
    figure: NarrativeFigure, role: ReportRole, source: FigureSource | None
) -> Iterator[tuple[str, Mention]]:
    """Yield topic and figures of a statement, of its share, and of every list that belongs to it.

    A statement without a `source` has only its lists: its figure is not what the report counts.
    """
    if source is not None:
        key = operand_key(figure.path, role, source)
        yield key, {key: figure}
        yield from _shares(figure, role)
    if figure.parts:
        listed = operand_key(figure.path, role, "listed")
        whole = operand_key(figure.path, role, "list_whole")
        for _, parts in groupby(sorted(figure.parts, key=_group), key=_group):
            values = _addends(figure.path, list(parts))
            if len(values) > 1:
                yield listed, {listed: evolve(figure, value=sum(values)), whole: figure}


def _shares(figure: NarrativeFigure, role: ReportRole) -> Iterator[tuple[str, Mention]]:
    """Yield the percentage that the text gives next to a figure, together with the figure."""
    if figure.share is not None:
        share = operand_key(figure.path, role, "share")
        percentage = evolve(figure, value=figure.share, unit="%")
        yield share, {share: percentage, operand_key(figure.path, role, "share_of"): figure}


def _group(part: Part) -> int:
    return part.group


def _addends(path: str, parts: list[Part]) -> list[int | Decimal]:
    """Return the values of the items of a list, empty if they cannot be added up.

    They cannot where an item is no part of the figure but a later stage of the same requests:
    `收到4件,其中3件已答复,1件结转`.
    """
    family = path
    while family.endswith(".total"):
        family = family.removesuffix(".total")
    if not all(part.path is None or part.path.startswith(f"{family}.") for part in parts):
        return []
    values = [part.value for part in parts if part.value is not None]
    return values if len(values) == len(parts) else []


def _doubts(report: Report) -> dict[str, tuple[str, ...]]:
    """Return the codes of each doubtful figure; none if only its way of reading is doubtful."""
    found: dict[str, tuple[str, ...]] = {}
    found.update((f.path, ()) for f in report.figures if f.reading in _DOUBTFUL_READINGS)
    return {**found, **report.doubts}
