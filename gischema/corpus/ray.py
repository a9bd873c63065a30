"""Read shards with Ray Data: `convert --engine ray`.

All machines need this package with its plugins, and one file system for sources and dataset.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from queue import SimpleQueue

import pyarrow as pa
import pyarrow.parquet as pq
import ray
import ray.data

from gischema.corpus import workers
from gischema.corpus.shard_lists import DONE, done_of, done_row, shards_in, write_shard_lists
from gischema.corpus.shards import Shard
from gischema.corpus.workers import ReadingPlan, ShardDone


def read_shards(
    shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int, address: str | None = None
) -> Iterator[ShardDone]:
    """Write the files of shards, in as many actors as `jobs`, and yield the counts of each.

    Args:
        shards: The shards.
        plan: What the actors need to read them.
        jobs: The number of actors, each with a process that reads.
        address: The cluster, such as `auto` or `ray://host:10001`; by default the one that is
            connected, or else this machine.
    """
    files = write_shard_lists(shards, plan.folder)
    if not files:
        return
    if not ray.is_initialized():
        ray.init(
            address=address,
            num_cpus=jobs if address is None else None,
            log_to_driver=False,
            logging_level=logging.WARNING,
        )
    ray.data.DataContext.get_current().enable_progress_bars = False
    # Paths, not contents: a task that reads files would wait for the processor of an actor.
    lists = ray.data.from_items([{"file": one} for one in files], override_num_blocks=len(files))
    done = lists.map_batches(
        _Reader,
        fn_constructor_args=(plan,),
        batch_size=1,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=jobs),
    )
    yield from map(done_of, done.iter_rows())


class _Reader:
    """An actor. Its process keeps the engine warm from one shard to the next."""

    def __init__(self, plan: ReadingPlan) -> None:
        self._waiting: SimpleQueue[Shard | None] = SimpleQueue()
        self._done = workers.read_shards(iter(self._waiting.get, None), plan, jobs=1)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Read the shards in a batch of lists, and return a row for each."""
        rows = []
        for shard in shards_in(pq.read_table(str(file)) for file in batch["file"].to_pylist()):
            self._waiting.put(shard)
            rows.append(done_row(next(self._done)))
        return pa.Table.from_pylist(rows, schema=DONE)
