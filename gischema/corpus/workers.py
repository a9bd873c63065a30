"""Read shards of sources in processes that may die, hang or run out of memory.

A process names each source before it reads it. If the process ends, or takes too long for one
source, that source gets its row from here and the shard is begun again without it.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from attrs import define, field, frozen

from gischema.corpus.read_batch import empty_row, read_source
from gischema.corpus.schemas import BATCH
from gischema.corpus.shards import Shard, write_shard
from gischema.corpus.sources import MAX_BYTES, SourceRef
from gischema.engine import Gischema
from gischema.parallel import limit_memory
from gischema.settings.confirmed import ConfirmedReadings

_PULSE = 0.5  # seconds between two looks at the clock


@frozen
class Limits:
    """What one source may cost: seconds, and bytes of memory of its process."""

    seconds: float = 60.0
    memory: int = 2 * 2**30


@frozen
class ReadingPlan:
    """What every process needs to read shards; it travels to the processes of any engine.

    Attributes:
        folder: The folder of the files of the shards, which all processes share.
        engine: The forms, rules and plugins.
        limits: What one source may cost.
        confirmed: Readings that a person has confirmed.
    """

    folder: Path
    engine: Gischema
    limits: Limits = field(factory=Limits)
    confirmed: ConfirmedReadings = field(factory=ConfirmedReadings)


@frozen
class ShardDone:
    """The counts of a shard whose file is written."""

    statuses: dict[str, int]
    doubtful: int


@define(eq=False)
class _Worker:
    """A process and the shard that it reads."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    shard: Shard | None = None
    current: str | None = None
    since: float = 0.0
    failed: dict[str, dict[str, Any]] = field(factory=dict)


class ReadShards(Protocol):
    """Reads shards on some machines; `gischema.corpus.ray` and `.spark` have others."""

    def __call__(
        self, shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int
    ) -> Iterator[ShardDone]:
        """Write the files of shards, and yield the counts of each."""


def read_shards(shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int) -> Iterator[ShardDone]:
    """Write the files of shards, in as many processes as `jobs`, and yield each when it is done."""
    context = _context()
    waiting = iter(shards)
    workers = [_start(context, plan) for _ in range(jobs)]
    try:
        for worker in workers:
            _give(worker, next(waiting, None))
        while any(worker.shard is not None for worker in workers):
            busy = {worker.pipe: worker for worker in workers if worker.shard is not None}
            for pipe in wait(list(busy), _PULSE):
                worker = busy[pipe]  # type: ignore[index]
                done = _receive(worker)
                if done is not None:
                    yield done
                    _give(worker, next(waiting, None))
            for number, worker in enumerate(workers):
                if worker.shard is not None and (why := _failure(worker, plan.limits)):
                    workers[number] = _replaced(worker, why, context, plan)
    finally:
        for worker in workers:
            _stop(worker)


def _context() -> Any:
    """Return how processes start: in 0.1 s, as copies of one that has imported this package.

    That one starts anew, in half a second, where the system cannot copy processes.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _start(context: Any, plan: ReadingPlan) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, plan), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    with suppress(OSError):
        worker.pipe.close()
    worker.process.terminate()
    worker.process.join()


def _give(worker: _Worker, shard: Shard | None) -> None:
    worker.shard, worker.current, worker.since = shard, None, time.monotonic()
    if shard is not None:
        with suppress(OSError):  # a process that has ended is replaced soon
            worker.pipe.send((shard, worker.failed))


def _receive(worker: _Worker) -> ShardDone | None:
    """Take the messages of a process; return its shard if that is done."""
    try:
        while worker.pipe.poll():
            kind, content = worker.pipe.recv()
            worker.since = time.monotonic()
            if kind == "done":
                worker.failed = {}
                return ShardDone(*content)
            worker.current = content
    except (EOFError, OSError):
        worker.process.join(_PULSE)
    return None


def _failure(worker: _Worker, limits: Limits) -> dict[str, Any] | None:
    """Return what to write of the source that a process ended or hangs at."""
    if not worker.process.is_alive():
        code = worker.process.exitcode
        return {
            "status": "crashed",
            "reason": "process_ended",
            "message": f"读取此来源的进程意外结束（{code}） (its process ended: {code})",
        }
    if worker.current is not None and time.monotonic() - worker.since > limits.seconds:
        return {
            "status": "timed_out",
            "reason": "seconds",
            "message": f"超过{limits.seconds:g}秒，没有读完 (over {limits.seconds:g} seconds)",
        }
    return None


def _replaced(worker: _Worker, why: dict[str, Any], context: Any, plan: ReadingPlan) -> _Worker:
    """Return a new process that reads the same shard without the source that failed."""
    with suppress(EOFError, OSError):
        _receive(worker)
    failed = dict(worker.failed)
    shard = worker.shard
    _stop(worker)
    if worker.current is not None:
        failed[worker.current] = empty_row(worker.current) | why
    elif shard is not None and not failed:  # it never began: nothing to leave out but the first
        failed[shard.sources[0].uri] = empty_row(shard.sources[0].uri) | why
    fresh = _start(context, plan)
    fresh.failed = failed
    _give(fresh, shard)
    return fresh


def _work(pipe: Connection, plan: ReadingPlan) -> None:
    """Read shards, until there are no more."""
    limit_memory(plan.limits.memory)
    while True:
        try:
            shard, failed = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        rows = []
        for source in shard.sources:
            if source.uri in failed:
                rows.append(failed[source.uri])
                continue
            pipe.send(("begun", source.uri))
            rows.append(_row(source, plan))
        pipe.send(("begun", None))
        table = pa.Table.from_pylist(rows, schema=BATCH)
        write_shard(table, plan.folder, shard)
        statuses: dict[str, int] = {}
        for row in rows:
            statuses[row["status"]] = statuses.get(row["status"], 0) + 1
        pipe.send(("done", (statuses, sum(bool(row["doubtful"]) for row in rows))))


def _row(source: SourceRef, plan: ReadingPlan) -> dict[str, Any]:
    try:
        content = source.read()
    except OSError as error:
        why = error.strerror or str(error)
        return empty_row(source.uri) | {"status": "unreadable", "reason": "os", "message": why}
    if len(content) > MAX_BYTES:
        return empty_row(source.uri) | {
            "status": "unreadable",
            "reason": "too_large",
            "size": len(content),
            "message": f"超过{MAX_BYTES // 2**20} MB，不会是一份年度报告",
        }
    return read_source(source.uri, content, plan.engine, plan.confirmed)
