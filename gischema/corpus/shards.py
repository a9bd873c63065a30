"""Shards: groups of sources, each written to one file that is whole or not there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from gischema.corpus.sources import SourceRef

_SIZE = 32  # sources: what is read again after a break, and what a process takes at once
_BYTES = 16 * 2**20  # of members of archives, which pass through the main process


@frozen
class Shard:
    """Some sources in a row. `key` changes if one of them, or what reads them, has changed."""

    number: int
    key: str
    sources: tuple[SourceRef, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.number:06}-{self.key}.parquet"


def cut_shards(sources: Iterable[SourceRef], reader: str) -> Iterator[Shard]:
    """Cut sources into shards; `reader` states the versions and plugins that read them."""
    for number, group in enumerate(_groups(sources)):
        digest = hashlib.sha256(reader.encode())
        for source in group:
            digest.update(f"\0{source.uri}\0{source.stamp}\0".encode())
            if source.content is not None:
                digest.update(hashlib.sha256(source.content).digest())
        yield Shard(number, digest.hexdigest()[:16], tuple(group))


def _groups(sources: Iterable[SourceRef]) -> Iterator[list[SourceRef]]:
    group: list[SourceRef] = []
    size = 0
    for source in sources:
        group.append(source)
        size += len(source.content or b"")
        if len(group) == _SIZE or size >= _BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def write_shard(table: pa.Table, folder: Path, shard: Shard) -> None:
    """Write the file of a shard under another name, and rename it when it is whole."""
    made = folder / f"{shard.file}.{os.getpid()}.part"
    try:
        pq.write_table(table, made, compression="zstd")
        made.replace(folder / shard.file)
    finally:
        made.unlink(missing_ok=True)
