"""Files, folders, standard input: everything that can be read is, and what cannot is named."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gischema.cli.inputs import expand

Run = Callable[..., Result]
Program = Callable[..., subprocess.CompletedProcess[bytes]]
WRONG, RIGHT = "art20_2021_wrong.txt", "art20_2021_county.txt"


@pytest.fixture
def folder(tmp_path: Path, reports: Path) -> Path:
    """A folder with reports at two depths, and files that are no reports."""
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    shutil.copy(reports / WRONG, tmp_path / "b" / "deep" / "wrong.txt")
    shutil.copy(reports / RIGHT, tmp_path / "a.MD")
    shutil.copy(reports / RIGHT, tmp_path / ".hidden" / "no.txt")
    (tmp_path / "b" / "notes.log").write_text("日志", encoding="utf-8")
    return tmp_path


def files(result: Result) -> list[str]:
    return [Path(each["file"]).name for each in json.loads(result.stdout)]


def test_folders_are_searched_at_every_depth(run: Run, folder: Path) -> None:
    """Sorted, suffixes in any case; hidden folders and other suffixes are passed over."""
    result = run("parse", folder)
    assert result.exit_code == 0
    assert files(result) == ["a.MD", "wrong.txt"]


def test_a_folder_is_searched_for_what_the_readers_at_hand_take(folder: Path) -> None:
    """A reader that a plugin adds brings its own kind of file."""
    found = expand([str(folder)], {".log"})
    assert [one.name for one in found] == [str(folder / "b" / "notes.log")]


def test_a_named_file_is_tried_whatever_its_suffix(run: Run, folder: Path) -> None:
    """A report saved as .log is read if it is asked for by name."""
    named = folder / "b" / "notes.log"
    shutil.copy(folder / "a.MD", named)
    assert files(run("parse", named, folder / "a.MD")) == ["notes.log", "a.MD"]


def test_standard_input(run: Run, reports: Path) -> None:
    """`-` reads bytes in any encoding."""
    text = (reports / WRONG).read_text(encoding="utf-8")
    for encoding in ("utf-8", "gb18030", "utf-16"):
        result = run("check", "-", "--format", "json", input=text.encode(encoding))
        assert result.exit_code == 1
        assert len(json.loads(result.stdout)["findings"]) == 3


def test_layout_follows_the_arguments(run: Run, reports: Path, tmp_path: Path) -> None:
    """A folder gives a list even if it holds one file, and an empty one if it holds none."""
    shutil.copy(reports / RIGHT, tmp_path)
    for command in ("parse", "check"):
        assert files(run(command, tmp_path, "--format", "json")) == [RIGHT]
        alone = json.loads(run(command, tmp_path / RIGHT, "--format", "json").stdout)
        assert isinstance(alone, dict)
    (tmp_path / RIGHT).unlink()
    assert json.loads(run("check", tmp_path, "--format", "json").stdout) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7", "PDF"),
        (random.Random(1).randbytes(9000), "不是文本文件"),
        ("床前明月光，疑是地上霜。".encode(), "不像"),
        (b"(" * 100_000, "不像"),
        (None, "没有这个文件"),
    ],
)
@pytest.mark.parametrize("command", ["parse", "figures", "check"])
def test_unreadable_input(
    run: Run, tmp_path: Path, command: str, content: bytes | None, reason: str
) -> None:
    """Status 2 and one line that names the file and says why; so does the object on stdout."""
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(command, path, "--lang", "zh", "--format", "jsonl")
    assert result.exit_code == 2
    entry = json.loads(result.stdout)
    assert (entry["file"], entry["status"]) == (str(path), "unreadable")
    assert reason in entry["message"]
    assert result.stderr.count("\n") == 1
    assert str(path) in result.stderr
    assert reason in result.stderr


def test_unreadable_input_in_english(run: Run, tmp_path: Path) -> None:
    """The same line in English."""
    result = run("check", tmp_path / "x.txt", "--lang", "en")
    assert (
        result.stderr == f"gischema: {tmp_path / 'x.txt'}: no such file; check its name and path\n"
    )
    assert run("check", tmp_path, "--lang", "en").stderr.endswith("report that can be read\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_no_permission(run: Run, tmp_path: Path) -> None:
    """A file that may not be read is named with what to do."""
    path = tmp_path / "x.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    assert "权限" in run("check", path, "--lang", "zh").stderr


def test_other_files_go_on(run: Run, folder: Path) -> None:
    """One bad file among several: the others are done, and 2 wins over the 1 of findings."""
    (folder / "b" / "bad.txt").write_bytes(b"")
    result = run("check", folder, folder / "gone.txt", "--format", "json")
    assert result.exit_code == 2
    assert files(result) == ["a.MD", "bad.txt", "wrong.txt", "gone.txt"]
    assert [line.split("：")[0][-8:] for line in result.stderr.splitlines()] == [
        "/bad.txt",
        "gone.txt",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_only_regular_files_are_taken_out_of_folders(
    program: Program, folder: Path, tmp_path: Path
) -> None:
    """A pipe, a socket, a link to nowhere or to itself is passed over; a link to a file is read."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "nowhere.txt").symlink_to("gone")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "link.txt").symlink_to(folder / "b" / "deep" / "wrong.txt")
    with socket.socket(socket.AF_UNIX) as plug, contextlib.chdir(tmp_path):
        plug.bind("socket.txt")
        done = program("parse", tmp_path, timeout=60)
    assert done.returncode == 0
    assert done.stderr == b""
    found = [Path(each["file"]).name for each in json.loads(done.stdout)]
    assert sorted(found) == ["a.MD", "link.txt", "wrong.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_is_named_is_read(program: Program, reports: Path, tmp_path: Path) -> None:
    """As `<(…)` of a shell gives it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = (reports / WRONG).read_bytes()
    writer = threading.Thread(target=pipe.write_bytes, args=(content,), daemon=True)
    writer.start()
    done = program("check", pipe, "--format", "json", timeout=60)
    assert done.returncode == 1
    named = program("check", reports / WRONG, "--format", "json")
    found, expected = (json.loads(each.stdout)["findings"] for each in (done, named))
    assert [each["message"] for each in found] == [each["message"] for each in expected]


def test_a_folder_that_cannot_be_listed(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line that names it, whether it is closed or has just gone; the files next to it go on."""
    listing = os.scandir
    closed: dict[str, OSError] = {}

    def scandir(place: str) -> object:
        if error := closed.get(Path(place).name):
            error.filename = str(place)
            raise error
        return listing(place)

    monkeypatch.setattr(os, "scandir", scandir)
    for error, words in ((PermissionError(13, ""), "权限"), (FileNotFoundError(2, ""), "没有")):
        closed["deep"] = error
        result = run("parse", folder, "--lang", "zh")
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert result.stderr.startswith(f"gischema: {folder / 'b' / 'deep'}：")
        assert words in result.stderr
        assert files(result) == ["a.MD", "deep"]
        assert json.loads(result.stdout)[1]["status"] == "unreadable"
    closed[folder.name] = closed.pop("deep")
    assert "没有这个文件" in run("check", folder, "--lang", "zh").stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_looked_at(run: Run, folder: Path) -> None:
    """In a folder that can be listed and not entered, files are named and not passed over."""
    deep = folder / "b" / "deep"
    deep.chmod(0o444)
    try:
        result = run("parse", folder, "--lang", "zh")
    finally:
        deep.chmod(0o755)
    assert result.exit_code == 2
    assert "wrong.txt" in result.stderr
    assert "权限" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="a working folder cannot be removed")
def test_the_working_folder_is_gone(run: Run, reports: Path, tmp_path: Path) -> None:
    """What is named is read all the same."""
    gone = tmp_path / "gone"
    gone.mkdir()
    before = Path.cwd()
    os.chdir(gone)
    try:
        gone.rmdir()
        result = run("check", reports / RIGHT)
    finally:
        os.chdir(before)
    assert (result.exit_code, result.stderr) == (0, "")


def test_closed_standard_input(program: Program, reports: Path) -> None:
    """One line about `-`; the other files go on."""
    done = program("check", "-", reports / RIGHT, "--format", "json", closed=(0,))
    assert done.returncode == 2
    assert done.stderr.decode().startswith("gischema: -：")
    assert done.stderr.count(b"\n") == 1
    assert [each.get("status") for each in json.loads(done.stdout)] == ["unreadable", None]


def test_a_folder_ends_with_a_table_of_its_kinds(run: Run, reports: Path, tmp_path: Path) -> None:
    """Read or not, every file is counted under its kind; files that are named are not."""
    shutil.copy(reports / RIGHT, tmp_path / "a.txt")
    shutil.copy(reports / WRONG, tmp_path / "b.txt")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04")
    lines = [line.split() for line in run("check", tmp_path).stdout.splitlines()[-3:]]
    assert [line[-3:] for line in lines] == [
        ["种类", "读出", "未读出"],
        ["docx", "0", "1"],
        ["text", "2", "0"],
    ]
    assert "种类" not in run("check", tmp_path / "a.txt").stdout
