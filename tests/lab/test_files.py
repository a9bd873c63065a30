"""The promise holds for damaged pages in files of all kinds, through their readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gischema.engine import Gischema
from gischema.forms import Form
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

QUICK = settings(settings.get_profile("quick"), max_examples=3)
LONG = settings(settings.get_profile("long"), max_examples=200)

WRITERS: dict[str, Callable[[SamplePage, ChoiceSource], bytes]] = {
    "docx": lambda page, _: word_file(page),
    "html": html_page,
    "pdf": pdf_file,
    "xlsx": lambda page, choices: excel_file(page, text=choices.chance(2)),
}


def keeps_the_promise(engine: Gischema, form: Form, kind: str, limits: settings) -> None:
    """Fail if a file states a wrong figure or loses one, unflagged, after up to three damages."""

    @settings(limits)
    @given(specimens(form, layout=LAYOUTS["pipes"]), st.integers(0, 2**16))
    def holds(page: Specimen, seed: int) -> None:
        assume(page.printed.page.cut is None)  # a file cannot end in its middle
        lost = any(damage.name == "bytes-lost" for damage in page.damages)
        assume(kind != "pdf" or not lost)  # a PDF draws nothing in the place of lost bytes
        data = WRITERS[kind](page.printed.page, SeededChoices(seed))
        faults = judge(page.printed, engine.parse(data), placed=False).faults
        if faults:
            pytest.fail(f"{kind}: {faults[:5]}\n{page!r}", pytrace=False)

    holds()


@pytest.mark.parametrize("kind", WRITERS)
def test_damaged_files_are_read_or_flagged(engine: Gischema, form: Form, kind: str) -> None:
    """The promise holds for a few files of every kind."""
    keeps_the_promise(engine, form, kind, QUICK)


@pytest.mark.long
@pytest.mark.parametrize("kind", WRITERS)
def test_damaged_files_by_the_hundred(engine: Gischema, form: Form, kind: str) -> None:
    """The promise holds for hundreds of files of every kind."""
    keeps_the_promise(engine, form, kind, LONG)
