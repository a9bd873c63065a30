"""Find figures of another report than that which is read: below its title, or its year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from gischema.chinese.dates import YEAR
from gischema.metadata.titles_within import PlacedTitle, is_of_another
from gischema.report import Diagnostic, Figure
from gischema.tables.region_reading import flag
from gischema.tables.row_reading import RowReading

_YEAR = re.compile(rf"({YEAR})\s*年")


def check_other_years(rows: Sequence[RowReading], year: int | None) -> Iterator[Diagnostic]:
    """Flag the figures in columns that are headed with another year than the report's (D313)."""
    if year is None:
        return
    for row in rows:
        for head in row.heads.columns if row.heads is not None else ():
            stated = _YEAR.search(head.printed)
            if stated is None or int(stated[1]) == year or head.column is None:
                continue
            path = row.row.places[head.column].path
            figures = [figure for figure in row.figures if figure.path == path]
            if figures:
                yield flag("D313", figures, label=row.row.label, printed=head.printed, year=year)


def check_other_reports(
    rows: Sequence[RowReading],
    stated: Collection[Figure],
    titles: Sequence[PlacedTitle],
    agency: str | None,
    year: int | None,
) -> Iterator[Diagnostic]:
    """Flag the figures below the title of another report (D312).

    Args:
        rows: The rows of all regions.
        stated: The figures that the report takes.
        titles: The titles in the text, in order.
        agency: The body that reports.
        year: The year of the report.
    """
    others: list[bool] = []
    kept: list[PlacedTitle] = []
    for each in titles:
        other = is_of_another(each.title, agency, year)
        if each.caption and not other and kept and others[-1] and not kept[-1].caption:
            continue  # it may be that of the other report
        others.append(other)
        kept.append(each)
    titles = kept
    if not any(others) or all(others):  # where all are, the text is named in another way
        return
    starts = [each.start for each in titles]
    taken = set(map(id, stated))
    for at, other in enumerate(others):
        below = [row for row in rows if bisect_right(starts, row.start) == at + 1]
        figures = [figure for row in below for figure in row.figures if id(figure) in taken]
        if other and figures:
            yield flag("D312", figures, title=titles[at].title.text)
