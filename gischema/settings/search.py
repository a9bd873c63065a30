"""Find the settings file of a project."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import NamedTuple

OWN, SHARED = "gischema.toml", "pyproject.toml"
_VERSION_CONTROL = (".git", ".hg", ".svn", ".jj", ".bzr")
_TABLE = re.compile(rb"(?m)^[ \t[]*[\"']?tool\b(?:.*gischema|[\"']?[ \t]*\])")


class FoundSettings(NamedTuple):
    """The result of a search.

    Attributes:
        file: The settings to use, None if there are none.
        passed_over: Settings files above the working folder that belong to other users.
    """

    file: Path | None = None
    passed_over: tuple[Path, ...] = ()


def find_settings(start: str | PathLike[str]) -> Path | None:
    """Return the file that `search_settings` finds from `start`, None if there is none.

    Raises:
        SettingsError: A `pyproject.toml` is not TOML.
    """
    return search_settings(start).file


def search_settings(start: str | PathLike[str]) -> FoundSettings:
    """Return the settings file of the nearest folder from `start` upwards.

    The search ends at the root of a version control system and at the home folder, both included.
    Above `start`, files that belong to other users are passed over: anyone may write to a folder
    such as /tmp. In one folder `gischema.toml` is preferred to a `pyproject.toml` with a table
    `[tool.gischema]`.

    Raises:
        SettingsError: A `pyproject.toml` is not TOML.
    """
    others: list[Path] = []
    first = Path(start).absolute()
    for folder in _upwards(first):
        for file in (folder / OWN, folder / SHARED):
            if not file.is_file():
                continue
            if folder != first and not _is_mine(file):
                if file.name == OWN:
                    others.append(file)
            elif file.name == OWN or _has_our_table(file):
                return FoundSettings(file, tuple(others))
    return FoundSettings(None, tuple(others))


def _upwards(start: Path) -> Iterator[Path]:
    """Yield `start` and the folders above it that may hold the settings of its project."""
    home = _home()
    for folder in (start, *start.parents):
        yield folder
        if folder == home or any((folder / name).exists() for name in _VERSION_CONTROL):
            return


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:  # an account without a home folder
        return None


def _is_mine(file: Path) -> bool:
    """Return True if a file, and a link to it, belong to the current user."""
    if sys.platform == "win32":
        return True  # folders are not shared by users in this way
    me = os.geteuid()
    return file.stat().st_uid == me and file.lstat().st_uid == me


def _has_our_table(shared: Path) -> bool:
    """Return True if a `pyproject.toml` has a table `[tool.gischema]`; most are not parsed."""
    from gischema.settings.toml_table import read_bounded, read_toml  # 4 ms, few folders need it

    if _TABLE.search(read_bounded(shared)) is None:
        return False
    return "gischema" in read_toml(shared).get("tool", {})
