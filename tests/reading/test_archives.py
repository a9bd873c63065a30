"""Read archives: the files of one report, whatever the program that packed them."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

import gischema
from gischema.reading import read
from tests.reading.office import zipped

FILES = Path(__file__).parents[1] / "fixtures" / "libreoffice"


def packed(**files: bytes) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def test_the_files_of_a_report_are_one_report() -> None:
    text = (FILES / "art20-2021.txt").read_text(encoding="utf-8")
    at = text.index("三、")
    data = zipped({"年报/1.txt": text[:at], "年报/2.txt": text[at:], "__MACOSX/1.txt": "x"})
    report = gischema.parse(data)
    assert len(report.figures) == 200
    assert {figure.origin.file for figure in report.figures if figure.origin} == {
        "年报/1.txt",
        "年报/2.txt",
    }


def test_a_file_that_cannot_be_read_is_noted() -> None:
    text = (FILES / "stat-2014.txt").read_bytes()
    report = gischema.parse(packed(**{"a.txt": text, "b.png": b"\x89PNG\r\n\x1a\n"}))
    (note,) = (one for one in report.diagnostics if one.code == "D611")
    assert "b.png" in note.message


def test_names_with_backslashes_are_read() -> None:
    """As some programs of Windows write them."""
    data = zipped({"A!b.txt": "规章 1"}).replace(b"A!b.txt", rb"A\b.txt")
    assert read(data).text == "规章 1"


def test_a_single_compressed_file_is_read() -> None:
    assert read(gzip.compress("规章 1".encode())).text == "规章 1"


def test_names_in_the_encoding_of_chinese_windows_are_shown() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("AA.txt", "x")
        archive.writestr("BB.txt", "y")
    name = "年".encode("gb18030")
    document = read(file.getvalue().replace(b"AA.txt", name + b".txt"))
    assert [place.file for place in document.places] == ["BB.txt", "年.txt"]


def test_files_of_two_reports_are_told_apart() -> None:
    files = {
        f"{form}.txt": (FILES / f"{form}.txt").read_bytes() for form in ("stat-2014", "art20-2021")
    }
    with pytest.raises(
        gischema.UnreadableSource, match=r"stat-2014\.txt.*不是同一份报告"
    ) as caught:
        gischema.parse(packed(**files))
    assert caught.value.reason == "unsupported"
