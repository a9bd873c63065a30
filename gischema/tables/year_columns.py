"""Several years side by side: which of the figures of a row is that of the report's year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from gischema.tables.row_cells import Piece, RowCells

_YEAR = re.compile(r"(20\d\d)(?![\d./-]|年\d{1,2}月)")
_OWN = re.compile(r"本年|当年|今年|本期")
_TO_DATE = re.compile(r"(?:本年|当年|今年|本期)度?累计")
_OTHER = re.compile(r"上年|上一年|去年|同期|累计")
_LONGEST = 12  # characters of the head of a year


@frozen
class YearColumn:
    """The column of the report's year: its number among the columns of years, and their count."""

    index: int
    count: int

    def part(self, cells: RowCells) -> tuple[RowCells, tuple[Piece, ...]]:
        """Return the cells of a row with the figure of the year only, and the other figures.

        Nothing is left out unless bars close the cells and each year has its figure.
        """
        if not cells.barred or len(cells.figures) != self.count:
            return cells, ()
        own = cells.figures[self.index]
        others = tuple(piece for piece in cells.figures if piece is not own)
        return cells.only(own), others


def year_column(texts: Sequence[str], year: int | None) -> YearColumn | None:
    """Return the column of the report's year under heads of years, None if these are not certain.

    Args:
        texts: The texts above a row. The heads are the last of them, one a year.
        year: The report's year.
    """
    heads: list[bool] = []
    for text in reversed(texts):
        is_own = _is_own(text, year)
        if is_own is None:
            break
        heads.append(is_own)
    heads.reverse()
    return YearColumn(heads.index(True), len(heads)) if len(heads) > 1 == sum(heads) else None


def _is_own(text: str, year: int | None) -> bool | None:
    """Return True if a text names the report's year, False for another, None for neither."""
    text = _TO_DATE.sub("本年", text)  # all of this year
    named = set(_YEAR.findall(text))
    words = bool(_OWN.search(text)), bool(_OTHER.search(text))
    if len(text) > _LONGEST or len(named) + sum(words) != 1:
        return None
    if named:
        return None if year is None else named == {str(year)}
    return words[0]
