"""The check of reports as JSON Lines: one report a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gischema.output.check_json import check_record
from gischema.output.checked import Checked, Frame
from gischema.output.failed import Failed
from gischema.output.json_text import to_json


def entry(item: Checked, frame: Frame) -> str:
    """Return the line of a report."""
    return f"{to_json(check_record(item, frame))}\n"


def failed(file: Failed, _: Frame) -> str:
    """Return a line that has a `status` instead of results."""
    return f"{to_json(file.record())}\n"


def document(entries: Iterable[str], _: Frame) -> Iterator[str]:
    """Yield one object a report, each on its own line."""
    yield from entries
