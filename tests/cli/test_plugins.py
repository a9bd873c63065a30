"""Plugins on the command line: what they add, and what is said of those that fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gischema
from gischema import Exporter
from gischema.cli.app import app
from tests.plugins.conftest import PAGE, RULES, VARIANT, plugin


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a plugin `ferry` and a report `page.txt`."""
    ferry = tmp_path / "ferry"
    ferry.mkdir()
    (ferry / "variant.lark").write_text(VARIANT, encoding="utf-8")
    (ferry / "ferry.rules").write_text(RULES, encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_check_lists_every_error_of_one_plugin_and_no_other(place: Path) -> None:
    """`plugins --check` says where each mistake is, and loads nothing else."""
    ferry = place / "ferry"
    good = run("plugins", "--check", ferry, "--lang", "en")
    assert (good.exit_code, good.stderr) == (0, "")
    assert good.stdout.splitlines()[1:] == [f"ferry   -        {ferry}  stat-2014+test T1"]
    (ferry / "broken.rules").write_text("rule\n", encoding="utf-8")
    (ferry / "broken.lark").write_text("// form: nowhere\nstart: (\n", encoding="utf-8")
    bad = run("plugins", "--check", ferry, "--lang", "en")
    assert bad.exit_code == 1
    assert "broken.rules:1:" in bad.stderr
    assert "broken.lark:" in bad.stderr


def test_folder_is_used_by_every_command(place: Path) -> None:
    """Forms, rules, codes, figures and findings of the folder are there."""
    ferry, page = ("--plugin", place / "ferry"), place / "page.txt"
    assert "stat-2014+test" in run("forms", *ferry).stdout
    assert "ferry_letters" in run("forms", "stat-2014+test", *ferry).stdout
    assert "T1" in run("rules", *ferry, "--form", "stat-2014+test").stdout
    assert "渡口" not in run("explain", "T1").stdout
    assert "意见箱来信数" in run("explain", "T1", *ferry, "--lang", "zh").stdout
    figures = json.loads(run("figures", page, *ferry, "--format", "json").stdout)
    assert {"ferry_letters": 14}.items() <= {f["path"]: f["value"] for f in figures}.items()
    assert json.loads(run("parse", page, *ferry).stdout)["variant"] == "test"
    found = json.loads(run("check", page, *ferry, "--format", "json").stdout)["findings"]
    assert "T1" in [finding["code"] for finding in found]


def test_plugins_are_listed_with_what_they_add(place: Path) -> None:
    """Name, version, origin and additions, for people and for programs."""
    result = run("plugins", "--plugin", place / "ferry", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    (listed,) = json.loads(result.stdout)["plugins"]
    assert listed == {
        "name": "ferry",
        "version": None,
        "origin": str(place / "ferry"),
        "hooks": ["gischema_forms", "gischema_measures", "gischema_narrative", "gischema_rules"],
        "forms": ["stat-2014+test"],
        "rules": ["T1"],
    }
    assert "stat-2014+test T1" in run("plugins", "--plugin", place / "ferry").stdout
    assert run("plugins", "--lang", "en").stdout == "no plugin is active\n"


def test_broken_plugin_is_named_once_and_the_run_goes_on(place: Path) -> None:
    """A line on stderr; standard output is what it is without the plugin, but for the diagnostic."""
    (place / "ferry" / "variant.lark").write_text("start: WATER\n", encoding="utf-8")
    ferry, page = ("--plugin", place / "ferry"), place / "page.txt"
    result = run("figures", page, *ferry, "--format", "json")
    assert result.exit_code == 0
    assert result.stderr.count("gischema: ") == len(result.stderr.splitlines()) > 0
    assert result.stdout == run("figures", page, "--format", "json").stdout
    assert run("plugins", *ferry).exit_code == 1
    shown = json.loads(run("check", page, *ferry, "--format", "json").stdout)["diagnostics"]
    assert "D901" in [diagnostic["code"] for diagnostic in shown]


def test_folder_that_is_not_there_is_bad_usage(place: Path) -> None:
    """A name with a slip ends the command."""
    assert run("check", place / "page.txt", "--plugin", place / "fery").exit_code == 2


def test_plugin_adds_a_format(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exporter is a format by its name; one that raises is named; others are bad usage."""

    def fail(_: object) -> list[str]:
        raise RuntimeError("the ferry sank")

    added = [
        Exporter("count", lambda reports: (f"{len(one.figures)}\n" for one in reports)),
        Exporter("bytes", lambda reports: (b"\xff\x00" for _ in reports)),
        Exporter("bad", fail),
    ]
    given = plugin("e", version="4", gischema_exporters=lambda: added)
    engine = gischema.Gischema(plugins=[given])
    monkeypatch.setattr(gischema, "default_engine", lambda: engine)
    page = place / "page.txt"
    assert run("figures", page, "--format", "count").stdout == "3\n"
    assert run("figures", page, page, "--format", "bytes").stdout_bytes == b"\xff\x00" * 2
    assert run("figures", page, "--format", "unknown").exit_code == 2
    bad = run("figures", page, "--format", "bad")
    assert bad.exit_code == 2
    assert "e 4" in bad.stderr
    assert "the ferry sank" in bad.stderr
