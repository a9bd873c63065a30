"""No doubt is lost in an export: figures that a diagnostic flags are doubtful in every format."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

import gischema
from gischema.cli.app import app
from gischema.report import Report
from gischema.testing import LAYOUTS, SeededChoices, Specimen, specimen, specimens
from gischema.testing.layouts.pdf import pdf_file

QUICK = settings(settings.get_profile("quick"), max_examples=10)
IN_TABLE = re.compile(r" ([a-z_]+(?:\.[a-z_0-9]+)*)  .*存疑 ([D\d ]+)$")

Doubts = dict[str, list[str]]
"""The codes that an export shows, for each doubtful path of the tables."""


def flagged(report: Report) -> Doubts:
    """Return the codes of a report's diagnostics by path of the tables."""
    named = (path for diagnostic in report.diagnostics for path in diagnostic.paths)
    paths = dict.fromkeys(path for path in named if " " not in path)
    return {
        path: list(dict.fromkeys(d.code for d in report.diagnostics if path in d.paths))
        for path in paths
    }


def printed(data: bytes, *options: str) -> str:
    """Return what `gischema figures` prints for a file."""
    result = CliRunner().invoke(app, ["figures", "-", "--lang", "zh", *options], input=data)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def from_json(rows: Iterable[Mapping[str, Any]]) -> Doubts:
    return {row["path"]: row["doubts"] for row in rows if row.get("source") == "table"}


def in_json(data: bytes) -> Doubts:
    return from_json(json.loads(printed(data, "--format", "json")))


def in_jsonl(data: bytes) -> Doubts:
    return from_json(map(json.loads, printed(data, "--format", "jsonl").splitlines()))


def in_csv(data: bytes) -> Doubts:
    rows = csv.DictReader(StringIO(printed(data, "--format", "csv")))
    return {row["path"]: row["doubts"].split() for row in rows if row["source"] == "table"}


def in_table(data: bytes) -> Doubts:
    lines = (line for line in printed(data).splitlines() if "  正文" not in line)
    found = filter(None, map(IN_TABLE.search, lines))
    return {match[1]: match[2].split() for match in found}


def in_frame(data: bytes) -> Doubts:
    """Return the doubts in the table of many reports."""
    columnar = pytest.importorskip("gischema.rules.columnar")
    report = gischema.parse(data)
    form = gischema.default_engine().form(str(report.form))
    frame = columnar.tabulate([report, report], form, gischema.default_engine().rules)
    ends = columnar.doubts_column("")
    paths = [name.removesuffix(ends) for name in frame.columns if name.endswith(ends)]
    return {path: frame[columnar.doubts_column(path)].to_list()[1] for path in paths}


def in_rows(data: bytes) -> Doubts:
    return from_json(gischema.parse(data).rows())


def in_polars(data: bytes) -> Doubts:
    pytest.importorskip("polars")
    return from_json(gischema.parse(data).to_polars().iter_rows(named=True))


def in_pandas(data: bytes) -> Doubts:
    pytest.importorskip("pandas")
    rows: Any = gischema.parse(data).to_pandas().to_dict("records")
    return from_json(rows)


EXPORTS: dict[str, Callable[[bytes], Doubts]] = {
    "json": in_json,
    "jsonl": in_jsonl,
    "csv": in_csv,
    "table": in_table,
    "rows": in_rows,
    "polars": in_polars,
    "pandas": in_pandas,
    "frame": in_frame,
}


def shows_every_doubt(data: bytes) -> Doubts:
    """Return the doubts; fail if an export hides one or makes one up."""
    report = gischema.parse(data)
    expected = flagged(report)
    for name, export in EXPORTS.items():
        shown = {path: codes for path, codes in export(data).items() if codes}
        assert shown == expected, name
    for derived in gischema.default_engine().derived(report):
        codes = {code for path in derived.paths for code in expected.get(path, ())}
        assert set(derived.doubts) == codes, derived.name
    return expected


def without_lines() -> bytes:
    """Return a PDF in which only positions separate the cells, so that hundreds are doubtful."""
    form = gischema.default_engine().form("art20-2021")
    page = specimen(form, SeededChoices(1), layout=LAYOUTS["pipes"], damages=()).printed.page
    return pdf_file(page, SeededChoices(1), ruled=False)


def test_every_export_shows_every_doubt(form: gischema.Form) -> None:
    """On pages with up to three damages, in any layout."""

    @settings(QUICK)
    @given(specimens(form))
    def holds(page: Specimen) -> None:
        shows_every_doubt(page.printed.text.encode())

    holds()


def test_tables_without_lines() -> None:
    """Figures below doubtful heads are doubtful in every export, and so are derived measures."""
    report = gischema.parse(without_lines())
    doubts = shows_every_doubt(without_lines())
    assert len([figure for figure in report.figures if "D304" in figure.doubts]) > 100
    assert doubts.keys() - report.by_path.keys()
    assert any("D304" in derived.doubts for derived in gischema.default_engine().derived(report))


def test_doubts_survive_json() -> None:
    """`loads` returns doubtful figures as `dumps` wrote them, even those that were not read."""
    report = gischema.parse(without_lines())
    again = gischema.default_engine().loads(gischema.default_engine().dumps(report))
    assert again == report
    for one in (report, again):
        known = {figure.path: list(figure.doubts) for figure in one.all_figures()}
        assert {path: codes for path, codes in known.items() if codes} == {
            path: codes for path, codes in flagged(report).items() if path in known
        }


STATED = """青禾市云岭县人民政府2023年政府信息公开工作年度报告
一、总体情况
本年收到政府信息公开申请约30件。历年累计公开规章12件。2022年收到行政复议5件。
全年新收信息公开申请和行政复议共7件。
"""


def stated_doubts(rows: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Return path and code of every doubtful statement of the running text in an export."""
    return {
        (row["path"], code)
        for row in rows
        if row["source"] != "table"
        for code in (row["doubts"].split() if isinstance(row["doubts"], str) else row["doubts"])
    }


def test_doubts_about_running_text_are_in_the_one_list_and_in_every_export() -> None:
    """`report.diagnostics` names them `narrative PATH`; their rows have the codes."""
    data = STATED.encode()
    report = gischema.parse(data)
    expected = {
        (path.removeprefix("narrative "), d.code)
        for d in report.diagnostics
        for path in d.paths
        if path.startswith("narrative ")
    }
    assert {code for _, code in expected} >= {"D501", "D505"}
    assert expected == {(p, d.code) for d in report.narrative.diagnostics for p in d.paths}
    assert not flagged(report)
    assert not report.doubts
    rows = csv.DictReader(StringIO(printed(data, "--format", "csv")))
    for found in (
        json.loads(printed(data, "--format", "json")),
        map(json.loads, printed(data, "--format", "jsonl").splitlines()),
        rows,
        report.rows(),
        gischema.loads(gischema.dumps(report)).rows(),
    ):
        assert stated_doubts(row for row in found if "path" in row) == expected
    table = printed(data)
    assert all(code in table for _, code in expected)
