"""Rows as data frames of Polars or pandas, where these are installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from gischema.errors import MissingPackage

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

ColumnType: TypeAlias = Literal["text", "integer", "decimal", "truth", "texts", "integers"]
Row: TypeAlias = "dict[str, Any]"

_PLACES = 6
"""Decimal places of a column; more only where a value has more."""


def polars_frame(rows: Sequence[Row], columns: Mapping[str, ColumnType]) -> pl.DataFrame:
    """Return rows as a Polars frame whose columns have the same types whatever the rows hold.

    Raises:
        MissingPackage: Polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise _missing("polars") from error
    types: dict[ColumnType, Any] = {
        "text": pl.String,
        "integer": pl.Int64,
        "truth": pl.Boolean,
        "texts": pl.List(pl.String),
        "integers": pl.List(pl.Int64),
    }
    series = []
    for name, kind in columns.items():
        values = [row[name] for row in rows]
        column_type = pl.Decimal(38, _places(values)) if kind == "decimal" else types[kind]
        series.append(pl.Series(name, values, column_type))
    return pl.DataFrame(series)


def pandas_frame(rows: Sequence[Row], columns: Mapping[str, ColumnType]) -> pd.DataFrame:
    """Return rows as a pandas frame: nullable integers, Decimal objects, lists as objects.

    Raises:
        MissingPackage: Pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise _missing("pandas") from error
    types = {"text": "string", "integer": "Int64", "truth": "boolean"}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types.get(kind, "object"))
            for name, kind in columns.items()
        }
    )


def _places(values: Sequence[Decimal | None]) -> int:
    exponents = (int(value.as_tuple().exponent) for value in values if value is not None)
    return max(_PLACES, -min(exponents, default=0))


def _missing(package: str) -> MissingPackage:
    return MissingPackage(
        f"此功能需要 {package}：pip install {package}",
        f"this needs {package}: pip install {package}",
    )
