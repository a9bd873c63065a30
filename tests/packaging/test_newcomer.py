"""A newcomer on a bare machine: a fresh clone, Python and git, and the commands of the READMEs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.name != "posix", reason="the commands are those of a POSIX shell"),
    pytest.mark.skipif(shutil.which("git") is None, reason="there is no git"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone"),
]
FIRST = re.compile(r"```console\n\$ (.+)\n```\n\n<!-- output: .+ -->\n```text\n(.*?)```", re.DOTALL)
TESTS = re.compile(r"<!-- test-command -->\n```sh\n(.+?)\n```")
_TO_THE_INDEX = re.compile(r"(PIP|UV)_\w+|\w*_(PROXY|CERT_FILE|CERT_DIR|CA_BUNDLE)", re.IGNORECASE)
"""Variables with which a machine says how it reaches the package index."""


class Newcomer:
    """A person with an empty home, who has cloned the repository."""

    def __init__(self, folder: Path, *programs: str) -> None:
        home, self.clone = folder / "home", folder / "gischema"
        settings = Path("~/.config/pip/pip.conf").expanduser()
        (home / ".config/pip").mkdir(parents=True)
        if settings.is_file():
            shutil.copyfile(settings, home / ".config/pip/pip.conf")
        path = folder / "bin"
        path.mkdir()
        (path / "python3").symlink_to(Path(sys.base_prefix) / "bin/python3")
        for program in programs:
            (path / program).symlink_to(str(shutil.which(program)))
        own = {name: text for name, text in os.environ.items() if _TO_THE_INDEX.fullmatch(name)}
        self.environment = {**own, "HOME": str(home), "PATH": str(path), "LANG": "C.UTF-8"}
        self.run("git", "clone", "--quiet", "--no-hardlinks", ROOT, self.clone, folder=folder)

    def run(
        self, *command: str | Path, folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with nothing of this environment, and return what it printed."""
        return subprocess.run(
            command,
            cwd=folder or self.clone,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_first_command_prints_what_the_readme_shows(readme: str, tmp_path: Path) -> None:
    """With python3, git and a shell alone, the command installs the package and checks a report."""
    newcomer = Newcomer(tmp_path, "git", "sh")
    (found,) = FIRST.findall((newcomer.clone / readme).read_text("utf-8"))
    command, shown = found
    done = newcomer.run("sh", "-c", command)
    installing, _, printed = done.stdout.partition("\nexamples/")
    lines = f"examples/{printed}".splitlines()
    assert "Successfully installed" in installing, done.stdout + done.stderr
    assert "".join(f"{line.rstrip()}\n" for line in lines) == shown
    assert done.returncode == 1, "the report has an error"


def test_the_test_command_passes(tmp_path: Path) -> None:
    """The second command of the README, where a user's usual programs are."""
    newcomer = Newcomer(tmp_path, "git")
    newcomer.environment["PATH"] += f"{os.pathsep}/usr/bin{os.pathsep}/bin"
    (command,) = TESTS.findall((newcomer.clone / "README.md").read_text("utf-8"))
    done = newcomer.run("sh", "-c", command)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
