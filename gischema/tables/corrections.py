"""Find sentences that correct a figure of a table: 勘误：…由12更正为21."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from gischema.forms.labels import squeeze
from gischema.report import Diagnostic, Figure
from gischema.tables.numbers import read_value
from gischema.tables.region_reading import flag
from gischema.tables.remarks import CORRECTS, shortened
from gischema.tables.row_reading import RowReading

_SENTENCE = re.compile(r"[^。\n]+")
_TABLE = re.compile(r"[上下附本该]表|表[中内格一二三四]|统计表|勘误")
_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?![\d.年月日])")
_SHORTEST = 2  # characters of the label of a row


def check_corrections(
    text: str,
    rows: Sequence[RowReading],
    stated: Collection[Figure],
    tables: Sequence[tuple[int, int]],
) -> Iterator[Diagnostic]:
    """Flag the figures that a sentence outside the tables corrects (D314).

    It names their row and states their number, or names a row and states another, or it names no
    row, but a table.

    Args:
        text: The normal form of the text.
        rows: The rows of all regions.
        stated: The figures that the report takes.
        tables: The spans of what stands in tables, in order.
    """
    if not rows or not CORRECTS.search(text):
        return
    taken = set(map(id, stated))
    starts = [start for start, _ in tables]
    for found in _SENTENCE.finditer(text):
        inside = tables[bisect_right(starts, found.start()) - 1] if tables else (0, 0)
        if not CORRECTS.search(found[0]) or inside[0] <= found.start() < inside[1]:
            continue
        numbers = {read_value(number).number for number in _NUMBER.findall(found[0])}
        words = squeeze(found[0])
        named = [row for row in rows if _names(words, row)]
        meant = named or (rows if _TABLE.search(found[0]) else ())
        known = [f for row in meant for f in row.figures if id(f) in taken]
        figures = [f for f in known if f.value in numbers]
        if not figures and named and numbers:  # the right number only
            figures = known
        if figures:
            yield flag("D314", figures, printed=shortened(found[0]))


def _names(words: str, row: RowReading) -> bool:
    label = squeeze(row.row.label)
    return len(label) >= _SHORTEST and label in words
