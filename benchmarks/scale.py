"""`python -m benchmarks.scale`: what datasets of 10³ to 10⁵ small sources cost, and their memory.

Each size is converted in a process of its own. `cpu ms` is the processor time of the workers for a
source, `waited` the share of their time in which they waited for the main process, `tables ms` the
time on the clock for a source after all are read. Memory is the most that a process ever had: the
main process, the workers, and the processes that write the tables.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.corpus import largest_memory
from benchmarks.measurement import machine
from benchmarks.small_sources import write_small_sources

_HEAD = ("sources", "jobs", "cpu ms", "waited", "tables ms", "main MB", "worker MB", "tables MB")
_WIDTH = 9
_KB = 1024


def main(arguments: list[str] | None = None) -> int:
    """Measure datasets of the chosen sizes and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="default: 1000,10000")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.folder is not None:
        print(json.dumps(_measured(options.folder, options.jobs)))
        return 0
    print("\n".join(f"{key:10} {value}" for key, value in machine().items()))
    print("  ".join(name.rjust(_WIDTH) for name in _HEAD))
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            write_small_sources(Path(folder) / "in", size)
            command = [sys.executable, "-m", "benchmarks.scale", "--folder", folder]
            command += ["--jobs", str(options.jobs)]
            done = subprocess.run(command, check=True, encoding="utf-8", capture_output=True)
        found = {"sources": size, "jobs": options.jobs} | json.loads(done.stdout)
        print("  ".join(str(found[name]).rjust(_WIDTH) for name in _HEAD), flush=True)
    return 0


def _measured(folder: Path, jobs: int) -> dict[str, Any]:
    from gischema.corpus import ConvertOptions, convert
    from gischema.corpus.progress import RunProgress

    read_until = 0.0
    workers = 0

    def progress(_: RunProgress) -> None:
        nonlocal read_until, workers
        read_until = time.monotonic()
        workers = max(workers, most[0])

    with _watched() as most:
        out = convert(
            folder / "in", folder / "out", options=ConvertOptions(jobs=jobs), progress=progress
        ).out
    ended = time.monotonic()
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    count, busy = manifest["read"], manifest["processor_seconds"]
    return {
        "cpu ms": round(1000 * busy / count, 2),
        "waited": f"{manifest['waited_seconds'] / (busy + manifest['waited_seconds']):.1%}",
        "tables ms": round(1000 * (ended - read_until) / count, 2),
        "main MB": largest_memory(os.getpid()) // _KB,
        "worker MB": workers // _KB,
        "tables MB": most[0] // _KB,
    }


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Keep the most memory that a process of this one ever had, in KB."""
    most, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(0.05):
            for child in multiprocessing.active_children():
                most[0] = max(most[0], largest_memory(child.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


if __name__ == "__main__":
    sys.exit(main())
