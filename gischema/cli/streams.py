"""Where output goes: encodings, colours, and progress on a terminal."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

import click

from gischema.filenames import displayed
from gischema.output.paint import Paint, Role, plain

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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
_GONE = {errno.EPIPE} if os.name != "nt" else {errno.EPIPE, errno.EINVAL}


_DESCRIPTORS = (0, 1, 2)


def prepare() -> None:
    """Make the output streams of this process ready for every character and every end.

    They are UTF-8 where their own encoding has no Chinese. One that is closed, from the start or
    while it is written to (`| head`), takes what is written and drops it: what a command finds
    does not depend on who listens.
    """
    for descriptor in _DESCRIPTORS:
        try:
            os.fstat(descriptor)
        except OSError:  # closed: a file that is opened later must not take its number
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = _lasting(sys.stdout, strict=True)
    sys.stderr = _lasting(sys.stderr, strict=False)
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, utf8=not _has_chinese(stream))


def complain(line: str) -> None:
    """Print one line of this program on stderr, with nothing in it that moves or colours."""
    click.echo(f"gischema: {displayed(line)}", err=True)


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


class _Output(io.FileIO):
    """The descriptor of an output stream, which drops what nobody reads any more.

    Where it is `strict`, any other error is raised, once: Python writes what is left in a buffer
    again at the end. Else all errors are dropped.
    """

    def __init__(self, descriptor: int, *, strict: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._strict = strict
        self._terminal = self.isatty()

    def write(self, data: ReadableBuffer) -> int:
        """Write `data`, or drop it; the number of its bytes."""
        try:
            return super().write(data)
        except OSError as error:
            gone = error.errno in _GONE or (error.errno == errno.EIO and self._terminal)
            if self._strict and not gone:
                self._strict = False
                raise
            return memoryview(data).nbytes


def _lasting(stream: TextIO | None, *, strict: bool) -> TextIO:
    """Return a stream that writes to the same place and outlives its reader."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError, AttributeError):
        return stream  # no file of the system
    if os.name == "nt" and stream.isatty():
        return stream  # a console is written to by calls of its own
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Output(descriptor, strict=strict)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=getattr(stream, "line_buffering", False),
        write_through=getattr(stream, "write_through", False),
    )


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
