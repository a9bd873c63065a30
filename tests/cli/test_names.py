"""File names of any bytes: every format is written, well-formed, and nothing in a name acts."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from gischema import UnreadableSource
from gischema.cli.commands.check import FORMATS
from gischema.filenames import displayed, name_bytes

Run = Callable[..., Result]
Program = Callable[..., subprocess.CompletedProcess[bytes]]
WRONG = "art20_2021_wrong.txt"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are UTF-8 here")

NAMES = {
    b"\xb9\xab\xbf\xaa\xff.txt": r"\xb9\xab\xbf\xaa\xff.txt",  # 公开 in GBK, and a byte more
    b"a\nb\r\tc.txt": r"a\nb\r\tc.txt",
    b"\x1b[2J\x07\x7f.txt": r"\x1b[2J\x07\x7f.txt",
    "甲\u202etxt.exe\u2066\u200f\ufeff.txt".encode(): r"甲\u202etxt.exe\u2066\u200f\ufeff.txt",
    "\x9b31m\u2028\u2029.txt".encode(): r"\x9b31m\u2028\u2029.txt",
    "年 报　100%, a:b;“引”<&>.txt".encode(): "年 报　100%, a:b;“引”<&>.txt",
}
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report under each name, and an empty file whose name is as bad."""
    place = tmp_path_factory.mktemp("names")
    source = Path(__file__).resolve().parents[2] / "examples" / "reports" / WRONG
    for name in NAMES:
        shutil.copy(source, place / os.fsdecode(name))
    (place / os.fsdecode(b"empty\xfe\n\x1b.txt")).write_bytes(b"")
    return place


@pytest.mark.parametrize(
    ("command", "format"),
    [
        *(("check", name) for name in FORMATS),
        *(("figures", name) for name in ("table", "csv", "json", "jsonl")),
        *(("parse", name) for name in ("json", "jsonl")),
    ],
)
def test_every_format(run: Run, folder: Path, command: str, format: str) -> None:
    """All reports are in the output, under names of one line that are UTF-8."""
    done = run(command, folder, "--format", format, "--lang", "zh")
    assert done.exit_code == 2
    text, line = done.stdout_bytes.decode(), done.stderr_bytes.decode()
    assert not ACTIVE.search(text)
    assert line.startswith(rf"gischema: {folder}/empty\xfe\n\x1b.txt：")
    assert line.count("\n") == 1
    for shown in NAMES.values():
        assert shown.removesuffix(".txt") in plain(text, format)


def plain(text: str, format: str) -> str:
    """The names in an output as they are before the format quotes them."""
    if format in {"json", "jsonl"}:
        return text.replace("\\\\", "\\")
    if format == "csv":
        return text.replace('""', '"')
    if format == "html":
        return html.unescape(text)
    if format == "markdown":
        return re.sub(r"\\([\\`*_{}\[\]<>|#])", r"\1", text)
    if format == "github":
        return text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    if format == "junit":
        return "\n".join(suite.attrib["name"] for suite in ET.fromstring(text))
    if format == "sarif":
        uris = {
            place["physicalLocation"]["artifactLocation"]["uri"]
            for result in json.loads(text)["runs"][0]["results"]
            for place in result["locations"]
        }
        assert all(uri.isascii() for uri in uris)
        found = {unquote_to_bytes(uri).rpartition(b"/")[2] for uri in uris}
        assert found == set(NAMES)  # no byte of a name is lost
        return "\n".join(NAMES[name] for name in found)
    return text


def test_compare(program: Program, folder: Path) -> None:
    """Names of reports that are compared."""
    old, new = (folder / os.fsdecode(name) for name in list(NAMES)[:2])
    for name in ("text", "json"):
        done = program("compare", old, new, "--format", name)
        assert done.returncode == 0
        assert not ACTIVE.search(done.stdout.decode())
    gone = program("compare", old, folder / "gone\n\x1b[1m")
    assert gone.returncode == 2
    assert gone.stderr.count(b"\n") == 1
    assert not ACTIVE.search(gone.stderr.decode())


def test_joined_files(program: Program, folder: Path) -> None:
    """Names in diagnostics and origins."""
    names = [folder / os.fsdecode(name) for name in list(NAMES)[:3]]
    text = program("parse", *names, "--together").stdout.decode()
    assert not ACTIVE.search(text)
    assert "\\ud" not in text
    assert r"a\\nb\\r\\tc.txt" in text
    assert "D607" in text


def test_waivers(program: Program, folder: Path, tmp_path: Path) -> None:
    """A report without a title is waived by the name of its file."""
    text = (folder / os.fsdecode(next(iter(NAMES)))).read_text("utf-8").partition("\n")[2]
    place, waivers = tmp_path / os.fsdecode(b"\xff\n.txt"), tmp_path / "w.toml"
    place.write_text(text, "utf-8")
    assert program("check", place).returncode == 1
    assert program("check", place, "--write-baseline", waivers).returncode == 0
    assert r"\xff\n.txt" in waivers.read_text("utf-8").replace("\\\\", "\\")
    assert program("check", place, "--waivers", waivers).returncode == 0


@pytest.mark.parametrize("option", ["--settings", "--waivers", "--write-baseline", "--previous"])
def test_names_in_other_places(program: Program, folder: Path, option: str) -> None:
    """Files of settings and waivers, and those that are to be written."""
    name = folder / os.fsdecode(b"gone\xff\n\x1b[1m") / "x"
    done = program("check", folder / os.fsdecode(next(iter(NAMES))), option, name)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert not ACTIVE.search(done.stderr.decode())


def test_errors_of_the_library() -> None:
    """`str()` of an error is what programs show; the name itself stays as it is."""
    error = UnreadableSource("a\n\udcff", "原因", "why")
    assert str(error) == r"a\n\xff：原因 (a\n\xff: why)"
    assert error.message_en == r"a\n\xff: why"
    assert error.name == "a\n\udcff"


@given(st.text(st.characters(codec=None, categories=None)))
def test_displayed_is_one_line_of_utf8(name: str) -> None:
    """Whatever the name; one that is harmless is not touched."""
    shown = displayed(name)
    assert len(shown.splitlines()) <= 1
    assert not ACTIVE.search(shown)
    shown.encode()
    assert displayed(shown) == shown
    if name.isprintable():
        assert shown == name


@given(st.binary())
def test_no_byte_of_a_name_is_lost(name: bytes) -> None:
    """References to files are made of these bytes."""
    assert name_bytes(name.decode("utf-8", "surrogateescape")) == name
    assert name_bytes("\ud800") == b"\xed\xa0\x80"
