"""Findings as workflow commands, which GitHub shows next to the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from gischema.diagnostics import KINDS
from gischema.output.checked import Checked, Frame, main_origin, main_place
from gischema.output.columns import clean
from gischema.output.culprits import culprit_text
from gischema.output.failed import Failed
from gischema.output.language import message, say

if TYPE_CHECKING:
    from gischema.rules import Finding

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def entry(item: Checked, frame: Frame) -> str:
    """Return one command a finding; one that rests on a doubtful reading is a notice.

    That tables were not read is an error about the file.
    """
    unread = item.unread_line(frame.lang)
    title = say(frame.lang, "表格未读出", "tables not read")
    first = "" if unread is None else _command("error", {"file": item.path, "title": title}, unread)
    return first + "".join(_finding(item, finding, frame) for finding in item.result.findings)


def failed(file: Failed, frame: Frame) -> str:
    """Return an error about the whole file."""
    kind = KINDS[file.code]
    title = f"{file.code} {say(frame.lang, kind.title, kind.title_en)}"
    return _command("error", {"file": file.name, "title": title}, message(file, frame.lang))


def document(entries: Iterable[str], _: Frame) -> Iterator[str]:
    """Yield the commands."""
    yield from entries


def _finding(item: Checked, finding: Finding, frame: Frame) -> str:
    level = "notice" if finding.doubtful else _LEVELS[finding.severity]
    title = f"{finding.code} {say(frame.lang, finding.title, finding.title_en)}"
    properties = {"file": item.path, **_place(item, finding), "title": title}
    at = main_place(item, finding, frame.lang)
    words = clean(message(finding, frame.lang))
    if at and not item.plain:
        words = say(frame.lang, f"{at}：{words}", f"{at}: {words}")
    if finding.culprit is not None:
        words = f"{words}\n{culprit_text(finding.culprit, item.names, frame.lang)}"
    return _command(level, properties, words)


def _command(level: str, properties: Mapping[str, str], text: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {listed}::{_data(text)}\n"


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
