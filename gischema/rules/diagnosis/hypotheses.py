"""What may have gone wrong in a table, undone: one cell, digits, neighbours, a row that slipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from attrs import frozen

from gischema.report import Amount
from gischema.rules.results import CulpritKind

YUAN = 10_000
"""元 in 万元."""
_SLIP, _ANY = 1, 2
"""What a repair weighs: a slip of a known kind explains itself, any other value does not."""


@frozen
class Hypothesis:
    """Other figures for some cells of a report.

    `free` is a cell whose figure the slip destroyed: the equations have to tell it.
    """

    kind: CulpritKind
    changes: Mapping[str, Amount]
    weight: int = _SLIP
    free: str | None = None


def one_cell(key: str, stated: Amount | None, better: Amount, unit: str | None) -> Hypothesis:
    """Another figure in one cell, and what kind of slip that would be."""
    kind = slip(stated, better, unit)
    return Hypothesis(kind, {key: better}, _ANY if kind == "cell" else _SLIP)


def slip(stated: Amount | None, better: Amount, unit: str | None) -> CulpritKind:
    """How one may have come to state `stated` for `better`."""
    if stated is None:
        return "cell"
    if "元" in (unit or "") and better and stated in (better * YUAN, Decimal(better) / YUAN):
        return "unit"
    return "swapped_digits" if _is_swap(str(stated), str(better)) else "cell"


def row_moves(row: Sequence[str], values: Mapping[str, Amount]) -> list[Hypothesis]:
    """Every slip between the neighbours of a row; `values` lacks the empty cells."""
    cells = [values.get(key) for key in row]
    found: dict[object, Hypothesis] = {}
    for move in (*_neighbours(row, cells), *_shifts(row, cells)):
        found.setdefault((tuple(move.changes.items()), move.free), move)
    return list(found.values())


def _is_swap(stated: str, better: str) -> bool:
    """Whether the texts differ in two neighbouring digits that changed places."""
    if len(stated) != len(better):
        return False
    apart = [at for at, digit in enumerate(stated) if digit != better[at]]
    if len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    one, other = apart
    return stated[one] == better[other] and stated[other] == better[one]


def _neighbours(row: Sequence[str], cells: Sequence[Amount | None]) -> Iterator[Hypothesis]:
    """Digits of two neighbours glued into one cell, or of one split over both."""
    for place in range(len(row) - 1):
        left, right = (_digits(cell) for cell in cells[place : place + 2])
        if left is None or right is None or not (left or right):
            continue
        digits = left + right
        for cut in range(len(digits) + 1):
            one, other = digits[:cut], digits[cut:]
            if one == left or "0" in (one[:1], other[:1]):
                continue
            if not (one and other) and not (left and right):
                continue  # one number in the other cell: a row that slipped
            kind: CulpritKind = "split" if left and right else "glued"
            changes = {row[place]: int(one or 0), row[place + 1]: int(other or 0)}
            yield Hypothesis(kind, changes)


def _digits(cell: Amount | None) -> str | None:
    """The digits of a count, none for nought or nothing; None for what has no plain digits."""
    if not cell:
        return ""
    return str(cell) if isinstance(cell, int) and cell > 0 else None


def _shifts(row: Sequence[str], cells: Sequence[Amount | None]) -> Iterator[Hypothesis]:
    """Figures that all stand one column too far to the left, or to the right.

    To the left: one figure was left out, and nothing stands where the last of them belongs. To the
    right: a cell was left empty, and the last figure fell off.
    """
    for first, last in combinations(range(len(row)), 2):
        if not cells[last]:
            moved = {row[at]: cells[at - 1] or 0 for at in range(first + 1, last + 1)}
            yield from _shift(row, cells, moved, row[first])
        if not cells[first]:
            moved = {row[at]: cells[at + 1] or 0 for at in range(first, last)}
            yield from _shift(row, cells, moved, row[last])


def _shift(
    row: Sequence[str], cells: Sequence[Amount | None], moved: dict[str, Amount], free: str
) -> Iterator[Hypothesis]:
    stated = dict(zip(row, cells, strict=True))
    changes = {key: value for key, value in moved.items() if value != (stated[key] or 0)}
    if changes:
        yield Hypothesis("shifted", changes, _SLIP, free)
