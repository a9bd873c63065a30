"""The check of reports as one web page that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gischema.output.checked import Checked, Frame
from gischema.output.failed import Failed
from gischema.output.language import message
from gischema.output.viewer.markup import text
from gischema.output.viewer.page import PageEntry, page, report_entry


def entry(item: Checked, frame: Frame) -> PageEntry:
    """Return the entry of a report."""
    return report_entry(item, frame)


def failed(file: Failed, frame: Frame) -> PageEntry:
    """Return the entry of a file without a result."""
    why = f"{file.code} {message(file, frame.lang)}"
    return PageEntry(file.name, "", "bad", message(file, frame.lang), text("p", why))


def document(entries: Iterable[PageEntry], frame: Frame) -> Iterator[str]:
    """Yield the page; of several reports, with an index that has their verdicts."""
    yield page(list(entries), frame)
