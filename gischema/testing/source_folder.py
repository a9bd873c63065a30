"""A folder of generated sources of every kind of file: reports, copies, broken and hostile files.

Needs python-docx, openpyxl and reportlab.
"""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import evolve, frozen

from gischema.forms import Form
from gischema.testing.choices import SeededChoices
from gischema.testing.hostile_pages import hostile_page
from gischema.testing.laboratory import specimen
from gischema.testing.layouts import LAYOUTS
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.pdf import pdf_file
from gischema.testing.layouts.word import word_file
from gischema.testing.sample_page import PageCell, SamplePage

KINDS = ("txt", "html", "docx", "xlsx", "pdf")
_SAMPLE_BODY = "青禾市云岭县"
_MEGABYTE = 2**20


@frozen
class SourceFolder:
    """The files that were written, by what they are."""

    reports: tuple[Path, ...]
    copies: tuple[Path, ...]
    broken: tuple[Path, ...]
    hostile: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All files."""
        return (*self.reports, *self.copies, *self.broken, *self.hostile)


def write_sources(
    folder: Path,
    forms: Sequence[Form],
    count: int,
    *,
    copies: int = 20,
    broken: int = 16,
    hostile: int = 5,
    kinds: Sequence[str] = KINDS,
    of_a_body: int = 10,
) -> SourceFolder:
    """Write `count` files into a folder; the same arguments write the same figures.

    Texts are printed in any layout with up to three damages; the other kinds are undamaged.

    Args:
        folder: An empty folder.
        forms: The forms of the reports, in turn.
        count: The number of files.
        copies: How many of them have the bytes of a report.
        broken: How many are cut off, empty or no reports.
        hostile: How many try to take much time or memory.
        kinds: The suffixes of the reports, in turn.
        of_a_body: The number of reports of each body: of several years, some in two versions.
    """
    reports = []
    for number in range(count - copies - broken - hostile):
        kind, form = kinds[number % len(kinds)], forms[number // len(kinds) % len(forms)]
        file = folder / f"{number:07}.{kind}"
        file.write_bytes(_report(form, kind, number, county_name(number // of_a_body)))
        reports.append(file)
    written = SourceFolder(
        tuple(reports),
        tuple(folder / f"copy-{n:03}{reports[n].suffix}" for n in range(copies)),
        tuple(folder / f"broken-{n:03}{_BROKEN[n % len(_BROKEN)][0]}" for n in range(broken)),
        tuple(folder / f"hostile-{n:03}{_HOSTILE[n % len(_HOSTILE)][0]}" for n in range(hostile)),
    )
    for original, file in zip(reports, written.copies, strict=False):
        file.write_bytes(original.read_bytes())
    for n, file in enumerate(written.broken):
        file.write_bytes(_BROKEN[n % len(_BROKEN)][1](_mark(n)))
    for n, file in enumerate(written.hostile):
        file.write_bytes(_HOSTILE[n % len(_HOSTILE)][1](forms[n % len(forms)], n))
    return written


def _report(form: Form, kind: str, number: int, body: str) -> bytes:
    choices = SeededChoices(number)
    if kind == "txt":
        text = specimen(form, choices).printed.text
        return text.replace(_SAMPLE_BODY, body).encode()
    page = specimen(form, choices, layout=LAYOUTS["pipes"], damages=()).printed.page
    return _WRITERS[kind](_of_body(page, body), choices)


_WRITERS: dict[str, Callable[[SamplePage, SeededChoices], bytes]] = {
    "html": html_page,
    "docx": lambda page, _: word_file(page),
    "xlsx": lambda page, choices: excel_file(page, text=choices.chance(2)),
    "pdf": pdf_file,
}


def county_name(number: int) -> str:
    """Return the name of an invented county; each number has its own."""
    names = "东南西北上下大小长青白石金木水平安和永新"
    digits = []
    for _ in range(4):
        number, digit = divmod(number, len(names))
        digits.append(names[digit])
    return f"青禾市{''.join(digits)}县"


def _of_body(page: SamplePage, body: str) -> SamplePage:
    def renamed(cell: PageCell) -> PageCell:
        if cell.figures:
            return cell
        return evolve(cell, text=cell.text.replace(_SAMPLE_BODY, body))

    return page.each_cell(renamed)


def _mark(number: int) -> bytes:
    """Return bytes that make a file differ from the others of its kind."""
    return f"{number:08}".encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


_BROKEN: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    (".docx", lambda mark: b"PK\x03\x04" + mark * 9),
    (".docx", lambda mark: _zipped({"word/document.xml": b"<d" + mark})),
    (".docx", lambda mark: _zipped({"word/other.xml": b"<d/>" + mark})[:-30]),
    (".html", lambda mark: "<title>404</title><p>页面不存在</p>".encode() + mark),
    (".txt", lambda mark: "天气预报：晴，无风。\n".encode() + mark),
    (".pdf", lambda mark: b"%PDF-1.4\n%" + mark),
    (".xlsx", lambda mark: _zipped({"xl/workbook.xml": b"<workbook/>", "x": mark})),
    (".txt", lambda mark: random.Random(mark).randbytes(500)),
)

_HOSTILE: tuple[tuple[str, Callable[[Form, int], bytes]], ...] = (
    (".docx", lambda _, n: _zipped({"word/document.xml": bytes(30 * _MEGABYTE), "n": _mark(n)})),
    (".docx", lambda _, n: _zipped({"word/document.xml": b"<!DOCTYPE d><d/>", "n": _mark(n)})),
    (".html", lambda _, n: b"<div>" * 50_000 + _mark(n)),
    (".txt", lambda form, n: hostile_page("near-labels", form).text.encode() + _mark(n)),
    (".zip", lambda _, n: _zipped({"a.txt.gz": gzip.compress(bytes(30 * _MEGABYTE) + _mark(n))})),
)
