"""Find the files in a folder that may be reports."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Collection, Container, Iterator
from pathlib import Path

LINKED_FOLDER = "link to a folder"
"""The kind of a link to a folder, which is not followed: it may lead back."""


def files_in(
    folder: str | os.PathLike[str],
    suffixes: Container[str],
    *,
    leave_out: Collection[Path] = (),
    others: Counter[str] | None = None,
) -> Iterator[Path | OSError]:
    """Yield the regular files below a folder with one of `suffixes` (in lower case).

    They are sorted folder by folder; hidden ones are left out. Only regular files and links to them
    are used: a pipe, a socket or a device would block. The errors of folders that cannot be listed
    follow at the end.

    Args:
        folder: The folder.
        suffixes: The suffixes of the files.
        leave_out: Resolved paths of files and folders that are not looked at.
        others: Counts the files that are left out for their suffix, by suffix.
    """
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        here = Path(place).resolve() if leave_out else Path(place)
        folders[:] = sorted(name for name in folders if _is_looked_at(here / name, leave_out))
        if others is not None:
            others[LINKED_FOLDER] += sum((here / name).is_symlink() for name in folders)
        for name in sorted(names):
            path = Path(place, name)
            suffix = path.suffix.lower()
            if not _is_looked_at(here / name, leave_out) or not _is_regular(path):
                continue
            if suffix in suffixes:
                yield path
            elif others is not None:
                others[suffix] += 1
    yield from closed


def _is_looked_at(path: Path, leave_out: Collection[Path]) -> bool:
    return not path.name.startswith(".") and path not in leave_out


def _is_regular(path: Path) -> bool:
    """Return True for a file or a link to one, and where an attempt to read gives the reason."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False  # a link that leads nowhere, or a file that has gone
    except OSError as error:
        return error.errno != errno.ELOOP
