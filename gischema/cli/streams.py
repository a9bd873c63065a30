"""Where output goes: encodings, colours, and progress on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from time import monotonic
from types import TracebackType
from typing import Any, TextIO

import click

from gischema.output.paint import Paint, Role, plain

_STYLES: dict[Role, dict[str, Any]] = {
    "title": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "blue", "bold": True},
    "good": {"fg": "green", "bold": True},
    "mark": {"fg": "red", "bold": True},
    "quiet": {"dim": True},
}
_PROGRESS_SECONDS = 0.1


def prepare() -> None:
    """Makes every character printable: UTF-8 where the stream's own encoding has no Chinese."""
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, utf8=not _has_chinese(stream))


def write(pieces: Iterable[str | bytes], *, machine: bool = False) -> None:
    """Prints pieces of text as they come; `machine` output is UTF-8 whatever the stream is."""
    if machine:
        _reconfigure(sys.stdout, utf8=True)
    for piece in pieces:
        click.echo(piece, nl=False)  # bytes as they are


def painter(stream: TextIO) -> Paint:
    """Colours for a terminal, none for a file, a pipe, or where `NO_COLOR` is set."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return plain
    return lambda role, text: click.style(text, **_STYLES[role])


def columns(stream: TextIO, otherwise: int = 100) -> int:
    """The width of the terminal behind `stream`; `otherwise` if it is none."""
    if not stream.isatty():
        return otherwise
    try:
        return max(40, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return otherwise


class Progress:
    """A line `12 / 345` on a terminal's stderr, while standard output goes elsewhere."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._drawn = 0.0
        self._on = total > 1 and sys.stderr.isatty() and not sys.stdout.isatty()

    def __enter__(self) -> Progress:
        return self

    def step(self) -> None:
        """One more input is done."""
        self._done += 1
        if self._on and monotonic() - self._drawn > _PROGRESS_SECONDS:
            self._drawn = monotonic()
            click.echo(f"\r{self._done} / {self._total}", err=True, nl=False)

    def clear(self) -> None:
        """Wipes the line, so that something else can be printed there."""
        if self._on and self._drawn:
            click.echo("\r\x1b[K", err=True, nl=False)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.clear()


def _reconfigure(stream: TextIO, *, utf8: bool) -> None:
    change = getattr(stream, "reconfigure", None)
    if change is None:
        return
    if utf8:
        change(encoding="utf-8", errors="backslashreplace")
    else:
        change(errors="backslashreplace")


def _has_chinese(stream: TextIO) -> bool:
    try:
        "政府信息公开：“→…”".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
