"""The promise for one row with words on its line: its figures are read, or each is flagged."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from attrs import evolve

from gischema.engine import Gischema
from gischema.forms import Form
from gischema.report import Report
from gischema.testing import (
    LAYOUTS,
    PageCell,
    PrintedPage,
    SamplePage,
    SeededChoices,
    compose,
    consistent_values,
)

STOPS = ("。", "；", " 。")
SENTENCE = "由政务服务窗口逐件登记，数据已与上级系统核对一致；"
WORDS = ("（注）", "，较往年有所增加。", " 其中窗口登记3件。", SENTENCE * 10 + "共计12件。")
PRINTED = ("lines", "lines-closed", "spaces", "spaces-led", "pipes", "tabs")


def page_of(form: Form) -> SamplePage:
    return compose(form, consistent_values(form, SeededChoices(5)), SeededChoices(5))


def with_words(page: SamplePage, at: int, words: str) -> SamplePage:
    """Return the page with words behind the last figure of line `at`."""
    cells = list(page.lines[at].cells)
    last = max(i for i, cell in enumerate(cells) if cell.role == "value")
    cells[last] = evolve(cells[last], text=cells[last].text + words)
    return with_cells(page, at, cells)


def with_cells(page: SamplePage, at: int, cells: Iterable[PageCell]) -> SamplePage:
    lines = list(page.lines)
    lines[at] = evolve(lines[at], cells=tuple(cells))
    return evolve(page, lines=tuple(lines))


def misread(printed: PrintedPage, report: Report) -> set[str]:
    """Return the paths of the printed figures that the report does not state as printed."""
    stated = {figure.path: figure.value for figure in report.figures if figure.status == "stated"}
    return {f.path for f in printed.figures if stated.get(f.path) != f.value}


def flagged(report: Report) -> set[str]:
    return {path for diagnostic in report.diagnostics for path in diagnostic.paths}


def check_stop(engine: Gischema, page: SamplePage, layout: str) -> None:
    """Fail unless all figures are read as printed and none is in doubt."""
    printed = LAYOUTS[layout].print(page)
    report = engine.parse_text(printed.text)
    assert misread(printed, report) | flagged(report) == set(), printed.text


def check_words(engine: Gischema, page: SamplePage, at: int, layout: str) -> None:
    """Fail unless the row's figures are read or flagged, and all others are read without doubt."""
    printed = LAYOUTS[layout].print(page)
    report = engine.parse_text(printed.text)
    own = set(page.lines[at].paths)
    assert misread(printed, report) <= flagged(report), printed.text
    assert flagged(report) <= own, printed.text


@pytest.mark.parametrize("layout", PRINTED)
def test_a_row_with_words_is_read_or_flagged(engine: Gischema, form: Form, layout: str) -> None:
    """A stop is no part of a figure; words put in doubt only their row. Rows take turns."""
    page = page_of(form)
    for at in page.rows():
        check_stop(engine, with_words(page, at, STOPS[at % len(STOPS)]), layout)
        check_words(engine, with_words(page, at, WORDS[at % len(WORDS)]), at, layout)


@pytest.mark.long
@pytest.mark.parametrize("layout", PRINTED)
def test_every_row_with_any_words(engine: Gischema, form: Form, layout: str) -> None:
    """The same with all stops and words behind every row."""
    page = page_of(form)
    for at in page.rows():
        for stop in STOPS:
            check_stop(engine, with_words(page, at, stop), layout)
        for words in WORDS:
            check_words(engine, with_words(page, at, words), at, layout)


@pytest.mark.parametrize("layout", ["pipes", "tabs"])
def test_words_in_a_cell_of_their_own_doubt_nothing(
    engine: Gischema, form: Form, layout: str
) -> None:
    """A cell of words behind a row is a remark: all figures are read as printed, without doubt."""
    page = page_of(form)
    for at in page.rows():
        cells = (*page.lines[at].cells, PageCell("text", SENTENCE))
        check_stop(engine, with_cells(page, at, cells), layout)
