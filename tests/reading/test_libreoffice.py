"""Files that LibreOffice wrote (`tests/fixtures`): what the office programs people use make of them.

Long tables run over pages there, rows break at their ends, and numbers at the sides of their cells.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import gischema
from gischema.report import Report

FILES = Path(__file__).parents[1] / "fixtures" / "libreoffice"
FORMS = ("stat-2014", "art20-2019", "art20-2021")
READ = ("docx", "html", "ods", "pdf", "web.pdf", "calc.pdf", "xlsx")
REPORTS = {name: gischema.parse(FILES / f"{name}.txt") for name in FORMS}
OLD = ("stat-2014", "xls")
NOTICED = {"pdf": {"D653"}, "web.pdf": {"D653"}, "calc.pdf": {"D652"}}
"""The diagnostics that are allowed: a number over two lines of a narrow cell, no ruled lines."""


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


def test_old_word_files_are_refused_with_the_way_to_convert_them() -> None:
    with pytest.raises(gischema.UnreadableSource, match=r"\.docx") as caught:
        gischema.parse(FILES / "stat-2014.doc")
    assert "\n" not in caught.value.message
