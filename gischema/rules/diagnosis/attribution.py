"""Findings with the culprit that the smallest repair names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Literal

from attrs import evolve, frozen

from gischema.report import Amount, Figure, NarrativeFigure
from gischema.rules.diagnosis.equations import (
    FormConstraints,
    ReportEquations,
    changed,
    is_own,
    is_told,
    verdict,
)
from gischema.rules.diagnosis.hypotheses import YUAN, Hypothesis
from gischema.rules.diagnosis.linear import equation
from gischema.rules.diagnosis.search import Repair, RepairSearch, crossings
from gischema.rules.expressions import Operand, operand_source
from gischema.rules.findings import BrokenCheck
from gischema.rules.report_operands import ReportOperands
from gischema.rules.results import Change, Culprit, CulpritKind, Finding

_NEAR = 4
"""How many times more or less than ten thousand times last year's a sum of money in 元 may be."""


def blamed(
    broken: Sequence[BrokenCheck],
    identities: FormConstraints,
    facts: ReportOperands,
    present: frozenset[str],
) -> list[Finding]:
    """The findings about `broken` checks, each with its culprit where the figures tell one.

    All identities of the form are asked, also those that were not selected.
    """
    judge = _Judge(ReportEquations(identities, facts, present))
    found = []
    for each in broken:
        culprit = judge.culprit(each)
        found.append(evolve(each.finding, culprit=culprit) if culprit else each.finding)
    return found


@frozen(slots=False, eq=False, repr=False)
class _Judge:
    """What the figures of one report tell about who is to blame."""

    ledger: ReportEquations

    def culprit(self, broken: BrokenCheck) -> Culprit | None:
        """The culprit of one finding."""
        cells = broken.check.instance.cells
        if any(cell.key in self.changes for cell in cells if is_own(cell)):
            after = changed(broken.facts, self.changes)
            if verdict(broken.check, after, self.ledger.present) is not False:
                return self._mended(cells)
        return self._text_or_table(broken) or self._yuan_after_wan_yuan(broken)

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """The repairs of all identities that fail, as far as there are any.

        One slip that explains everything comes first; then cells that all their sums ask for; of
        the rest, groups that have no figure in common each by itself; what is left over, together.
        """
        off = self.ledger.off
        if not off:
            return ()
        if one := self._repair(off, most=1):
            return (one,)
        found: list[Repair | None] = []
        for move, mended in crossings(self.ledger):
            if self.ledger.allows(move.changes, mended):
                found.append(Repair((move,)))
                off = {place: each for place, each in off.items() if place not in mended}
        groups = self.ledger.parts(off)
        repaired = [self._repair(group) for group in groups]
        left = [group for group, repair in zip(groups, repaired, strict=True) if repair is None]
        if len(left) > 1:
            repaired.append(self._repair({p: each for group in left for p, each in group.items()}))
        return tuple(repair for repair in (*found, *repaired) if repair is not None)

    def _repair(self, off: Mapping[int, Amount], **limits: int) -> Repair | None:
        return self._chosen(RepairSearch(self.ledger).smallest(off, **limits))

    @cached_property
    def changes(self) -> dict[str, Amount]:
        """The figure that each cell to blame should have."""
        return {key: value for repair in self.repairs for key, value in repair.changes.items()}

    def _chosen(self, repairs: list[Repair]) -> Repair | None:
        """The one repair that running text, or the reader's doubt, speaks for; else none."""
        for weigh in (self._agreement, self._doubt):
            if len(repairs) > 1:
                weights = [weigh(repair) for repair in repairs]
                best = max(weights)
                repairs = [r for r, weight in zip(repairs, weights, strict=True) if weight == best]
        return repairs[0] if len(repairs) == 1 else None

    def _agreement(self, repair: Repair) -> int:
        """How many statements of the text agree with the tables because of a repair."""
        gained = 0
        telling = self.ledger.identities.telling
        for check in dict.fromkeys(c for key in repair.changes for c in telling.get(key, ())):
            for facts in self.ledger.facts.readings(check.topics):
                after = changed(facts, repair.changes)
                held = (verdict(check, each, self.ledger.present) for each in (after, facts))
                now, before = (each is True for each in held)
                gained += now - before
        return gained

    def _doubt(self, repair: Repair) -> bool:
        """Whether all it changes was not read for sure: then the reading is to blame."""
        return all(key in self.ledger.facts.doubts for key in repair.changes)

    def _mended(self, cells: Sequence[Operand]) -> Culprit | None:
        moves = (move for repair in self.repairs for move in repair.moves)
        keys = {cell.key for cell in cells if is_own(cell)}
        move = next((move for move in moves if not keys.isdisjoint(move.changes)), None)
        return self._of_move(move) if move is not None else None

    def _of_move(self, move: Hypothesis) -> Culprit:
        changes = tuple(
            Change(key, _number(self.ledger.facts.values.get(key)), better)
            for key, better in move.changes.items()
        )
        first = changes[0]
        doubtful = any(key in self.ledger.facts.doubts for key in move.changes)
        kind: CulpritKind = "reading" if doubtful else move.kind
        return Culprit(first.path, first.stated, first.suggested, kind, changes=changes)

    def _text_or_table(self, broken: BrokenCheck) -> Culprit | None:
        """The text, where the identities vouch for every table figure that it disagrees with."""
        linear = equation(broken.check.instance.check)
        told = [cell for cell in linear.factors if not is_own(cell)] if linear else []
        if linear is None or len(told) != 1 or not is_told(told[0]):
            return None
        (cell,) = told
        stated = _number(broken.facts.values.get(cell.key))
        factor = linear.factors[cell]
        if stated is None or abs(factor) != 1:
            return None
        tables = [each for each in linear.factors if each is not cell]
        values = [_number(broken.facts.values.get(each.key)) or 0 for each in tables]
        rest = sum(linear.factors[each] * value for each, value in zip(tables, values, strict=True))
        better = -(rest + linear.constant) * factor
        if (
            len(tables) == 1
            and values[0] == stated * YUAN
            and self._is_yuan(tables[0], cell, broken)
        ):
            return _single(tables[0].path, values[0], stated, "unit", "table")
        if tables and all(self._vouched(each.key) for each in tables):
            return _single(cell.path, stated, better, "text", "narrative")
        return None

    def _is_yuan(self, cell: Operand, told: Operand, broken: BrokenCheck) -> bool:
        """Whether a sum of money may be in 元: its cell prints no unit, while the text does."""
        figure, mention = (broken.facts.figures.get(each.key) for each in (cell, told))
        if figure is None or not _prints_no_unit(figure):
            return False
        return isinstance(mention, NarrativeFigure) and "unit_missing" not in mention.marks

    def _yuan_after_wan_yuan(self, broken: BrokenCheck) -> Culprit | None:
        """Money that is some ten thousand times last year's, in a cell that prints no unit."""
        cells = dict.fromkeys(broken.check.instance.cells)
        own = [cell for cell in cells if is_own(cell)]
        before = [cell for cell in cells if operand_source(cell) == "previous"]
        if len(cells) != 2 or [c.path for c in own] != [c.path for c in before] or not own:
            return None
        figure = broken.facts.figures.get(own[0].key)
        now, then = (_number(broken.facts.values.get(c.key)) for c in (own[0], before[0]))
        if figure is None or not now or not then or not _prints_no_unit(figure):
            return None
        if not then * YUAN <= now * _NEAR <= then * YUAN * _NEAR**2:
            return None
        wan = Decimal(now) / YUAN
        return _single(own[0].path, now, int(wan) if wan == int(wan) else wan, "unit", "table")

    def _vouched(self, key: str) -> bool:
        """Whether a figure was read for sure, stands in identities, and in none that fails."""
        at = self.ledger.at.get(key, ())
        return (
            bool(at)
            and key not in self.changes
            and key not in self.ledger.facts.doubts
            and not any(place in self.ledger.off for place, _ in at)
        )


def _single(
    path: str,
    stated: Amount,
    better: Amount,
    kind: Literal["unit", "text"],
    source: Literal["table", "narrative"],
) -> Culprit:
    change = Change(path, stated, better)
    return Culprit(path, stated, better, kind, source, (change,))


def _prints_no_unit(figure: Figure) -> bool:
    """Whether a sum of money stands in its cell as a bare number."""
    return "元" in (figure.unit or "") and "元" not in figure.raw


def _number(value: object) -> Amount | None:
    return value if isinstance(value, int | Decimal) else None
