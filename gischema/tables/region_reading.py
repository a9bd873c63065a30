"""The rows read in a region, and how a check of them flags figures."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from gischema.diagnostics import diagnose
from gischema.report import Diagnostic, Figure
from gischema.tables.region import AlignedRegion
from gischema.tables.row_reading import RowReading


@frozen
class RegionReading:
    """The rows read in a region: what the checks of consistency look at.

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
    """Return a diagnostic about figures, and about the paths that they may be `also`."""
    paths = tuple(dict.fromkeys((*(figure.path for figure in figures), *also)))
    return diagnose(code, figures[0].origin, paths, **words)
