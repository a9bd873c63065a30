"""The same rules over a table of many reports: checks compiled to Polars expressions.

    frame = tabulate(reports, form, book)
    checked = check_table(frame, form, book)
    checked.findings()

One row a report, one column an operand; the results are those of `gischema.check`, report by
report. Rules that no table can answer are listed in `checked.left_out`. Needs the extra `corpus`;
nothing else of the package imports this room.
"""

from __future__ import annotations

try:
    import polars as pl  # noqa: F401 - whether it is there
except ImportError as error:
    raise ImportError(
        "成批校验需要 polars：pip install 'gischema[corpus]' (checking tables needs polars)"
    ) from error

from gischema.rules.columnar.checking import LeftOut, TableCheck, check_table
from gischema.rules.columnar.frame import (
    OUTCOME,
    STATUS,
    doubts_column,
    status_column,
    tabulate,
    unit_column,
)

__all__ = [
    "OUTCOME",
    "STATUS",
    "LeftOut",
    "TableCheck",
    "check_table",
    "doubts_column",
    "status_column",
    "tabulate",
    "unit_column",
]
