"""Output streams: encodings, colours, and progress on a terminal."""

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

from gischema.cli.output_file import output_file, save
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
    """Prepare the output streams of this process for Chinese text and for closed readers.

    A stream becomes UTF-8 if its encoding has no Chinese. A stream that is closed, from the start
    or during output (`| head`), drops what is written to it, so that the exit status of a command
    does not depend on its reader.
    """
    for descriptor in _DESCRIPTORS:
        try:
            os.fstat(descriptor)
        except OSError:  # closed: a file opened later must not get its number
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = _lasting(sys.stdout, strict=True)
    sys.stderr = _lasting(sys.stderr, strict=False)
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, utf8=not _has_chinese(stream))


def complain(line: str) -> None:
    """Print one line of this program on stderr, without control characters."""
    click.echo(f"gischema: {displayed(line)}", err=True)


def write(pieces: Iterable[str | bytes], *, machine: bool = False) -> None:
    """Print pieces of text as they arrive, or write them to the file of `--output`.

    `machine` output is UTF-8 on every stream.

    Raises:
        OSError: The file cannot be written.
    """
    if (file := output_file()) is not None:
        save(file, pieces)
        return
    if machine:
        _reconfigure(sys.stdout, utf8=True)
    for piece in pieces:
        click.echo(piece, nl=False)  # bytes as they are


def painter(stream: TextIO) -> Paint:
    """Return colours for a terminal, none for a file, a pipe, or with `NO_COLOR`."""
    shown = stream.isatty() and output_file() is None
    if not shown or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return plain
    return lambda role, text: click.style(text, **_STYLES[role])


def columns(stream: TextIO, otherwise: int = 100) -> int:
    """Return the width of the terminal of `stream`; `otherwise` if it is no terminal."""
    if output_file() is not None or not stream.isatty():
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
        elsewhere = output_file() is not None or not sys.stdout.isatty()
        self._on = total > 1 and sys.stderr.isatty() and elsewhere

    def __enter__(self) -> Progress:
        return self

    def step(self) -> None:
        """Count one more input as done."""
        self._done += 1
        if self._on and monotonic() - self._drawn > _PROGRESS_SECONDS:
            self._drawn = monotonic()
            click.echo(f"\r{self._done} / {self._total}", err=True, nl=False)

    def clear(self) -> None:
        """Clear the line for other output."""
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
    """The descriptor of an output stream, which drops output after its reader has closed.

    If it is `strict`, any other error is raised once, because Python writes the rest of a buffer
    again at exit. Otherwise all errors are ignored.
    """

    def __init__(self, descriptor: int, *, strict: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._strict = strict
        self._terminal = self.isatty()

    def write(self, data: ReadableBuffer) -> int:
        """Write or drop `data`; return the number of its bytes."""
        try:
            return super().write(data)
        except OSError as error:
            gone = error.errno in _GONE or (error.errno == errno.EIO and self._terminal)
            if self._strict and not gone:
                self._strict = False
                raise
            return memoryview(data).nbytes


def _lasting(stream: TextIO | None, *, strict: bool) -> TextIO:
    """Return a stream to the same place that survives the end of its reader."""
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
