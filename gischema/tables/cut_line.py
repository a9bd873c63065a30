"""Cut a line that holds a table, as a text whose line breaks are lost does, into rows and heads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from gischema.forms.label_index import LabelIndex
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.tables.match_label import MAX_GLUED
from gischema.tables.printed_units import UNITS
from gischema.tables.rows_in_line import RowInLine, Span, rows_in_line
from gischema.tables.trailing_numbers import figures_at_end

_FEW = 2  # rows, each of which stands as in a table, or heads
_MANY = 3  # labels one after another; no sentence has so many
_BETWEEN = frozenset(" ;|*※†‡¹²³⁴⁵⁶⁷⁸⁹")  # of rows: separators, marks of notes
_STOP = "。"
_UNKNOWN_ROW = re.compile(rf"{UNITS}[\s:]*+\d[\d.,]*+(?![\d%年月日]|\s*(?:{UNITS}|[、.)]))")
_ENDS = frozenset("。,;")  # what separates a sentence from a table
_NEAR = 60  # characters between a label and the table below it


def cut_line(text: str, index: LabelIndex) -> list[Span]:
    """Return the parts of a line that holds the rows of a table; nothing for any other line.

    A part is a row, a head, a caption or other text. Words behind the figures of a row belong to
    it, unless they begin with a number as headings do, or end in figures as an unknown row does.
    """
    rows = _in_table(text, list(rows_in_line(text, index)))
    if not rows:
        return []
    parts: list[Span] = []
    at, before = 0, None
    for row in rows:
        is_row = row.figures is not None or row.numbered
        _add_text(parts, text, at, row.start, before if is_row else None)
        parts += _parts(row, before)
        at, before = row.end, row
    is_cut_off = squeeze(text[at:]) in index.beginnings
    _add_text(parts, text, at, len(text), None if is_cut_off else before)
    return [span for part in parts if (span := _trimmed(text, *part))[0] < span[1]]


def _in_table(text: str, labels: Sequence[RowInLine]) -> list[RowInLine]:
    """Return the labels that stand in a table: several sure rows, or several labels on end."""
    sure = [label for label in labels if label.is_sure]
    inside = {id(label) for label in sure} if len(sure) >= _FEW else set()
    for chain in _chains(text, labels):
        whole = chain[1:] if chain[0].in_word and chain[0].figures else chain
        if _is_table(text, whole) or any(id(label) in inside for label in whole):
            inside.update(map(id, whole))
    return _with_heads(text, labels, inside)


def _with_heads(text: str, labels: Sequence[RowInLine], inside: Collection[int]) -> list[RowInLine]:
    """Return the labels inside a table, with those a few characters above without figures.

    So are rows a few characters from the labels on both sides, where a remark or a figure that is
    none stands between.
    """
    found: list[RowInLine] = []
    for place in reversed(range(len(labels))):
        label = labels[place]
        is_near = bool(found) and _is_near(text[label.end : found[-1].start])
        if label.figures is not None and place > 0:
            is_near = is_near and _is_near(text[labels[place - 1].end : label.start])
        if id(label) in inside or (is_near and not label.in_word):
            found.append(label)
    return found[::-1]


def _is_near(between: str) -> bool:
    return len(between) <= _NEAR and _ENDS.isdisjoint(between)


def _chains(text: str, labels: Sequence[RowInLine]) -> Iterator[list[RowInLine]]:
    """Yield the labels in runs with nothing but blanks, bars and semicolons between them."""
    chain = list(labels[:1])
    for one, other in pairwise(labels):
        if not _BETWEEN.issuperset(text[one.end : other.start]):
            yield chain
            chain = []
        chain.append(other)
    if chain:
        yield chain


def _is_table(text: str, chain: Sequence[RowInLine]) -> bool:
    """Return True if several labels that follow each other have figures, but no counted things.

    `规章0件；规范性文件2件；行政许可5件` are clauses of a sentence.
    """
    rows = [label for label in chain if label.figures]
    if len(chain) < _MANY or not rows:
        return False
    return len(rows) < len(chain) or any(text[row.end - 1].isdecimal() for row in rows)


def _parts(row: RowInLine, before: RowInLine | None) -> list[Span]:
    """Return the parts of a row: one, but for figures of a row without a label below heads."""
    is_head = bool(row.entry.heads) and not row.numbered
    if row.figures and is_head and before and before.entry.heads and before.figures is None:
        return [(row.start, row.figures[0]), row.figures]
    return [(row.start, row.end)]


def _add_text(parts: list[Span], text: str, start: int, end: int, before: RowInLine | None) -> None:
    """Add the text that follows some parts, which may be words behind the figures of `before`."""
    if before is not None and before.figures is not None and _is_remark(text[start:end]):
        parts[-1] = parts[-1][0], end
        return
    sentences = text.rfind(_STOP, start, end) + 1
    cuts = [row.end() for row in _UNKNOWN_ROW.finditer(text, max(sentences, start), end)]
    parts += pairwise((start, *cuts, end))


def _is_remark(words: str) -> bool:
    """Return True if words belong to the row before them: no heading, no row, no paragraph."""
    if len(words) > MAX_GLUED or strip_enumerator(words)[1] or not squeeze(words):
        return False
    return _STOP in words or figures_at_end(words) is None


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without the blanks at its ends."""
    part = text[start:end]
    return end - len(part.lstrip()), start + len(part.rstrip())
