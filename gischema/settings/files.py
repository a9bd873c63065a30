"""Find, read and write the TOML files of settings and waivers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import get_args

import tomli_w

from gischema.rules import Severity, Waiver
from gischema.settings.model import FailOn, Settings
from gischema.settings.toml_table import TomlTable, read_toml

OWN, SHARED = "gischema.toml", "pyproject.toml"
_TABLE = re.compile(rb"(?m)^[ \t[]*[\"']?tool\b(?:.*gischema|[\"']?[ \t]*\])")


def find_settings(start: str | PathLike[str]) -> Path | None:
    """Return the settings file of the nearest folder from `start` upwards, None if there is none.

    In one folder `gischema.toml` is preferred to a `pyproject.toml` with a table
    `[tool.gischema]`.

    Raises:
        SettingsError: A `pyproject.toml` is not TOML.
    """
    first = Path(start).absolute()
    for folder in (first, *first.parents):
        if (folder / OWN).is_file():
            return folder / OWN
        shared = folder / SHARED
        if shared.is_file() and _has_our_table(shared):
            return shared
    return None


def _has_our_table(shared: Path) -> bool:
    """Return True if a `pyproject.toml` has a table `[tool.gischema]`; most are not parsed."""
    if _TABLE.search(shared.read_bytes()) is None:
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
    table = TomlTable(file, "", read_toml(file))
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
