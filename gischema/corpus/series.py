"""Each report with last year's of its body, and with those of the bodies that it includes.

The series are found in the tables of a dataset. The rules run over columns; only reports in which
one is broken are checked one by one, for the words of their findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from attrs import frozen

from gischema.corpus.decisions import Subordinates
from gischema.corpus.schemas import SERIES_FINDINGS
from gischema.corpus.series_figures import SORTED, WITH_PARTS
from gischema.corpus.table_writer import TableWriter, row_batches
from gischema.engine import Gischema
from gischema.forms import Form
from gischema.report import Diagnostic, Figure, Report
from gischema.rules import Finding, check
from gischema.rules.columnar import LeftOut, check_table, tabulate
from gischema.rules.reports import Reports

SERIES = "series_findings.parquet"
_ROLL_UP = "ROLL-1"
_REPORTS = 200  # at once
_ROWS = 5000


@frozen
class _Compared:
    """A report with those that it is compared with, and its row."""

    row: Mapping[str, Any]
    reports: Reports


def write_series(folder: Path, engine: Gischema, subordinates: Subordinates) -> None:
    """Write `series_findings.parquet`: what the rules about several reports find."""
    with TableWriter(folder / SERIES, SERIES_FINDINGS) as table:
        for row in _checked(_pairs(folder), engine, partial(series_rules, engine)):
            table.add(row)
        if subordinates.keys:
            sums = _sums(folder, subordinates)
            for row in _checked(sums, engine, lambda _: [_ROLL_UP]):
                table.add(row)
    for left in (SORTED, WITH_PARTS):
        (folder / left).unlink(missing_ok=True)


def _checked(
    pairs: Iterable[_Compared], engine: Gischema, codes: Callable[[Form], list[str]]
) -> Iterator[dict[str, Any]]:
    known: dict[str, list[str]] = {}
    for form, group in _chunks(pairs, engine):
        if form.id not in known:
            known[form.id] = codes(form)
        yield from _findings(group, form, known[form.id], engine)


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


def _pairs(folder: Path) -> Iterator[_Compared]:
    """Yield the reports of bodies with a report of the year before, body by body."""
    for _, rows in groupby(_rows(folder / SORTED), itemgetter("body_key")):
        before: Report | None = None
        was_doubted = False
        for _, figures in groupby(rows, itemgetter("uri")):
            row, report = _report(list(figures))
            if before is not None and before.year == row["year"] - 1:
                is_doubted = row["body_doubt"] or was_doubted
                yield _Compared({**row, "body_doubt": is_doubted}, Reports(report, before))
            before, was_doubted = report, row["body_doubt"]


def _sums(folder: Path, subordinates: Subordinates) -> Iterator[_Compared]:
    """Yield the reports of bodies with those of all bodies that they include, year by year."""
    for (body, _), rows in groupby(_rows(folder / WITH_PARTS), itemgetter("whole", "year")):
        reports = [_report(list(one)) for _, one in groupby(rows, itemgetter("uri"))]
        parts = {row["body_key"]: report for row, report in reports if row["body_key"] != body}
        row, own = reports[0]
        if row["body_key"] == body and parts.keys() == subordinates.keys[body]:
            yield _Compared(row, Reports(own, below=tuple(parts.values())))


def _rows(sorted_figures: Path) -> Iterator[dict[str, Any]]:
    for batch in row_batches(sorted_figures, _ROWS):
        yield from batch.to_pylist()


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


def _chunks(pairs: Iterable[_Compared], engine: Gischema) -> Iterator[tuple[Form, list[_Compared]]]:
    """Yield the pairs in groups of one form, as translating its rules costs half a second."""
    waiting: defaultdict[str, list[_Compared]] = defaultdict(list)
    for pair in pairs:
        form = _form_of(pair.reports.own, engine)
        if form is not None:
            waiting[form.id].append(pair)
            if sum(map(len, waiting.values())) == _REPORTS:
                most = max(waiting, key=lambda one: len(waiting[one]))
                yield engine.forms[most], waiting.pop(most)
    for form_id, group in sorted(waiting.items()):
        yield engine.forms[form_id], group


def _form_of(report: Report, engine: Gischema) -> Form | None:
    variant = f"{report.form}+{report.variant}"
    return engine.forms.get(variant) or engine.forms.get(str(report.form))


def _findings(
    pairs: list[_Compared], form: Form, codes: list[str], engine: Gischema
) -> Iterator[dict[str, Any]]:
    frame = tabulate([pair.reports for pair in pairs], form, engine.rules, select=codes)
    broken = check_table(frame, form, engine.rules, select=codes).findings()
    for number, rules in broken.group_by("report", maintain_order=True).agg("code").iter_rows():
        pair = pairs[number]
        for finding in check(pair.reports, form, engine.rules, select=set(rules)).findings:
            yield _row(pair, finding)


def _row(pair: _Compared, finding: Finding) -> dict[str, Any]:
    previous = pair.reports.previous
    difference = finding.difference
    return {
        **{name: pair.row[name] for name in ("uri", "body", "body_key", "year")},
        "previous_uri": None if previous is None else previous.source_name,
        "rule": finding.code,
        "severity": finding.severity,
        "doubtful": finding.doubtful or pair.row["body_doubt"],
        "paths": list(finding.paths),
        "values": [None if value is None else str(value) for value in finding.values],
        "size": None if difference is None else abs(float(difference)),
        "message": finding.message,
        "message_en": finding.message_en,
    }
