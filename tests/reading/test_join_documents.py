"""A report and its attachments: one report of several files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gischema
from gischema.cli.app import app

SENTENCE = "本机关坚持以公开为常态、不公开为例外，全面推进政府信息公开工作，有关数据见附件。"
MAIN = (
    f"<h1>某某县2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>{SENTENCE}</p>"
    "<p><a href=table.html.xls>附件：统计表</a></p>"
)
TABLE = (
    "<table><tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    "<tr><td>规章<td>12<td>3<td></table>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a page without a table, its table, and another report."""
    (tmp_path / "main.html").write_text(MAIN, encoding="utf-8")
    (tmp_path / "table.html").write_text(TABLE, encoding="utf-8")
    other = MAIN.replace("某某县", "某某市").replace("2023", "2024")
    (tmp_path / "other.html").write_text(other + TABLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs the command inside the folder."""
    monkeypatch.chdir(folder)
    return lambda *arguments: CliRunner().invoke(app, arguments)


def test_several_files_are_one_report(folder: Path) -> None:
    """Title from one, figures from the other; every origin says which, blank cells too."""
    report = gischema.parse([folder / "main.html", folder / "table.html"])
    assert report.title == "某某县2023年政府信息公开工作年度报告"
    assert [(f.path, f.value) for f in report.figures] == [
        ("proactive.rules.issued", 12),
        ("proactive.rules.repealed", 3),
        ("proactive.rules.in_force", None),
    ]
    for figure in report.figures:
        assert figure.origin is not None
        assert figure.origin.file == str(folder / "table.html")
    origin = report.figure("proactive.rules.repealed").origin
    assert origin is not None
    assert origin.element == "/html/body/table[1]/tbody[1]/tr[2]/td[3]"
    codes = [d.code for d in report.diagnostics]
    assert "D607" in codes
    assert "D603" not in codes


def test_texts_and_bytes_go_together_too() -> None:
    """A plain text has no places of its own; its file is known all the same."""
    main = gischema.read(MAIN.encode())
    table = gischema.Document("规章 | 12 | 3 | 345 |", "table.txt")
    origin = gischema.parse([main, table]).figure("proactive.rules.issued").origin
    assert origin is not None
    assert (origin.file, origin.offset) == ("table.txt", 5)


def test_one_file_in_a_list_is_that_file(folder: Path) -> None:
    """No diagnostic, no file on the origin."""
    report = gischema.parse([folder / "other.html"])
    assert report == gischema.parse(folder / "other.html")


def test_nothing_is_no_source() -> None:
    """An empty list is a mistake of the caller."""
    with pytest.raises(ValueError, match="no source"):
        gischema.parse([])


def titles(result: Result) -> list[tuple[str, str | None, int]]:
    """Return file, title and number of figures of each report that a command printed."""
    assert result.exit_code == 0, result.output
    return [(r["file"], r["title"], len(r["figures"])) for r in json.loads(result.stdout)]


def test_the_command_joins_a_page_and_its_table(run: Callable[..., Result]) -> None:
    """By evidence: the first lacks a table, the second has one and no title."""
    report = "某某县2023年政府信息公开工作年度报告"
    joined = titles(run("parse", "main.html", "table.html", "other.html"))
    assert joined[0] == ("main.html", report, 3)
    assert [file for file, _, _ in joined] == ["main.html", "other.html"]
    apart = titles(run("parse", "--separate", "main.html", "table.html"))
    assert apart == [("main.html", report, 0), ("table.html", None, 3)]


def test_other_reports_are_not_joined(run: Callable[..., Result]) -> None:
    """A file with a title of its own is a report of its own; so is whatever a folder holds."""
    assert len(titles(run("parse", "main.html", "other.html"))) == 2
    assert len(titles(run("parse", "."))) == 3


def test_the_command_joins_whatever_it_is_told_to(run: Callable[..., Result]) -> None:
    """With --together the output is one object, in whatever order the files come."""
    result = run("parse", "--together", "table.html", "main.html")
    report = json.loads(result.stdout)
    assert report["title"] == "某某县2023年政府信息公开工作年度报告"
    assert {figure["origin"]["file"] for figure in report["figures"]} == {"table.html"}


def test_the_command_joins_no_two_reports(run: Callable[..., Result]) -> None:
    """Files of two bodies or years are refused in one line with both names; it is no crash."""
    result = run("parse", "--together", "main.html", "other.html", "--lang", "zh")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "main.html" in line
    assert "other.html" in line
    assert "D904" not in line
