"""`docs/cli.md` shows what the commands really print. `UPDATE_DOCS=1 pytest tests/cli` renews it."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from gischema.cli.app import COMMANDS, app

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "cli.md"
RUN = re.compile(r"(<!-- run: gischema (.*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def test_outputs_on_the_page_are_real(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every output between the markers is what the command prints today."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def output(found: re.Match[str]) -> str:
        command = found[2]
        result = CliRunner().invoke(
            app, shlex.split(command), prog_name="gischema", terminal_width=80
        )
        assert result.exit_code in {0, 1}, result.stderr
        shown = "" if "--help" in command else f"$ gischema {command}\n"
        return f"{found[1]}```text\n{shown}{result.stdout}```\n{found[3]}"

    page = PAGE.read_text(encoding="utf-8")
    renewed = RUN.sub(output, page)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(renewed, encoding="utf-8", newline="\n")
    else:
        assert page == renewed


def test_every_command_is_on_the_page() -> None:
    """A new command is documented before it lands."""
    shown = {found[2] for found in RUN.finditer(PAGE.read_text(encoding="utf-8"))}
    assert {f"{name} --help" for name in COMMANDS} <= shown
