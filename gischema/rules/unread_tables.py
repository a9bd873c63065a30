"""Which tables of a report were not read: a check of the rest says nothing about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gischema.diagnostics import KINDS, DoubtClass
from gischema.report import Diagnostic, Report
from gischema.rules.form_tables import FormTable, form_tables
from gischema.rules.results import UnreadTable

if TYPE_CHECKING:
    from gischema.forms.form import Form

_TOLERATED = 10
"""One cell in this many of a table may be unread or in doubt as to its place."""

_CUT_NUMBER = "D207"
"""The code of a number with which the text ends."""

UNKNOWN_CODE: DoubtClass = "value"
"""The class of a code that only a plugin knows."""


def doubt_class(diagnostic: Diagnostic) -> DoubtClass:
    """Return the class of a diagnostic."""
    kind = KINDS.get(diagnostic.code)
    return UNKNOWN_CODE if kind is None else kind.doubt


def unread_tables(report: Report, form: Form | None) -> tuple[UnreadTable, ...]:
    """Return the tables that the source shows and that were not read, or not for certain.

    Args:
        report: The report.
        form: Its form; None if it is not known.
    """
    if form is None:
        return tuple(_without_form(report))
    tables = form_tables(form)
    found = tuple(_cut_off(report, tables))
    cut = frozenset(one.table for one in found)
    rest = [table for table in tables if table.path not in cut]
    if not _has_doubts(report) and all(_is_read(report, table) for table in rest):
        return found
    return (*found, *(one for table in rest for one in _unread(report, table)))


def _has_doubts(report: Report) -> bool:
    """Return True if a figure of the report was not read for certain."""
    return bool(report.doubts) or any(f.status == "unreadable" for f in report.figures)


def _is_read(report: Report, table: FormTable) -> bool:
    """Return True if a figure of a table was read."""
    return not report.by_path.keys().isdisjoint(table.cells)


def _without_form(report: Report) -> Iterator[UnreadTable]:
    """Yield the tables of a report whose form is not known."""
    codes = _codes(d for d in report.diagnostics if doubt_class(d) == "position")
    if codes or report.unclaimed or report.figures:
        yield UnreadTable.about("form", None, codes)


def _unread(report: Report, table: FormTable) -> Iterator[UnreadTable]:
    """Yield the table if more than a tenth of its cells were not read for certain."""
    flagged = _flagged(report, table)
    if not _is_read(report, table):
        codes = flagged.values() if flagged else [_elsewhere(report)]
        found = tuple(dict.fromkeys(code for each in codes for code in each))
        if found:
            yield UnreadTable.about("table", table, found, len(table.cells))
    elif len(flagged) * _TOLERATED > len(table.cells):
        found = tuple(dict.fromkeys(code for each in flagged.values() for code in each))
        yield UnreadTable.about("cells", table, found, len(flagged))


def _flagged(report: Report, table: FormTable) -> dict[str, tuple[str, ...]]:
    """Return the cells of a table that were not read, or whose place is not certain, with codes."""
    placed = _by_class(report, "position")
    noted = _by_class(report, "note")
    found: dict[str, tuple[str, ...]] = {}
    for path in table.cells:
        figure, codes = report.by_path.get(path), report.doubts.get(path, ())
        if figure is None:
            codes = tuple(code for code in codes if code not in noted)
            if codes:
                found[path] = codes
        elif figure.status == "unreadable" or not placed.isdisjoint(codes):
            found[path] = codes
    return found


def _by_class(report: Report, doubt: DoubtClass) -> frozenset[str]:
    """Return the codes of a class among the diagnostics of a report."""
    return frozenset(d.code for d in report.diagnostics if doubt_class(d) == doubt)


def _elsewhere(report: Report) -> tuple[str, ...]:
    """Return the codes of parts of the source that were not read and may hold a table."""
    found = (d for d in report.diagnostics if not d.paths and doubt_class(d) == "position")
    return _codes(d for d in found if d.origin is None)


def _codes(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(diagnostic.code for diagnostic in diagnostics))


def _cut_off(report: Report, tables: tuple[FormTable, ...]) -> Iterator[UnreadTable]:
    """Yield the tables that are missing, wholly or in part, because the text ends before them."""
    printed = report.by_path.keys()
    missing = {
        table.path: any(printed.isdisjoint(row.paths) for row in table.rows) for table in tables
    }
    if not any(missing.values()) or not _ends_in_tables(report, tables):
        return
    last = max(report.figures, key=lambda f: f.origin.start if f.origin else -1, default=None)
    rows = [(table, row) for table in tables for row in table.rows]
    at = next((n for n, (_, row) in enumerate(rows) if last and last.path in row.paths), -1)
    behind = dict.fromkeys(t for t, row in rows[at + 1 :] if printed.isdisjoint(row.paths))
    codes = _codes(d for d in report.diagnostics if d.code == _CUT_NUMBER)
    for table in behind:
        cells = sum(path not in printed for path in table.cells)
        yield UnreadTable.about("cut_off", table, codes, cells)


def _ends_in_tables(report: Report, tables: tuple[FormTable, ...]) -> bool:
    """Return True if no chapter but those of missing tables follows the last figure of a table."""
    chapters = [section for section in report.narrative.sections if section.level == 1]
    if not chapters:
        return any(d.code == _CUT_NUMBER for d in report.diagnostics)
    starts = (figure.origin.start for figure in report.figures if figure.origin is not None)
    last = max(starts, default=-1)
    printed = {path.partition(".")[0] for path in report.by_path}
    unread = {table.path for table in tables} - printed
    if last < 0:
        return chapters[-1].kind in unread
    return all(chapter.kind in unread for chapter in chapters if chapter.origin.start > last)
