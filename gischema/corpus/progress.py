"""How far a run is, and how it is shown: a line on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from attrs import define, field

if TYPE_CHECKING:
    from gischema.corpus.workers import ShardDone

_EVERY = 60.0  # seconds between two lines of a log
_HOUR, _MINUTE = 3600, 60


@define(eq=False)
class RunProgress:
    """The counts of a run.

    Attributes:
        total: The number of sources, None while they are still being found.
        finished: The sources that are done, those of earlier runs included.
        statuses: The sources that this run read, by status.
        doubtful: The reports with a figure in doubt among them.
        processor: The seconds of processor time that reading them took.
        waited: The seconds that processes waited for sources.
    """

    total: int | None = None
    finished: int = 0
    read: int = 0
    statuses: Counter[str] = field(factory=Counter)
    doubtful: int = 0
    processor: float = 0.0
    waited: float = 0.0
    started: float = field(factory=time.monotonic)

    def keep(self, count: int) -> None:
        """Count sources that an earlier run finished."""
        self.finished += count

    def add(self, done: ShardDone) -> None:
        """Count the sources of a shard that is done."""
        count = sum(done.statuses.values())
        self.finished += count
        self.read += count
        self.statuses.update(done.statuses)
        self.doubtful += done.doubtful
        self.processor += done.processor
        self.waited += done.waited

    @property
    def rate(self) -> float:
        """The sources that this run reads in a second."""
        return self.read / max(time.monotonic() - self.started, 1e-9)

    def line(self, lang: str) -> str:
        """Return the progress in one line: `12,340/200,000 45/s 剩余 1 h 9 min …`."""
        zh = lang == "zh"
        of = f"/{self.total:,}" if self.total is not None else ""
        parts = [f"{self.finished:,}{of}", f"{self.rate:.0f}/s"]
        if self.total is not None and self.rate:
            left = _duration((self.total - self.finished) / self.rate)
            parts.append(f"剩余 {left}" if zh else f"{left} left")
        bad = sum(n for status, n in self.statuses.items() if status not in ("ok", "no_figures"))
        parts.append(f"未读出 {bad:,}" if zh else f"{bad:,} unreadable")
        parts.append(f"存疑 {self.doubtful:,}" if zh else f"{self.doubtful:,} doubtful")
        return "  ".join(parts)


def silent(_progress: RunProgress) -> None:
    """Show nothing."""


def shown_on(stream: TextIO, lang: str) -> Callable[[RunProgress], None]:
    """Return a function that shows progress on a stream."""
    is_terminal = stream.isatty()
    last = [time.monotonic() - _EVERY if is_terminal else time.monotonic()]

    def show(progress: RunProgress) -> None:
        if is_terminal:
            stream.write(f"\r\033[K{progress.line(lang)}")
        elif time.monotonic() - last[0] >= _EVERY:
            last[0] = time.monotonic()
            stream.write(progress.line(lang) + "\n")
        stream.flush()

    return show


def _duration(seconds: float) -> str:
    if seconds >= _HOUR:
        return f"{seconds // _HOUR:.0f} h {seconds % _HOUR // _MINUTE:.0f} min"
    return f"{seconds // _MINUTE:.0f} min" if seconds >= _MINUTE else f"{seconds:.0f} s"
