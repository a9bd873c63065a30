"""Coverage-guided fuzzing of the reader of web pages (`pip install atheris`).

    python -m tests.fuzz.html -max_total_time=600 -max_len=12000 FOLDER

FOLDER collects the inputs that reach new code; copy `tests/fixtures/libreoffice/*.html` into it
first. What is found becomes a test.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["gischema.reading", "gischema.metadata.page_head"]):
    import gischema
    from gischema.reading.html import read_page  # noqa: F401


def one_input(data: bytes) -> None:
    """Read a page: it is refused, or its places are in order and its figures have one."""
    try:
        document = gischema.read(b"<html>" + data)
        report = gischema.parse(document)
    except gischema.UnreadableSource:
        return
    end = 0
    for place in document.places:
        assert end <= place.start < place.end <= len(document.text)
        end = place.end
    assert all(figure.origin is not None for figure in report.figures)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
