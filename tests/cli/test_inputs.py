"""Files, folders, standard input: everything that can be read is, and what cannot is named."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gischema.cli.inputs import expand

Run = Callable[..., Result]
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
        assert "file" not in alone
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
    """Status 2 and one line that names the file and says why; nothing but data on stdout."""
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(command, path, "--lang", "zh", "--format", "jsonl")
    assert result.exit_code == 2
    assert result.stdout == ""
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
    assert files(result) == ["a.MD", "wrong.txt"]
    assert [line.split("：")[0][-8:] for line in result.stderr.splitlines()] == [
        "/bad.txt",
        "gone.txt",
    ]
