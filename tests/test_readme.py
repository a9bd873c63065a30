"""What the READMEs show is what the commands print."""

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from gischema.cli.app import app

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"<!-- output: gischema (?P<command>.+?) -->\n```text\n(?P<shown>.*?)```\n", re.DOTALL
)


def _printed(command: str) -> str:
    result = CliRunner().invoke(app, shlex.split(command))
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_outputs_are_real(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each output block is the command's own output; UPDATE_DOCS=1 renews it."""
    monkeypatch.chdir(ROOT)
    page = Path(name).read_text("utf-8")

    def renewed(block: re.Match[str]) -> str:
        printed = _printed(block["command"])
        return block[0].replace(f"```text\n{block['shown']}```", f"```text\n{printed}```")

    expected = BLOCK.sub(renewed, page)
    assert BLOCK.search(page)
    if os.environ.get("UPDATE_DOCS"):
        Path(name).write_text(expected, "utf-8")
    assert page == expected


def test_both_readmes_give_the_same_test_command() -> None:
    """A newcomer gets one command, whatever the language."""
    marked = re.compile(r"<!-- test-command -->\n```sh\n(.+?)\n```")
    pages = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh.md")]
    commands = [marked.findall(page) for page in pages]
    assert commands[0] == commands[1]
    assert len(commands[0]) == 1
