"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gischema.output.checked import Checked, Frame, main_origin
from gischema.output.language import message, say

if TYPE_CHECKING:
    from gischema.rules import Finding

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def write(items: Iterable[Checked], frame: Frame) -> Iterator[str]:
    """One command a finding. What rests on a doubtful reading is a notice: it is no error yet."""
    for item in items:
        for finding in item.result.findings:
            level = "notice" if finding.doubtful else _LEVELS[finding.severity]
            title = f"{finding.code} {say(frame.lang, finding.title, finding.title_en)}"
            properties = {"file": item.uri, **_place(item, finding), "title": title}
            listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
            yield f"::{level} {listed}::{_data(message(finding, frame.lang))}\n"


def _place(item: Checked, finding: Finding) -> dict[str, str]:
    at = main_origin(finding)
    if at is None or not item.plain:
        return {}
    end = at.column + at.end - at.start
    return {"line": str(at.line), "col": str(at.column), "endColumn": str(end)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
