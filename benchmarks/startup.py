"""How long a clerk waits for one report: a cold start of the command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import seconds_per_command
from benchmarks.measurement import Measurement
from benchmarks.texts import EXAMPLES

PEER = "import lark, attrs, cattrs, pluggy"
LIMIT = 2.5


def measure(runs: int) -> Iterator[Measurement]:
    """Measure `gischema check FILE` and `gischema --help` as processes, against bare imports."""
    report = str(EXAMPLES[-1].path)
    check, usage, peer = seconds_per_command(
        [[*_gischema(), "check", report], [*_gischema(), "--help"], [sys.executable, "-c", PEER]],
        runs,
    )
    for name, seconds, limit in (("check FILE", check, LIMIT), ("--help", usage, None)):
        yield Measurement(
            group="cold start of the command",
            name=f"gischema {name}",
            value=seconds * 1000,
            unit="ms",
            peer=PEER,
            peer_value=peer * 1000,
            ratio=seconds / peer,
            limit=limit,
        )


def _gischema() -> list[str]:
    """Return the installed command that belongs to this interpreter."""
    for name in ("gischema", "gischema.exe"):
        script = Path(sys.executable).parent / name
        if script.exists():
            return [str(script)]
    return [sys.executable, "-c", "from gischema.cli import main; main()"]
