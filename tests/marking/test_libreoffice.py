"""LibreOffice opens files with remarks and saves them again with the remarks in place."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import docx
import openpyxl
import pytest

import gischema
from gischema.marking import mark
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.word import word_file
from gischema.testing.sample_page import SamplePage
from tests.marking.planted import findings, pages

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)
pytestmark = [pytest.mark.slow, needs_libreoffice]

Make = Callable[[SamplePage], bytes]
MAKERS = [("docx", word_file), ("xlsx", excel_file)]
_BATCH = 25
"""Files that LibreOffice saves in one run."""


@pytest.mark.parametrize(("suffix", "make"), MAKERS)
def test_remarks_stay_in_place(
    engine: gischema.Gischema, tmp_path: Path, suffix: str, make: Make
) -> None:
    """The comments stand at the same cells; the figures and findings are the same."""
    stays_in_place(list(pages(engine, 4)), tmp_path, suffix, make)


@pytest.mark.long
@pytest.mark.parametrize(("suffix", "make"), MAKERS)
def test_remarks_of_a_thousand_reports_stay_in_place(
    engine: gischema.Gischema, tmp_path: Path, suffix: str, make: Make
) -> None:
    for number, batch in enumerate(batched(pages(engine, 1000), _BATCH)):
        (folder := tmp_path / str(number)).mkdir()
        stays_in_place(batch, folder, suffix, make)
        shutil.rmtree(folder)


def batched(pages: Iterator[SamplePage], size: int) -> Iterator[list[SamplePage]]:
    """Yield the pages in batches."""
    while batch := list(islice(pages, size)):
        yield batch


def stays_in_place(batch: Sequence[SamplePage], folder: Path, suffix: str, make: Make) -> None:
    """Fail unless LibreOffice saves marked reports with their remarks, figures and findings."""
    files = []
    for number, page in enumerate(batch):
        source = folder / f"{number}.{suffix}"
        source.write_bytes(mark(make(page), name=source.name).data)
        files.append(source)
    saved = converted(files, suffix, folder)
    for file in files:
        again = (saved / file.name).read_bytes()
        assert places(again, suffix) == places(file.read_bytes(), suffix)
        assert [(f.code, f.paths, f.values) for f in findings(again, file.name)] == [
            (f.code, f.paths, f.values) for f in findings(file.read_bytes(), file.name)
        ]
        marked = mark(again, name=file.name)
        assert places(marked.data, suffix) == places(file.read_bytes(), suffix)


@pytest.mark.parametrize(
    ("suffix", "other", "make"), [("docx", "odt", word_file), ("xlsx", "ods", excel_file)]
)
def test_remarks_are_no_part_of_a_report_saved_as_another_kind(
    engine: gischema.Gischema,
    tmp_path: Path,
    suffix: str,
    other: str,
    make: Make,
) -> None:
    """Neither the comments nor the sheet of results are read."""
    (page,) = pages(engine, 1)
    source = tmp_path / f"copy.{suffix}"
    source.write_bytes(mark(make(page), name=source.name).data)
    saved = converted([source], other, tmp_path) / f"copy.{other}"
    read, expected = gischema.parse(saved), gischema.parse(source)
    assert [(f.path, f.value, f.doubts) for f in read.figures] == [
        (f.path, f.value, f.doubts) for f in expected.figures
    ]
    assert not read.diagnostics
    assert not read.unclaimed


def converted(files: list[Path], suffix: str, folder: Path) -> Path:
    """Return the folder with the files as LibreOffice saves them."""
    saved = folder / "saved"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(saved)]
    subprocess.run(
        [*command, *map(str, files)], check=True, capture_output=True, timeout=120 + 30 * len(files)
    )
    return saved


def places(data: bytes, suffix: str) -> list[tuple]:
    """Return the places of the comments and how their texts begin.

    LibreOffice joins tables with nothing between them: rows are known by their label.
    """
    if suffix == "xlsx":
        return sorted(
            (sheet.title, cell.coordinate, cell.comment.text[:20])
            for sheet in openpyxl.load_workbook(io.BytesIO(data))
            for line in sheet.iter_rows()
            for cell in line
            if cell.comment is not None
        )
    document = docx.Document(io.BytesIO(data))
    texts = {str(each.comment_id): each.text[:20] for each in document.comments}
    found = []
    for grid in document.tables:
        for line in grid._tbl.tr_lst:
            label = "".join(line.tc_lst[0].xpath(".//w:t/text()"))
            for column, place in enumerate(line.tc_lst):
                starts = place.xpath(".//w:commentReference/@w:id")
                found += [(label, column, texts[number]) for number in starts]
    return [*found, *((text,) for text in texts.values() if text.startswith("gischema"))]
