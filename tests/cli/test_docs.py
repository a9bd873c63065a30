"""`reference/cli.md` in both languages shows real output and describes every command. `UPDATE_DOCS=1` renews the output."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.assemble import LANGUAGES
from gischema.cli.app import COMMANDS, app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / f"docs/{language}/reference/cli.md" for language in LANGUAGES]
RUN = re.compile(r"(<!-- run: gischema (.*?) -->\n).*?(<!-- end -->)", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=LANGUAGES)
def test_outputs_on_the_page_are_real(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every output between the markers is what the command prints."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def output(found: re.Match[str]) -> str:
        result = CliRunner().invoke(app, shlex.split(found[2]), prog_name="gischema")
        assert result.exit_code == 0, result.stderr
        return f"{found[1]}```text\n$ gischema {found[2]}\n{result.stdout}```\n{found[3]}"

    shown = page.read_text(encoding="utf-8")
    renewed = RUN.sub(output, shown)
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(renewed, encoding="utf-8", newline="\n")
    assert shown == renewed


@pytest.mark.parametrize("page", PAGES, ids=LANGUAGES)
def test_every_command_has_a_section(page: Path) -> None:
    """A new command is described before it lands, and no section outlives its command."""
    sections = re.findall(r"^## ([a-z]+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted(COMMANDS)
