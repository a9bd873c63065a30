"""Files that ask for more work than any report: each ends soon, in one clear line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

import gischema
from tests.reading.office import paragraph, row, table, word

TITLE = "青禾市云岭县人民政府2023年政府信息公开工作年度报告"
PAGE = f"<!DOCTYPE html><meta charset=utf-8><p>{TITLE}</p>"
TABLE = "<table><tr><td>规章<td>1<td>2<td>3</table>"
ROW = "规章 | 1 | 2 | 3 |\n"
ARCHIVE = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n"
PART = b"--b\nContent-Type: text/html; charset=utf-8\n"
MEGABYTES = 300
SECONDS = 10


class Used(NamedTuple):
    """What reading a file took."""

    name: str
    seconds: float
    megabytes: float
    line: str


def pdf(content: bytes, filters: bytes = b"", kids: bytes = b"3 0 R", more: bytes = b"") -> bytes:
    """Return a file of one page that draws `content`."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 1>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    file.write(more)
    start = file.tell()
    file.write(b"xref\n0 6\n0000000000 65535 f \n")
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    file.write(b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return file.getvalue()


def drawn(instructions: bytes) -> bytes:
    """Return a page with instructions, packed."""
    return pdf(zlib.compress(instructions, 9), b"/Filter/FlateDecode")


def packed(name: bytes, data: bytes, *, times: int = 1, parameters: bytes = b"") -> bytes:
    """Return a page whose instructions another filter unpacks, again and again."""
    names = b"/FlateDecode" + b"/" * (times > 0) + b"/".join([name] * times)
    return pdf(zlib.compress(data, 9), b"/Filter[%s]%s" % (names, parameters))


def repeated(times: int) -> bytes:
    """Return a page whose instructions are packed so many times."""
    data = b"n "
    for _ in range(times):
        data = zlib.compress(data)
    return pdf(data, b"/Filter[%s]" % (b"/FlateDecode" * times))


def lzw(rounds: int) -> bytes:
    """Return codes of LZW each of which stands for one byte more than the one before."""
    bits = []
    for _ in range(rounds):
        bits += [format(256, "09b"), format(65, "09b")]
        width = 9
        for code in range(258, 4095):
            bits.append(format(code, f"0{width}b"))
            width += code + 2 >= 1 << width and width < 12
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


REFUSED: Mapping[str, tuple[Callable[[], bytes | str], str]] = {
    "lines": (lambda: TITLE + "\n" + ROW * 80_000, "行"),
    "heads": (lambda: "自然人 | 商业企业 | 科研机构 | 其他 |\n" * 60_000, "行"),
    "cells": (lambda: ROW + "1 | " * 250_000, "单元格"),
    "rows of one line": (lambda: TITLE + "规章 1 2 3 " * 150_000, "个数"),
    "characters": (lambda: "政府信息公开" * 500_000, "字符"),
    "attributes": (
        lambda: PAGE + "<p " + " ".join(f"a{n}=1" for n in range(40_000)) + ">" + TABLE,
        "属性",
    ),
    "attributes with tags in them": (
        lambda: PAGE + "<p " + " ".join(f"a{n}='<b>'" for n in range(9_000)) + ">",
        "属性",
    ),
    "headers": (
        lambda: ARCHIVE + b"X: y\n" * 200_000 + b"\n" + PART + b"\n" + PAGE.encode(),
        "标头",
    ),
    "headers of a part": (lambda: ARCHIVE + b"\n" + PART + b"X: y\n" * 200_000 + b"\n1", "标头"),
    "objects": (lambda: pdf(b"", more=b"7 0 obj 1\nendobj\n" * 200_000), "复杂"),
    "kids": (lambda: pdf(b"", kids=b"3 0 R " * 400_000), "复杂"),
    "graphic states": (lambda: drawn(b"q " * 10_000), "复杂"),
    "instructions": (lambda: drawn(b"n " * 1_000_000), "复杂"),
    "empty lists": (lambda: drawn(b"[]" * 1_000_000), "复杂"),
    "boxes": (lambda: drawn(b"1 1 9 9 re S " * 100_000), "复杂"),
    "a long line": (lambda: drawn(b"1 1 m " + b"1 9 l " * 220_000 + b"S"), "复杂"),
    "characters of a page": (lambda: drawn(b"BT /F 1 Tf (" + b"x" * 100_000 + b") Tj ET"), "复杂"),
    "strings": (lambda: drawn(b"BT /F 1 Tf " + b"(xx) Tj " * 40_000 + b"ET"), "复杂"),
    "runs": (lambda: packed(b"RunLengthDecode", b"\x81a" * 500_000), "复杂"),
    "runs of runs": (lambda: packed(b"RL", b"\x81\x81" * 40_000, times=2), "复杂"),
    "letters": (lambda: packed(b"ASCII85Decode", b"z" * 4_000_000 + b"~>"), "复杂"),
    "blanks among letters": (lambda: packed(b"A85", b" " * 200_000 + b"~>"), "复杂"),
    "lzw": (lambda: packed(b"LZWDecode", lzw(40)), "复杂"),
    "filters": (lambda: repeated(9), "复杂"),
}

READ: Mapping[str, Callable[[], bytes | str]] = {
    "spans": lambda: (
        PAGE + TABLE + "<table>" + ("<tr>" + "<td colspan=1000 rowspan=65534>1" * 150) * 150
    ),
    "lines": lambda: TITLE + "\n" + ROW * 20_000,
    "rows of one line": lambda: TITLE + "\n" + "规章 1 2 3 " * 30_000,
    "cells of a Word table": lambda: word(
        paragraph(TITLE), table(row("规章", "1", "2", "3")), table(row(*["1"] * 60) * 2_500)
    ),
    "rules": lambda: (
        PAGE
        + "<style>"
        + "".join(f".a{n} b i{{opacity:0}}" for n in range(5_000))
        + "</style>"
        + "".join(f"<p class=a{n}><b><i>7</i></b>" for n in range(5_000))
        + TABLE
    ),
    "combinators": lambda: (
        f"{PAGE}<style>.x {'div ' * 40}span,.y ~ {'i ~ ' * 40}i{{opacity:0}}</style>"
        f"{TABLE}{'<div>' * 400}<span>5</span>{'<i>1</i>' * 400}"
    ),
    "a style sheet without an end": lambda: PAGE + TABLE + "<style>" + "font:" * 1_000_000,
    "brackets of a style": lambda: f"{PAGE}<i style='opacity:{'(' * 100_000}'>7</i>{TABLE}",
    "styles": lambda: (
        PAGE + "".join(f"<i style='opacity:.{n}'>7</i>" for n in range(20_000)) + TABLE
    ),
    "colours": lambda: (
        PAGE
        + "".join(f"<i style='color:#{n:06x};background:#{n:06x}'>7</i>" for n in range(5_000))
        + TABLE
    ),
    "lost bytes": lambda: f"{TITLE}\n{ROW}{'甲乙丙丁，' * 60_000}".encode() + b"1\xff" * 10_000,
    "a fax": lambda: pdf(
        b"\xff" * 100_000, b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 65536>>"
    ),
}


KINDS = {"refused": {name: make for name, (make, _) in REFUSED.items()}, "read": READ}
SLOW = frozenset({"kids", "boxes", "a long line", "strings"})


def content(make: Callable[[], bytes | str]) -> bytes:
    """Return what a file holds."""
    made = make()
    return made.encode() if isinstance(made, str) else made


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in SLOW])
def test_a_file_beyond_a_bound_is_refused(name: str) -> None:
    """The line says what there is too much of."""
    make, word_in_line = REFUSED[name]
    data = content(make)
    if data.startswith(b"%PDF"):
        pytest.importorskip("pdfminer")
    with pytest.raises(gischema.UnreadableSource, match=word_in_line) as error:
        gischema.parse(data)
    assert "\n" not in str(error.value)


SCRIPT = f"""
import gischema, resource, sys

def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    megabytes = usage.ru_maxrss / 1024
    try:
        with open("/proc/self/status") as status:  # ru_maxrss has that of the parent process
            megabytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        pass
    return usage.ru_utime + usage.ru_stime, megabytes

gischema.parse_text({ROW!r})
for file in sys.argv[1:]:
    begun, _ = used()
    try:
        gischema.parse(file)
        line = "read"
    except gischema.UnreadableSource as error:
        line = error.why
    ended, megabytes = used()
    print(ended - begun, megabytes, line)
"""


def used_by_each(makes: Mapping[str, Callable[[], bytes | str]], folder: Path) -> Iterator[Used]:
    """Read each file in one process; yield the seconds of processor time and megabytes so far."""
    files = [folder / str(number) for number in range(len(makes))]
    for file, make in zip(files, makes.values(), strict=True):
        file.write_bytes(content(make))
    command = [sys.executable, "-c", SCRIPT, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    for name, printed in zip(makes, done.stdout.splitlines(), strict=True):
        seconds, megabytes, line = printed.split(" ", 2)
        yield Used(name, float(seconds), float(megabytes), line)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["refused", "read"])
def test_every_file_ends_within_its_bounds(tmp_path: Path, kind: str) -> None:
    """Each file takes at most ten seconds and 300 MB, in one process for all of them."""
    pytest.importorskip("resource")
    pytest.importorskip("pdfminer")
    words = {name: word for name, (_, word) in REFUSED.items()} if kind == "refused" else {}
    for used in used_by_each(KINDS[kind], tmp_path):
        assert used.seconds < SECONDS, used.name
        assert used.megabytes < MEGABYTES, used.name
        assert words.get(used.name, "") in used.line, used.name


def test_what_stands_around_such_a_file_is_read() -> None:
    """Within the bounds the figures of a page are read, whatever else the page holds."""
    for name in (
        "spans",
        "combinators",
        "brackets of a style",
        "styles",
        "a style sheet without an end",
    ):
        report = gischema.parse(content(READ[name]))
        assert report.figure("proactive.rules.in_force").value == 3, name


@pytest.mark.parametrize("name", ["brackets of a style", "a style sheet without an end"])
def test_styles_that_are_not_evaluated(name: str) -> None:
    """Where a page declares too much, each of its figures is doubted."""
    assert "D610" in gischema.parse(content(READ[name])).figure("proactive.rules.in_force").doubts


def main() -> None:
    """Print how many files there are, and the most that one of them took."""
    found: dict[str, object] = {"date": f"{datetime.now(UTC):%Y-%m-%d}"}
    for kind, makes in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            used = list(used_by_each(makes, Path(folder)))
        most = {"seconds": max(each.seconds for each in used)}
        most["megabytes"] = max(each.megabytes for each in used)
        found[kind] = {"files": len(used), **{name: round(n, 1) for name, n in most.items()}}
    sys.stdout.write(f"{json.dumps(found, indent=1)}\n")


if __name__ == "__main__":
    main()
