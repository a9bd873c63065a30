"""No doubt is lost on the way out: what a diagnostic flags is in doubt in every export."""

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

ENGINE = gischema.default_engine()
FORMS = [form for form in ENGINE.forms.values() if form.variant is None]
QUICK = settings(settings.get_profile("quick"), max_examples=10)
IN_TABLE = re.compile(r" ([a-z_]+(?:\.[a-z_0-9]+)*)  .*存疑 ([D\d ]+)$")

Doubts = dict[str, list[str]]
"""The codes that an export shows for each path of the tables that is in doubt."""


def flagged(report: Report) -> Doubts:
    """What the diagnostics of a report say, looked up in the plainest way."""
    paths = dict.fromkeys(path for diagnostic in report.diagnostics for path in diagnostic.paths)
    return {
        path: list(dict.fromkeys(d.code for d in report.diagnostics if path in d.paths))
        for path in paths
    }


def printed(data: bytes, *options: str) -> str:
    """What `gischema figures` prints for a file."""
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
    """The doubts in the table of many reports."""
    columnar = pytest.importorskip("gischema.rules.columnar")
    report = ENGINE.parse(data)
    form = ENGINE.form(str(report.form))
    frame = columnar.tabulate([report, report], form, ENGINE.rules)
    ends = columnar.doubts_column("")
    paths = [name.removesuffix(ends) for name in frame.columns if name.endswith(ends)]
    return {path: frame[columnar.doubts_column(path)].to_list()[1] for path in paths}


EXPORTS: dict[str, Callable[[bytes], Doubts]] = {
    "json": in_json,
    "jsonl": in_jsonl,
    "csv": in_csv,
    "table": in_table,
    "frame": in_frame,
}


def shows_every_doubt(data: bytes) -> Doubts:
    """Fail if an export hides a doubt or makes one up; give the doubts."""
    report = ENGINE.parse(data)
    expected = flagged(report)
    for name, export in EXPORTS.items():
        shown = {path: codes for path, codes in export(data).items() if codes}
        assert shown == expected, name
    for derived in ENGINE.derived(report):
        codes = {code for path in derived.paths for code in expected.get(path, ())}
        assert set(derived.doubts) == codes, derived.name
    return expected


def without_lines() -> bytes:
    """A PDF whose cells are told apart by their places alone: doubts by the hundred."""
    form = ENGINE.form("art20-2021")
    page = specimen(form, SeededChoices(1), layout=LAYOUTS["pipes"], damages=()).printed.page
    return pdf_file(page, SeededChoices(1), ruled=False)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_export_shows_every_doubt(form: gischema.Form) -> None:
    """Over pages with up to three damages, in any layout."""

    @settings(QUICK)
    @given(specimens(form))
    def holds(page: Specimen) -> None:
        shows_every_doubt(page.printed.text.encode())

    holds()


def test_tables_without_lines() -> None:
    """Figures below heads in doubt say so wherever they go, and so do rates made of them."""
    report = ENGINE.parse(without_lines())
    doubts = shows_every_doubt(without_lines())
    assert len([figure for figure in report.figures() if "D304" in figure.doubts]) > 100
    assert doubts.keys() - report.by_path.keys()
    assert any("D304" in derived.doubts for derived in ENGINE.derived(report))


def test_doubts_survive_json() -> None:
    """`loads` gives figures in doubt as `dumps` got them, those that were not read included."""
    report = ENGINE.parse(without_lines())
    again = ENGINE.loads(ENGINE.dumps(report))
    assert again == report
    for one in (report, again):
        known = {figure.path: list(figure.doubts) for figure in one.figures(absent=True)}
        assert {path: codes for path, codes in known.items() if codes} == {
            path: codes for path, codes in flagged(report).items() if path in known
        }
