"""Read shards with Spark: `convert --engine spark`.

All machines need this package with its plugins, and one file system for sources and dataset.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import SparkSession

from gischema.corpus import workers
from gischema.corpus.shard_lists import DONE, done_of, done_row, shards_in, write_shard_lists
from gischema.corpus.shards import Shard
from gischema.corpus.workers import ReadingPlan, ShardDone

_COLUMNS = "statuses string, doubtful long, processor double, waited double"


def read_shards(
    shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int, address: str | None = None
) -> Iterator[ShardDone]:
    """Write the files of shards with Spark, and yield the counts of each when all are done.

    Args:
        shards: The shards.
        plan: What the tasks need to read them.
        jobs: The number of tasks at a time, if Spark runs on this machine.
        address: The cluster, such as `spark://host:7077` or `yarn`; by default this machine. The
            session that is active, if there is one, is used instead.
    """
    files = write_shard_lists(shards, plan.folder)
    if not files:
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    active = SparkSession.getActiveSession()
    session = active or (
        SparkSession.builder.appName("gischema")
        .master(address or f"local[{jobs}]")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for done in workers.read_shards(shards_in(batches), plan, jobs=1):
            yield pa.RecordBatch.from_pylist([done_row(done)], schema=DONE)

    try:
        rows = session.read.parquet(*files).mapInArrow(read, _COLUMNS).collect()
    finally:
        if active is None:
            session.stop()
    yield from (done_of(row.asDict()) for row in rows)
