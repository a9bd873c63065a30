"""Find, read and write the TOML files of settings and waivers."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import get_args

import tomli_w
from attrs import frozen

from gischema.rules import Severity, Waiver
from gischema.settings.model import FailOn, Settings
from gischema.settings.toml_table import TomlTable, parse_toml, read_bounded, read_toml

OWN, SHARED = "gischema.toml", "pyproject.toml"
_VERSION_CONTROL = (".git", ".hg", ".svn", ".jj", ".bzr")
_TABLE = re.compile(rb"(?m)^[ \t[]*[\"']?tool\b(?:.*gischema|[\"']?[ \t]*\])")


@frozen
class FoundSettings:
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
    if _TABLE.search(read_bounded(shared)) is None:
        return False
    return "gischema" in read_toml(shared).get("tool", {})


def load_settings(file: str | PathLike[str]) -> Settings:
    """Return the settings in a file, with the waivers of the files that it lists.

    Raises:
        SettingsError: The settings cannot be used; the message gives file and key.
        OSError: A file cannot be opened.
    """
    file = Path(file)
    content = read_toml(file)
    shared = file.name == SHARED
    table = TomlTable(file, "", content)
    if shared:
        table = TomlTable(file, "", content.get("tool", {})).table("gischema")
    severities = table.table("severity")
    waivers = [*_waivers(table)]
    for name in table.texts("waiver-files") or ():
        waivers += load_waivers(file.parent / name)
    settings = Settings(
        select=table.texts("select"),
        ignore=table.texts("ignore") or (),
        fail_on=table.choice("fail-on", get_args(FailOn)) or "error",
        severity={code: severities.choice(code, get_args(Severity)) for code in severities.content},
        waivers=tuple(waivers),
        file=file,
    )
    table.finish()
    return settings


def load_waivers(file: str | PathLike[str]) -> tuple[Waiver, ...]:
    """Return the waivers in a file. Raises the same errors as `load_settings`."""
    file = Path(file)
    return parse_waivers(file, read_bounded(file))


def parse_waivers(file: Path, content: bytes) -> tuple[Waiver, ...]:
    """Return the waivers in the content of a file. Raises SettingsError as `load_settings` does."""
    table = TomlTable(file, "", parse_toml(file, content))
    waivers = tuple(_waivers(table))
    table.finish()
    return waivers


def waivers_toml(waivers: Iterable[Waiver]) -> str:
    """Return the text of a file of waivers."""
    tables = [
        {
            "rule": waiver.rule,
            "report": waiver.report,
            "reason": waiver.reason,
            "by": waiver.by,
            "on": waiver.on,
            "figures": dict(waiver.figures),
        }
        for waiver in waivers
    ]
    return tomli_w.dumps({"waivers": tables})


def _waivers(table: TomlTable) -> Iterator[Waiver]:
    for each in table.tables("waivers"):
        waiver = Waiver(
            rule=each.text("rule"),
            report=each.text("report"),
            reason=each.text("reason"),
            by=each.text("by"),
            on=each.day("on"),
            figures=each.values("figures"),
        )
        each.finish()
        yield waiver
