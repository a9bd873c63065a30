"""Check the reports of a folder in a process pool."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import gischema


def checked(file: Path) -> gischema.CheckResult | gischema.UnreadableSource:
    """Return the result of one file; results and errors go through pickle."""
    try:
        return gischema.check(gischema.parse(file))
    except gischema.UnreadableSource as error:
        return error


def results(
    files: Iterable[Path], jobs: int = 2
) -> Iterator[gischema.CheckResult | gischema.UnreadableSource]:
    """Yield the result of each file, in their order."""
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(checked, files)


if __name__ == "__main__":
    for each in results(sorted(Path(sys.argv[1]).iterdir())):
        print(each)
