"""The project that uses the package: strictly typed, and every module of it runs."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest

import gischema

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "examples/consumer"
REPORTS = ROOT / "examples/reports"
WRONG = REPORTS / "art20_2021_wrong.txt"


def module(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a module of the project, as if it were installed."""
    monkeypatch.syspath_prepend(PROJECT)
    found: ModuleType = import_module(f"consumer.{name}")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the example reports and a file that is none."""
    place = tmp_path / "reports"
    place.mkdir()
    for file in REPORTS.glob("*.txt"):
        shutil.copy(file, place)
    (place / "broken.pdf").write_bytes(b"%PDF-1.4")
    return place


@pytest.mark.slow
def test_mypy_has_nothing_to_say() -> None:
    """With the project's own settings, which are strict."""
    pytest.importorskip("mypy")
    pytest.importorskip("polars")
    options = ("--config-file", "pyproject.toml", "--follow-imports=silent")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, f"--cache-dir={ROOT / '.mypy_cache/consumer'}"],
        cwd=PROJECT,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_pyright_has_nothing_to_say(tmp_path: Path) -> None:
    """So it is with the other type checker, where one is installed."""
    scripts = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which("pyright", path=scripts) or shutil.which("basedpyright", path=scripts)
    if program is None:
        pytest.skip("neither pyright nor basedpyright is installed")
    extra = [str(ROOT), sysconfig.get_path("purelib")]
    settings = {"typeCheckingMode": "strict", "extraPaths": extra}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    shutil.copytree(PROJECT / "consumer", tmp_path / "consumer")
    done = subprocess.run(
        [program, "--project", tmp_path], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_folder_into_sqlite(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every figure, finding and error is in the file; values are exact."""
    database = tmp_path / "reports.sqlite"
    module("to_sqlite", monkeypatch).fill(folder, database, jobs=2)
    with closing(sqlite3.connect(database)) as connection:
        read = connection.execute("select file, form, year, error from reports order by file")
        names = [(Path(file).name, form, year, error) for file, form, year, error in read]
        assert names == [
            ("art20_2019_bureau.txt", "art20-2019", 2020, 0),
            ("art20_2021_county.txt", "art20-2021", 2023, 0),
            ("art20_2021_wrong.txt", "art20-2021", 2023, 2),
            ("stat_2014_office.txt", "stat-2014", 2016, 0),
        ]
        (error,) = connection.execute("select file, reason from errors")
        assert error == (str(folder / "broken.pdf"), "damaged")
        figures = connection.execute("select path, value from figures where source = 'table'")
        stated = {path: value for path, value in figures if path == "proactive.procurement.amount"}
        report = gischema.parse(REPORTS / "art20_2019_bureau.txt")
        assert (
            Decimal(stated["proactive.procurement.amount"])
            == report.figure("proactive.procurement.amount").value
        )
        culprits = connection.execute(
            "select distinct stated, suggested from findings where code = 'B2'"
        )
        assert culprits.fetchall() == [("21", "12")]


def test_a_folder_into_a_frame(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One frame of all forms, and the same concept in all of them."""
    pytest.importorskip("polars")
    consumer = module("to_frame", monkeypatch)
    figures = consumer.frame(folder)
    received = consumer.received(figures)
    assert received["year"].to_list() == [2016, 2020, 2023, 2023]
    assert received["value"].to_list()[-1] == 68
    assert received["certain"].all()


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Return host and port of the endpoint while it runs."""
    server = module("web", monkeypatch).server()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address
    server.shutdown()
    server.server_close()
    thread.join()


def _post(address: tuple[str, int], data: bytes, name: str) -> tuple[int, Any]:
    with closing(HTTPConnection(*address, timeout=60)) as connection:
        connection.request("POST", "/check", data, {"X-Name": quote(name)})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def test_the_web_endpoint(address: tuple[str, int]) -> None:
    """A report gives its check, anything else the reason; the name is that of the upload."""
    status, data = _post(address, WRONG.read_bytes(), "年报.txt")
    assert status == 200
    assert (data["file"], data["counts"]["error"]) == ("年报.txt", 2)
    result = gischema.loads(json.dumps(data), gischema.CheckResult)
    assert [finding.code for finding in result.findings] == [
        finding.code for finding in gischema.check(gischema.parse(WRONG)).findings
    ]
    status, data = _post(address, b"%PDF-1.4", "坏.pdf")
    assert (status, data["reason"]) == (422, "damaged")


def test_own_rules(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """They add to the national ones."""
    consumer = module("own_rules", monkeypatch)
    codes = {rule.code for rule in consumer.engine().rules.rules}
    assert codes > {"OWN-1", "OWN-2", "B1"}
    assert [line.split()[0] for line in consumer.messages(str(WRONG))][-2:] == ["B3", "B2"]
    assert capsys.readouterr().out == "新收 68\n"


def test_a_process_pool(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results and errors come back from the workers, in the order of the files."""
    files = sorted(folder.iterdir())
    found = list(module("pool", monkeypatch).results(files))
    expected = [gischema.check(gischema.parse(file)) for file in files if file.suffix == ".txt"]
    assert [each for each in found if isinstance(each, gischema.CheckResult)] == expected
    assert sum(isinstance(each, gischema.UnreadableSource) for each in found) == 1
