"""Write a table in groups of rows, as a Parquet file or as an Arrow stream, and read it again.

A Parquet file keeps something of each column of each group until it is whole, at 300 columns a
megabyte for 700 rows; a stream keeps nothing. So files that end with a run are streams.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_CELLS = 250_000  # in a row group: some 20 MB while it is written
_ROWS = 5000  # in a row group at least, so that wide tables have few
_PIECE = 20_000  # cells that are kept as Python objects, which take fifty times the memory of Arrow


class TableWriter:
    """A table that is written in groups of rows, under another name until it is whole.

    Args:
        file: A name that ends in `.parquet`, or that of a stream.
        schema: The columns.
    """

    def __init__(self, file: Path, schema: pa.Schema) -> None:
        self._file, self._schema = file, schema
        self._part = file.with_suffix(".writing")
        self._writer = (
            _parquet(self._part, schema) if _is_parquet(file) else _stream(self._part, schema)
        )
        self._rows: list[dict[str, Any]] = []
        self._pieces: list[pa.Table] = []
        self._size = 0
        self._most = _CELLS // len(schema)
        if _is_parquet(file):
            self._most = max(self._most, _ROWS)
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
            rows = pa.concat_tables(self._pieces)
            if not _is_parquet(self._file):
                rows = rows.combine_chunks()
            self._writer.write_table(rows, 2 * self._most)
        self._pieces, self._size = [], 0


def row_batches(file: Path, rows: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table that was written, at most so many at once."""
    if _is_parquet(file):
        with pq.ParquetFile(file) as opened:
            yield from opened.iter_batches(rows, use_threads=False)
        return
    with pa.OSFile(str(file)) as opened, pa.ipc.open_stream(opened) as stream:
        for batch in stream:
            for first in range(0, batch.num_rows, rows):
                yield batch.slice(first, rows)


def schema_of(file: Path) -> pa.Schema:
    """Return the columns of a table that was written."""
    if _is_parquet(file):
        return pq.read_schema(file)
    with pa.OSFile(str(file)) as opened, pa.ipc.open_stream(opened) as stream:
        return stream.schema


def _is_parquet(file: Path) -> bool:
    return file.suffix == ".parquet"


def _parquet(file: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(file, schema, compression="zstd")


def _stream(file: Path, schema: pa.Schema) -> pa.RecordBatchStreamWriter:
    return pa.ipc.new_stream(file, schema, options=pa.ipc.IpcWriteOptions(compression="zstd"))
