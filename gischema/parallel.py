"""Apply a function to many items, in order, with bounded memory, and go on after failures."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2  # items a process that are read ahead, so that none is idle while the caller works


def limit_memory(size: int) -> None:
    """Let this process take at most `size` bytes more of address space than it has now.

    Libraries reserve much more than they use, so the limit counts from here. Systems without such
    limits ignore it.
    """
    try:
        import resource  # not on Windows
    except ImportError:
        return
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + size
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def outcomes(
    function: Callable[[T], R], items: Iterable[T], jobs: int
) -> Iterator[tuple[T, R | Exception]]:
    """Yield each item with the result of `function`, or with the exception that it raised.

    An item that ends its process gives the exception `BrokenProcessPool`; the others go on.

    Args:
        function: The function; with several jobs it and its results must pickle.
        items: The items, which are taken as they are needed.
        jobs: The number of processes; with 1 everything is done in this one.
    """
    if jobs == 1:
        for item in items:
            yield item, _outcome(function, item)
        return
    waiting = iter(items)
    left: list[T] = []
    while left := [*left, *islice(waiting, jobs * _AHEAD - len(left))]:
        left = yield from _until_broken(function, left, waiting, jobs)
        if left:  # the first may have ended its process: it gets one of its own
            with ProcessPoolExecutor(1) as pool:
                yield left[0], _outcome(lambda item: pool.submit(function, item).result(), left[0])
            del left[0]


def _outcome(function: Callable[[T], R], item: T) -> R | Exception:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other items go on
        return error


def _until_broken(
    function: Callable[[T], R], items: list[T], waiting: Iterator[T], jobs: int
) -> Generator[tuple[T, R | Exception], None, list[T]]:
    """Yield outcomes, and take more items in turn; return what a broken process leaves undone."""
    running: deque[tuple[T, Future[R]]] = deque()
    todo = deque(items)
    with ProcessPoolExecutor(jobs) as pool:
        try:
            while todo or running:
                while todo:
                    running.append((todo[0], pool.submit(function, todo[0])))
                    todo.popleft()
                item, future = running[0]
                outcome = _outcome(lambda done: done.result(), future)
                if isinstance(outcome, BrokenProcessPool):
                    break
                running.popleft()
                yield item, outcome
                todo.extend(islice(waiting, 1))
        except BrokenProcessPool:  # raised by `submit`
            pass
        finally:
            pool.shutdown(cancel_futures=True)
    return [*(item for item, _ in running), *todo]
