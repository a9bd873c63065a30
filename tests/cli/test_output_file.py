"""`--output`: a file that is whole or not there, for every command that prints."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from gischema.cli.output_file import save

Run = Callable[..., Result]
Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
REPORT = "art20_2021_wrong.txt"


@pytest.mark.parametrize(
    "command",
    [
        ("check", REPORT),
        ("check", REPORT, "--format", "sarif"),
        ("compare", REPORT, REPORT),
        ("explain", "B1"),
        ("figures", REPORT),
        ("figures", REPORT, "--format", "csv"),
        ("figures", REPORT, "--excel"),
        ("forms",),
        ("parse", REPORT),
        ("plugins",),
        ("rules", "--format", "json"),
    ],
)
def test_every_command(
    run: Run,
    reports: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file holds what would have been printed, and the exit status is the same."""
    monkeypatch.chdir(reports)
    printed = run(*command)
    written = run(*command, "-o", tmp_path / "out")
    assert (written.exit_code, written.stdout) == (printed.exit_code, "")
    assert (tmp_path / "out").read_bytes() == printed.stdout_bytes
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_file_that_is_there_is_replaced_when_all_is_written(
    tmp_path: Path, error: type[BaseException]
) -> None:
    """An error or an interrupt leaves what was there; nothing else stays in the folder."""
    file = tmp_path / "out"
    file.write_text("old")

    def failing() -> Iterator[str]:
        yield "new"
        assert file.read_text() == "old"
        raise error

    with pytest.raises(error):
        save(str(file), failing())
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]
    save(str(file), ["甲\udcff\n", b"\x00"])
    assert file.read_bytes() == "甲\\udcff\n\0".encode()


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links")
def test_modes_and_links_are_kept(tmp_path: Path) -> None:
    """A new file has the mode of any new file, an old one keeps its own, a link stays one."""
    (tmp_path / "plain").write_text("")
    file, link = tmp_path / "out", tmp_path / "link"
    save(str(file), ["1"])
    assert file.stat().st_mode == (tmp_path / "plain").stat().st_mode
    file.chmod(0o640)
    link.symlink_to(file)
    save(str(link), ["2"])
    assert link.is_symlink()
    assert file.read_text() == "2"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="devices")
def test_a_device_is_written_to(program: Program) -> None:
    assert program("explain", "B1", "-o", "/dev/stdout").stdout.startswith(b"# B1 ")


def test_a_file_that_cannot_be_written(run: Run, reports: Path, tmp_path: Path) -> None:
    """One line with the name that was given, and status 2."""
    for name in (tmp_path / "none" / "out", tmp_path):
        result = run("explain", "B1", "-o", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"gischema: {name}：")
        assert result.stderr.count("\n") == 1
