"""Numbers in cells that span several rows. It is not certain to which row they belong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

SHARED = "D657"
"""The code of the note about such cells."""

CellSpan: TypeAlias = tuple[int, int, str]
"""The first column of a cell, the number of rows that it spans, and its text."""

_ENUMERATOR = r"[\s+-]*\d+\s*[.．、)）]\s*[^\W\d_]"  # 3.其他
_NUMBER = re.compile(rf"(?!{_ENUMERATOR})[\s+-]*\d[\d,.\s]*\D{{0,3}}\Z|[-—―/\\]{{1,4}}\Z")
_MOST = 64  # rows of a span that are checked


def find_shared(rows: Sequence[Sequence[CellSpan]]) -> Iterator[tuple[int, int]]:
    """Yield the row and index of each cell with a number that several labelled rows share."""
    if not any(span > 1 for row in rows for _, span, _ in row):
        return
    labels = [_first_label(row) for row in rows]
    for number, row in enumerate(rows):
        for count, (column, span, text) in enumerate(row):
            if span > 1 and is_number(text):
                below = labels[number + 1 : number + min(span, _MOST)]
                if any(label < column for label in below):
                    yield number, count


def _first_label(row: Iterable[CellSpan]) -> float:
    """Return the first column of the first label in a row, infinity if there is none."""
    labels = (column for column, _, text in row if text and not is_number(text))
    return min(labels, default=math.inf)


def has_label(row: Iterable[CellSpan], column: int) -> bool:
    """Return True if a label begins in a row to the left of `column`."""
    return any(at < column and text and not is_number(text) for at, _, text in row)


def is_number(text: str) -> bool:
    """Return True if a text is only a number, perhaps with a unit, or a mark such as `—`."""
    return _NUMBER.match(text) is not None
