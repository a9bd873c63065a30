"""From the regions of a document to the figures of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from gischema.diagnostics import diagnose
from gischema.forms.form import Form, Row
from gischema.report import Diagnostic, Figure, Unclaimed
from gischema.tables.align_rows import align_rows
from gischema.tables.consistency import check_consistency
from gischema.tables.in_sentences import in_sentences, lacking
from gischema.tables.items import ClassifiedText
from gischema.tables.merge_rows import merge_rows
from gischema.tables.other_reports import ForeignTables
from gischema.tables.region import AlignedRegion, Region, UnknownRow
from gischema.tables.region_reading import RegionReading
from gischema.tables.remarks import shortened
from gischema.tables.row_reader import read_row
from gischema.tables.row_reading import RowReading
from gischema.tables.second_figures import check_second_table
from gischema.tables.unread_rows import (
    bare_labels,
    flag_bare_labels,
    flag_empty_heads,
    flag_rivals,
    flag_rows_within,
    flag_unknown_rows,
    unclaimed_numbers,
)
from gischema.text import Places


@frozen
class TablesRead:
    """What the tables of a document state.

    Attributes:
        figures: The figures by path.
        foreign: The paths of which only a table of another report has a figure.
        rows: The rows of all regions.
        differing: Where rows begin that were printed before with other figures.
        lacking: The rows of each region's form that may be missing in the region.
        unclaimed: Numbers in tables that no figure claims.
        diagnostics: What is in doubt.
        regions: The regions, row by row as they were aligned.
    """

    figures: Mapping[str, Figure] = field(factory=dict)
    foreign: frozenset[str] = frozenset()
    rows: tuple[RowReading, ...] = ()
    differing: tuple[int, ...] = ()
    lacking: tuple[tuple[Form, tuple[Row, ...]], ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    regions: tuple[AlignedRegion, ...] = ()

    @property
    def unknown(self) -> list[UnknownRow]:
        """The rows with a label that are no row of their form, and like none of it."""
        rows = (row for region in self.regions for row in region.unknown)
        return [row for row in rows if row.label and not row.candidates and not row.loose]


def read_tables(
    regions: Iterable[Region], printed: ClassifiedText, places: Places, foreign: ForeignTables
) -> TablesRead:
    """Read the figures of all regions, one after another.

    Args:
        regions: Stretches of the document that stand on one form each.
        printed: The document.
        places: Finds where something stood in the source.
        foreign: The parts of the document that are of another report.
    """
    tables = TablesRead()
    for region in regions:
        tables = _read_region(region, places, foreign, tables)
    diagnostics = [
        *tables.diagnostics,
        *check_second_table(tables.rows, tables.differing, tables.figures.values()),
    ]
    diagnostics += _flag_rows_in_sentences(tables, diagnostics, printed, places)
    return evolve(tables, diagnostics=tuple(diagnostics))


def _read_region(
    region: Region, places: Places, foreign: ForeignTables, before: TablesRead
) -> TablesRead:
    """Read one more region. Where it prints a row again, what was read before counts."""
    aligned = align_rows(region)
    rows = [read_row(row, region.form, places, region.usual_gap) for row in aligned.rows]
    merged = merge_rows(before.figures, rows, before.foreign, foreign.is_captioned)
    bare = bare_labels(aligned, rows)
    counted = [row for row in rows if not _is_left_out(row, merged.figures, foreign)]
    reading = RegionReading(
        aligned,
        tuple(row for row in counted if row.figures),
        tuple(row.start for row in bare),
        places.text.text,
    )
    diagnostics = [
        *before.diagnostics,
        *(diagnostic for row in counted for diagnostic in row.diagnostics),
        *merged.diagnostics,
        *_flag_displaced(aligned, rows, places),
        *flag_unknown_rows(aligned, rows, merged.figures, places),
        *flag_rows_within(aligned, rows, merged.figures, places),
        *flag_bare_labels(bare, aligned, merged.figures, places),
        *flag_empty_heads(aligned, merged.figures, places),
        *flag_rivals(aligned, merged.figures, places),
    ]
    diagnostics += _not_repeated(check_consistency(reading), diagnostics)
    unknown = (*(u for row in rows for u in row.unclaimed), *aligned.ambiguous, *aligned.unknown)
    return TablesRead(
        merged.figures,
        merged.foreign,
        (*before.rows, *reading.rows),
        (*before.differing, *merged.differing),
        (*before.lacking, (region.form, lacking(region.form, {row.place for row in reading.rows}))),
        (*before.unclaimed, *unclaimed_numbers(unknown, places)),
        tuple(diagnostics),
        (*before.regions, aligned),
    )


def _is_left_out(row: RowReading, read: Mapping[str, Figure], foreign: ForeignTables) -> bool:
    """Return True if a row is in a table of another report, and the report takes none of it."""
    if not row.figures or not foreign.is_captioned(row.start):
        return False
    return not any(read.get(figure.path) is figure for figure in row.figures)


def _flag_displaced(
    aligned: AlignedRegion, rows: Iterable[RowReading], places: Places
) -> Iterator[Diagnostic]:
    """Flag rows that fit nowhere in the form where they are printed (D302)."""
    for row, reading in zip(aligned.rows, rows, strict=True):
        paths = tuple(figure.path for figure in reading.figures)
        if row.displaced and paths and row.row.label:
            origin = places.origin(row.printed.start, row.printed.end)
            yield diagnose("D302", origin, paths, label=row.row.label)


def _flag_rows_in_sentences(
    tables: TablesRead, known: Iterable[Diagnostic], printed: ClassifiedText, places: Places
) -> Iterator[Diagnostic]:
    """Flag rows that no table has and no diagnostic flags, and that a sentence states (D310)."""
    flagged = {path for diagnostic in known for path in diagnostic.paths}
    for form, rows in tables.lacking:
        unread = [
            row
            for row in rows
            if flagged.isdisjoint(row.paths) and tables.figures.keys().isdisjoint(row.paths)
        ]
        text = places.text.text
        for row, item, words in in_sentences(form, unread, text, printed) if unread else ():
            if not flagged.isdisjoint(row.paths):
                continue
            first, last = printed.cells[item.first], printed.cells[item.last]
            origin = places.origin(first.start, last.end)
            yield diagnose("D310", origin, row.paths, label=row.label, printed=shortened(words))
            flagged.update(row.paths)


def _not_repeated(found: Iterable[Diagnostic], known: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics that do not flag a row again for the same reason."""
    seen = {(diagnostic.code, path) for diagnostic in known for path in diagnostic.paths[:1]}
    for diagnostic in found:
        key = (diagnostic.code, diagnostic.paths[0])
        if key not in seen:
            seen.add(key)
            yield diagnostic
