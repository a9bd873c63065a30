"""The rules of Windows for names hold for the tree, for what commands write, and for what is read."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner

import gischema
from gischema.cli.app import app

ROOT = Path(__file__).parents[1]
BUILT = {".git", ".venv", ".venv-ci", "_build", "__pycache__", "build", "dist", "node_modules"}
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789"),
}
LONGEST = 160  # leaves a hundred characters for the folder of a checkout


def faults(place: str) -> Iterator[str]:
    """Yield what Windows would refuse of a path within a folder."""
    if len(place) > LONGEST:
        yield f"{place}: too long"
    for part in PureWindowsPath(place).parts:
        if re.search(r'[<>:"|?*\x00-\x1f]', part) or part[-1] in " .":
            yield f"{place}: {part}"
        if part.partition(".")[0].lower() in RESERVED:
            yield f"{place}: {part} is a device"


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("docs/a.md", True),
        ("a:b.txt", False),
        ("nul.txt", False),
        ("a./b", False),
        ("x" * 170, False),
    ],
)
def test_the_rules(place: str, allowed: bool) -> None:
    """This test would notice each of them."""
    assert (not list(faults(place))) is allowed


def test_the_tree_can_be_checked_out() -> None:
    """No file has a name that Windows refuses, and no two differ only in capitals."""
    places = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if not BUILT & set(path.relative_to(ROOT).parts) and ".egg-info" not in str(path)
    ]
    places = [place for place in places if not place.startswith(".") or place[:8] == ".github/"]
    assert len(places) > 1000
    assert [fault for place in places for fault in faults(place)] == []
    assert [place for place, n in Counter(map(str.lower, places)).items() if n > 1] == []


def test_what_commands_write_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plugins, marked copies and forms have names that Windows takes."""
    monkeypatch.chdir(tmp_path)
    report = ROOT / "examples/reports/art20_2021_wrong.txt"
    for command in (
        ["new", "plugin", "north"],
        ["render", "art20-2021", "--data", str(report), "-o", "form.docx"],
        ["mark", "form.docx", "-o", "marked"],
        ["check", str(report), "--format", "html", "-o", "page.html"],
    ):
        assert CliRunner().invoke(app, command).exit_code in (0, 1), command
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    assert len(written) > 8
    assert [fault for place in written for fault in faults(place)] == []


@pytest.mark.parametrize(
    "path", [r"C:\公开\2023年报.docx", r"\\server\share\report.html", "C:report.txt"]
)
def test_a_path_of_windows_is_a_path(path: str) -> None:
    """A string with backslashes, a drive or a server is no text of a report: no such file, no more."""
    with pytest.raises((OSError, gischema.UnreadableSource)):
        gischema.parse(path)


def test_names_with_backslashes_inside_of_archives(tmp_path: Path) -> None:
    """What a program of Windows packed is read: its names have backslashes."""
    report = ROOT / "examples/reports/art20_2021_county.txt"
    archive = tmp_path / "report.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        name = zipfile.ZipInfo("x")
        name.filename = "公开\\年报.txt"
        packed.writestr(name, report.read_bytes())
    assert gischema.parse(archive).year == gischema.parse(report).year
