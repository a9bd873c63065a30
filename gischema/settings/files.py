"""Settings and waivers as TOML files: found, read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from gischema.rules import Severity, Waiver
from gischema.settings.model import FailOn, Settings
from gischema.settings.table import Table, read_toml

OWN, SHARED = "gischema.toml", "pyproject.toml"
_TABLE = re.compile(rb"(?m)^[ \t[]*[\"']?tool\b(?:.*gischema|[\"']?[ \t]*\])")


def find_settings(start: Path) -> Path | None:
    """The settings of the nearest folder from `start` upwards, None if there are none.

    In one folder `gischema.toml` counts before a `pyproject.toml` with a table `[tool.gischema]`.
    Raises SettingsError for a `pyproject.toml` that is no TOML.
    """
    for folder in (start, *start.parents):
        if (folder / OWN).is_file():
            return folder / OWN
        shared = folder / SHARED
        if shared.is_file() and _concerns_us(shared):
            return shared
    return None


def _concerns_us(shared: Path) -> bool:
    """Whether a `pyproject.toml` has a table `[tool.gischema]`: most need not be parsed."""
    if _TABLE.search(shared.read_bytes()) is None:
        return False
    return "gischema" in read_toml(shared).get("tool", {})


def load_settings(file: Path) -> Settings:
    """The settings in a file, with the waivers of the files that it names.

    Raises SettingsError, naming file and key, if they cannot be used, OSError if a file cannot be
    opened.
    """
    content = read_toml(file)
    shared = file.name == SHARED
    table = Table(file, "", content)
    if shared:
        table = Table(file, "", content.get("tool", {})).table("gischema")
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


def load_waivers(file: Path) -> tuple[Waiver, ...]:
    """The waivers in a file. Raises what `load_settings` does."""
    table = Table(file, "", read_toml(file))
    waivers = tuple(_waivers(table))
    table.finish()
    return waivers


def waivers_toml(waivers: Iterable[Waiver]) -> str:
    """The text of a file of waivers."""
    import tomli_w

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


def _waivers(table: Table) -> Iterator[Waiver]:
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
