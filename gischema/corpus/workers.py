"""Read shards of sources in processes that may die, hang or run out of memory.

A process names each source before it reads it. If it takes too long for one (of its own time: how
busy the machine is does not count), or ends a second time at the same one, that source gets its row
from here and the shard is begun again without it.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.abc import MetaPathFinder
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import pyarrow as pa
from attrs import Factory, define, field, frozen

from gischema.corpus.read_batch import empty_row, failed, read_source
from gischema.corpus.schemas import BATCH
from gischema.corpus.shards import Shard, write_shard
from gischema.corpus.sources import MAX_BYTES, SourceRef
from gischema.engine import Gischema
from gischema.parallel import limit_memory
from gischema.settings.confirmed import ConfirmedReadings

_PULSE = 0.5  # seconds between two looks at the clock
_CHANCES = 3  # of processes that end between two sources
_BUSY = 10  # processes that share a processor: a sound source may take so much longer on the clock
_HAS_TIMERS = hasattr(signal, "setitimer")  # not on Windows


@frozen
class Limits:
    """What one source may cost.

    Attributes:
        seconds: The processor time of its process; on Windows, the time on the clock.
        memory: The bytes of memory of its process.
        wall: The seconds on the clock, for a source that waits: ten times `seconds` by default.
    """

    seconds: float = 60.0
    memory: int = 2 * 2**30
    wall: float = Factory(
        lambda self: _BUSY * self.seconds if _HAS_TIMERS else self.seconds, takes_self=True
    )


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
    """The counts of a shard whose file is written.

    Attributes:
        statuses: The number of sources by status.
        doubtful: The number of reports with a figure in doubt.
        processor: The seconds of processor time that it took.
        waited: The seconds that its process waited for it.
    """

    statuses: dict[str, int]
    doubtful: int
    processor: float = 0.0
    waited: float = 0.0


class WritingFailed(OSError):
    """Raised if the file of a shard cannot be written, for example because the disk is full."""


@define(eq=False)
class _Worker:
    """A process and the shard that it reads."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    shard: Shard | None = None
    current: str | None = None
    since: float = 0.0
    failed: dict[str, dict[str, Any]] = field(factory=dict)
    suspects: tuple[str | None, ...] = ()


class ReadShards(Protocol):
    """Reads shards on some machines; `gischema.corpus.ray` and `.spark` have others."""

    def __call__(
        self, shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int
    ) -> Iterator[ShardDone]:
        """Write the files of shards, and yield the counts of each."""


def read_shards(shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int) -> Iterator[ShardDone]:
    """Write the files of shards, in as many processes as `jobs`, and yield each when it is done."""
    context = process_context()
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


def process_context() -> Any:
    """Return how processes start: in 0.1 s, as copies of one that has imported this package.

    That one starts anew, in half a second, where the system cannot copy processes.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gischema.corpus_preload"])
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
            if kind == "stopped":
                raise WritingFailed(*content)
            if kind == "done":
                worker.failed, worker.suspects = {}, ()
                return ShardDone(*content)
            worker.current = content
    except WritingFailed:
        raise
    except (EOFError, OSError):
        worker.process.join(_PULSE)
    return None


def _failure(worker: _Worker, limits: Limits) -> dict[str, Any] | None:
    """Return what to write of the source that a process ended or hangs at."""
    seconds, wall = f"{limits.seconds:g}", f"{limits.wall:g}"
    if not worker.process.is_alive():
        code = worker.process.exitcode
        if _HAS_TIMERS and code == -signal.SIGPROF:
            zh = f"用了{seconds}秒处理器时间，没有读完"
            return failed("timed_out", "seconds", zh, f"over {seconds} seconds of processor time")
        zh, en = f"读取此来源的进程意外结束（{code}）", f"its process ended: {code}"
        return failed("crashed", "process_ended", zh, en)
    if worker.current is not None and time.monotonic() - worker.since > limits.wall:
        return failed("timed_out", "seconds", f"超过{wall}秒，没有读完", f"over {wall} seconds")
    return None


def _replaced(worker: _Worker, why: dict[str, Any], context: Any, plan: ReadingPlan) -> _Worker:
    """Return a new process that reads the same shard.

    A process may be ended from outside, for want of memory for example. So a source is left out
    only if it takes too long, or if a second process ends at it.

    Raises:
        WritingFailed: Processes end again and again without a source.
    """
    _receive(worker)
    _stop(worker)
    current = worker.current
    fresh = _start(context, plan)
    fresh.failed, fresh.suspects = dict(worker.failed), (*worker.suspects, current)
    if current is None and fresh.suspects.count(None) > _CHANCES:
        _stop(fresh)
        raise WritingFailed(errno.EIO, why["message"], str(plan.folder))
    if current is not None and (why["status"] == "timed_out" or current in worker.suspects):
        took = {"milliseconds": round(1000 * (time.monotonic() - worker.since))}
        fresh.failed[current] = empty_row(current) | why | took
    _give(fresh, worker.shard)
    return fresh


def _work(pipe: Connection, plan: ReadingPlan) -> None:
    """Read shards, until there are no more or the main process has ended."""
    begin_process()
    limit_memory(plan.limits.memory)
    with suppress(EOFError):
        while True:
            idle_since = time.perf_counter()
            shard, failed = pipe.recv()
            _read_shard(pipe, plan, shard, failed, time.perf_counter() - idle_since)


def begin_process() -> None:
    """Begin a process of a run: it leaves Ctrl-C to the main process, and ends with it."""
    _without_pandas()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if main := multiprocessing.parent_process():
        Thread(target=_end_after, args=[main.sentinel], daemon=True).start()


class _Nothing(MetaPathFinder):
    """Finds no module at all."""

    def find_spec(self, name: str, *_: object) -> None:
        """Raise ModuleNotFoundError."""
        raise ModuleNotFoundError(name)


def _without_pandas() -> None:
    """Let Arrow find no pandas when it first looks for it, which costs 50 MB and half a second.

    What really needs pandas finds it later, Arrow too.
    """
    nothing = _Nothing()
    sys.meta_path.insert(0, nothing)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(nothing)


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _read_shard(
    pipe: Connection,
    plan: ReadingPlan,
    shard: Shard,
    failed: dict[str, dict[str, Any]],
    waited: float,
) -> None:
    started = time.process_time()
    rows = []
    for source in shard.sources:
        if source.uri in failed:
            rows.append(failed[source.uri])
            continue
        pipe.send(("begun", source.uri))
        with _timed(plan.limits.seconds):
            rows.append(_row(source, plan))
    pipe.send(("begun", None))
    table = pa.Table.from_pylist(rows, schema=BATCH)
    try:
        write_shard(table, plan.folder, shard)
    except OSError as error:
        pipe.send(("stopped", (error.errno, error.strerror or str(error), str(plan.folder))))
        return
    statuses = Counter(row["status"] for row in rows)
    doubtful = sum(bool(row["doubtful"]) for row in rows)
    pipe.send(("done", (dict(statuses), doubtful, time.process_time() - started, waited)))


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """End this process by a signal if it takes more processor time, where there are such timers.

    The system ends it, so no code that holds the interpreter can outlive its time.
    """
    if not _HAS_TIMERS:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _row(source: SourceRef, plan: ReadingPlan) -> dict[str, Any]:
    try:
        content = source.read()
    except OSError as error:
        why = error.strerror or str(error)
        return empty_row(source.uri) | failed("unreadable", "os", why, why)
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 2**20
        zh, en = f"超过{most} MB，不会是一份年度报告", f"over {most} MB: no annual report"
        large = failed("unreadable", "too_large", zh, en)
        return empty_row(source.uri) | large | {"size": len(content)}
    return read_source(source.uri, content, plan.engine, plan.confirmed)
