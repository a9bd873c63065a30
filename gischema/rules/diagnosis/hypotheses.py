"""Hypotheses about what went wrong in a table, and the corrections that they imply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from gischema.report import Amount
from gischema.rules.results import CulpritKind

YUAN = 10_000
"""The number of 元 in one 万元."""

_KNOWN_ERROR, _ARBITRARY = 1, 2
"""The cost of a correction: a known kind of error is more likely than an arbitrary value."""


class Hypothesis(NamedTuple):
    """A supposed error and its correction.

    Attributes:
        kind: The kind of error.
        changes: The correct figure of each cell that changes.
        cost: How unlikely the error is.
        lost: A cell whose correct figure the error destroyed; only an equation can give it.
    """

    kind: CulpritKind
    changes: Mapping[str, Amount]
    cost: int = _KNOWN_ERROR
    lost: str | None = None


def single_cell(key: str, stated: Amount | None, correct: Amount, unit: str | None) -> Hypothesis:
    """Return the hypothesis that one cell should state `correct`."""
    kind = error_kind(stated, correct, unit)
    return Hypothesis(kind, {key: correct}, _ARBITRARY if kind == "cell" else _KNOWN_ERROR)


def error_kind(stated: Amount | None, correct: Amount, unit: str | None) -> CulpritKind:
    """Return the kind of error that turns `correct` into `stated`."""
    if stated is None:
        return "cell"
    if "元" in (unit or "") and correct and stated in (correct * YUAN, Decimal(correct) / YUAN):
        return "unit"
    return "swapped_digits" if _is_swap(str(stated), str(correct)) else "cell"


def row_hypotheses(row: Sequence[str], values: Mapping[str, Amount]) -> list[Hypothesis]:
    """Return every hypothesis about neighbouring cells of a row.

    Args:
        row: The keys of the cells, from left to right.
        values: The figures of the cells; empty cells have none.
    """
    figures = [values.get(key) for key in row]
    found: dict[object, Hypothesis] = {}
    for hypothesis in (*_regrouped_digits(row, figures), *_shifts(row, figures)):
        found.setdefault((tuple(hypothesis.changes.items()), hypothesis.lost), hypothesis)
    return list(found.values())


def _is_swap(stated: str, correct: str) -> bool:
    """Return True if the texts differ in two neighbouring digits that changed places."""
    if len(stated) != len(correct):
        return False
    differing = [at for at, digit in enumerate(stated) if digit != correct[at]]
    if len(differing) != 2 or differing[1] - differing[0] != 1:
        return False
    one, other = differing
    return stated[one] == correct[other] and stated[other] == correct[one]


def _regrouped_digits(row: Sequence[str], figures: Sequence[Amount | None]) -> Iterator[Hypothesis]:
    """Yield other divisions of the digits of two neighbours: one glued to the other, or split."""
    for keys, (left, right) in zip(pairwise(row), pairwise(map(_digits, figures)), strict=True):
        if left is None or right is None or not (left or right):
            continue
        kind: CulpritKind = "split" if left and right else "glued"
        for one, other in _divisions(left, right):
            changes = {keys[0]: int(one or 0), keys[1]: int(other or 0)}
            yield Hypothesis(kind, changes)


def _divisions(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Yield the other pairs of counts that the digits of two cells can make.

    A single number in the other cell is not among them: that is a shifted row.
    """
    digits = left + right
    for cut in range(len(digits) + 1):
        one, other = digits[:cut], digits[cut:]
        leading_zero = one.startswith("0") or other.startswith("0")
        moved = not (one and other) and not (left and right)
        if one != left and not leading_zero and not moved:
            yield one, other


def _digits(figure: Amount | None) -> str | None:
    """Return the digits of a count, none for zero or an empty cell; None for other numbers."""
    if not figure:
        return ""
    return str(figure) if isinstance(figure, int) and figure > 0 else None


def _shifts(row: Sequence[str], figures: Sequence[Amount | None]) -> Iterator[Hypothesis]:
    """Yield corrections of figures that all stand one column too far to the left or right.

    To the left: one figure was left out, and the last cell is empty. To the right: one cell was
    left empty, and the last figure is lost.
    """
    for first, last in combinations(range(len(row)), 2):
        if not figures[last]:
            moved = {row[at]: figures[at - 1] or 0 for at in range(first + 1, last + 1)}
            yield from _shift(row, figures, moved, row[first])
        if not figures[first]:
            moved = {row[at]: figures[at + 1] or 0 for at in range(first, last)}
            yield from _shift(row, figures, moved, row[last])


def _shift(
    row: Sequence[str], figures: Sequence[Amount | None], moved: dict[str, Amount], lost: str
) -> Iterator[Hypothesis]:
    stated = dict(zip(row, figures, strict=True))
    changes = {key: value for key, value in moved.items() if value != (stated[key] or 0)}
    if changes:
        yield Hypothesis("shifted", changes, _KNOWN_ERROR, lost)
