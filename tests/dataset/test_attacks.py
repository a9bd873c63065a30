"""Sources and moments that make trouble: odd names, damage, full disks, other runs, Ctrl-C."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import gischema
from gischema.corpus import SOURCES, ConvertOptions, convert

COUNTY = Path(__file__).parents[2] / "examples" / "reports" / "art20_2021_county.txt"
ONE = ConvertOptions(jobs=1)

pytestmark = pytest.mark.slow


def statuses(out: Path) -> dict[str, str]:
    found = pq.read_table(out / "reports.parquet").to_pylist()
    assert len({row["uri"] for row in found}) == len(found)
    return {row["uri"].rpartition("/")[2]: row["status"] for row in found}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    shutil.copy(COUNTY, tmp_path / "in" / "a.txt")
    return tmp_path


def command(home: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "gischema", "convert", *map(str, arguments), "--jobs", "1"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes need Linux")
def test_names_of_any_bytes_are_sources(home: Path) -> None:
    folder = os.fsencode(home / "in")
    for name in (b"\xff\xfe.txt", b"line\nbreak.txt", "右\u202e左.txt".encode(), b"'; DROP.txt"):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(COUNTY.read_bytes() + name)
    convert(home / "in", home / "out", options=ONE)
    assert statuses(home / "out") == dict.fromkeys(
        ("a.txt", r"\xff\xfe.txt", r"line\nbreak.txt", "右\\u202e左.txt", "'; DROP.txt"), "ok"
    )


@pytest.mark.parametrize("name", ["out", "x.csv"])
def test_a_second_run_does_not_read_what_the_first_one_wrote(home: Path, name: str) -> None:
    for _ in range(2):
        result = convert(home / "in", home / "in" / name, options=ONE)
        assert result.statuses == {"ok": 1}


def test_the_folder_of_the_sources_is_no_output(home: Path) -> None:
    with pytest.raises(gischema.GischemaError, match="both a source and the output"):
        convert(home / "in", home / "in", options=ONE)


def test_what_folders_hold_besides_is_counted(home: Path) -> None:
    (home / "in" / "scan.ofd").write_bytes(b"x")
    (home / "in" / "page").write_bytes(b"x")
    (home / "in" / "loop").symlink_to(home / "in")
    (home / "in" / "gone.txt").symlink_to(home / "nowhere.txt")
    pq.write_table(pa.table({"x": [1]}), home / "in" / "other.parquet")
    result = convert(home / "in", home / "out", options=ONE)
    assert statuses(home / "out") == {"a.txt": "ok"}
    assert result.others == {"": 1, ".ofd": 1, ".parquet": 1, "link to a folder": 1}


def test_what_cannot_be_opened_is_a_row(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, who opens everything."""
    (home / "in" / "closed").mkdir()
    scandir = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    convert(home / "in", home / "out", options=ONE)
    found = pq.read_table(home / "out" / "reports.parquet").to_pylist()
    assert [(Path(row["uri"]).name, row["status"], row["message"]) for row in found] == [
        ("a.txt", "ok", None),
        ("closed", "unreadable", "Permission denied"),
    ]


def test_members_with_one_name_and_damaged_archives_are_rows(home: Path) -> None:
    with zipfile.ZipFile(home / "twice.zip", "w") as archive:
        archive.writestr("a.txt", COUNTY.read_bytes())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", COUNTY.read_bytes() + b"\n")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", COUNTY.read_bytes())
    (home / "damaged.zip").write_bytes(whole.getvalue()[:200] + bytes(50) + whole.getvalue()[250:])
    (home / "cut.tar.gz").write_bytes(b"\x1f\x8b\x08cut")
    (home / "cut.parquet").write_bytes(b"PAR1")
    rows = [{"uri": "u", "content": COUNTY.read_bytes()}, {"uri": "u", "content": b"other"}]
    pq.write_table(pa.Table.from_pylist(rows, schema=SOURCES), home / "u.parquet")
    places = [
        home / name
        for name in ("twice.zip", "damaged.zip", "cut.tar.gz", "cut.parquet", "u.parquet")
    ]
    convert(places, home / "out", options=ONE)
    assert statuses(home / "out") == {
        "a.txt": "ok", "a.txt#2": "ok", "b.txt": "unreadable", "cut.tar.gz": "unreadable",
        "cut.parquet": "unreadable", "u": "duplicate", "u#2": "unreadable",
    }  # fmt: skip


def test_a_file_list_may_come_from_windows(home: Path) -> None:
    listed = home / "list.txt"
    listed.write_bytes(b"\xef\xbb\xbf" + str(home / "in" / "a.txt").encode() + b"\r\n\r\n")
    convert([], home / "out", files_from=listed, options=ONE)
    assert statuses(home / "out") == {"a.txt": "ok"}


def test_two_runs_in_one_folder(home: Path) -> None:
    pytest.importorskip("fcntl")
    from gischema.corpus.alone import only_run

    with only_run(home / "out"), pytest.raises(gischema.GischemaError, match="another"):
        convert(home / "in", home / "out", options=ONE)
    convert(home / "in", home / "out", options=ONE)
    assert statuses(home / "out") == {"a.txt": "ok"}


@pytest.fixture
def full_disk(home: Path) -> Iterator[Path]:
    disk = home / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    try:
        done = subprocess.run(mount, check=False, capture_output=True)
    except OSError:
        pytest.skip("a small disk needs mount")
    if done.returncode:
        pytest.skip("a small disk needs the right to mount one")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_full_disk_ends_the_run_and_blames_no_source(home: Path, full_disk: Path) -> None:
    for number in range(40):
        (home / "in" / f"{number}.txt").write_bytes(COUNTY.read_bytes() + b"%d" % number)
    filler = full_disk / "filler"
    for size in (290_000, 150_000):  # while reading, and while the tables are written
        filler.write_bytes(bytes(size))
        shown = subprocess.run(
            command(home, home / "in", "-o", full_disk / "out"),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert shown.returncode == 2, shown.stderr
        assert "Traceback" not in shown.stderr
        assert not (full_disk / "out" / "manifest.json").exists()
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", str(full_disk)], check=True)
    convert(home / "in", full_disk / "out", options=ONE)
    convert(home / "in", home / "out", options=ONE)
    for file in (home / "out").glob("*.parquet"):
        assert file.read_bytes() == (full_disk / "out" / file.name).read_bytes()


HANGING = """
import time
import gischema

def is_slow(data, name):
    return data.startswith(b"slow")

def wait(data, name):
    time.sleep(600)

@gischema.hookimpl
def gischema_readers():
    return [gischema.Reader("slow", frozenset({".slow"}), is_slow, wait)]
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_process(home: Path, end: signal.Signals) -> None:
    (home / "hanging.py").write_text(HANGING, encoding="utf-8")
    (home / "in" / "b.slow").write_text("slow")
    run = subprocess.Popen(
        [*command(home, home / "in", "-o", home / "out"), "--plugin", str(home / "hanging.py")],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    until(lambda: "shards" in str(list((home / "out").glob("*"))) and len(of_session(run.pid)) > 2)
    time.sleep(3)
    if end == signal.SIGINT:
        os.killpg(run.pid, end)  # a terminal sends it to all processes
    else:
        run.send_signal(end)
    assert run.wait(20) == (130 if end == signal.SIGINT else -signal.SIGKILL)
    assert run.stderr is not None
    assert "Traceback" not in run.stderr.read()
    until(lambda: not of_session(run.pid))


def of_session(leader: int) -> list[int]:
    """Return the processes of a session that are alive."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append(int(folder.name))
    return found


def until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
