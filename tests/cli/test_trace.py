"""`gischema trace`: text in both languages, JSON, and what happens with an unknown path."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
CELL = "requests.disposed.refused.third_party.natural_person"


def test_text(run: Run, reports: Path) -> None:
    """Row, column, source line and rules, in the language that was asked for."""
    file = reports / "art20_2021_wrong.txt"
    text = run("trace", CELL, file, "--lang", "zh").stdout
    assert "第1列（共7列）" in text
    assert "✗ B2" in text
    assert "art20_2019.lark" in text
    assert "column 1 of 7" in run("trace", CELL, file, "--lang", "en").stdout


def test_unknown_path(run: Run, reports: Path) -> None:
    """One line with the file and similar paths, and status 2."""
    result = run("trace", "requests.receivd", reports / "stat_2014_office.txt", "--lang", "zh")
    assert result.exit_code == 2
    assert "stat_2014_office.txt" in result.stderr
    assert "requests.received" in result.stderr


def test_json(run: Run, reports: Path) -> None:
    """One object with the report, the place and the rules; a list for several files."""
    file = reports / "art20_2021_wrong.txt"
    one = json.loads(run("trace", CELL, file, "--format", "json").stdout)
    assert one["form"] == "art20-2021"
    assert one["printed"][0]["row"]["terminal"] == "THIRD_PARTY"
    several = json.loads(run("trace", CELL, file, file, "--format", "json").stdout)
    assert [each["figure"]["value"] for each in several] == [21, 21]
