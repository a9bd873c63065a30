"""What one report says, and what stands beside it, keyed by the operands of rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import groupby, product
from typing import TYPE_CHECKING, TypeAlias, get_args

from attrs import evolve, field, frozen

from gischema.report import Figure, NarrativeFigure, Origin, Part, Report
from gischema.rules.expressions import FigureSource, Operand, ReportRole, operand_key
from gischema.rules.model import Value
from gischema.rules.report_facts import REPORT_FACTS, FactContext, FactValue
from gischema.rules.reports import Reports
from gischema.rules.results import Mark

if TYPE_CHECKING:
    from gischema.forms.form import Form

EMPTY = frozenset({"blank", "not_applicable"})
"""Statuses of a cell that is printed and holds no value."""

_DOUBTFUL = frozenset({"close", "solved"})
"""Readings that need a second look."""

_REGION, _OWN_REGION = "region", "own_region"
_CARRY_OVER: Mark = "carry_over_included"
"""Marks of statements: of a whole region, which no table of one body states (one of a whole region
does); of the region whose government reports; with last year's cases counted in."""

_TOGETHER: Mapping[FigureSource, FigureSource] = {"list_whole": "listed", "share_of": "share"}
"""What is part of the same statement as something else."""

_MARKS = get_args(Mark)

Mention: TypeAlias = Mapping[str, Figure]
"""One statement of the running text: a figure by its key; of a list its sum and its whole."""


@frozen(eq=False, repr=False)
class ExcludedStatement:
    """A statement that is not compared because of a mark, and the operand that takes its place."""

    mark: Mark
    mention: Mention
    instead: str | None = None


@frozen(slots=False, eq=False, repr=False)
class ReportOperands:
    """Values by operand key; `empty` cells are printed without one.

    `figures` are all that is printed, by key, and `origins` where facts show; `mentions` what the
    running text says more than once, `set_aside` what it says only in statements that are not
    compared; `doubts` holds every doubtful figure with the codes of the diagnostics that flag it;
    `given` whose reports there are.
    """

    values: Mapping[str, Value]
    empty: frozenset[str]
    figures: Mapping[str, Figure]
    mentions: Mapping[str, tuple[Mention, ...]]
    set_aside: Mapping[str, ExcludedStatement]
    doubts: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, Origin]
    given: frozenset[ReportRole]

    @classmethod
    def of(
        cls,
        reports: Reports,
        form: Form,
        asked: Iterable[Operand],
        told: Iterable[ReportRole] = (),
        known: Mapping[str, Value] | None = None,
    ) -> ReportOperands:
        """The figures of a report and its companions, and of facts those that are `asked`.

        Statements of the running text are gathered only of those whose text is `told` or asked
        for. `known` facts are taken as given.
        """
        asked = tuple(asked)
        told = {*told, *(cell.whose for cell in asked if cell.narrative)}
        gathered = _Gathered()
        gathered.report(reports.own, "own", told="own" in told)
        for whose, report in reports.others.items():
            gathered.report(report, whose, told=whose in told)
        gathered.below(reports.below)
        facts = [cell for cell in asked if cell.is_fact and cell.key not in (known or {})]
        gathered.facts(facts, reports, form)
        gathered.values.update(known or {})
        return cls(
            gathered.values,
            frozenset(gathered.empty),
            gathered.figures,
            {topic: tuple(found) for topic, found in gathered.mentions.items() if len(found) > 1},
            {t: one for t, one in gathered.set_aside.items() if t not in gathered.mentions},
            gathered.doubts,
            gathered.origins,
            reports.given,
        )

    def readings(self, topics: Iterable[str]) -> Iterator[ReportOperands]:
        """These facts once for every combination of what the text says of the same topics."""
        repeated = [topic for topic in topics if topic in self.mentions]
        if not repeated:
            yield self
            return
        for chosen in product(*(self.mentions[topic] for topic in repeated)):
            yield evolve(self._stating(chosen), mentions={})

    def leaving_out(self, compared: Collection[str]) -> ReportOperands:
        """Return these facts without what is set aside but `compared` as another operand."""
        if not self.set_aside:
            return self
        left = {topic: one for topic, one in self.set_aside.items() if one.instead not in compared}
        return evolve(self, set_aside=left)

    @cached_property
    def supposed(self) -> ReportOperands:
        """Return these facts as if what is set aside were stated of the report and its year."""
        return self._stating(one.mention for one in self.set_aside.values())

    def _stating(self, mentions: Iterable[Mention]) -> ReportOperands:
        mentioned = {key: figure for mention in mentions for key, figure in mention.items()}
        stated = {key: f.value for key, f in mentioned.items() if f.value is not None}
        return evolve(self, values={**self.values, **stated}, figures={**self.figures, **mentioned})


def topic_of(cell: Operand) -> str:
    """The name under which statements are kept that are looked at together."""
    return operand_key(cell.path, cell.whose, _TOGETHER.get(cell.said, cell.said))


@frozen(eq=False, repr=False)
class _Gathered:
    """What has been gathered so far."""

    values: dict[str, Value] = field(factory=dict)
    empty: set[str] = field(factory=set)
    figures: dict[str, Figure] = field(factory=dict)
    mentions: dict[str, list[Mention]] = field(factory=dict)
    set_aside: dict[str, ExcludedStatement] = field(factory=dict)
    doubts: dict[str, tuple[str, ...]] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)

    def report(self, report: Report, whose: ReportRole, *, told: bool) -> None:
        """The figures of one report."""
        printed = report.by_path
        if whose != "own":
            printed = {operand_key(path, whose): figure for path, figure in printed.items()}
        self._printed(printed)
        for path, why in _doubts(report).items():
            self.doubts[operand_key(path, whose)] = why
        if told:
            self._told(report, whose)
        first = (found[0] for found in self.mentions.values())
        self._printed({key: figure for mention in first for key, figure in mention.items()})

    def _told(self, report: Report, whose: ReportRole) -> None:
        """The statements of a text, those that are not compared with the reason."""
        regional = report.narrative.lead.scope == _REGION
        for figure in report.narrative:
            said = _said(figure, regional=regional)
            if _OWN_REGION in figure.marks and not regional and _tabled_part(figure, report):
                said = None
            for topic, mention in _mentions(figure, whose, said):
                self.mentions.setdefault(topic, []).append(mention)
            if said != "narrative":
                instead = None if said is None else operand_key(figure.path, whose, said)
                self._aside(figure, whose, instead)
        for figure in report.narrative.candidates:
            self._aside(figure, whose)

    def _aside(
        self, figure: NarrativeFigure, whose: ReportRole, instead: str | None = None
    ) -> None:
        """Set a statement aside under its first mark; of several of one figure the first counts."""
        marks = [mark for mark in _MARKS if mark in figure.marks]
        if _OWN_REGION in figure.marks:  # not the reason if there is another
            marks = [mark for mark in marks if mark != _REGION] or marks
        if not marks:
            return
        mark = marks[0]
        key = operand_key(figure.path, whose, "narrative")
        self.set_aside.setdefault(key, ExcludedStatement(mark, {key: figure}, instead))
        if instead is None:
            for topic, mention in _shares(figure, whose):
                self.set_aside.setdefault(topic, ExcludedStatement(mark, mention))

    def below(self, reports: tuple[Report, ...]) -> None:
        """The figures of subordinate bodies, added up where every one of them prints a value.

        As in any sum, empty cells count as nothing beside a filled one.
        """
        for path in set.intersection(*(set(r.by_path) for r in reports)) if reports else ():
            own = [report.by_path[path] for report in reports]
            stated = [figure.value for figure in own if figure.value is not None]
            if stated and all(f.value is not None or f.status in EMPTY for f in own):
                codes = [code for report in reports for code in report.doubts.get(path, ())]
                doubts, key = tuple(dict.fromkeys(codes)), operand_key(path, "below")
                figure = evolve(
                    own[0], value=sum(stated), status="stated", raw="", origin=None, doubts=doubts
                )
                self._printed({key: figure})
                if doubts:
                    self.doubts[key] = doubts

    def facts(self, cells: Iterable[Operand], reports: Reports, form: Form) -> None:
        """The answers to questions, as far as the reports give them.

        What last year's report says of itself is told even if it is of another year.
        """
        asked: dict[ReportRole, FactContext] = {
            "own": FactContext(reports.own, form, reports.last_year)
        }
        if reports.previous is not None:
            asked["previous"] = FactContext(reports.previous, form)
        if reports.version is not None:
            asked["version"] = FactContext(reports.version, form)
        for cell in cells:
            if cell.whose in asked:
                self._answer(cell.key, REPORT_FACTS[cell.path].ask(asked[cell.whose]))

    def _answer(self, key: str, answer: FactValue | Value | None) -> None:
        if isinstance(answer, FactValue):
            if answer.origin is not None:
                self.origins[key] = answer.origin
            answer = answer.value
        if answer is not None:
            self.values[key] = answer

    def _printed(self, figures: Mapping[str, Figure]) -> None:
        """Add figures by key."""
        self.figures.update(figures)
        self.values.update({k: f.value for k, f in figures.items() if f.value is not None})
        self.empty.update([k for k, f in figures.items() if f.value is None and f.status in EMPTY])


def _said(figure: NarrativeFigure, *, regional: bool) -> FigureSource | None:
    """Return the source under which rules find a statement, None if it is not the report's own.

    Args:
        figure: A figure of the running text.
        regional: Whether the report counts every body of its region.
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
    figure: NarrativeFigure, whose: ReportRole, said: FigureSource | None
) -> Iterator[tuple[str, Mention]]:
    """What one statement tells: its figure, its share, and every list under it with the list's sum.

    Figure and share are given only if they are of what the report counts.
    """
    if said is not None:
        key = operand_key(figure.path, whose, said)
        yield key, {key: figure}
        yield from _shares(figure, whose)
    if figure.parts:
        listed = operand_key(figure.path, whose, "listed")
        whole = operand_key(figure.path, whose, "list_whole")
        for _, parts in groupby(sorted(figure.parts, key=_group), key=_group):
            values = _added_up(figure.path, list(parts))
            if len(values) > 1:
                yield listed, {listed: evolve(figure, value=sum(values)), whole: figure}


def _shares(figure: NarrativeFigure, whose: ReportRole) -> Iterator[tuple[str, Mention]]:
    """The percentage that stands beside a figure, with the figure."""
    if figure.share is not None:
        share = operand_key(figure.path, whose, "share")
        beside = evolve(figure, value=figure.share, unit="%")
        yield share, {share: beside, operand_key(figure.path, whose, "share_of"): figure}


def _group(part: Part) -> int:
    return part.group


def _added_up(path: str, parts: list[Part]) -> list[int | Decimal]:
    """The items of a list under a figure, if they can be added up.

    They cannot where one is no part of the figure but another step of the same requests:
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
    """The figures of a report that are in doubt; also by their reading alone, without a code."""
    found: dict[str, tuple[str, ...]] = {}
    found.update((figure.path, ()) for figure in report.stated if figure.reading in _DOUBTFUL)
    return found | report.doubts
