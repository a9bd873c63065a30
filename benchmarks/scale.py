"""`python -m benchmarks.scale`: what datasets of 10³ to 10⁵ small sources cost, and their memory.

Each size is converted in a process of its own. `cpu ms` is the processor time of the workers for a
source, `waited` the share of their time in which they waited for the main process, `tables ms` the
time on the clock for a source after all are read. Memory is the most that a process ever had: the
main process, the workers, and the processes that write the tables, one a step. With `--keep` the
sources and what was read of them stay in a folder, and the next run writes the tables alone.
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
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.corpus import largest_memory
from benchmarks.measurement import machine
from benchmarks.small_sources import write_small_sources
from gischema.corpus import ConvertOptions, convert, read_shards
from gischema.corpus.shards import Shard
from gischema.corpus.workers import ReadingPlan, ShardDone

_HEAD = ("sources", "jobs", "cpu ms", "waited", "tables ms", "main MB", "worker MB", "tables MB")
_MANIFEST = ("read", "processor_seconds", "waited_seconds")
_WIDTH = 9
_WORKER = "ForkServerProcess"
_KB = 1024


def main(arguments: list[str] | None = None) -> int:
    """Measure datasets of the chosen sizes and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="default: 1000,10000")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a folder for sources and what is read of them")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.folder is not None:
        print(json.dumps(_measured(options.folder, options.jobs)))
        return 0
    print("\n".join(f"{key:10} {value}" for key, value in machine().items()))
    print("  ".join(name.rjust(_WIDTH) for name in _HEAD))
    for size in map(int, options.sizes.split(",")):
        kept = options.keep and options.keep / str(size)
        with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
            if not Path(folder, "in").exists():
                write_small_sources(Path(folder, "in"), size)
            command = [sys.executable, "-m", "benchmarks.scale", "--folder", str(folder)]
            command += ["--jobs", str(options.jobs)]
            done = subprocess.run(command, check=True, encoding="utf-8", capture_output=True)
        found = {"sources": size, "jobs": options.jobs} | json.loads(done.stdout)
        print("  ".join(str(found[name]).rjust(_WIDTH) for name in _HEAD))
        print(f"{'':9}", *(f"{name} {most}" for name, most in found["steps"].items()), flush=True)
    return 0


class _Reading:
    """What reads the shards: it keeps their files, and notes when all are read."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self.ended = 0.0

    def __call__(
        self, shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int
    ) -> Iterator[ShardDone]:
        """Read the shards."""
        _link(self._kept, plan.folder)
        yield from read_shards(shards, plan, jobs=jobs)
        _link(plan.folder, self._kept)
        self.ended = time.monotonic()


def _link(source: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for file in source.glob("*.parquet"):
        if not (folder / file.name).exists():
            (folder / file.name).hardlink_to(file)


def _measured(folder: Path, jobs: int) -> dict[str, Any]:
    reading = _Reading(folder / "kept")
    with _watched() as most:
        out = convert(
            folder / "in", folder / "out", options=ConvertOptions(jobs=jobs), read=reading
        ).out
    ended = time.monotonic()
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    count, busy, waited = (manifest[name] for name in _MANIFEST)
    steps = {name: kilobytes // _KB for name, kilobytes in most.items()}
    workers = [steps.pop(name) for name in list(steps) if name.startswith(_WORKER)]
    return {
        "cpu ms": round(1000 * busy / max(count, 1), 2),
        "waited": f"{waited / max(busy + waited, 1e-9):.1%}",
        "tables ms": round(1000 * (ended - reading.ended) / sum(manifest["statuses"].values()), 2),
        "main MB": largest_memory(os.getpid()) // _KB,
        "worker MB": max(workers, default=0),
        "tables MB": max(steps.values()),
        "steps": steps,
    }


@contextmanager
def _watched() -> Iterator[dict[str, int]]:
    """Keep the most memory that each process of this one ever had, in KB."""
    most: defaultdict[str, int] = defaultdict(int)
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.02):
            for child in multiprocessing.active_children():
                most[child.name] = max(most[child.name], largest_memory(child.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


if __name__ == "__main__":
    sys.exit(main())
