"""`python -m benchmarks.corpus`: what a dataset costs in processes, with Ray and with Spark.

Each way runs in a process of its own over the same generated sources. Nothing fails here.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from benchmarks.measurement import machine

if TYPE_CHECKING:
    from gischema.corpus.shards import Shard
    from gischema.corpus.workers import ReadingPlan, ShardDone

_ENGINES = {"processes": "workers", "ray": "ray", "spark": "spark"}
_KB = 1024
_WIDTH = 9
_HEAD = (
    "way", "jobs", "start s", "reports/s", "ms/report", "read ms", "cpu ms", "waited", "tables s",
    "main MB", "worker MB",
)  # fmt: skip
"""`ms/report` is the time of a worker for a report, `read ms` what of it reading takes,
`cpu ms` the processor time of the workers for a report, which a busy machine changes little, and
`waited` the share of their time in which they waited for the main process."""


def main(arguments: list[str] | None = None) -> int:
    """Measure the chosen ways and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="sources (default: 1000)")
    parser.add_argument("--kinds", default="txt,html,docx,xlsx,pdf", help="suffixes of the sources")
    parser.add_argument(
        "--ways",
        default="processes:1,processes:2,ray:2,spark:2",
        help="engines and jobs (default: processes:1,processes:2,ray:2,spark:2)",
    )
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(_measured(options.one, options.folder)))
        return 0
    print("\n".join(f"{key:10} {value}" for key, value in machine().items()))
    print("  ".join(name.rjust(_WIDTH) for name in _HEAD))
    with tempfile.TemporaryDirectory() as folder:
        _generate(Path(folder) / "in", options.count, options.kinds.split(","))
        for way in options.ways.split(","):
            command = [sys.executable, "-m", "benchmarks.corpus", "--one", way, "--folder", folder]
            done = subprocess.run(command, check=False, encoding="utf-8", capture_output=True)
            if done.returncode:
                print(f"{way}: {done.stderr.strip().splitlines()[-1]}")
                continue
            found = json.loads(done.stdout.splitlines()[-1])
            print("  ".join(str(found[name]).rjust(_WIDTH) for name in _HEAD), flush=True)
    return 0


def _generate(folder: Path, count: int, kinds: list[str]) -> None:
    from gischema import Gischema
    from gischema.testing.source_folder import write_sources

    folder.mkdir()
    forms = tuple(Gischema().forms.values())
    write_sources(folder, forms, count, copies=0, broken=0, hostile=0, kinds=kinds)


class _Watched:
    """Shards read in one of the ways: when each was written, and the largest processes."""

    def __init__(self, engine: str) -> None:
        self._read = import_module(f"gischema.corpus.{_ENGINES[engine]}").read_shards
        self.written: list[float] = []
        self.milliseconds = 0.0
        self.worker = 0
        self.processor = self.waited = 0.0

    def __call__(
        self, shards: Iterable[Shard], plan: ReadingPlan, *, jobs: int
    ) -> Iterator[ShardDone]:
        """Read the shards."""
        for done in self._read(shards, plan, jobs=jobs):
            for child in multiprocessing.active_children():
                self.worker = max(self.worker, largest_memory(child.pid))
            self.processor += done.processor
            self.waited += done.waited
            yield done
        files = [file for file in plan.folder.glob("*.parquet") if "list-" not in file.name]
        self.written = sorted(file.stat().st_mtime for file in files)
        times = [
            float(time or 0)
            for file in files
            for time in pq.read_table(file, columns=["milliseconds"])[0].to_pylist()
        ]
        self.milliseconds = sum(times) / len(times)


def _measured(way: str, folder: Path) -> dict[str, Any]:
    """Convert in one way. Rates are those between the first and the last shard: without start."""
    from gischema.corpus import ConvertOptions, convert

    engine, _, jobs = way.partition(":")
    count = sum(1 for _ in (folder / "in").iterdir())
    read = _Watched(engine)
    out = folder / f"out-{engine}-{jobs}"
    started = time.time()
    convert(folder / "in", out, options=ConvertOptions(jobs=int(jobs)), read=read)
    ended = time.time()
    first, last = read.written[0], read.written[-1]
    between = (count - count / len(read.written)) / max(last - first, 1e-9)
    return {
        "way": engine,
        "jobs": int(jobs),
        "start s": round(first - started, 1),
        "reports/s": round(between, 1),
        "ms/report": round(1000 * int(jobs) / between, 1),
        "read ms": round(read.milliseconds, 1),
        "cpu ms": round(1000 * read.processor / count, 1),
        "waited": f"{read.waited / (read.processor + read.waited):.1%}",
        "tables s": round(ended - last, 1),
        "main MB": largest_memory(os.getpid()) // _KB,
        "worker MB": read.worker // _KB,
    }


def largest_memory(pid: int | None) -> int:
    """Return the most memory that a process ever had, in KB; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    sys.exit(main())
