"""Find rows that stand under the title of another report than that which is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from gischema.metadata.titles_within import PlacedTitle, is_of_another
from gischema.report import Diagnostic, Figure
from gischema.tables.region_reading import flag
from gischema.tables.row_reading import RowReading


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
    others = [is_of_another(each.title, agency, year) for each in titles]
    if not any(others) or all(others):  # where all are, the text is named in another way
        return
    starts = [each.start for each in titles]
    taken = set(map(id, stated))
    for at, other in enumerate(others):
        below = [row for row in rows if bisect_right(starts, row.start) == at + 1]
        figures = [figure for row in below for figure in row.figures if id(figure) in taken]
        if other and figures:
            yield flag("D312", figures, title=titles[at].title.text)
