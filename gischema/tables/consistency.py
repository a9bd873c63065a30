"""What the rows of a region say about each other: the checks of consistency, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from gischema.report import Diagnostic
from gischema.tables.broken_labels import check_broken_labels
from gischema.tables.declared_units import check_declared_units
from gischema.tables.lost_cells import check_columns, check_separators, check_torn_rows
from gischema.tables.odd_decimals import check_decimals
from gischema.tables.other_counts import check_other_counts
from gischema.tables.region_reading import RegionReading
from gischema.tables.second_figures import check_two_years
from gischema.tables.shifted_rows import check_group_figures, check_shifted_rows
from gischema.tables.stray_rows import check_stray_rows, check_unanchored_rows
from gischema.tables.unknown_heads import check_unknown_heads

ConsistencyCheck: TypeAlias = Callable[[RegionReading], Iterator[Diagnostic]]

CHECKS: tuple[ConsistencyCheck, ...] = (
    check_columns,
    check_separators,
    check_shifted_rows,
    check_group_figures,
    check_unanchored_rows,
    check_broken_labels,
    check_torn_rows,
    check_stray_rows,
    check_two_years,
    check_declared_units,
    check_decimals,
    check_other_counts,
    check_unknown_heads,
)
"""The checks. Where two flag the same figure for the same reason, the first one's words count."""


def check_consistency(reading: RegionReading) -> Iterator[Diagnostic]:
    """Yield what each check flags in a region."""
    for check in CHECKS:
        yield from check(reading)
