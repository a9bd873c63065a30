"""Find rows that may have lost a cell, or whose cells may not stand below their heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

from gischema.forms.form import HeadGroup
from gischema.report import Diagnostic
from gischema.tables.header_model import TableHeader
from gischema.tables.region_reading import RegionReading, flag
from gischema.tables.row_reading import RowReading, adds_up

_SEVERAL = 2
_MANY = 4
_MANY_GLUED = 4  # rows of digits that run together; where there are so many, all do


def check_columns(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag all rows below heads if one of them has more figures than there are heads (D304).

    The others are certain where their sums hold; all of them are if these are several and more.
    """
    for heads, rows in _by_heads(reading.rows).items():
        crowded = [row for row in rows if row.crowded]
        if any(map(_exceeds_heads, rows)) and len(heads.columns) > 1:
            sound = sum(not row.crowded and _has_sum(row) for row in rows)
            fit = sound >= max(_SEVERAL, 2 * len(crowded))
            for row in crowded if fit else (r for r in rows if r.crowded or not _has_sum(r)):
                yield flag("D304", row.figures, label=row.row.label, printed=heads.text)


def _exceeds_heads(row: RowReading) -> bool:
    """Return True if a row has more figures than heads, and is no group before rows in full.

    Where the rows of a group lost their labels, all their figures stand after its own, up to the
    end of the text.
    """
    cells, expected = row.printed.cells, len(row.figures)
    rows_in_full = row.row.group and (len(cells.figures) % expected == 0 or cells.final)
    return row.crowded and not rows_in_full


def check_separators(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows next to digits that run together: white space may break a number there (D205)."""
    blocks = _by_heads(reading.rows)
    glued = {
        heads: sum(row.glued and not row.printed.cells.barred for row in rows)
        for heads, rows in blocks.items()
    }
    everywhere = sum(glued.values()) >= _MANY_GLUED
    for heads, rows in blocks.items():
        for row in rows if glued[heads] or everywhere else ():
            figures = row.figures
            separate = len(figures) > 1 and all(f.reading != "solved" for f in figures)
            if separate and not adds_up(row.row, figures):
                yield _flag_places(row, len(figures))


def check_torn_rows(reading: RegionReading) -> Iterator[Diagnostic]:
    """Flag rows that seem to have fewer cells than those around them (D205)."""
    for row in _torn_rows(reading.rows):
        yield _flag_places(row, sum(figure.status == "stated" for figure in row.figures))


def _flag_places(row: RowReading, printed: int) -> Diagnostic:
    expected = len(row.figures)
    return flag("D205", row.figures, label=row.row.label, expected=expected, actual=printed)


def _by_heads(rows: Sequence[RowReading]) -> dict[TableHeader, list[RowReading]]:
    """Group rows by the block of heads that they stand under."""
    found: dict[TableHeader, list[RowReading]] = {}
    for row in rows:
        if row.heads is not None:
            found.setdefault(row.heads, []).append(row)
    return found


def _torn_rows(rows: Sequence[RowReading]) -> Iterator[RowReading]:
    """Yield the rows with an empty cell at an end whose lines have fewer cells than most others.

    A cell is missing, so what seems to be empty may be left over from a merged one. The same holds
    where several rows are short of cells, or all end in an empty one: a column may be lost. Where
    one line has more cells than all others, any of its figures may be the one too many.
    """
    under: dict[HeadGroup, list[RowReading]] = {}
    for row in rows:
        if row.row.heads is not None and row.width:
            under.setdefault(row.row.heads, []).append(row)
    for block in under.values():
        widths = Counter(row.width for row in block)
        width, count = max(widths.items(), key=itemgetter(1))
        short = sum(row.short for row in block) >= _SEVERAL
        if short or 2 * count > len(block) >= _MANY:
            exact = all(map(_is_exact, block))
            narrow = (row for row in block if short or row.width < width)
            yield from (row for row in narrow if row.open_ended and not exact)
        yield from (row for row in block if _has_a_cell_too_many(row, widths))
        yield from (row for row in block if _may_be_shifted(row, block))
        yield from _out_of_line(block)
        if _lacks_a_column(block) and not all(row.kept for row in block):
            yield from block


def _is_exact(row: RowReading) -> bool:
    """Return True if as many cells stand after the label as the row has figures.

    Where that holds for all rows, no label is merged with empty cells behind it.
    """
    return len(row.printed.cells.pieces) == len(row.figures)


def _has_a_cell_too_many(row: RowReading, widths: Counter[int]) -> bool:
    """Return True if no other line has as many cells, one is empty, and the row does not add up."""
    alone = row.width == max(widths) > min(widths) and widths[row.width] == 1
    figures = [figure.value for figure in row.figures]
    pieces = row.printed.cells.pieces
    spare = len(pieces) > len(figures) > 1 and not all(piece.text for piece in pieces)
    return alone and spare and len(set(figures)) > 1 and not adds_up(row.row, row.figures)


def _may_be_shifted(row: RowReading, block: Sequence[RowReading]) -> bool:
    """Return True if a row has more cells than figures, and another empty one may be the spare one.

    The first or last cell is empty, but not in other rows of as many cells.
    """
    pieces = row.printed.cells.pieces
    blank = any(figure.status == "blank" for figure in row.figures)
    if row.blank or not blank or not len(pieces) > len(row.figures) > 1:
        return False
    others = [other.printed.cells.pieces for other in block if other.width == row.width]
    return any(
        not pieces[at].text and any(len(one) == len(pieces) and one[at].text for one in others)
        for at in (0, -1)
    )


def _out_of_line(rows: Sequence[RowReading]) -> Iterator[RowReading]:
    """Yield the full rows whose figures begin further right than those of most lines as wide.

    Their first cell may be empty, and the last figure a remark.
    """
    places: dict[int, Counter[int]] = {}
    starts: list[tuple[RowReading, int]] = []
    for row in rows:
        cells = row.printed.cells
        if row.barred and len(cells.figures) == len(row.figures) > 1:
            start = row.width - len(cells.pieces) + cells.pieces.index(cells.figures[0])
            places.setdefault(row.width, Counter())[start] += 1
            starts.append((row, start))
    for row, start in starts:
        usual, count = places[row.width].most_common(1)[0]
        if start > usual and count >= _SEVERAL and not adds_up(row.row, row.figures):
            yield row


def _lacks_a_column(rows: Sequence[RowReading]) -> bool:
    """Return True if the last cell is empty in all rows with figures, and there is such a row."""
    filled = [row for row in rows if not row.blank and len(row.figures) > 1]
    return bool(filled) and all(row.figures[-1].status == "blank" for row in filled)


def _has_sum(row: RowReading) -> bool:
    """Return True if a sum of the row holds that is not zero."""
    sums = row.row.heads.sums if row.row.heads is not None else ()
    stated = {figure.path: figure.value or 0 for figure in row.figures}
    totals = (stated.get(row.row.places[total].path) for total, _ in sums)
    return any(totals) and adds_up(row.row, row.figures)
