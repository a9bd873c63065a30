"""Search for the smallest repair: the fewest corrections that satisfy all failing identities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from attrs import define, field

from gischema.report import Amount
from gischema.rules.diagnosis.equations import ReportEquations
from gischema.rules.diagnosis.hypotheses import Hypothesis, row_hypotheses, single_cell

_MOST_HYPOTHESES = 3
_MOST_WITH_ROWS = 2
"""With more hypotheses than this only single cells are corrected."""
_BUDGET = 3_000
"""The number of hypotheses that one search tries. A report that needs more has no clear culprit."""


class Repair(NamedTuple):
    """Hypotheses whose corrections together satisfy every equation of a group."""

    hypotheses: tuple[Hypothesis, ...]

    @property
    def changes(self) -> dict[str, Amount]:
        """The correct figure of each cell that changes."""
        return {key: value for each in self.hypotheses for key, value in each.changes.items()}

    @property
    def size(self) -> tuple[int, int]:
        """The total cost and the number of cells that change, by which repairs are compared."""
        return sum(each.cost for each in self.hypotheses), len(self.changes)


class _BudgetExceeded(Exception):
    """The search tried as many hypotheses as it may."""


@define(eq=False)
class RepairSearch:
    """The search for repairs of one report."""

    report: ReportEquations
    _budget: int = _BUDGET
    _hypotheses_of_row: dict[tuple[str, ...], list[Hypothesis]] = field(factory=dict)
    _equations_of_row: dict[tuple[str, ...], set[int]] = field(factory=dict)

    def smallest(
        self, residuals: Mapping[int, Amount], most: int = _MOST_HYPOTHESES
    ) -> list[Repair]:
        """Return all smallest repairs of failing equations that break nothing that holds.

        Several repairs mean that the figures do not decide between them.

        Args:
            residuals: The residuals of the failing equations.
            most: The largest number of hypotheses in a repair.
        """
        try:
            for count in range(1, most + 1):
                solutions = self._solutions(dict(residuals), count, count <= _MOST_WITH_ROWS)
                if best := self._smallest_allowed(solutions, residuals):
                    return best
        except _BudgetExceeded:
            pass
        return []

    def _smallest_allowed(
        self, solutions: Iterable[tuple[Hypothesis, ...]], residuals: Mapping[int, Amount]
    ) -> list[Repair]:
        """Return the smallest allowed repairs; of several with equal changes the simplest."""
        distinct: dict[frozenset[tuple[str, Amount]], Repair] = {}
        for repair in sorted(map(Repair, solutions), key=lambda repair: repair.size):
            distinct.setdefault(frozenset(repair.changes.items()), repair)
        for _, same_size in groupby(distinct.values(), key=lambda repair: repair.size):
            best = [repair for repair in same_size if self.report.allows(repair.changes, residuals)]
            if best:
                return best
        return []

    def _solutions(
        self,
        residuals: dict[int, Amount],
        count: int,
        rows: bool,
        done: frozenset[str] = frozenset(),
    ) -> Iterator[tuple[Hypothesis, ...]]:
        """Yield every set of up to `count` hypotheses that satisfies the failing equations.

        Args:
            residuals: The residuals of the failing equations.
            count: The largest number of hypotheses.
            rows: True if hypotheses about rows are tried.
            done: Cells that must not change.
        """
        if not residuals:
            yield ()
            return
        if not count:
            return
        equations = self.report.equations
        number = min(residuals, key=lambda number: (len(equations[number].factors), number))
        for hypothesis in self._hypotheses(number, residuals, count, rows):
            if not done.isdisjoint(hypothesis.changes):
                continue
            self._budget -= 1
            if self._budget < 0:
                raise _BudgetExceeded
            after = self._residuals_after(residuals, hypothesis.changes)
            changed = done | hypothesis.changes.keys()
            for rest in self._solutions(after, count - 1, rows, changed):
                yield (hypothesis, *rest)

    def _hypotheses(
        self, number: int, residuals: Mapping[int, Amount], count: int, rows: bool
    ) -> Iterator[Hypothesis]:
        """Yield the hypotheses that change the equation with a number."""
        keys = self.report.equations[number].factors
        yield from self._about_cells(number, residuals, count)
        if rows:
            for row in dict.fromkeys(self.report.row_of.get(key) for key in keys):
                if row is not None:
                    yield from self._about_row(row, keys, residuals, count)

    def _about_cells(
        self, number: int, residuals: Mapping[int, Amount], count: int
    ) -> Iterator[Hypothesis]:
        """Yield a correction of each cell in an equation; a last one must satisfy all equations."""
        equations = self.report.equations
        for key in equations[number].factors:
            if count > 1 or all(key in equations[other].factors for other in residuals):
                hypothesis = solve_for(self.report, number, key, residuals)
                if hypothesis is not None:
                    yield hypothesis

    def _about_row(
        self,
        row: tuple[str, ...],
        keys: Container[str],
        residuals: Mapping[int, Amount],
        count: int,
    ) -> Iterator[Hypothesis]:
        """Yield the hypotheses about a row that change one of `keys`."""
        if count == 1 and not residuals.keys() <= self._equations_with(row):
            return
        for hypothesis in self._row_hypotheses(row):
            complete = self._complete(hypothesis, residuals)
            if complete is not None and self._is_supported(complete, keys):
                yield complete

    def _is_supported(self, hypothesis: Hypothesis, keys: Container[str]) -> bool:
        """Return True if a hypothesis about a row changes one of `keys` and several equations.

        There are so many of them that one would satisfy a single equation by chance.
        """
        occurrences = self.report.occurrences
        numbers = {n for key in hypothesis.changes for n, _ in occurrences.get(key, ())}
        return len(numbers) > 1 and any(key in keys for key in hypothesis.changes)

    def _equations_with(self, row: tuple[str, ...]) -> set[int]:
        """Return the numbers of the equations with cells of a row."""
        if row not in self._equations_of_row:
            occurrences = self.report.occurrences
            numbers = {n for key in row for n, _ in occurrences.get(key, ())}
            self._equations_of_row[row] = numbers
        return self._equations_of_row[row]

    def _row_hypotheses(self, row: tuple[str, ...]) -> list[Hypothesis]:
        if row not in self._hypotheses_of_row:
            values = {key: self.report.value(key) for key in row}
            known = {key: value for key, value in values.items() if value is not None}
            self._hypotheses_of_row[row] = row_hypotheses(row, known)
        return self._hypotheses_of_row[row]

    def _complete(
        self, hypothesis: Hypothesis, residuals: Mapping[int, Amount]
    ) -> Hypothesis | None:
        """Return the hypothesis with a figure for its lost cell, None if there is none.

        The first equation of the cell that fails gives the figure. A lost figure is usually 0;
        another one costs more. A hypothesis about a row must change at least two cells.
        """
        if hypothesis.lost is None:
            return hypothesis
        after = self._residuals_after(residuals, hypothesis.changes)
        occurrences = self.report.occurrences.get(hypothesis.lost, ())
        number = next((n for n, _ in occurrences if n in after), None)
        changes, lost = hypothesis.changes, self.report.value(hypothesis.lost) or 0
        if number is not None:
            filled = solve_for(self.report, number, hypothesis.lost, after)
            if filled is None:
                return None
            changes, lost = {**changes, **filled.changes}, filled.changes[hypothesis.lost]
        if len(changes) < 2:
            return None
        return Hypothesis(hypothesis.kind, changes, hypothesis.cost + bool(lost))

    def _residuals_after(
        self, residuals: Mapping[int, Amount], changes: Mapping[str, Amount]
    ) -> dict[int, Amount]:
        """Return the residuals of the equations that fail once `changes` are made."""
        after = dict(residuals)
        for key, value in changes.items():
            change = value - (self.report.value(key) or 0)
            for number, factor in self.report.occurrences.get(key, ()):
                residual = after.get(number, 0) + factor * change
                if residual:
                    after[number] = residual
                else:
                    after.pop(number, None)
        return after


def unanimous_corrections(report: ReportEquations) -> Iterator[tuple[Hypothesis, frozenset[int]]]:
    """Yield corrections of cells that all equations of the cell agree on, with these equations.

    Each equation must agree on one cell only. This separates any number of errors in different
    rows and columns.
    """
    agreed = {key: found for key in report.occurrences if (found := _agreed(report, key))}
    numbers_of = {key: [number for number, _ in report.occurrences[key]] for key in agreed}
    claims = Counter(number for numbers in numbers_of.values() for number in numbers)
    for key, hypothesis in agreed.items():
        if all(claims[number] == 1 for number in numbers_of[key]):
            yield hypothesis, frozenset(numbers_of[key])


def _agreed(report: ReportEquations, key: str) -> Hypothesis | None:
    """Return the correction of a cell that its equations, all failing, agree on."""
    numbers = [number for number, _ in report.occurrences[key]]
    if len(numbers) < 2 or not all(number in report.residuals for number in numbers):
        return None
    first, *others = (solve_for(report, number, key, report.residuals) for number in numbers)
    return first if all(other == first for other in others) else None


def solve_for(
    report: ReportEquations, number: int, key: str, residuals: Mapping[int, Amount]
) -> Hypothesis | None:
    """Return the correction of one cell that satisfies one equation, None if there is none."""
    factor = report.equations[number].factors[key]
    stated = report.value(key)
    residual = residuals[number]
    change = -residual if factor == 1 else _quotient(-residual, factor)
    if change is None:
        return None
    figure = report.operands.figures.get(key)
    return single_cell(key, stated, (stated or 0) + change, figure.unit if figure else None)


def _quotient(number: Amount, by: Amount) -> Amount | None:
    """Return an exact quotient, None if there is none."""
    quotient = Decimal(number) / Decimal(by)
    if quotient * by != number:
        return None
    return int(quotient) if quotient == int(quotient) and isinstance(number, int) else quotient
