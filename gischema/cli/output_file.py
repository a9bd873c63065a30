"""Files that commands write: whole, or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeVar

import click

_KEY = "gischema.output"
_NEW = ".gischema-"
"""The beginning of the name of a file while it is written, in the folder where it will be."""
_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


def output_option() -> Callable[[_Decorated], _Decorated]:
    """Return a decorator that adds `--output`; `streams.write` obeys it."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        expose_value=False,
        callback=_keep,
        help="写入此文件，全部写完才替换原有的。"
        "Write to this file; replace an old one when all is written.",
    )


def _keep(context: click.Context, _: click.Parameter, value: str | None) -> None:
    context.meta[_KEY] = value


def output_file() -> str | None:
    """Return the file of `--output`, None for standard output."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(_KEY)


def save(name: str, pieces: Iterable[str | bytes]) -> None:
    """Write a file in UTF-8. A file of that name is replaced when all is written.

    Raises:
        OSError: The file cannot be written.
    """
    try:
        with _opened(Path(name)) as stream:
            for piece in pieces:
                stream.write(piece if isinstance(piece, bytes) else _encoded(piece))
    except OSError as error:
        place = error.filename
        if place is None or Path(os.fsdecode(place)).name.startswith(_NEW):
            raise OSError(error.errno, error.strerror, name) from error
        raise


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing; a device or a pipe is written to directly."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with file.open("wb") as stream:
            yield stream
        return
    from tempfile import mkstemp  # 5 ms, for one option

    target = file.resolve()  # of a link, the file that it leads to
    descriptor, name = mkstemp(prefix=_NEW, dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        Path(name).chmod(0o666 & ~_umask() if mode is None else stat.S_IMODE(mode))
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
