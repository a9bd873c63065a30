"""Clocks of processor time: the best of a call, the median of a command.

On a busy machine the time on the wall says more about others than about what is measured.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median

REPEATS = 5


def seconds_per_call(call: Callable[[], object], budget: float) -> float:
    """Return the best of five means; all the calls together take about `budget` seconds of it."""
    call()
    once = _elapsed(call, 1)
    count = max(1, round(budget / REPEATS / max(once, 1e-9)))
    return min(_elapsed(call, count) for _ in range(REPEATS)) / count


def seconds_per_command(commands: Sequence[Sequence[str]], runs: int) -> list[float]:
    """Return the median time of each command, run in turn so that all meet the same machine.

    The first round is not counted: it fills caches of grammars, byte code and files.
    """
    times: list[list[float]] = [[] for _ in commands]
    for round_ in range(runs + 1):
        for command, kept in zip(commands, times, strict=True):
            start = _of_children()
            _run(command)
            if round_:
                kept.append(_of_children() - start)
    return [median(kept) for kept in times]


def _of_children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _run(command: Sequence[str]) -> None:
    """Run a command. Exit status 1 means that a check found something, any other a failure."""
    # Byte code is kept, as on any machine where the package is installed.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", env=environment
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")


def _elapsed(call: Callable[[], object], count: int) -> float:
    start = time.process_time()
    for _ in range(count):
        call()
    return time.process_time() - start
