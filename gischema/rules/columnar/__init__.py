"""Check a table of many reports: the same rules, compiled to Polars expressions.

    frame = tabulate(reports, form, book)
    checked = check_table(frame, form, book)
    checked.findings()

The table has one row per report and columns per operand. The results are those of
`gischema.check` for each report. `checked.left_out` lists the rules that cannot be checked on a
table. Needs the extra `corpus`; nothing else in the package imports this subpackage.
"""

from __future__ import annotations

from gischema.errors import MissingPackage

try:
    import polars as pl  # noqa: F401 - only to see if it is installed
except ImportError as error:
    raise MissingPackage(
        "成批校验需要 polars：pip install 'gischema[corpus]'", "checking tables needs polars"
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
