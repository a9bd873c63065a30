"""Lists of shards as Parquet files, for engines that distribute rows of files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import asdict

from gischema.corpus.shards import Shard
from gischema.corpus.sources import SourceRef
from gischema.corpus.workers import ShardDone

_SHARDS = 4  # in a file: a task of an engine, some 5 seconds of work
_SOURCE: list[pa.Field[Any]] = [
    pa.field("uri", pa.string()),
    pa.field("path", pa.binary()),  # names of files may hold any bytes
    pa.field("content", pa.large_binary()),
    pa.field("stamp", pa.string()),
    pa.field("error", pa.string()),
]
_SHARD: list[pa.Field[Any]] = [
    pa.field("number", pa.int64()),
    pa.field("key", pa.string()),
    pa.field("sources", pa.list_(pa.struct(_SOURCE))),
]
_DONE: list[pa.Field[Any]] = [
    pa.field("statuses", pa.string()),
    pa.field("doubtful", pa.int64()),
    pa.field("processor", pa.float64()),
    pa.field("waited", pa.float64()),
]
_SCHEMA = pa.schema(_SHARD)
DONE = pa.schema(_DONE)
"""What an engine returns for each shard."""


def write_shard_lists(shards: Iterable[Shard], folder: Path) -> list[str]:
    """Write the shards into files, one after another, and return the paths of the files."""
    rest = iter(shards)
    files: list[str] = []
    while group := list(islice(rest, _SHARDS)):
        file = folder / f"list-{len(files):06}.parquet"
        rows = [_row(shard) for shard in group]
        pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), file, compression="zstd")
        files.append(str(file))
    return files


def _row(shard: Shard) -> dict[str, object]:
    sources = [
        {
            "uri": one.uri,
            "path": None if one.path is None else os.fsencode(one.path.absolute()),
            "content": one.content,
            "stamp": one.stamp,
            "error": one.error,
        }
        for one in shard.sources
    ]
    return {"number": shard.number, "key": shard.key, "sources": sources}


def shards_in(batches: Iterable[pa.RecordBatch | pa.Table]) -> Iterator[Shard]:
    """Yield the shards in batches of rows of such files."""
    for batch in batches:
        for row in batch.to_pylist():
            yield Shard(row["number"], row["key"], tuple(map(_source, row["sources"])))


def _source(row: dict[str, object]) -> SourceRef:
    path, content, error = row["path"], row["content"], row["error"]
    return SourceRef(
        str(row["uri"]),
        Path(os.fsdecode(path)) if isinstance(path, bytes) else None,
        content if isinstance(content, bytes) else None,
        str(row["stamp"]),
        None if error is None else str(error),
    )


def done_row(done: ShardDone) -> dict[str, object]:
    """Return the row of a finished shard, with the schema `DONE`."""
    return asdict(done) | {"statuses": json.dumps(done.statuses)}


def done_of(row: dict[str, Any]) -> ShardDone:
    """Return the finished shard of a row."""
    return ShardDone(**{**row, "statuses": json.loads(str(row["statuses"]))})
