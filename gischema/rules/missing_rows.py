"""Rows and groups of a form that a report leaves out, although it prints those around them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gischema.report import Report
from gischema.rules.form_tables import FormTable, form_tables
from gischema.rules.unread_tables import doubt_class

if TYPE_CHECKING:
    from gischema.forms.form import Form, Row

PARTS = ".*"
"""The end of the key of a group of which no row is printed."""

_IN_SENTENCE = "D310"


class _Span(NamedTuple):
    """Where a row is printed, from its first figure to its last; None without places."""

    row: Row
    start: int | None
    end: int | None


class MissingRows(NamedTuple):
    """What a report leaves out of its tables.

    Attributes:
        keys: The paths of rows. A group without any row is there once, with `PARTS` behind its
            path, instead of its rows.
        doubtful: The paths of those that may be printed and were not read.
    """

    keys: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()


_NOTHING = MissingRows()


def missing_rows(
    report: Report, form: Form, groups: Iterable[str], unread: Collection[str] = ()
) -> MissingRows:
    """Return what a report leaves out of the tables of which it prints some rows.

    A row counts only if a row before it or the heading of a chapter was read, and so was one after
    it. It is doubtful if something between these was not read for certain.

    Args:
        report: The report.
        form: Its form.
        groups: The paths of the groups of rows of the form.
        unread: The paths of tables that were not read; nothing is said about these.
    """
    printed = report.by_path.keys()
    tables = [table for table in form_tables(form) if not printed.isdisjoint(table.cells)]
    firm: dict[str, bool] = {}
    for table in (table for table in tables if table.path not in unread):
        absent = {row.path for row in table.rows if row.placed and printed.isdisjoint(row.paths)}
        if absent:
            firm |= _judged(report, table, tables, absent)
    if not firm:
        return _NOTHING
    return _grouped(firm, form, groups)


def _judged(
    report: Report, table: FormTable, tables: list[FormTable], absent: set[str]
) -> dict[str, bool]:
    """Return the rows of a table that are missing; True for those that are so without doubt."""
    rows = [row for each in tables for row in each.rows]
    spans = {row.path: span for row in rows if (span := _span(report, row)) is not None}
    sparse = 2 * len(absent) > len(table.rows)
    found: dict[str, bool] = {}
    for row in (row for row in table.rows if row.path in absent):
        at = rows.index(row)
        before = next((s for r in rows[:at][::-1] if (s := spans.get(r.path))), None)
        after = next((s for r in rows[at + 1 :] if (s := spans.get(r.path))), None)
        start = before.end if before is not None else _chapter_before(report, after)
        end = after.start if after is not None else _chapter_behind(report, before)
        if (before is None and start is None) or (after is None and end is None):
            continue
        around = [span.row for span in (before, after) if span is not None]
        found[row.path] = (
            not sparse
            and not any(_is_doubted(report, each) for each in (row, *around))
            and _is_quiet(report, start, end)
        )
    return found


def _is_doubted(report: Report, row: Row) -> bool:
    """Return True if a diagnostic flags a figure of a row, but for a sentence that states it.

    Its sentence does not make a row of the table.
    """
    codes = {code for path in row.paths for code in report.doubts.get(path, ())}
    return bool(codes - {_IN_SENTENCE})


def _span(report: Report, row: Row) -> _Span | None:
    """Return where a row is printed, None if it is not."""
    figures = [figure for path in row.paths if (figure := report.by_path.get(path)) is not None]
    if not figures:
        return None
    origins = [figure.origin for figure in figures if figure.origin is not None]
    starts, ends = [o.start for o in origins], [o.end for o in origins]
    return _Span(row, min(starts, default=None), max(ends, default=None))


def _chapter_before(report: Report, after: _Span | None) -> int | None:
    """Return where the last heading before a row begins, None if there is none."""
    if after is None or after.start is None:
        return None
    starts = (section.origin.start for section in report.narrative.sections)
    return max((start for start in starts if start < after.start), default=None)


def _chapter_behind(report: Report, before: _Span | None) -> int | None:
    """Return where the first heading behind a row begins, None if there is none."""
    if before is None or before.end is None:
        return None
    starts = (section.origin.start for section in report.narrative.sections)
    return min((start for start in starts if start > before.end), default=None)


def _is_quiet(report: Report, start: int | None, end: int | None) -> bool:
    """Return True if everything between two places was read without doubt."""
    if start is None or end is None:  # a report made by hand has no places
        return True
    if end < start:
        return False
    doubts = (d.origin for d in report.diagnostics if d.origin and doubt_class(d) != "note")
    unread = (number.origin for number in report.unclaimed)
    places = (*doubts, *unread)
    return not any(place.start < end and start < place.end for place in places)


def _grouped(firm: Mapping[str, bool], form: Form, groups: Iterable[str]) -> MissingRows:
    """Return missing rows, with groups of which every row is missing in place of their rows."""
    keys, left = dict(firm), dict(firm)
    paths = [row.path for table in form_tables(form) for row in table.rows]
    for group in sorted(groups, key=len):
        inner = [path for path in paths if path.startswith(f"{group}.")]
        if inner and all(path in left for path in inner):
            keys[group + PARTS] = all(left[path] for path in inner)
            for path in inner:
                del left[path], keys[path]
    return MissingRows(frozenset(keys), frozenset(_doubtful(keys)))


def _doubtful(keys: Mapping[str, bool]) -> Iterator[str]:
    return (key.removesuffix(PARTS) for key, firm in keys.items() if not firm)
