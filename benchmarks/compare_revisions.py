"""`python -m benchmarks.compare_revisions OLD NEW`: what two revisions read differently.

Both read the same pages of the laboratory (all forms, layouts and damages), files of all kinds,
the case files and the files of folders. Every difference in figures, statuses, flagged paths,
figures of the text and findings is printed; the CPU time of both is compared over the same inputs,
read in turn. The exit status is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import SimpleQueue
from types import FrameType, TracebackType
from typing import IO

from attrs import evolve

from benchmarks import revision_reader
from benchmarks.revision_inputs import (
    PAGES_IN_BATCH,
    ROOT,
    Batch,
    Input,
    Laboratory,
    cases,
    files_in,
)
from benchmarks.revision_summary import SIDES, Answer, Done, Summary

PAGES_FOR_A_FILE = 50
"""How many pages are read as text for one that is read as a file."""
EXAMPLES = 3


def main(arguments: list[str] | None = None) -> int:
    """Compare two revisions and print what differs."""
    options = _options().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    files = options.files if options.files is not None else options.pages // PAGES_FOR_A_FILE
    with ExitStack() as stack:
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gischema-")))
        pair = [
            _checkout(which, temporary / side)
            for which, side in zip((options.old, options.new), SIDES, strict=True)
        ]
        lanes = [
            stack.enter_context(_Lane(pair, [temporary / f"{side}-cache" for side in SIDES]))
            for _ in range(options.jobs)
        ]
        output = options.output and stack.enter_context(_open(options.output))
        if isinstance(sys.stdout, io.TextIOWrapper):  # a damaged file may hold half a character
            sys.stdout.reconfigure(errors="backslashreplace")
        summary = Summary(options.examples, options.keep, output)
        began = time.perf_counter()
        batches = [*_batches(options, files)]
        complete = False
        with suppress(KeyboardInterrupt):  # what has been read until then is summed up
            for number, done in enumerate(_answers(lanes, batches), 1):
                summary.add(done)
                if sys.stderr.isatty():
                    print(f"\r{number} of {len(batches)} batches", end="", file=sys.stderr)
            complete = True
        summary.print(time.perf_counter() - began)
    if not complete:
        print("stopped before all was read", file=sys.stderr)
    return 1 if summary.differing or not complete else 0


def _interrupt(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """End as Ctrl-C does, once: another signal must not disturb the end."""
    signal.signal(signum, signal.SIG_IGN)
    raise KeyboardInterrupt


def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", errors="backslashreplace")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare_revisions", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("old", help="folder of a checkout, or a git revision of this one")
    parser.add_argument("new", help="the same")
    parser.add_argument("--pages", type=int, default=20_000, help="pages (default: 20,000)")
    parser.add_argument("--files", type=int, help="files of all kinds (default: pages / 50)")
    parser.add_argument("--seed", type=int, default=0, help="decides pages and files (default: 0)")
    parser.add_argument(
        "--folder", type=Path, action="append", default=[], help="files to read; may be repeated"
    )
    parser.add_argument("--no-cases", action="store_true", help="leave the case files out")
    parser.add_argument("--jobs", type=int, default=2, help="processor cores to use (default: 2)")
    parser.add_argument(
        "--examples", type=int, default=EXAMPLES, help=f"of each sort (default: {EXAMPLES})"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER",
        help="write the inputs of the examples there, and what either revision makes of them",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write every difference as a JSON line"
    )
    return parser


def _batches(options: argparse.Namespace, files: int) -> Iterator[Batch]:
    yield from Laboratory(options.seed).batches(options.pages, files)
    if not options.no_cases:
        yield from cases(ROOT / "tests" / "cases")
        yield from files_in(ROOT / "examples" / "reports")
    for folder in options.folder:
        yield from files_in(folder)


def _checkout(which: str, target: Path) -> Path:
    """Return the folder of a checkout; a git revision is unpacked to `target`."""
    if Path(which, "gischema").is_dir():
        return Path(which).resolve()
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", which]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{which}: neither a checkout nor a revision: {done.stderr.decode()}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target


# ---------------------------------------------------------------- reading in turn


class _Reader:
    """A process that reads inputs with the package of a checkout."""

    def __init__(self, checkout: Path, cache: Path) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(checkout),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_CACHE_HOME": str(cache),
            revision_reader.CHECKOUT: str(checkout),
        }
        # Without -P the modules of this folder would stand before those of the standard library.
        self._process = subprocess.Popen(
            [sys.executable, "-P", revision_reader.__file__],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=checkout,
            encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        self._checkout = checkout
        used = Path(self._line().rstrip("\n"))
        if checkout not in used.resolve().parents:
            raise SystemExit(f"{checkout}: the package was imported from {used}")

    def read(self, inputs: Sequence[Input]) -> Answer:
        """Return a line for each input, and what they took."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([one.source for one in inputs]) + "\n")
        self._process.stdin.flush()
        head = json.loads(self._line())
        return Answer([self._line() for _ in inputs], head["seconds"], head["megabytes"])

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith("\n"):
            raise SystemExit(f"{self._checkout}: the process ended: {self._process.wait()}")
        return line

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


class _Lane:
    """One reader of each revision; they read every batch in turn, so that one core is enough."""

    def __init__(self, checkouts: Sequence[Path], caches: Sequence[Path]) -> None:
        self._readers = [_Reader(*each) for each in zip(checkouts, caches, strict=True)]
        self._turn = 0
        pages = next(Laboratory(seed=1).batches(PAGES_IN_BATCH, 0)).make()
        warm = [*pages, *(evolve(page, source={**page.source, "plugins": True}) for page in pages)]
        for reader in self._readers:  # grammars are built before any time is taken
            reader.read(warm)

    def read(self, batch: Batch) -> Done:
        """Return what both make of a batch; the first to read changes from batch to batch."""
        inputs = batch.make()
        self._turn = 1 - self._turn
        order = (self._turn, 1 - self._turn)
        answers = {which: self._readers[which].read(inputs) for which in order}
        return Done(batch.group, inputs, (answers[0], answers[1]))

    def __enter__(self) -> _Lane:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        for reader in self._readers:
            reader.close()


def _answers(lanes: Sequence[_Lane], batches: Sequence[Batch]) -> Iterator[Done]:
    """Yield the batches in their order as they are read."""
    idle: SimpleQueue[_Lane] = SimpleQueue()
    for lane in lanes:
        idle.put(lane)

    def read(batch: Batch) -> Done:
        lane = idle.get()
        try:
            return lane.read(batch)
        finally:
            idle.put(lane)

    with ThreadPoolExecutor(len(lanes)) as pool:
        yield from pool.map(read, batches)


if __name__ == "__main__":
    sys.exit(main())
