"""From the items of a region to rows: one token a row, one a column head, as the form has them."""

from __future__ import annotations

from gischema.forms.form import Row
from gischema.tables.form_cursor import FormCursor
from gischema.tables.region import (
    AlignedRegion,
    AlignedRow,
    PrintedRow,
    Region,
    RowToken,
    UnknownRow,
)
from gischema.tables.region_walk import RegionWalk


def align_rows(region: Region) -> AlignedRegion:
    """Put the printed rows of a region next to the rows of its form."""
    cursor = FormCursor(region.form)
    walk = RegionWalk(region, cursor)
    printed: list[RowToken] = []
    misplaced: list[RowToken] = []
    for token in walk.tokens():
        placed = cursor.advance(token)
        if isinstance(token, RowToken):
            (printed if placed else misplaced).append(token)
    groups = cursor.group_paths()
    rows: list[AlignedRow] = []
    for token in printed:
        row = _row_in(groups.get(token.row, ""), region.form.rows_of.get(token.type, ()))
        if row is not None:
            rows.append(AlignedRow(row, token.row))
        else:
            misplaced.append(token)
    ambiguous: list[UnknownRow] = []
    for token in (*walk.displaced, *misplaced):
        candidates = region.form.rows_of.get(token.type, ())
        if len(candidates) == 1:
            rows.append(AlignedRow(candidates[0], token.row, displaced=True))
        else:
            ambiguous.append(_unplaced(token.row, candidates))
    return AlignedRegion(
        region,
        rows=tuple(rows),
        unknown=tuple(walk.unknown),
        ambiguous=tuple(ambiguous),
        heads=walk.above.first,
        beyond=walk.above.beyond,
        breaks=tuple(walk.above.breaks),
        prose=tuple(walk.prose),
        lines=tuple(walk.lines),
        years=tuple(walk.above.years),
        rivals=walk.rivals,
    )


def _row_in(group: str, rows: tuple[Row, ...]) -> Row | None:
    """Return the one of several rows that stands in a group; the only one, wherever it stands."""
    if len(rows) == 1:
        return rows[0]
    found = [row for row in rows if group in (row.path, row.parent)]
    return found[0] if len(found) == 1 else None


def _unplaced(row: PrintedRow, candidates: tuple[Row, ...]) -> UnknownRow:
    """Return a row whose label is known, but not which of several rows it is."""
    figures = row.cells.figures
    return UnknownRow(row.label, row.start, row.end, figures, candidates, displaced=True)
