"""The smallest repair of failing identities: the fewest slips that, undone, mend all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from attrs import define, field, frozen

from gischema.report import Amount
from gischema.rules.diagnosis.equations import ReportEquations
from gischema.rules.diagnosis.hypotheses import Hypothesis, one_cell, row_moves

_MOST_MOVES = 3
_ROW_MOVES = 2
"""With more moves than this only single cells are tried."""
_BUDGET = 3_000
"""How many moves are tried in one search: beyond that nobody could tell what happened."""


@frozen
class Repair:
    """Slips that, undone together, mend every identity of a group."""

    moves: tuple[Hypothesis, ...]

    @property
    def changes(self) -> dict[str, Amount]:
        """The figure that each changed cell should have."""
        return {key: value for move in self.moves for key, value in move.changes.items()}

    @property
    def size(self) -> tuple[int, int]:
        """What repairs are compared by: their weight, then the cells that they change."""
        return sum(move.weight for move in self.moves), len(self.changes)


class _Exhausted(Exception):
    """More was tried than is worth the while."""


@define(eq=False, repr=False)
class RepairSearch:
    """The search for repairs in one report."""

    ledger: ReportEquations
    _budget: int = _BUDGET
    _row_moves: dict[tuple[str, ...], list[Hypothesis]] = field(factory=dict)
    _row_places: dict[tuple[str, ...], set[int]] = field(factory=dict)

    def smallest(self, off: Mapping[int, Amount], most: int = _MOST_MOVES) -> list[Repair]:
        """The repairs of the equations in `off` of which none is smaller; none if none is found.

        They have up to `most` moves and break nothing that holds. More than one says that the
        figures do not tell which.
        """
        try:
            for count in range(1, most + 1):
                if best := self._best(self._mending(dict(off), count, count <= _ROW_MOVES), off):
                    return best
        except _Exhausted:
            pass
        return []

    def _best(
        self, mending: Iterable[tuple[Hypothesis, ...]], off: Mapping[int, Amount]
    ) -> list[Repair]:
        """The smallest of those that are allowed; of several that do the same the simplest."""
        distinct: dict[frozenset[tuple[str, Amount]], Repair] = {}
        for repair in sorted(map(Repair, mending), key=lambda repair: repair.size):
            distinct.setdefault(frozenset(repair.changes.items()), repair)
        for _, same_size in groupby(distinct.values(), key=lambda repair: repair.size):
            best = [repair for repair in same_size if self.ledger.allows(repair.changes, off)]
            if best:
                return best
        return []

    def _mending(
        self, off: dict[int, Amount], count: int, rows: bool, done: frozenset[str] = frozenset()
    ) -> Iterator[tuple[Hypothesis, ...]]:
        """Every way to mend `off` with up to `count` moves in cells that are not `done`."""
        if not off:
            yield ()
            return
        if not count:
            return
        factors = self.ledger.equations
        place = min(off, key=lambda place: (len(factors[place].factors), place))
        for move in self._moves(place, off, count, rows):
            if not done.isdisjoint(move.changes):
                continue
            self._budget -= 1
            if self._budget < 0:
                raise _Exhausted
            after = self._after(off, move.changes)
            for rest in self._mending(after, count - 1, rows, done | move.changes.keys()):
                yield (move, *rest)

    def _moves(
        self, place: int, off: Mapping[int, Amount], count: int, rows: bool
    ) -> Iterator[Hypothesis]:
        """The moves that change the equation at `place`."""
        keys = self.ledger.equations[place].factors
        for key in keys:
            if count > 1 or all(key in self.ledger.equations[other].factors for other in off):
                move = self._cell(place, key, off)
                if move is not None:
                    yield move
        if not rows:
            return
        for row in dict.fromkeys(self.ledger.row_of.get(key) for key in keys):
            if row is None or (count == 1 and not off.keys() <= self._places(row)):
                continue
            for move in self._slips(row):
                solved = self._solved(move, off)
                if solved is not None and self._is_borne_out(solved, keys):
                    yield solved

    def _is_borne_out(self, move: Hypothesis, keys: Container[str]) -> bool:
        """Whether a slip of a row changes one of `keys`, and more than one equation speaks of it.

        Among so many slips one will fit a lone sum by chance.
        """
        places = {place for key in move.changes for place, _ in self.ledger.at.get(key, ())}
        return len(places) > 1 and any(key in keys for key in move.changes)

    def _places(self, row: tuple[str, ...]) -> set[int]:
        """The equations that speak of a row."""
        if row not in self._row_places:
            at = self.ledger.at
            self._row_places[row] = {place for key in row for place, _ in at.get(key, ())}
        return self._row_places[row]

    def _slips(self, row: tuple[str, ...]) -> list[Hypothesis]:
        if row not in self._row_moves:
            values = {key: self._value(key) for key in row}
            known = {key: value for key, value in values.items() if value is not None}
            self._row_moves[row] = row_moves(row, known)
        return self._row_moves[row]

    def _solved(self, move: Hypothesis, off: Mapping[int, Amount]) -> Hypothesis | None:
        """The move with its free cell filled, so that the first equation it fails holds.

        What a slip destroyed is as a rule nought; another figure is one guess more. Less than two
        cells that change are no slip of a row.
        """
        if move.free is None:
            return move
        after = self._after(off, move.changes)
        place = next((p for p, _ in self.ledger.at.get(move.free, ()) if p in after), None)
        changes, lost = move.changes, self._value(move.free) or 0
        if place is not None:
            filled = self._cell(place, move.free, after)
            if filled is None:
                return None
            changes, lost = {**changes, **filled.changes}, filled.changes[move.free]
        if len(changes) < 2:
            return None
        return Hypothesis(move.kind, changes, move.weight + bool(lost))

    def _cell(self, place: int, key: str, off: Mapping[int, Amount]) -> Hypothesis | None:
        return asked_for(self.ledger, place, key, off)

    def _value(self, key: str) -> Amount | None:
        return self.ledger.value(key)

    def _after(self, off: Mapping[int, Amount], changes: Mapping[str, Amount]) -> dict[int, Amount]:
        """How far the equations are off once `changes` are made."""
        after = dict(off)
        for key, value in changes.items():
            change = value - (self._value(key) or 0)
            for place, factor in self.ledger.at.get(key, ()):
                left = after.get(place, 0) + factor * change
                if left:
                    after[place] = left
                else:
                    after.pop(place, None)
        return after


def crossings(ledger: ReportEquations) -> Iterator[tuple[Hypothesis, frozenset[int]]]:
    """Cells of which several equations ask the same figure, with the equations it mends.

    Every equation of the cell fails, and no other cell is asked for by any of them: two mistakes
    that do not touch each other are told apart so, however many there are.
    """
    asked: dict[str, Hypothesis] = {}
    for key, at in ledger.at.items():
        places = [place for place, _ in at]
        if len(places) > 1 and all(place in ledger.off for place in places):
            moves = [asked_for(ledger, place, key, ledger.off) for place in places]
            if moves[0] is not None and all(move == moves[0] for move in moves):
                asked[key] = moves[0]
    claims = Counter(place for key in asked for place, _ in ledger.at[key])
    for key, move in asked.items():
        places = [place for place, _ in ledger.at[key]]
        if all(claims[place] == 1 for place in places):
            yield move, frozenset(places)


def asked_for(
    ledger: ReportEquations, place: int, key: str, off: Mapping[int, Amount]
) -> Hypothesis | None:
    """The one other figure for `key` with which the equation at `place` holds."""
    factor = ledger.equations[place].factors[key]
    stated = ledger.value(key)
    change = -off[place] if factor == 1 else _divided(-off[place], factor)
    if change is None:
        return None
    figure = ledger.facts.figures.get(key)
    return one_cell(key, stated, (stated or 0) + change, figure.unit if figure else None)


def _divided(number: Amount, by: Amount) -> Amount | None:
    """An exact quotient, None where there is none."""
    quotient = Decimal(number) / Decimal(by)
    if quotient * by != number:
        return None
    return int(quotient) if quotient == int(quotient) and isinstance(number, int) else quotient
