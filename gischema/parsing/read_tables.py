"""From the regions of a document to the figures of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from gischema.diagnostics import diagnose
from gischema.parsing.align_rows import align_rows
from gischema.parsing.consistency import check_consistency
from gischema.parsing.merge_rows import merge_rows
from gischema.parsing.region import AlignedRegion, Region
from gischema.parsing.region_reading import RegionReading
from gischema.parsing.row_reader import read_row
from gischema.parsing.row_reading import RowReading
from gischema.parsing.second_figures import check_second_table
from gischema.parsing.unread_rows import (
    bare_labels,
    flag_bare_labels,
    flag_empty_heads,
    flag_unknown_rows,
    unclaimed_numbers,
)
from gischema.report import Diagnostic, Figure, Unclaimed
from gischema.text import Places


@frozen(eq=False, repr=False)
class TablesRead:
    """What the tables of a document state.

    Attributes:
        figures: The figures by path.
        rows: The rows of all regions.
        differing: Where rows begin that were printed before with other figures.
        unclaimed: Numbers in tables that no figure claims.
        diagnostics: What is in doubt.
    """

    figures: Mapping[str, Figure] = field(factory=dict)
    rows: tuple[RowReading, ...] = ()
    differing: tuple[int, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_tables(regions: Iterable[Region], places: Places) -> TablesRead:
    """Read the figures of all regions, one after another."""
    tables = TablesRead()
    for region in regions:
        tables = _read_region(region, places, tables)
    second = check_second_table(tables.rows, tables.differing, tables.figures.values())
    return evolve(tables, diagnostics=(*tables.diagnostics, *second))


def _read_region(region: Region, places: Places, before: TablesRead) -> TablesRead:
    """Read one more region. Where it prints a row again, what was read before counts."""
    aligned = align_rows(region)
    rows = [read_row(row, region.form, places, region.usual_gap) for row in aligned.rows]
    merged = merge_rows(before.figures, rows)
    bare = bare_labels(aligned, rows)
    reading = RegionReading(
        aligned,
        tuple(row for row in rows if row.figures),
        tuple(row.start for row in bare),
        places.text.text,
    )
    diagnostics = [
        *before.diagnostics,
        *(diagnostic for row in rows for diagnostic in row.diagnostics),
        *merged.diagnostics,
        *_flag_displaced(aligned, rows, places),
        *flag_unknown_rows(aligned, rows, merged.figures, places),
        *flag_bare_labels(bare, aligned, merged.figures, places),
        *flag_empty_heads(aligned, merged.figures, places),
    ]
    diagnostics += _not_repeated(check_consistency(reading), diagnostics)
    unknown = (*(u for row in rows for u in row.unclaimed), *aligned.ambiguous, *aligned.unknown)
    return TablesRead(
        merged.figures,
        (*before.rows, *reading.rows),
        (*before.differing, *merged.differing),
        (*before.unclaimed, *unclaimed_numbers(unknown, places)),
        tuple(diagnostics),
    )


def _flag_displaced(
    aligned: AlignedRegion, rows: Iterable[RowReading], places: Places
) -> Iterator[Diagnostic]:
    """Flag rows that fit nowhere in the form where they are printed (D302)."""
    for row, reading in zip(aligned.rows, rows, strict=True):
        paths = tuple(figure.path for figure in reading.figures)
        if row.displaced and paths and row.row.label:
            origin = places.origin(row.printed.start, row.printed.end)
            yield diagnose("D302", origin, paths, label=row.row.label)


def _not_repeated(found: Iterable[Diagnostic], known: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics that do not flag a row again for the same reason."""
    seen = {(diagnostic.code, path) for diagnostic in known for path in diagnostic.paths[:1]}
    for diagnostic in found:
        key = (diagnostic.code, diagnostic.paths[0])
        if key not in seen:
            seen.add(key)
            yield diagnostic
