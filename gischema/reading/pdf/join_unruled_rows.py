"""Join lines of a table without ruled lines that are one row: labels, heads and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from attrs import evolve

from gischema.chinese.enumerators import PRINTED_ENUMERATOR
from gischema.reading.pdf.text_lines import PdfLine
from gischema.reading.pdf.unruled_rows import ALIGNED, BLANK, CLOSE, PdfRow, is_near

_INDENT = 2  # of the size: the largest indent between lines of one label
_FULL = 2.2  # of the size: two paddings and a digit; a number nearer to the next column is full
_DIGITS = re.compile(r"[\d.,]{3,}")
_HEADS = 3  # rows of heads above each other


def continues_label(row: PdfRow, following: PdfRow) -> bool:
    """Return True if a line is only the rest of the labels of the row before."""
    return not following.values and _is_rest_of_labels(row, following)


def _is_rest_of_labels(row: PdfRow, following: PdfRow) -> bool:
    """Return True if the labels of a line continue those of the row before, each in its column."""
    end = row.values[0].box[0] if row.values else inf
    return bool(following.labels) and all(
        rest.box[2] <= end
        and not PRINTED_ENUMERATOR.match(rest.text)
        and label_above(row, rest) is not None
        for rest in following.labels
    )


def label_above(row: PdfRow, rest: PdfLine) -> int | None:
    """Return the number of the label whose column a line stands in, None if it is in none."""
    apart = [abs(label.box[0] - rest.box[0]) for label in row.labels]
    nearest = min(range(len(apart)), key=apart.__getitem__, default=None)
    return nearest if nearest is not None and apart[nearest] < _INDENT * rest.size else None


def join_labels(rows: Sequence[PdfRow]) -> list[PdfRow]:
    """Return the rows, labels that run over several lines put together."""
    merged: list[PdfRow] = []
    parted = _are_parted(rows)
    for before, following in zip((None, *rows), rows, strict=False):
        row = _without_rests_of_heads(merged[-_HEADS:], following) if parted else following
        last = merged[-1] if merged else None
        if not row.lines:
            continue
        if before is None or last is None or not is_near(before.lines[0], row.lines[0]):
            merged.append(evolve(row, labels=list(row.labels)))
        elif _joins_labels(last, row) or (parted and _joins_figures(last, row)):
            continue
        elif _figures_stand_below(last, row):
            last.labels[:0] = row.labels
            last.values, last.broken = row.values, row.broken
        else:
            merged.append(evolve(row, labels=list(row.labels)))
            if _may_go_on(before, row):
                last.torn = merged[-1].torn = True
    return merged


def _are_parted(rows: Sequence[PdfRow]) -> bool:
    """Return True if rows stand further apart than the lines of one cell.

    Only rows with all their figures count: a line with fewer may be the rest of the one above.
    """
    most = max((len(row.values) for row in rows), default=0)
    gaps = [
        below.box[1] - above.box[3] > CLOSE * below.size
        for before, row in pairwise(rows)
        if most and len(row.values) == most
        for below in (*row.labels[-1:], *row.values)
        for above in before.lines
        if above.box[0] < below.box[2] and below.box[0] < above.box[2]
    ]
    return bool(gaps) and all(gaps)


def _joins_labels(row: PdfRow, following: PdfRow) -> bool:
    """Join the labels of a line to those of the row with figures before, if it is their rest."""
    joins = bool(row.values) and continues_label(row, following)
    row.rests += following.labels if joins else []
    return joins


def _without_rests_of_heads(above: Sequence[PdfRow], row: PdfRow) -> PdfRow:
    """Join the parts of a line to the heads above that they are close to; return the others."""
    for heads in reversed(above):
        if heads.values or row.values or not row.labels:
            break
        row = _without_rests_of(heads, row)
    return row


def _without_rests_of(row: PdfRow, following: PdfRow) -> PdfRow:
    """Join the parts of a line to the heads of one row."""
    heads, parts = _words(row), _words(following)
    if len(heads) < 2:
        return following
    columns = evolve(row, labels=heads, rests=[])
    lowest = {label_above(columns, line): line for line in (*heads, *row.rests)}
    rests = [
        part
        for part in parts
        if not PRINTED_ENUMERATOR.match(part.text)
        and (above := lowest.get(label_above(columns, part))) is not None
        and is_near(above, part)
    ]
    if not rests:
        return following
    row.labels, row.rests = heads, [*row.rests, *rests]
    return evolve(following, labels=[part for part in parts if part not in rests])


def _words(row: PdfRow) -> list[PdfLine]:
    """Return the labels of a row, parted where blanks stand between them."""
    return [part for label in row.labels for part in label.split(BLANK * label.size)]


def _joins_figures(row: PdfRow, following: PdfRow) -> bool:
    """Join the figures of a line with those above that did not fit on their line, if all do so.

    The line may hold the rest of the labels too.
    """
    if not 0 < len(following.values) < len(row.values):
        return False
    if following.labels and not _is_rest_of_labels(row, following):
        return False
    above = [_figure_above(row, value) for value in following.values]
    if None in above or len(set(above)) < len(above):
        return False
    for number, value in zip(above, following.values, strict=True):
        assert number is not None
        whole = PdfLine((*row.values[number].glyphs, *value.glyphs))
        row.values[number] = whole
        row.broken.append(whole)
    row.rests += following.labels
    return True


def _figure_above(row: PdfRow, value: PdfLine) -> int | None:
    """Return the number of the figure that goes on in a value below it, None if none does.

    They begin, end or are centred at the same place, and the first leaves no room for a digit
    before the next column.
    """
    for number, upper in enumerate(row.values):
        (left, _, right, _), (first, _, last, _) = upper.box, value.box
        apart = min(abs(left - first), abs(right - last), abs(left + right - first - last) / 2)
        if apart > ALIGNED or not _DIGITS.fullmatch(upper.text + value.text):
            continue
        following = row.values[number + 1 :]
        room = following[0].box[0] - right if following else 0.0
        return number if room < _FULL * upper.size else None
    return None


def _figures_stand_below(row: PdfRow, following: PdfRow) -> bool:
    """Return True if the figures of a label stand on the line below its beginning.

    Only the label of a group, in a column of its own, may stand before these figures.
    """
    if row.values or len(row.labels) != 1 or not following.values:
        return False
    first = row.labels[0].box[0]
    return all(label.box[0] + _INDENT * label.size <= first for label in following.labels)


def _may_go_on(row: PdfRow, following: PdfRow) -> bool:
    """Return True if both label and figures of a row may go on in the next line."""
    fewer = 0 < len(following.values) < len(row.values)
    return fewer and continues_label(row, evolve(following, values=[]))
