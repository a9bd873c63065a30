"""The rows read in a region, and how a check of them flags figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gischema.diagnostics import diagnose
from gischema.report import Diagnostic, Figure
from gischema.tables.region import AlignedRegion
from gischema.tables.row_reading import RowReading


class RegionReading(NamedTuple):
    """The rows read in a region, the input of the consistency checks.

    Attributes:
        aligned: The region.
        rows: Its rows that have figures.
        bare: Where labels stand in the table without figures.
        text: The normal form of the whole document.
    """

    aligned: AlignedRegion
    rows: tuple[RowReading, ...]
    bare: tuple[int, ...]
    text: str


def flag(
    code: str, figures: Sequence[Figure], also: Sequence[str] = (), **words: object
) -> Diagnostic:
    """Return a diagnostic about figures.

    Args:
        code: The code of the diagnostic.
        figures: The figures; the first gives the place.
        also: Other paths that may be meant.
        words: The words of the message.
    """
    paths = tuple(dict.fromkeys((*(figure.path for figure in figures), *also)))
    return diagnose(code, figures[0].origin, paths, **words)
