"""The check of reports as JSON Lines: one report a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gischema.output.check_json import check_record
from gischema.output.checked import Checked, Frame
from gischema.output.json_text import to_json


def write(items: Iterable[Checked], frame: Frame) -> Iterator[str]:
    """One object a report, each on its own line."""
    yield from (f"{to_json(check_record(item, frame))}\n" for item in items)
