"""Read and write the TOML files of settings and waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import get_args

import tomli_w

from gischema.rules import Severity, Waiver
from gischema.settings.model import FailOn, Settings
from gischema.settings.search import SHARED
from gischema.settings.toml_table import TomlTable, parse_toml, read_bounded, read_toml


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
