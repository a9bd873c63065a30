"""Find the files in a folder that may be reports."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Container, Iterator
from pathlib import Path


def files_in(folder: str | os.PathLike[str], suffixes: Container[str]) -> Iterator[Path | OSError]:
    """Yield the regular files below a folder with one of `suffixes` (in lower case).

    They are sorted folder by folder; hidden ones are left out. Only regular files and links to them
    are used: a pipe, a socket or a device would block. The errors of folders that cannot be listed
    follow at the end.
    """
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            known = not name.startswith(".") and path.suffix.lower() in suffixes
            if known and _is_regular(path):
                yield path
    yield from closed


def _is_regular(path: Path) -> bool:
    """Return True for a file or a link to one, and where an attempt to read gives the reason."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False  # a link that leads nowhere, or a file that has gone
    except OSError as error:
        return error.errno != errno.ELOOP
