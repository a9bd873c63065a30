"""Write a table as a Parquet file, in groups of rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_CELLS = 250_000  # in a row group: some 20 MB while it is written
_PIECE = 20_000  # cells that are kept as Python objects, which take fifty times the memory of Arrow


class TableWriter:
    """A Parquet file that is written in groups of rows, under another name until it is whole."""

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        self._file, self._schema = file, schema
        self._part = file.with_suffix(".writing")
        self._writer = pq.ParquetWriter(self._part, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._pieces: list[pa.Table] = []
        self._size = 0
        self._most = _CELLS // len(schema)
        self._piece = _PIECE // len(schema)

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._pack()
            self._flush()
        self._writer.close()
        if kind is None:
            self._part.replace(self._file)
        else:
            self._part.unlink(missing_ok=True)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row; columns that the table lacks are left out."""
        self._rows.append({name: row.get(name) for name in self._schema.names})
        if len(self._rows) >= self._piece:
            self._pack()

    def append(self, rows: pa.Table) -> None:
        """Add the rows of another table with the same schema."""
        self._pieces.append(rows)
        self._size += rows.num_rows
        if self._size >= self._most:
            self._flush()

    def _pack(self) -> None:
        if self._rows:
            rows, self._rows = self._rows, []
            self.append(pa.Table.from_pylist(rows, schema=self._schema))

    def _flush(self) -> None:
        if self._pieces:
            self._writer.write_table(pa.concat_tables(self._pieces), row_group_size=2 * self._most)
        self._pieces, self._size = [], 0
