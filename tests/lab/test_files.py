"""The promise holds for damaged pages in files of other kinds, through the readers of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gischema.engine import Gischema
from gischema.testing import (
    LAYOUTS,
    ChoiceSource,
    SamplePage,
    SeededChoices,
    Specimen,
    judge,
    specimens,
)
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.pdf import pdf_file
from gischema.testing.layouts.word import word_file

ENGINE = Gischema()
QUICK = settings(settings.get_profile("quick"), max_examples=3)
LONG = settings(settings.get_profile("long"), max_examples=200)

WRITERS: dict[str, Callable[[SamplePage, ChoiceSource], bytes]] = {
    "docx": lambda page, _: word_file(page),
    "html": html_page,
    "pdf": pdf_file,
    "xlsx": lambda page, choices: excel_file(page, text=choices.chance(2)),
}


def keeps_the_promise(form: str, kind: str, limits: settings) -> None:
    """After up to three damages a file states no wrong figure in silence and loses none."""

    @settings(limits)
    @given(specimens(ENGINE.forms[form], layout=LAYOUTS["pipes"]), st.integers(0, 2**16))
    def holds(page: Specimen, seed: int) -> None:
        assume(page.printed.page.cut is None)  # a file that ends in its middle is no file
        data = WRITERS[kind](page.printed.page, SeededChoices(seed))
        faults = judge(page.printed, ENGINE.parse(data), placed=False).faults
        if faults:
            pytest.fail(f"{kind}: {faults[:5]}\n{page!r}", pytrace=False)

    holds()


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("form", ENGINE.forms)
def test_damaged_files_read_back_or_are_named(form: str, kind: str) -> None:
    """A few files of every kind."""
    keeps_the_promise(form, kind, QUICK)


@pytest.mark.long
@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("form", ENGINE.forms)
def test_damaged_files_by_the_hundred(form: str, kind: str) -> None:
    """Hundreds of files of every kind."""
    keeps_the_promise(form, kind, LONG)
