"""Steps in processes of their own, whose memory ends with them; one run at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from gischema.corpus.workers import begin_process, process_context
from gischema.errors import GischemaError


def alone(*steps: Callable[[], Any]) -> list[Any]:
    """Run steps in a process of their own and return their results, or raise an exception of one.

    Raises:
        GischemaError: The process was ended, for want of memory for example.
    """
    context = process_context()
    ours, theirs = context.Pipe(duplex=False)
    names = " ".join(getattr(step, "func", step).__name__ for step in steps)
    process = context.Process(target=_run, args=(theirs, steps), name=names, daemon=True)
    process.start()
    theirs.close()
    try:
        results, error = ours.recv()
    except EOFError:
        raise GischemaError(
            "写表的进程意外结束（可能内存不足）；重新运行同一命令会接着做",
            "the process that writes the tables was ended (out of memory?); the same command goes "
            "on from here",
        ) from None
    finally:
        process.terminate()
        process.join()
    if error is not None:
        raise error
    return cast(list[Any], results)


def _run(pipe: Connection, steps: Iterable[Callable[[], Any]]) -> None:
    begin_process()
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # each takes memory of its own
    try:
        pipe.send(([step() for step in steps], None))
    except Exception as error:  # noqa: BLE001 - raised again in the main process
        pipe.send((None, error))


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Make a folder and keep other runs out of it; systems without such locks keep none out.

    The lock ends with the process, however that ends.

    Raises:
        GischemaError: Another run writes there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl  # not on Windows
    except ImportError:
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GischemaError(
                f"另一个 gischema convert 正在写 {folder}",
                f"another gischema convert is writing {folder}",
            ) from None
        yield
    finally:
        os.close(opened)
