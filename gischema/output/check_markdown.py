"""The check of reports as Markdown, for a comment or a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gischema.output.checked import Checked, Frame, main_place
from gischema.output.columns import clean, separated
from gischema.output.culprits import culprit_text
from gischema.output.failed import Failed
from gischema.output.language import message, say
from gischema.output.words import SEVERITY

if TYPE_CHECKING:
    from gischema.rules import Finding

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|#])")


def entry(item: Checked, frame: Frame) -> str:
    """Return a heading with a table of the findings, or a line that there are none."""
    return "".join(f"{line}\n" for line in _report(item, frame))


def failed(file: Failed, frame: Frame) -> str:
    """Return a heading and why the file has no result."""
    return f"## {_text(file.name)}\n\n{file.code} {_text(message(file, frame.lang))}\n"


def document(entries: Iterable[str], frame: Frame) -> Iterator[str]:
    """Yield the settings, then the files, with an empty line between two."""
    settings = frame.settings.line(frame.lang)
    if settings is not None:
        yield f"{_text(settings)}\n\n"
    yield from separated(entries)


def _report(item: Checked, frame: Frame) -> Iterator[str]:
    report, result = item.report, item.result
    yield f"## {_text(report.title or item.name)}"
    yield ""
    unread = item.unread_line(frame.lang)
    if unread is not None:
        yield f"**{_text(unread)}**"
        yield ""
    year = report.year or say(frame.lang, "不明", "unknown")
    form = report.form or say(frame.lang, "不明", "unknown")
    yield say(
        frame.lang,
        f"文件 {_text(item.name)}，年份 {year}，表式 {form}；"
        f"{result.held} 项相符，{result.counts['not_assessable']} 项没有核对。",
        f"File {_text(item.name)}, year {year}, form {form}; "
        f"checks that hold: {result.held}, not checked: {result.counts['not_assessable']}.",
    )
    yield ""
    if not result.findings:
        yield say(frame.lang, "没有发现问题。", "No findings.")
        return
    heads = say(
        frame.lang, "级别 规则 位置 说明 疑点", "severity rule place finding culprit"
    ).split()
    yield f"| {' | '.join(heads)} |"
    yield "|" + " --- |" * len(heads)
    for finding in result.findings:
        yield f"| {' | '.join(_row(item, finding, frame))} |"


def _row(item: Checked, finding: Finding, frame: Frame) -> Iterator[str]:
    severity = say(frame.lang, *SEVERITY[finding.severity])
    yield severity + (say(frame.lang, "（存疑）", " (doubtful)") if finding.doubtful else "")
    yield finding.code
    yield _text(main_place(item, finding, frame.lang))
    yield _text(message(finding, frame.lang))
    culprit = finding.culprit
    yield _text(culprit_text(culprit, item.names, frame.lang)) if culprit is not None else ""


def _text(text: str) -> str:
    """Return text on one line, with the markup characters of Markdown escaped."""
    return _ACTIVE.sub(r"\\\1", clean(text))
