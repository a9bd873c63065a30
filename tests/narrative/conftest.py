"""What the tests of running text share."""

from __future__ import annotations

from typing import Protocol

import pytest

from gischema.engine import Gischema
from gischema.narrative import read_narrative
from gischema.reading import Document
from gischema.report import Narrative
from gischema.text import normalise


class ReadText(Protocol):
    """Reads running text as part of a report."""

    def __call__(
        self, text: str, year: int = 2016, *, agency: str | None = None, title: str | None = None
    ) -> Narrative:
        """Return what `text` states in a report of a year, on the form then in force."""


@pytest.fixture(scope="session")
def read_text(engine: Gischema) -> ReadText:
    """A function that reads running text on the national form of a year."""

    def read(
        text: str, year: int = 2016, *, agency: str | None = None, title: str | None = None
    ) -> Narrative:
        forms = (form for form in engine.forms.values() if form.in_force(year))
        form = next((form for form in forms if not form.variant), None)
        document = Document(text)
        return read_narrative(normalise(text), document, form, year, agency=agency, title=title)

    return read
