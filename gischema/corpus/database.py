"""DuckDB with bounded memory: what does not fit goes to files next to the dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_MEMORY = "60MB"
_GROUP = 5000  # rows


@contextmanager
def database(folder: Path) -> Iterator[Any]:
    """Open an empty database that puts what does not fit into memory into `folder`."""
    import duckdb  # 10 MB and reserved addresses, which no worker needs

    with duckdb.connect(
        config={"memory_limit": _MEMORY, "threads": 1, "temp_directory": str(folder)}
    ) as opened:
        yield opened


def copy_rows(opened: Any, query: str, parameters: Mapping[str, Any], file: Path) -> None:
    """Write the rows of a query as a Parquet file."""
    name = str(file).replace("'", "''")
    opened.execute(
        f"COPY ({query}) TO '{name}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})",
        parameters,
    )
