"""Sort tables that do not fit into memory: rows go to files by ranges of their first column.

DuckDB sorts on disk too, but what it needs in memory grows with the table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from gischema.corpus.table_writer import TableWriter, row_batches, schema_of

T = TypeVar("T")

_CELLS = 750_000  # of a range: some 15 MB
_BATCH = 500_000  # cells


def sort_file(
    unsorted: Path,
    order: Sequence[str],
    file: Path,
    changed: Callable[[pa.Table], pa.Table] = lambda rows: rows,
) -> None:
    """Write the rows of a file in the order of some columns, empty texts first.

    Args:
        unsorted: The file, as `TableWriter` writes it, which is removed.
        order: The names of columns. The first one holds texts and no empty values.
        file: The file to write. Others are written next to it in the meantime.
        changed: Gives what is written of rows.
    """
    schema = schema_of(unsorted)
    size = _BATCH // len(schema)
    counts: Counter[str] = Counter()
    for batch in row_batches(unsorted, size):
        found: Any = batch.column(order[0]).value_counts()
        counts.update(dict(zip(*(one.to_pylist() for one in found.flatten()), strict=True)))
    bounds = list(range_bounds(sorted(counts.items()), _CELLS // len(schema)))
    parts = [file.with_suffix(f".{number}.part") for number in range(len(bounds) + 1)]
    for batch in row_batches(unsorted, size):
        for number, rows in _cut(batch, order[0], bounds):
            with parts[number].open("ab") as part, pa.ipc.new_stream(part, schema) as stream:
                stream.write_batch(rows)
    with TableWriter(file, schema) as table:
        for path in parts:
            if path.exists():
                rows = pa.Table.from_batches(_read(path), schema)
                table.append(changed(rows.take(_sorted(rows, order))))
                path.unlink()
    unsorted.unlink()


def _sorted(rows: pa.Table, order: Sequence[str]) -> Any:
    """Return the numbers of rows in their order."""
    columns: dict[str, Any] = {name: rows.column(name) for name in order}
    keys = {name: one.fill_null("") if one.null_count else one for name, one in columns.items()}
    return pc.sort_indices(pa.table(keys), [(name, "ascending") for name in order])


def range_bounds(counts: Iterable[tuple[T, int]], most: int) -> Iterator[T]:
    """Yield the first key of each range but the first one; a range has `most` rows or one key.

    Args:
        counts: The keys in their order, with the number of their rows.
        most: The number of rows.
    """
    size = 0
    for key, count in counts:
        if size and size + count > most:
            yield key
            size = 0
        size += count


def _cut(
    batch: pa.RecordBatch, name: str, bounds: Sequence[str]
) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield the rows of a batch by the number of their range."""
    texts: Any = batch.column(name).dictionary_encode()
    of_text = pa.array([bisect_right(bounds, text) for text in texts.dictionary.to_pylist()])
    numbers = of_text.take(texts.indices)
    for number in numbers.unique().to_pylist():
        yield number, batch.filter(pc.equal(numbers, number))


def _read(part: Path) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a file of several streams, one behind the other."""
    size = part.stat().st_size
    with part.open("rb") as opened:
        while opened.tell() < size:
            with pa.ipc.open_stream(opened) as stream:
                yield from stream
