"""The hierarchy of the rows of a sample: by their numbers, 其中 and the words for totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import define, field

from gischema.chinese.enumerators import ORDINAL
from gischema.report import Amount
from gischema.scaffold.sample_cells import SampleRow

_CHAPTER = re.compile(rf"{ORDINAL}\s*[、.,:]")
_SECTION = re.compile(rf"\({ORDINAL}\)?")
_ITEM = re.compile(r"\d{1,2}\s*[、.,]")
_PART = re.compile(r"\(?\s*\d{1,2}\s*\)")
_RANKS = (_CHAPTER, _SECTION, _ITEM, _PART)
_OF_WHICH = re.compile(r"其\s*中(?:\s*[:,])?\s*")
_BELOW = 0.5
"""How much deeper a row without a number stands than the one that it is part of."""


@define(eq=False)
class RowNode:
    """A row with the rows that it is made of.

    Attributes:
        number: What stands before its label.
        label: Its label.
        unit: Its unit; None for a caption.
        assumed: The unit is not printed.
        values: Its figures: for each sample one for each column, None where it is not printed.
        parts: The rows below it.
        step: Its name in paths.
    """

    number: str
    label: str
    key: str
    unit: str | None
    assumed: bool = False
    values: list[list[Amount | None]] = field(factory=list)
    parts: list[RowNode] = field(factory=list)
    step: str = ""

    def walk(self) -> Iterator[RowNode]:
        """Yield the row and all rows below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def tree_of(rows: Sequence[SampleRow]) -> list[tuple[SampleRow, int]]:
    """Return the rows with the index of the row that each is part of, -1 for those at the top.

    A number stands below the numbers of higher kinds: 一、 (一) 1. (1). A row after 其中 is part of
    the one before it, and so are the rows without a number behind it, unless such rows stand at the
    top.
    """
    found: list[tuple[SampleRow, int]] = []
    above: list[tuple[float, int]] = []
    plain = bool(rows) and not _rank(rows[0].number)
    for at, row in enumerate(rows):
        rank = float(_rank(row.number))
        if not rank:
            rank = _rank_without_number(row, above, plain=plain)
        while above and above[-1][0] >= rank:
            above.pop()
        found.append((row, above[-1][1] if above else -1))
        above.append((rank, at))
    return found


def _rank_without_number(
    row: SampleRow, above: Sequence[tuple[float, int]], *, plain: bool
) -> float:
    """Return the rank of a row without a number; with `plain`, such rows stand at the top."""
    last = above[-1][0] if above else 0.0
    if _OF_WHICH.match(row.number):
        return last if last % 1 else last + _BELOW
    if plain or not above:
        return _BELOW / 2
    return last if last % 1 else last + _BELOW


def _rank(number: str) -> int:
    """Return the rank of the number before a label: 1 for 一、 to 4 for (1), 0 for none."""
    rest = _OF_WHICH.sub("", number).strip()
    ranks = (rank for rank, kind in enumerate(_RANKS, 1) if kind.match(rest))
    return next(ranks, 0)
