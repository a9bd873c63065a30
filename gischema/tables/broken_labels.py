"""Rows whose label is the end of another row's: the other one may be broken, its beginning damaged.

A label over two cells is put together before it is read. With a slip in the first cell it is not,
and what is left may be a label of its own: 传具 above 申请数.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gischema.forms.labels import key
from gischema.report import Diagnostic
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_reading import RowReading

_CELL = re.compile(r"[^|\t\n]+(?=[|\s]*\Z)")
_LONGEST = 60  # characters of a cell above a row


def check_broken_labels(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows below words like the beginning of a longer label that no other row has (D107)."""
    form = reading.aligned.form
    read = {row.row.terminal for row in reading.rows}
    known: frozenset[str] | None = None
    for row in reading.rows:
        longer = form.longer_labels.get(row.row.terminal)
        if longer is None or not row.figures:
            continue
        above = _CELL.search(reading.text, max(0, row.start - _LONGEST), row.start)
        words = above[0].strip() if above is not None else ""
        if known is None:
            known = frozenset(w.key for label in form.labels.values() for w in label.wordings)
        for terminal, wording, beginning in longer:
            if terminal not in read and key(words) not in known and _is_like(words, beginning):
                others = [path for other in form.rows_of[terminal] for path in other.paths]
                label = _label_of(row)
                yield flag("D107", row.figures, others, label=label, above=words, other=wording)


def _label_of(row: RowReading) -> str:
    return row.printed.label or row.row.label


def _is_like(words: str, beginning: str) -> bool:
    """Return True if half of the characters of a beginning stand in some words, and little else."""
    text = key(words)
    shared = set(beginning) & set(text)
    return 2 * len(shared) >= len(set(beginning)) and len(text) <= 2 * len(beginning) + 2
