"""What one report says, keyed by the operands of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from gischema.report import Figure, Report
from gischema.rules.expressions import Cell, operand_key
from gischema.rules.functions import FACT_KINDS

if TYPE_CHECKING:
    from gischema.forms.form import Form

Value: TypeAlias = int | Decimal | date | str | bool

EMPTY = frozenset({"blank", "not_applicable"})
"""Statuses of a cell that is printed and holds no value."""

_DOUBTFUL = frozenset({"close", "solved"})
"""Readings that need a second look."""


@frozen(eq=False, repr=False)
class Facts:
    """Values by operand key; `empty` cells are printed without one.

    `figures` are all that is printed, by key; `mentions` what the running text says more than
    once; `doubts` the codes of diagnostics, or ways of reading, that make a figure doubtful.
    """

    values: Mapping[str, Value]
    empty: frozenset[str]
    figures: Mapping[str, Figure]
    mentions: Mapping[str, tuple[Figure, ...]]
    doubts: Mapping[str, tuple[str, ...]]
    has_previous: bool

    @classmethod
    def of(cls, report: Report, form: Form, previous: Report | None, *, told: bool = True) -> Facts:
        """The facts of a report, with those of last year's under their own keys.

        Without `told` the running text is left alone: reading it costs more than the tables.
        """
        figures, mentions = _figures(report, previous=False, told=told)
        values = _about(report, previous=False)
        first, last = form.years
        values["form.first_year"] = first
        if last is not None:
            values["form.last_year"] = last
        if previous is not None:
            older, _ = _figures(previous, previous=True, told=told)
            figures |= older
            values |= _about(previous, previous=True)
        empty = []
        for key, figure in figures.items():
            if figure.value is not None:
                values[key] = figure.value
            elif figure.status in EMPTY:
                empty.append(key)
        doubts = _doubts(report, previous=False)
        if previous is not None:
            doubts |= _doubts(previous, previous=True)
        return cls(values, frozenset(empty), figures, mentions, doubts, previous is not None)

    def readings(self, narrated: tuple[Cell, ...]) -> Iterator[Facts]:
        """These facts once for every combination of what the text says of the same figures."""
        repeated = [cell.key for cell in narrated if cell.key in self.mentions]
        if not repeated:
            yield self
            return
        for chosen in product(*(self.mentions[key] for key in repeated)):
            mentioned = dict(zip(repeated, chosen, strict=True))
            stated = {key: f.value for key, f in mentioned.items() if f.value is not None}
            yield Facts(
                {**self.values, **stated},
                self.empty,
                {**self.figures, **mentioned},
                {},
                self.doubts,
                self.has_previous,
            )


def _figures(
    report: Report, *, previous: bool, told: bool
) -> tuple[dict[str, Figure], dict[str, tuple[Figure, ...]]]:
    """The printed figures of a report by key, and those that the text states several times."""
    figures = dict(report.by_path)
    if previous:
        figures = {operand_key(path, previous=True): figure for path, figure in figures.items()}
    mentioned: dict[str, list[Figure]] = {}
    for figure in report.narrative if told else ():
        mentioned.setdefault(operand_key(figure.path, previous, narrative=True), []).append(figure)
    figures.update((key, mentions[0]) for key, mentions in mentioned.items())
    repeated = {key: tuple(mentions) for key, mentions in mentioned.items() if len(mentions) > 1}
    return figures, repeated


def _about(report: Report, *, previous: bool) -> dict[str, Value]:
    """What a report says of itself, as far as it does."""
    found: dict[str, Value] = {}
    for path in FACT_KINDS:
        source, _, name = path.partition(".")
        if source == "report" and (value := getattr(report, name)) is not None:
            found[operand_key(path, previous)] = value
    return found


def _doubts(report: Report, *, previous: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for diagnostic in report.diagnostics:
        for path in diagnostic.paths:
            found.setdefault(path, []).append(diagnostic.code)
    for figure in report.stated:
        if figure.reading in _DOUBTFUL:
            found.setdefault(figure.path, []).append(str(figure.reading))
    return {operand_key(path, previous): tuple(dict.fromkeys(why)) for path, why in found.items()}
