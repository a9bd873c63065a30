"""Series: each report with last year's of its body, checked by the rules about two years.

The series are found in the tables of a dataset. The rules run over columns; only reports in which
one is broken are checked one by one, for the words of their findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from attrs import frozen

from gischema.corpus.peers import peer_findings
from gischema.corpus.schemas import SERIES_FINDINGS
from gischema.corpus.table_writer import TableWriter
from gischema.engine import Gischema
from gischema.forms import Form
from gischema.report import Diagnostic, Figure, Report
from gischema.rules import Finding, check
from gischema.rules.columnar import LeftOut, check_table, tabulate
from gischema.rules.reports import Reports

_MEMORY = "100MB"
_REPORTS = 200  # at once
_ROWS = 5000

# Of several first versions (a report of the year, others of parts of it) the whole year counts.
_FIGURES = """
WITH chosen AS (
  SELECT uri, body, body_key, year, form, variant FROM read_parquet($reports)
  WHERE version_rank = 1 AND period IS NULL AND form IS NOT NULL)
SELECT r.*, f.path, f.value, f.unit, f.status, f.raw, f.reading, f.doubts
FROM read_parquet($figures) AS f JOIN chosen AS r USING (uri)
WHERE f.source = 'table'
ORDER BY r.body_key, r.year, r.uri
"""


@frozen
class _Pair:
    """A report and last year's of the same body, each with its row."""

    row: Mapping[str, Any]
    reports: Reports


def write_series(folder: Path, engine: Gischema) -> None:
    """Write `series_findings.parquet`, from the other tables."""
    with TableWriter(folder / "series_findings.parquet", SERIES_FINDINGS) as table:
        for form, pairs in _chunks(_pairs(folder), engine):
            for row in _findings(pairs, form, engine):
                table.add(row)
        for row in peer_findings(folder / "panel.parquet"):
            table.add(row)


def left_out(engine: Gischema, form: Form) -> tuple[LeftOut, ...]:
    """Return the rules about two years that only `gischema.check_series` checks, and why."""
    frame = tabulate([Reports(Report(form=form.id), Report(form=form.id))], form, engine.rules)
    return check_table(frame, form, engine.rules, select=series_rules(engine, form)).left_out


def series_rules(engine: Gischema, form: Form) -> list[str]:
    """Return the codes of the rules that use figures or facts of last year."""
    return [
        rule.rule.code
        for rule in engine.rules.bound(form).rules
        if any(
            operand.role == "previous" or operand.path.startswith("change.")
            for one in rule.checks
            for operand in one.instance.operands
        )
    ]


def _pairs(folder: Path) -> Iterator[_Pair]:
    """Yield the reports of bodies with a report of the year before, body by body."""
    for _, rows in groupby(_rows(folder), itemgetter("body_key")):
        before: Report | None = None
        for _, figures in groupby(rows, itemgetter("uri")):
            row, report = _report(list(figures))
            if before is not None and before.year == row["year"] - 1:
                yield _Pair(row, Reports(report, before))
            before = report


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    import duckdb

    files = {name: str(folder / f"{name}.parquet") for name in ("reports", "figures")}
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 1}) as database:
        database.execute(f"SET temp_directory = '{folder}'")
        found = database.execute(_FIGURES, files)
        names = [column[0] for column in found.description]
        while rows := found.fetchmany(_ROWS):
            for row in rows:
                yield dict(zip(names, row, strict=True))


def _report(rows: list[dict[str, Any]]) -> tuple[Mapping[str, Any], Report]:
    """Return a report with its table figures and doubts, and a row of it."""
    first = rows[0]
    report = Report(
        form=first["form"],
        variant=first["variant"],
        year=first["year"],
        agency=first["body"],
        source_name=first["uri"],
        figures=[_figure(row) for row in rows if row["status"] != "absent"],
        diagnostics=tuple(
            Diagnostic(code, "", "", (row["path"],)) for row in rows for code in row["doubts"]
        ),
    )
    return first, report


def _figure(row: Mapping[str, Any]) -> Figure:
    value: Decimal | None = row["value"]
    whole = value is not None and value == value.to_integral_value()
    return Figure(
        path=row["path"],
        value=int(value) if value is not None and whole else value and value.normalize(),
        unit=row["unit"],
        status=row["status"],
        raw=row["raw"] or "",
        label="",
        reading=row["reading"],
        doubts=tuple(row["doubts"]),
    )


def _chunks(pairs: Iterable[_Pair], engine: Gischema) -> Iterator[tuple[Form, list[_Pair]]]:
    """Yield the pairs in groups of one form, as translating its rules costs half a second."""
    waiting: defaultdict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        form = _form_of(pair.reports.own, engine)
        if form is not None:
            waiting[form.id].append(pair)
            if len(waiting[form.id]) == _REPORTS:
                yield form, waiting.pop(form.id)
    for form_id, group in sorted(waiting.items()):
        yield engine.forms[form_id], group


def _form_of(report: Report, engine: Gischema) -> Form | None:
    variant = f"{report.form}+{report.variant}"
    return engine.forms.get(variant) or engine.forms.get(str(report.form))


def _findings(pairs: list[_Pair], form: Form, engine: Gischema) -> Iterator[dict[str, Any]]:
    codes = series_rules(engine, form)
    frame = tabulate([pair.reports for pair in pairs], form, engine.rules)
    broken = check_table(frame, form, engine.rules, select=codes).findings()
    for number, rules in broken.group_by("report", maintain_order=True).agg("code").iter_rows():
        pair = pairs[number]
        for finding in check(pair.reports, form, engine.rules, select=set(rules)).findings:
            yield _row(pair, finding)


def _row(pair: _Pair, finding: Finding) -> dict[str, Any]:
    previous = pair.reports.previous
    difference = finding.difference
    return {
        **{name: pair.row[name] for name in ("uri", "body", "body_key", "year")},
        "previous_uri": None if previous is None else previous.source_name,
        "rule": finding.code,
        "severity": finding.severity,
        "doubtful": finding.doubtful,
        "paths": list(finding.paths),
        "values": [None if value is None else str(value) for value in finding.values],
        "size": None if difference is None else abs(float(difference)),
        "message": finding.message,
        "message_en": finding.message_en,
    }
