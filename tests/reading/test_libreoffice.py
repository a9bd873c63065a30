"""Files that LibreOffice wrote (`tests/fixtures`): what the office programs people use make of them.

Long tables run over pages there, rows break at their ends, and numbers at the sides of their cells.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import gischema
from gischema import Gischema
from gischema.report import Report
from gischema.testing import LAYOUTS, SeededChoices, specimen
from gischema.testing.layouts.word import word_file

FILES = Path(__file__).parents[1] / "fixtures" / "libreoffice"
FORMS = ("stat-2014", "art20-2019", "art20-2021")
READ = ("docx", "doc", "odt", "rtf", "html", "ods", "pdf", "web.pdf", "calc.pdf", "xlsx")
REPORTS = {name: gischema.parse(FILES / f"{name}.txt") for name in FORMS}
OLD = ("stat-2014", "xls")
NOTICED = {"doc": {"D635"}, "pdf": {"D653"}, "web.pdf": {"D653"}, "calc.pdf": {"D652"}}
"""The diagnostics that are allowed: an irregular .doc file, a number over two lines of a narrow cell,
no ruled lines."""


def figures(report: Report) -> list[tuple]:
    return [(f.path, f.value, f.status, f.unit) for f in report.figures]


@pytest.mark.parametrize(
    ("name", "suffix"), [*((name, suffix) for name in FORMS for suffix in READ), OLD]
)
def test_the_figures_are_those_of_the_text(name: str, suffix: str) -> None:
    """Every figure of the form, what the text says about the report, and nothing in doubt."""
    report, expected = gischema.parse(FILES / f"{name}.{suffix}"), REPORTS[name]
    assert figures(report) == figures(expected)
    assert {d.code for d in report.diagnostics} <= NOTICED.get(suffix, set())
    assert (report.form, report.title, report.agency, report.year) == (
        expected.form,
        expected.title,
        expected.agency,
        expected.year,
    )
    stated, stated_in_text = ([(f.path, f.value) for f in r.narrative] for r in (report, expected))
    assert stated == stated_in_text


@pytest.mark.parametrize("name", FORMS)
def test_each_figure_of_a_pdf_knows_its_page_and_its_box(name: str) -> None:
    """The boxes lie on the page; the figures of a row stand side by side."""
    report = gischema.parse(FILES / f"{name}.pdf")
    for figure in report.figures:
        assert figure.origin is not None
        assert figure.origin.page in (1, 2, 3)
        assert figure.origin.box is not None
        left, top, right, bottom = figure.origin.box
        assert 0 <= left < right <= 595
        assert 0 <= top < bottom <= 842


def test_the_figures_of_an_irregular_word_file_are_vouched_for_or_in_doubt() -> None:
    """The library refuses this file; the form of 2014 has hardly a figure in two identities."""
    report = gischema.parse(FILES / "stat-2014.doc")
    (note,) = report.diagnostics
    assert note.code == "D635"
    assert len(note.paths) > 50


def test_no_figure_of_a_regular_word_file_is_in_doubt() -> None:
    assert not gischema.parse(FILES / "art20-2021.doc").diagnostics


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_the_same_in_every_kind_of_file_that_writer_saves(
    form: str, tmp_path: Path
) -> None:
    choices = SeededChoices(len(form))
    page = specimen(Gischema().form(form), choices, layout=LAYOUTS["pipes"], damages=()).printed
    source = tmp_path / "report.docx"
    source.write_bytes(word_file(page.page))
    expected = figures(gischema.parse(source))
    kinds = ("doc", "odt", "rtf")
    for kind in kinds:
        convert(source, kind, tmp_path)
    with zipfile.ZipFile(tmp_path / "report.zip", "w") as archive:
        archive.write(tmp_path / "report.odt", "附件/年度报告.odt")
    for kind in (*kinds, "zip"):
        assert figures(gischema.parse(tmp_path / f"report.{kind}")) == expected, kind


def convert(source: Path, kind: str, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
