"""Flag what a region prints and no row reads: unknown rows, labels and heads without figures.

Each is flagged with the figures of the form that may stand there, so that none is lost silently.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence

from gischema.diagnostics import diagnose
from gischema.forms.form import Form, Row
from gischema.report import Diagnostic, Unclaimed
from gischema.tables.numbers import read_value
from gischema.tables.region import AlignedRegion, UnknownRow
from gischema.tables.remarks import shortened
from gischema.tables.row_reading import RowReading
from gischema.text import Places


def bare_labels(aligned: AlignedRegion, rows: Iterable[RowReading]) -> list[RowReading]:
    """Return the labels without figures that stand in the table, in printed order.

    Above the first row that was read, only those that the form has directly above it do.
    """
    rows = list(rows)
    first = min(_places(rows), default=None)
    inside: list[RowReading] = []
    for row in reversed(rows):
        if row.figures or not _has_figures(row.row):
            continue
        above = row.row.placed and first is not None and first[1] == row.place + 1
        if first is not None and (above or first[0] < row.start):
            first = min(first, (row.start, row.place))
        elif row.row.heads not in aligned.heads:
            continue
        inside.append(row)
    return inside[::-1]


def flag_bare_labels(
    labels: Iterable[RowReading], aligned: AlignedRegion, read: Container[str], places: Places
) -> Iterator[Diagnostic]:
    """Flag the figures of labels that stand in the table without any (D208)."""
    for row in labels:
        yield from _flag_absent((row.row,), row.start, row.row.label, aligned, read, places)


def flag_empty_heads(
    aligned: AlignedRegion, read: Container[str], places: Places
) -> Iterator[Diagnostic]:
    """Flag the figures below column heads under which no row was read (D208)."""
    for group, start in aligned.heads.items():
        rows = [row for row in aligned.form.rows if row.heads is group and not row.group]
        if not any(path in read for row in rows for path in row.paths):
            label = "、".join(column.label for column in group.columns[:3])
            yield from _flag_absent(rows, start, label, aligned, read, places)


def flag_unknown_rows(
    aligned: AlignedRegion, rows: Iterable[RowReading], read: Container[str], places: Places
) -> Iterator[Diagnostic]:
    """Flag the figures that rows may hold which the form does not know (D103, D105, D303)."""
    known = sorted(_places(rows))
    for unknown in aligned.unknown:
        missing = _missing_at(unknown, known, aligned, read)
        yield from _flag_unknown(unknown, (*aligned.candidates(unknown), *missing), places)
    for unknown in aligned.ambiguous:
        yield from _flag_unknown(unknown, aligned.candidates(unknown), places)


def flag_rows_within(
    aligned: AlignedRegion, rows: Iterable[RowReading], read: Container[str], places: Places
) -> Iterator[Diagnostic]:
    """Flag the rows whose labels stand behind the figures of another: lines were joined (D105)."""
    rows = list(rows)
    known = sorted(_places(rows))
    for row in rows:
        if not row.printed.cells.pieces:
            continue
        start, end = row.printed.cells.pieces[0].start, row.printed.cells.pieces[-1].end
        text = places.text.text[start:end]
        if not any(char.isalpha() for char in text):
            continue
        after = known[at][1] if (at := bisect_left(known, (end, -1))) < len(known) else None
        between = _rows_between(aligned.form, row.place, after)
        inside = [other for other in between if other.label and other.label in text]
        if paths := _not_read(inside, aligned, read):
            yield diagnose("D105", places.origin(start, end), paths, printed=shortened(text))


def flag_rivals(
    aligned: AlignedRegion, read: Container[str], places: Places
) -> Iterator[Diagnostic]:
    """Flag the rows that a printed one may be as well, if they are not read anywhere (D106).

    The row that was read is in doubt too if the page prints other rows of the group that lost.
    """
    groups = {each.row.parent for each in aligned.rows}
    for each in aligned.rows:
        rivals = aligned.rivals.get(each.printed.start, ())
        lost = [row for row in rivals if not any(path in read for path in row.paths)]
        if lost:
            doubtful = any(row.parent in groups - {each.row.parent} for row in lost)
            paths = (*(each.row.paths if doubtful else ()), *(p for row in lost for p in row.paths))
            origin = places.origin(each.printed.start, each.printed.end)
            others = "、".join(row.path for row in lost)
            words = {"printed": each.printed.label, "path": each.row.path, "others": others}
            yield diagnose("D106", origin, paths, **words)


def unclaimed_numbers(rows: Iterable[UnknownRow], places: Places) -> Iterator[Unclaimed]:
    """Yield the numbers of rows that no figure claims."""
    for row in rows:
        for piece in row.pieces:
            if read_value(piece.text).status not in ("blank", "not_applicable"):
                origin = places.origin(piece.start, piece.end)
                yield Unclaimed(places.raw(origin), shortened(row.label), origin)


def _places(rows: Iterable[RowReading]) -> list[tuple[int, int]]:
    """Return where rows with figures begin, and their places in the form.

    A group rarely has figures of its own: those that stand there may be another row's. A row whose
    place the form leaves open says nothing of those around it.
    """
    known = (row for row in rows if row.figures and row.row.placed and not row.row.group)
    return [(row.start, row.place) for row in known]


def _has_figures(row: Row) -> bool:
    """Return True if the form has figures in a row."""
    return row.unit is not None or (row.heads is not None and not row.group)


def _missing_at(
    unknown: UnknownRow,
    known: Sequence[tuple[int, int]],
    aligned: AlignedRegion,
    read: Container[str],
) -> tuple[str, ...]:
    """Return the figures that may stand in an unknown row: those between the rows around it.

    An unreadable row is flagged by this even where nothing of its label is left.

    Args:
        unknown: The row.
        known: Where the rows begin that were read, and their places in the form, in order.
        aligned: The region.
        read: The paths of the figures that were read.
    """
    form = aligned.form
    at = bisect_left(known, (unknown.start, -1))
    before = known[at - 1][1] if at else None
    after = known[at][1] if at < len(known) else None
    around = [form.rows[place] for place in (before, after) if place is not None]
    rows = _with_siblings(_rows_between(form, before, after), around, form)
    if after is None or not unknown.label:  # what stood before may be the end of its heads
        rows += form.rows_of.get(form.unlabelled, ())
    if not _not_read(rows, aligned, read):
        blocks = {row.block for row in around}
        rows = tuple(row for row in form.rows if row.block in blocks)
    rows += tuple(row for row in form.unplaced if row not in rows)
    return _not_read(rows, aligned, read)


def _with_siblings(rows: tuple[Row, ...], around: Sequence[Row], form: Form) -> tuple[Row, ...]:
    """Return rows with those of the same groups as the rows around them.

    Rows may have changed places: any of these that was not read may be meant.
    """
    parents = {row.parent for row in around}
    return (*rows, *(row for row in form.rows if row.parent in parents and row not in rows))


def _rows_between(form: Form, before: int | None, after: int | None) -> tuple[Row, ...]:
    """Return the rows of a form between two places; all of them if these are out of order.

    Without a row after them they end with the block of the row before, if that has heads.
    """
    if before is not None and after is not None and after <= before:
        return form.rows
    rows = form.rows[0 if before is None else before + 1 : after]
    if after is None and before is not None and form.rows[before].heads is not None:
        rows = tuple(row for row in rows if row.block == form.rows[before].block)
    return rows


def _not_read(rows: Iterable[Row], aligned: AlignedRegion, read: Container[str]) -> tuple[str, ...]:
    """Return the figures of rows that were not read."""
    paths = (path for row in rows if not row.group for path in aligned.paths(row))
    return tuple(path for path in paths if path not in read)


def _flag_unknown(
    unknown: UnknownRow, missing: Sequence[str], places: Places
) -> Iterator[Diagnostic]:
    printed = shortened(unknown.label)
    if not (printed or missing):
        return
    origin = places.origin(unknown.start, unknown.end)
    paths = tuple(dict.fromkeys(missing))
    if unknown.candidates:
        labels = "、".join(dict.fromkeys(f"“{row.label}”" for row in unknown.candidates))
        code = "D303" if unknown.displaced else "D103"
        yield diagnose(code, origin, paths, printed=printed, label=printed, labels=labels)
    else:
        yield diagnose("D105", origin, paths, printed=printed)


def _flag_absent(
    rows: Sequence[Row],
    start: int,
    label: str,
    aligned: AlignedRegion,
    read: Container[str],
    places: Places,
) -> Iterator[Diagnostic]:
    if all(path in read for row in rows for path in row.paths):
        return
    paths = tuple(path for row in rows for path in aligned.paths(row) if path not in read)
    yield diagnose("D208", places.origin(start, start + 1), paths, label=label)
