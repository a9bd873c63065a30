"""The program in one file: built by PyInstaller from what a wheel installs, and started."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from program.try_program import try_program
from tests.packaging.conftest import ROOT, Distributions, Environment

pytestmark = [pytest.mark.packaging, pytest.mark.long, pytest.mark.xdist_group("packaging")]

MOST = 60 * 2**20


def test_the_program_checks_a_report_on_its_page(
    distributions: Distributions,
    new_environment: Callable[..., Environment],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without Python and packages around it, with and without a cache of grammars."""
    environment = new_environment(
        f"gischema[doc,forms,mark,pdf,web,xls] @ {distributions.wheel.as_uri()}", "pyinstaller"
    )
    done = environment.run(
        "pyinstaller",
        *("--noconfirm", "--distpath", str(tmp_path), "--workpath", str(tmp_path / "work")),
        str(ROOT / "program" / "gischema.spec"),
    )
    assert done.returncode == 0, done.stderr
    program = tmp_path / ("gischema.exe" if sys.platform == "win32" else "gischema")
    assert program.stat().st_size < MOST
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert "verdict" in try_program(program)
    assert "verdict" in try_program(program)
