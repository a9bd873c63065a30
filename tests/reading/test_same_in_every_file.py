"""The same report in every kind of file: the same figures, each traced to where it stands."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.report import Report
from gischema.testing import LAYOUTS, ChoiceSource, SamplePage, SeededChoices, Specimen, specimens
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.pdf import pdf_file
from gischema.testing.layouts.word import word_file

QUICK = settings(settings.get_profile("quick"), max_examples=4)

WRITERS: dict[str, Callable[[SamplePage, ChoiceSource], bytes]] = {
    "docx": lambda page, _: word_file(page),
    "html": html_page,
    "pdf": pdf_file,
    "xlsx": lambda page, choices: excel_file(page, text=choices.chance(2)),
}
BROKEN = "D653"  # a number that did not fit on one line of its cell in a PDF


def stated_facts(report: Report) -> list[tuple]:
    """Return the facts of a report that do not depend on its kind of file."""
    return [
        (report.form, report.year, report.title, report.agency),
        *((f.path, f.value, f.unit, f.status, f.label) for f in report.figures),
        *((f.path, f.value) for f in report.narrative),
    ]


def test_one_report_says_the_same_in_every_file(engine: Gischema, form: Form) -> None:
    """All 58, 198 or 200 figures of a form, in real files of every kind and in plain text."""

    @settings(QUICK)
    @given(specimens(form, layout=LAYOUTS["pipes"], damages=()), st.integers(0, 2**16))
    def holds(page: Specimen, seed: int) -> None:
        expected = engine.parse_text(page.printed.text)
        assert len(expected.figures) == len(page.printed.figures)
        for kind, write in WRITERS.items():
            report = engine.parse(write(page.printed.page, SeededChoices(seed)))
            assert (kind, stated_facts(report)) == (kind, stated_facts(expected))
            assert {d.code for d in report.diagnostics} <= {BROKEN}
            for figure in report.figures:
                origin = figure.origin
                assert origin is not None
                assert (origin.block, origin.row, origin.cell).count(None) == 0, kind

    holds()


def test_a_pdf_without_lines_is_never_silently_wrong(engine: Gischema, form: Form) -> None:
    """If only positions separate the cells, a figure is right or a diagnostic names it."""

    @settings(QUICK)
    @given(specimens(form, layout=LAYOUTS["pipes"], damages=()), st.integers(0, 2**16))
    def holds(page: Specimen, seed: int) -> None:
        report = engine.parse(pdf_file(page.printed.page, SeededChoices(seed), ruled=False))
        named = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
        read = {figure.path: figure.value for figure in report.figures}
        printed = {figure.path: figure.value for figure in page.printed.figures}
        wrong = {path for path in {*read, *printed} if read.get(path) != printed.get(path)}
        assert wrong <= named

    holds()
