"""What one report says, and what stands beside it, keyed by the operands of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby, product
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from gischema.report import Figure, NarrativeFigure, Origin, Part, Report
from gischema.rules.expressions import Cell, Said, Whose, operand_key
from gischema.rules.model import Value
from gischema.rules.questions import QUESTIONS, Answer, Asked
from gischema.rules.reports import Reports

if TYPE_CHECKING:
    from gischema.forms.form import Form

EMPTY = frozenset({"blank", "not_applicable"})
"""Statuses of a cell that is printed and holds no value."""

_DOUBTFUL = frozenset({"close", "solved"})
"""Readings that need a second look."""

_OF_OTHERS = "region"
_CARRY_OVER = "carry_over_included"
"""Marks of statements: of a whole region, which no table of one body states (one of a whole region
does); with last year's cases counted in."""

_TOGETHER: Mapping[Said, Said] = {"list_whole": "listed", "share_of": "share"}
"""What is part of the same statement as something else."""

Mention: TypeAlias = Mapping[str, Figure]
"""One statement of the running text: a figure by its key; of a list its sum and its whole."""


@frozen(eq=False, repr=False)
class Facts:
    """Values by operand key; `empty` cells are printed without one.

    `figures` are all that is printed, by key, and `origins` where facts show; `mentions` what the
    running text says more than once; `doubts` the codes of diagnostics, or ways of reading, that
    make a figure doubtful; `given` whose reports there are.
    """

    values: Mapping[str, Value]
    empty: frozenset[str]
    figures: Mapping[str, Figure]
    mentions: Mapping[str, tuple[Mention, ...]]
    doubts: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, Origin]
    given: frozenset[Whose]

    @classmethod
    def of(
        cls,
        reports: Reports,
        form: Form,
        asked: Iterable[Cell],
        told: Iterable[Whose] = (),
        known: Mapping[str, Value] | None = None,
    ) -> Facts:
        """The figures of a report and its companions, and of facts those that are `asked`.

        The running text is left alone but of those whose text is `told` or asked for: reading it
        costs more than the tables. `known` facts are taken as given.
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
            gathered.doubts,
            gathered.origins,
            reports.given,
        )

    def readings(self, topics: Iterable[str]) -> Iterator[Facts]:
        """These facts once for every combination of what the text says of the same topics."""
        repeated = [topic for topic in topics if topic in self.mentions]
        if not repeated:
            yield self
            return
        for chosen in product(*(self.mentions[topic] for topic in repeated)):
            mentioned = {key: f for mention in chosen for key, f in mention.items()}
            stated = {key: f.value for key, f in mentioned.items() if f.value is not None}
            yield evolve(
                self,
                values={**self.values, **stated},
                figures={**self.figures, **mentioned},
                mentions={},
            )


def topic_of(cell: Cell) -> str:
    """The name under which statements are kept that are looked at together."""
    return operand_key(cell.path, cell.whose, _TOGETHER.get(cell.said, cell.said))


@frozen(eq=False, repr=False)
class _Gathered:
    """What has been gathered so far."""

    values: dict[str, Value] = field(factory=dict)
    empty: set[str] = field(factory=set)
    figures: dict[str, Figure] = field(factory=dict)
    mentions: dict[str, list[Mention]] = field(factory=dict)
    doubts: dict[str, tuple[str, ...]] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)

    def report(self, report: Report, whose: Whose, *, told: bool) -> None:
        """The figures of one report."""
        printed = report.by_path
        if whose != "own":
            printed = {operand_key(path, whose): figure for path, figure in printed.items()}
        self._printed(printed)
        for path, why in _doubts(report).items():
            self.doubts[operand_key(path, whose)] = why
        own = told and report.narrative.lead.scope == _OF_OTHERS
        for figure in report.narrative if told else ():
            counted = own or _OF_OTHERS not in figure.marks
            for topic, mention in _mentions(figure, whose, own=counted):
                self.mentions.setdefault(topic, []).append(mention)
        first = (found[0] for found in self.mentions.values())
        self._printed({key: figure for mention in first for key, figure in mention.items()})

    def below(self, reports: tuple[Report, ...]) -> None:
        """The figures of subordinate bodies, added up where every one of them prints a value.

        As in any sum, empty cells count as nothing beside a filled one.
        """
        for path in set.intersection(*(set(r.by_path) for r in reports)) if reports else ():
            own = [report.by_path[path] for report in reports]
            stated = [figure.value for figure in own if figure.value is not None]
            if stated and all(f.value is not None or f.status in EMPTY for f in own):
                figure = evolve(own[0], value=sum(stated), status="stated", raw="", origin=None)
                self._printed({operand_key(path, "below"): figure})

    def facts(self, cells: Iterable[Cell], reports: Reports, form: Form) -> None:
        """The answers to questions, as far as the reports give them.

        What last year's report says of itself is told even if it is of another year.
        """
        asked: dict[Whose, Asked] = {"own": Asked(reports.own, form, reports.last_year)}
        if reports.previous is not None:
            asked["previous"] = Asked(reports.previous, form)
        if reports.version is not None:
            asked["version"] = Asked(reports.version, form)
        for cell in cells:
            if cell.whose in asked:
                self._answer(cell.key, QUESTIONS[cell.path].ask(asked[cell.whose]))

    def _answer(self, key: str, answer: Answer | Value | None) -> None:
        if isinstance(answer, Answer):
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


def _mentions(figure: NarrativeFigure, whose: Whose, *, own: bool) -> Iterator[tuple[str, Mention]]:
    """What one statement tells: its figure, and every list under it with the list's sum.

    The figure itself is given only if it is `own`, of what the report counts.
    """
    if own:
        said: Said = "with_carry_over" if _CARRY_OVER in figure.marks else "narrative"
        key = operand_key(figure.path, whose, said)
        yield key, {key: figure}
    if figure.share is not None:
        share = operand_key(figure.path, whose, "share")
        beside = evolve(figure, value=figure.share, unit="%")
        yield share, {share: beside, operand_key(figure.path, whose, "share_of"): figure}
    if figure.parts:
        listed = operand_key(figure.path, whose, "listed")
        whole = operand_key(figure.path, whose, "list_whole")
        for _, parts in groupby(sorted(figure.parts, key=_group), key=_group):
            values = _added_up(figure.path, list(parts))
            if len(values) > 1:
                yield listed, {listed: evolve(figure, value=sum(values)), whole: figure}


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
    found: dict[str, list[str]] = {}
    for diagnostic in report.diagnostics:
        for path in diagnostic.paths:
            found.setdefault(path, []).append(diagnostic.code)
    for figure in report.stated:
        if figure.reading in _DOUBTFUL:
            found.setdefault(figure.path, []).append(str(figure.reading))
    return {path: tuple(dict.fromkeys(why)) for path, why in found.items()}
