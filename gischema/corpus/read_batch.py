"""Read a batch of sources into rows: a pure function, for a pool of processes or an engine."""

from __future__ import annotations

import hashlib
import io
import re
import time
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

import gischema
from gischema.corpus.bodies import body_key
from gischema.corpus.chapters import chapters_of
from gischema.corpus.names import concept_of, panel_concepts, short_name
from gischema.corpus.schemas import BATCH, MISSING, NOT_ON_FORM
from gischema.forms.concepts import Concept
from gischema.measures import Derived
from gischema.report import Figure, NarrativeFigure, Report
from gischema.rules import CheckResult, Finding

_LISTS = ("figures", "findings", "measures", "concepts", "chapters")
_NUMBER = re.compile(r"#\d+\Z")  # of a second source with one name
_LARGEST = Decimal(10) ** 32
"""From here a number has too many digits for the column: its text is in `raw`."""


def read_batch(
    batch: pa.RecordBatch | pa.Table,
    engine: gischema.Gischema | None = None,
    confirmed: gischema.ConfirmedReadings | None = None,
) -> pa.RecordBatch:
    """Return one row for each source of a batch; an error is a row too.

    Args:
        batch: Sources: `uri` and `content`, as in `SOURCES`.
        engine: The forms, rules and plugins; those of `gischema.parse` by default.
        confirmed: Readings that a person has confirmed.

    Returns:
        The rows, with the schema `BATCH`, in the order of the sources.
    """
    engine = gischema.default_engine() if engine is None else engine
    sources = batch.select(["uri", "content"]).to_pylist()
    rows = [read_source(str(one["uri"]), one["content"], engine, confirmed) for one in sources]
    return pa.RecordBatch.from_pylist(rows, schema=BATCH)


def read_source(
    uri: str,
    content: bytes | None,
    engine: gischema.Gischema,
    confirmed: gischema.ConfirmedReadings | None = None,
) -> dict[str, Any]:
    """Return the row of one source, whatever happens while it is read."""
    started = time.perf_counter()
    content = content or b""
    row = empty_row(uri) | {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    try:
        row |= _read(uri, content, engine, confirmed)
    except gischema.UnreadableSource as error:
        row |= failed("unreadable", error.reason, error.why, error.why_en)
    except Exception as error:  # noqa: BLE001 - one bad source never ends a batch
        words = f"{type(error).__name__}: {error}"
        row |= failed("crashed", type(error).__name__, words, words)
    row["milliseconds"] = round(1000 * (time.perf_counter() - started))
    return row


def failed(status: str, reason: str, message: str, message_en: str) -> dict[str, Any]:
    """Return what the row of a source without figures has: why, in Chinese and English."""
    return {"status": status, "reason": reason, "message": message, "message_en": message_en}


def empty_row(uri: str) -> dict[str, Any]:
    """Return the row of a source of which nothing is known."""
    return {**dict.fromkeys(BATCH.names), "uri": uri, **{name: [] for name in _LISTS}}


def _read(
    uri: str,
    content: bytes,
    engine: gischema.Gischema,
    confirmed: gischema.ConfirmedReadings | None,
) -> dict[str, Any]:
    file = io.BytesIO(content)
    document = engine.read(file, name=_NUMBER.sub("", uri))
    report = engine.parse(document, confirmed=confirmed)
    result = engine.check(report)
    figures = list(report.listed())
    return {
        "kind": document.kind,
        **_about(report),
        **_counted(report, result),
        "status": "ok" if report.figures or report.narrative else "no_figures",
        "figures": [_figure(figure, report) for figure in figures],
        "findings": [_finding(finding) for finding in result.findings],
        "measures": [_measure(one) for one in engine.derived(report)],
        "concepts": [one for concept in panel_concepts() if (one := _concept(concept, report))],
        "chapters": chapters_of(report),
    }


def _about(report: Report) -> dict[str, Any]:
    return {
        "body": report.agency,
        "body_key": body_key(report.agency) if report.agency else None,
        "region": report.region,
        "level": report.level,
        "year": report.year,
        "period": _period(report),
        "form": report.form,
        "variant": report.variant,
        "title": report.title,
        "published": report.published,
    }


def _period(report: Report) -> str | None:
    """Return the first and last day of the period, None for the year of the report."""
    period, year = report.period, report.year
    if period is None or year is None:
        return None
    if (period.first, period.last) == (date(year, 1, 1), date(year, 12, 31)):
        return None
    return f"{period.first}/{period.last}"


def _counted(report: Report, result: CheckResult) -> dict[str, Any]:
    by_status = Counter(figure.status for figure in report.all_figures())
    found = result.counts
    return {
        **{name: by_status[name] for name in ("stated", "blank", "not_applicable", "unreadable")},
        "absent": by_status["absent"],
        "doubtful": sum(bool(figure.doubts) for figure in report.all_figures()),
        "errors": found["error"],
        "warnings": found["warning"],
        "infos": found["info"],
        "doubtful_findings": found["doubtful"],
        "verdict": result.verdict,
    }


def _figure(figure: Figure, report: Report) -> dict[str, Any]:
    value = None if figure.value is None else Decimal(figure.value)
    return {
        "path": figure.path,
        "short": short_name(figure.path),
        "concept": concept_of(report.form, figure.path, report.year),
        "value": value if value is None or abs(value) < _LARGEST else None,
        "unit": figure.unit,
        "status": figure.status,
        "missing": MISSING.get(figure.status),
        "raw": figure.raw,
        "source": figure.source,
        "marks": list(figure.marks),
        "reading": figure.reading,
        "doubts": list(figure.doubts),
        "place": _place(figure),
    }


def _place(figure: Figure) -> str | None:
    """Return where a figure stands, as a program finds it: page and box, element, or line."""
    at = figure.origin
    if at is None:
        return None
    file = f"{at.file}#" if at.file else ""
    if at.page is not None:
        box = "" if at.box is None else ":" + ",".join(map(str, at.box))
        return f"{file}page={at.page}{box}"
    return f"{file}{at.element or f'{at.line}:{at.column}'}"


def _finding(finding: Finding) -> dict[str, Any]:
    culprit = finding.culprit
    suggested = None if culprit is None else culprit.suggested
    return {
        "rule": finding.code,
        "severity": finding.severity,
        "doubtful": finding.doubtful,
        "paths": list(finding.paths),
        "values": [None if value is None else str(value) for value in finding.values],
        "culprit": None if culprit is None else culprit.path,
        "suggested": None if suggested is None else str(suggested),
        "message": finding.message,
        "message_en": finding.message_en,
        "size": None if finding.difference is None else abs(float(finding.difference)),
    }


def _measure(one: Derived) -> dict[str, Any]:
    return {
        "measure": one.measure.name,
        "value": None if one.value is None else float(one.value),
        "numerator": None if one.numerator is None else Decimal(one.numerator),
        "base": None if one.base is None else Decimal(one.base),
        "reason": one.reason,
        "doubts": list(one.doubts),
    }


def _concept(concept: Concept, report: Report) -> dict[str, Any] | None:
    """Return what tables and running text state of a concept; None if the form lacks it."""
    figures = concept.figures(report)
    ways = concept.text_paths(report)
    if not figures and not ways:
        return None
    value = concept.value(report)
    codes = [MISSING[one.status] for one in figures if one.status in MISSING]
    missing = codes[0] if codes else NOT_ON_FORM
    in_text = next((found for paths in ways if (found := _statements(report, paths))), [])
    is_stated = bool(in_text) and all(
        len({one.value for one in statements}) == 1 and _of_the_body(statements[0])
        for statements in in_text
    )
    return {
        "concept": concept.name,
        "table_value": None if value is None else Decimal(value),
        "table_missing": missing if value is None else None,
        "table_doubt": any(one.doubts for one in figures),
        "text_value": Decimal(sum(one[0].value or 0 for one in in_text)) if is_stated else None,
        "text_doubt": any(one.doubts for statements in in_text for one in statements),
    }


def _of_the_body(statement: NarrativeFigure) -> bool:
    """Return True for a figure of the reporting body: of a government also that of its region."""
    marks = set(statement.marks)
    return marks <= ({"region", "own_region"} if "own_region" in marks else set())


def _statements(report: Report, paths: tuple[str, ...]) -> list[list[NarrativeFigure]]:
    """Return the statements of the running text at each path; none unless all have one."""
    stated = [[one for one in report.narrative if one.path == path] for path in paths]
    return stated if all(stated) else []
