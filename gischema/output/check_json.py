"""The check of reports as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gischema.output.checked import Checked, Frame
from gischema.output.converter import converter
from gischema.output.json_text import array, to_json


def write(items: Iterable[Checked], frame: Frame) -> Iterator[str]:
    """One object a report; a list of them where there may be several."""
    objects = (to_json(check_record(item, frame), indent=2) for item in items)
    if frame.many:
        yield from array(objects)
    else:
        yield from (f"{item}\n" for item in objects)


def check_record(item: Checked, frame: Frame) -> dict[str, Any]:
    """What the rules found, what they could not tell, and what the reader was not sure of."""
    out = converter().unstructure
    result = item.result
    return {
        **({"file": item.file} if frame.many else {}),
        "findings": out(result.findings),
        "not_assessable": out(result.not_assessable),
        "diagnostics": out(item.report.diagnostics),
        "waived": out(result.waived),
        "unused_waivers": out(result.unused_waivers),
    }
