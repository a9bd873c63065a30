"""Processes that check uploads, within bounds of time and memory."""

from __future__ import annotations

import multiprocessing
import pickle
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, LifoQueue
from typing import Self

from attrs import define, evolve, frozen

from gischema.engine import Gischema
from gischema.output.failed import Failed
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.html_file import html_file
from gischema.parallel import limit_memory
from gischema.reading import UnreadableSource
from gischema.web.answers import Answer
from gischema.web.check_uploads import Job, answer, failed_answer
from gischema.web.pages import newest_first


@frozen
class UploadLimits:
    """What one file may cost: seconds, and bytes of memory of its process."""

    seconds: float = 60.0
    memory: int = 2 * 2**30


@frozen
class _Ended:
    """Why a process has no answer, in both languages."""

    zh: str
    en: str


class Busy(Exception):
    """No process became free in time."""


@define(eq=False)
class _Answerer:
    process: BaseProcess
    pipe: Connection


class Workers:
    """Processes that answer one job at a time each.

    A process that ends, hangs or runs out of memory gives an answer that says so, and is replaced.
    The content of a file is only ever in memory. The processes run within a `with` statement.
    """

    def __init__(self, engine: Gischema, number: int, limits: UploadLimits | None = None) -> None:
        self.engine, self.number = engine, number
        self.limits = limits if limits is not None else UploadLimits()
        self._engine = pickle.dumps(engine)
        self._context = multiprocessing.get_context("spawn")
        self._free: LifoQueue[_Answerer] = LifoQueue()
        self._running: set[_Answerer] = set()
        self._ended = False

    def __enter__(self) -> Self:
        """Start the processes."""
        for _ in range(self.number):
            self._free.put(self._started())
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes, whatever they are doing."""
        self._ended = True
        for worker in tuple(self._running):
            self._end(worker)

    def answer(self, job: Job) -> Answer | Failed:
        """Return the answer to a job.

        A file that ends its process, or takes too long, has no result; the others have.

        Raises:
            Busy: No process was free for as long as one file may take.
        """
        made = self._attempt(job)
        if isinstance(made, _Ended) and len(job.uploads) > 1:
            alone = {each: self._attempt(Job((each,), "json", job.lang)) for each in job.uploads}
            unread = {each: (e.zh, e.en) for each, e in alone.items() if isinstance(e, _Ended)}
            if unread:
                made = self._attempt(evolve(job, unread=unread))
        if isinstance(made, _Ended):
            return failed_answer(job, made.zh, made.en, self.engine)
        return made

    def _attempt(self, job: Job) -> Answer | Failed | _Ended:
        """Return the answer of a process, else why there is none."""
        try:
            worker = self._free.get(timeout=self.limits.seconds)
        except Empty:
            raise Busy from None
        made, hung = None, False
        seconds = self.limits.seconds + len(job.uploads) - 1
        try:
            worker.pipe.send(job)
            hung = not worker.pipe.poll(seconds)
            made = None if hung else worker.pipe.recv()
        except (EOFError, OSError):
            pass
        finally:
            if made is None and not self._ended:
                self._end(worker)
                worker = self._started()
            self._free.put(worker)
        if isinstance(made, Answer | Failed):
            return made
        if hung:
            zh, en = f"{seconds:g} 秒内没有读完，已中止", f"not read within {seconds:g} seconds"
            return _Ended(zh, en)
        return _Ended("读取此文件的进程意外结束", "the process that read it ended")

    def _started(self) -> _Answerer:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._engine, self.limits.memory), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Answerer(process, ours)
        self._running.add(worker)
        return worker

    def _end(self, worker: _Answerer) -> None:
        self._running.discard(worker)
        worker.process.terminate()
        worker.process.join(1)
        if worker.process.is_alive():
            worker.process.kill()
        worker.pipe.close()


def _work(pipe: Connection, engine: bytes, memory: int) -> None:
    """Answer jobs until the server ends."""
    limit_memory(memory)
    made: Gischema = pickle.loads(engine)
    blank = FilledForm(newest_first(made.forms.values())[0])
    with suppress(UnreadableSource):
        made.check(made.parse(html_file(blank)))  # so that the first report is read at once
    while True:
        try:
            job = pipe.recv()
            pipe.send(answer(job, made))
        except (EOFError, OSError, KeyboardInterrupt):
            return
