"""Findings as CSV: one row a finding, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gischema.output.checked import Checked, Frame, main_origin, main_place
from gischema.output.csv_text import csv_line
from gischema.output.failed import Failed
from gischema.output.words import shown

if TYPE_CHECKING:
    from gischema.rules import Finding

_HEADS = (
    "file",
    "title",
    "year",
    "form",
    "code",
    "severity",
    "kind",
    "doubtful",
    "message",
    "message_en",
    "place",
    "line",
    "column",
    "page",
    "element",
    "paths",
    "values",
    "expected",
    "actual",
    "difference",
    "culprit",
    "suggested",
    "culprit_kind",
)


def entry(item: Checked, frame: Frame) -> str:
    """Return a line a finding; `paths` and `values` are lists with semicolons, in step."""
    lines = (csv_line(map(shown, _cells(item, finding, frame))) for finding in item.result.findings)
    return "".join(lines)


def failed(_file: Failed, _: Frame) -> None:
    """Write nothing: a row is a finding."""


def document(entries: Iterable[str], _: Frame) -> Iterator[str]:
    """Yield a head and the findings."""
    yield csv_line(_HEADS)
    yield from entries


def _cells(item: Checked, finding: Finding, frame: Frame) -> Iterator[object]:
    at, report, culprit = main_origin(finding), item.report, finding.culprit
    yield from (item.name, report.title, report.year, report.form)
    yield from (finding.code, finding.severity, finding.kind, "yes" if finding.doubtful else "no")
    yield from (finding.message, finding.message_en)
    yield main_place(item, finding, frame.lang)
    yield from (getattr(at, name, None) for name in ("line", "column", "page", "element"))
    yield ";".join(finding.paths)
    yield ";".join(map(shown, finding.values))
    yield from (finding.expected, finding.actual, finding.difference)
    if culprit is None:
        yield from (None, None, None)
    else:
        yield from (culprit.path, culprit.suggested, culprit.kind)
