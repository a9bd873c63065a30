"""Findings as CSV: one row a finding, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gischema.output.checked import Checked, Frame, main_origin
from gischema.output.csv_text import csv_line
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


def write(items: Iterable[Checked], _: Frame) -> Iterator[str]:
    """A head and the findings; `paths` and `values` are lists with semicolons, in step."""
    yield csv_line(_HEADS)
    for item in items:
        for finding in item.result.findings:
            yield csv_line(map(shown, _cells(item, finding)))


def _cells(item: Checked, finding: Finding) -> Iterator[object]:
    at, report, culprit = main_origin(finding), item.report, finding.culprit
    yield from (item.file, report.title, report.year, report.form)
    yield from (finding.code, finding.severity, finding.kind, "yes" if finding.doubtful else "no")
    yield from (finding.message, finding.message_en)
    yield from (getattr(at, name, None) for name in ("line", "column", "page", "element"))
    yield ";".join(finding.paths)
    yield ";".join(map(shown, finding.values))
    yield from (finding.expected, finding.actual, finding.difference)
    if culprit is None:
        yield from (None, None, None)
    else:
        yield from (culprit.path, culprit.suggested, culprit.kind)
