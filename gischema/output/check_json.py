"""The check of reports as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve

from gischema.output.checked import Checked, Frame
from gischema.output.failed import Failed
from gischema.output.json_text import array, to_json
from gischema.output.result_json import record


def entry(item: Checked, frame: Frame) -> str:
    """Return the object of a report."""
    return to_json(check_record(item, frame), indent=2)


def failed(file: Failed, _: Frame) -> str:
    """Return an object that has a `status` instead of results."""
    return to_json(file.record(), indent=2)


def document(entries: Iterable[str], frame: Frame) -> Iterator[str]:
    """Yield one object a report; a list of them where there may be several."""
    if frame.many:
        yield from array(entries)
    else:
        yield from (f"{each}\n" for each in entries)


def check_record(item: Checked, frame: Frame) -> dict[str, Any]:
    """Return the results of the rules and the diagnostics of the reader as a JSON object."""
    about = evolve(item.report.about, file=item.name)
    found = record(evolve(item.result, about=about, diagnostics=item.report.diagnostics))
    return {**found, "settings": frame.settings.record()}
