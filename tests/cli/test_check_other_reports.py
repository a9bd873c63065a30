"""`gischema check` with other reports: a series, another version, subordinate bodies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

RIGHT = "art20_2021_county.txt"


@pytest.fixture
def county(reports: Path) -> str:
    return (reports / RIGHT).read_text("utf-8")


def later(text: str) -> str:
    """The same report a year on, its text and figures not looked at again."""
    return text.replace("2023", "2024")


def found(result: Result) -> dict[str, list[str]]:
    """The codes of each file."""
    return {Path(e["file"]).stem: [f["code"] for f in e["findings"]] for e in _records(result)}


def _records(result: Result) -> list[dict[str, Any]]:
    records = json.loads(result.stdout)
    return records if isinstance(records, list) else [records]


def test_a_series_is_held_against_itself(run: Run, tmp_path: Path, county: str) -> None:
    """Files in any order: the copied report is found, the older one has none to copy."""
    (tmp_path / "a.txt").write_text(later(county), "utf-8")
    (tmp_path / "b.txt").write_text(county, "utf-8")
    result = run("check", tmp_path, "--series", "--select", "COPY,B5", "--format", "json")
    assert list(found(result)) == ["b", "a"]
    assert found(result)["b"] == []
    assert "COPY-2" in found(result)["a"]


def test_a_quarter_between_two_others_is_missing(run: Run, tmp_path: Path) -> None:
    """A line on stderr says so; the exit status is that of the findings."""
    page = "青禾市财政局2016年第{}季度政府信息公开情况统计表\n（一）收到申请数 | 件 | 3 |\n"
    for number in "一三":
        (tmp_path / f"{number}.txt").write_text(page.format(number), "utf-8")
    result = run("check", tmp_path, "--series", "--select", "A2")
    assert "没有2016年第二季度的报告" in result.stderr


def test_without_series_files_have_nothing_to_do_with_each_other(
    run: Run, tmp_path: Path, county: str
) -> None:
    (tmp_path / "a.txt").write_text(later(county), "utf-8")
    (tmp_path / "b.txt").write_text(county, "utf-8")
    result = run("check", tmp_path, "--select", "COPY,B5", "--format", "json")
    assert found(result) == {"a": [], "b": []}


def test_another_version(run: Run, reports: Path, tmp_path: Path, county: str) -> None:
    """A figure that was changed after publication is named."""
    other = tmp_path / "other.txt"
    other.write_text(county.replace("行政许可 | 12847", "行政许可 | 12874"), "utf-8")
    arguments = ("--select", "VER", "--fail-on", "warning")
    changed = run("check", reports / RIGHT, "--other-version", other, *arguments)
    assert changed.exit_code == 1
    assert "VER-1" in changed.stdout
    same = run("check", reports / RIGHT, "--other-version", reports / RIGHT, *arguments)
    assert same.exit_code == 0


def test_subordinate_bodies(run: Run, reports: Path, tmp_path: Path, county: str) -> None:
    """The only body below accounts for all; two of them for twice as much."""
    folder = tmp_path / "below"
    folder.mkdir()
    (folder / "one.txt").write_text(county, "utf-8")
    arguments = ("check", reports / RIGHT, "--below", folder, "--select", "ROLL", "--fail-on")
    assert run(*arguments, "warning").exit_code == 0
    (folder / "two.txt").write_text(county, "utf-8")
    assert run(*arguments, "warning").exit_code == 1


@pytest.mark.parametrize("option", ["--previous", "--other-version"])
def test_a_series_pairs_by_itself(run: Run, reports: Path, option: str) -> None:
    result = run("check", reports, "--series", option, reports / RIGHT)
    assert result.exit_code == 2
    assert "--series" in result.stderr
