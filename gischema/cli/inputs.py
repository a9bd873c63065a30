"""Find the files that the arguments of a command stand for."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from gischema.folders import files_in

STDIN = "-"


class Input(NamedTuple):
    """One thing to read: a file, or standard input if `path` is None.

    `named` is True if the arguments list the file itself, False if only its folder.
    """

    name: str
    path: Path | None
    named: bool = True


class EmptyFolder(NamedTuple):
    """A folder among the arguments that holds no file to read."""

    name: str


class ClosedFolder(NamedTuple):
    """A folder whose files cannot be listed, and the error."""

    name: str
    error: OSError


Found: TypeAlias = Input | EmptyFolder | ClosedFolder


def expand(names: Iterable[str], suffixes: Container[str]) -> Iterator[Found]:
    """Yield the inputs of the arguments, in order.

    An argument that is no folder is always an input. A folder gives its regular files with one of
    `suffixes` (in lower case), sorted and without hidden ones, and the folders in it that cannot be
    listed.
    """
    for name in names:
        if name == STDIN:
            yield Input(STDIN, None)
        elif _is_folder(name):
            found = list(_found(name, suffixes))
            yield from found
            if not found:
                yield EmptyFolder(name)
        else:
            yield Input(name, Path(name))


def several(names: tuple[str, ...]) -> bool:
    """Return True if the arguments may stand for more than one file.

    The layout of an output follows from this, not from the number of files in a folder.
    """
    return len(names) > 1 or any(map(_is_folder, names))


def _found(folder: str, suffixes: Container[str]) -> Iterator[Input | ClosedFolder]:
    """Yield the files of a folder that some reader accepts."""
    for found in files_in(folder, suffixes):
        if isinstance(found, OSError):
            yield ClosedFolder(str(found.filename or folder), found)
        else:
            yield Input(str(found), found, named=False)


def _is_folder(name: str) -> bool:
    return os.path.isdir(name)  # noqa: PTH112 - Path.is_dir raises where it may not look
