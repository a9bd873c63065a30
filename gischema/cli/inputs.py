"""From the arguments of a command to the files that it reads."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from attrs import frozen

STDIN = "-"


@frozen(eq=False, repr=False)
class Input:
    """One thing to read: a file, or standard input if `path` is None.

    `named` tells that the arguments name it, and not only its folder.
    """

    name: str
    path: Path | None
    named: bool = True


@frozen(eq=False, repr=False)
class EmptyFolder:
    """A folder that was named and holds nothing to read."""

    name: str


def expand(names: Iterable[str], suffixes: Container[str]) -> Iterator[Input | EmptyFolder]:
    """What the arguments name, in order; a file that is named is always tried.

    Of a folder, the files with one of `suffixes` (in lower case), sorted and without hidden ones.
    """
    for name in names:
        if name == STDIN:
            yield Input(STDIN, None)
        elif Path(name).is_dir():
            files = list(_files(name, suffixes))
            yield from (Input(str(path), path, named=False) for path in files)
            if not files:
                yield EmptyFolder(name)
        else:
            yield Input(name, Path(name))


def several(names: tuple[str, ...]) -> bool:
    """Whether the arguments may name more than one file.

    The layout of an output follows from this, not from how many files a folder happens to hold.
    """
    return len(names) > 1 or any(Path(name).is_dir() for name in names)


def _files(folder: str, suffixes: Container[str]) -> Iterator[Path]:
    """The files of a folder that some reader takes; a file that is named is always tried."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.suffix.lower() in suffixes:
                yield path
