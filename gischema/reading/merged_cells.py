"""Numbers in cells that span several rows: to which of the rows they belong is not told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

SHARED = "D657"
"""The note about such cells."""

CellSpan: TypeAlias = tuple[int, int, str]
"""The first column of a cell, over how many rows it goes, and its text."""

_NUMBER = re.compile(r"[\s+-]*\d[\d,.\s]*\D{0,3}\Z|[-—―/\\]{1,4}\Z")
_MOST = 64  # rows of a span that are looked at


def find_shared(rows: Sequence[Sequence[CellSpan]]) -> Iterator[tuple[int, int]]:
    """The cells with a number that rows with labels of their own share: row and number of each."""
    for number, row in enumerate(rows):
        for count, (column, span, text) in enumerate(row):
            if span > 1 and is_number(text):
                below = rows[number + 1 : number + min(span, _MOST)]
                if any(has_label(line, column) for line in below):
                    yield number, count


def has_label(row: Iterable[CellSpan], column: int) -> bool:
    """Whether a label begins in a row before some column."""
    return any(at < column and text and not is_number(text) for at, _, text in row)


def is_number(text: str) -> bool:
    """Whether a text is nothing but a number with its unit perhaps, or the mark for none."""
    return _NUMBER.match(text) is not None
