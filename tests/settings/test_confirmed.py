"""A confirmed reading replaces exactly the figure that a person has looked up."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result

import gischema
from gischema.cli.app import app
from tests.cli.conftest import RUNNER

COUNTY = Path(__file__).resolve().parents[2] / "examples" / "reports" / "art20_2021_county.txt"
PAGE = COUNTY.read_text("utf-8").replace("行政", "行改").encode()
"""A page on which labels have a slip, so that their figures are in doubt."""


@pytest.fixture(scope="module")
def report() -> gischema.Report:
    return gischema.parse(PAGE)


def confirmed(path: str, value: object, source: str = sha256(PAGE).hexdigest()) -> str:
    return (
        f'[[confirmed]]\nsource = "{source}"\nby = "王某"\non = 2026-03-31\nreason = "看过原件"\n'
        f'[confirmed.figures]\n"{path}" = {value}\n'
    )


def parse(tmp_path: Path, *texts: str) -> gischema.Report:
    file = tmp_path / "confirmed.toml"
    file.write_text("\n".join(texts), encoding="utf-8")
    return gischema.parse(PAGE, confirmed=file)


def test_it_changes_exactly_its_figure(report: gischema.Report, tmp_path: Path) -> None:
    doubted = next(figure for figure in report.figures if figure.doubts)
    changed = parse(tmp_path, confirmed(doubted.path, 77))
    differing = [
        (before, after)
        for before, after in zip(report.all_figures(), changed.all_figures(), strict=True)
        if before != after
    ]
    assert [before.path for before, _ in differing] == [doubted.path]
    after = differing[0][1]
    assert (after.value, after.reading, after.doubts) == (77, "confirmed", ())
    assert (after.raw, after.origin) == (doubted.raw, doubted.origin)
    assert doubted.path not in changed.doubts
    assert list(changed.narrative) == list(report.narrative)
    assert not any(doubted.path in one.paths for one in changed.diagnostics)


def test_every_export_shows_it(report: gischema.Report, tmp_path: Path) -> None:
    path = "proactive.normative.issued"
    assert report.figure(path).doubts
    changed = parse(tmp_path, confirmed(path, 77))
    again = gischema.loads(gischema.dumps(changed))
    row = next(one for one in again.rows() if one["path"] == path)
    assert (row["value"], row["reading"], row["doubts"]) == (Decimal(77), "confirmed", [])
    assert again == changed
    assert isinstance(changed, gischema.Art20Report2021)
    assert changed.proactive.normative.issued == 77


def test_commands_apply_it(tmp_path: Path) -> None:
    page, file = tmp_path / "page.txt", tmp_path / "confirmed.toml"
    page.write_bytes(PAGE)
    path = "proactive.normative.issued"
    file.write_text(confirmed(path, 77) + '"no.such.path" = 1\n', encoding="utf-8")

    def run(*arguments: object) -> Result:
        return RUNNER.invoke(app, [*map(str, arguments), "--lang", "zh"])

    result = run("figures", page, "--confirmed", file, "--format", "json")
    row = next(one for one in json.loads(result.stdout) if one["path"] == path)
    assert (row["value"], row["reading"], row["doubts"]) == (77, "confirmed", [])
    assert result.stderr.splitlines() == [f"gischema: {page}：未用到的确认：no.such.path"]
    assert not {path} & {
        one
        for note in json.loads(run("parse", page, "--confirmed", file).stdout)["diagnostics"]
        for one in note["paths"]
    }
    file.write_text("[[confirmed]]", encoding="utf-8")
    assert run("check", page, "--confirmed", file).exit_code == 2


def test_all_doubts_can_be_worked_off(report: gischema.Report, tmp_path: Path) -> None:
    texts = [confirmed(figure.path, figure.value) for figure in report.figures if figure.doubts]
    changed = parse(tmp_path, *texts)
    assert len(texts) > 1
    assert not any(figure.doubts for figure in changed.figures)


def test_a_cell_that_was_not_read_gets_its_value(tmp_path: Path) -> None:
    path = "proactive.rules.issued"
    before = gischema.parse(PAGE)
    assert before.figure(path).status == "stated"
    assert parse(tmp_path, confirmed(path, '"blank"')).figure(path).status == "blank"
    absent = parse(tmp_path, confirmed(path, '"absent"'))
    assert path not in absent.by_path
    assert (absent.figure(path).status, absent.figure(path).reading) == ("absent", "confirmed")


def test_other_sources_and_unknown_paths_are_unused(
    report: gischema.Report, tmp_path: Path
) -> None:
    texts = confirmed("proactive.rules.issued", 9, "0" * 64), confirmed("no.such.path", 9)
    assert parse(tmp_path, *texts) == report
    readings = gischema.load_confirmed(tmp_path / "confirmed.toml")
    assert len(readings.unused([])) == 2
    assert [one.path for one in readings.unused([("0" * 64, "proactive.rules.issued")])] == [
        "no.such.path"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (confirmed("a", 1) + confirmed("a", 2), "two values"),
        (confirmed("a", '"many"'), r"confirmed\[1\].figures.a needs a number"),
        (confirmed("a", "true"), "needs a number"),
        ("[[confirmed]]\nsource = 1", "source needs a text"),
    ],
)
def test_a_file_with_an_error_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(gischema.SettingsError) as caught:
        parse(tmp_path, text)
    assert message.replace("\\", "") in caught.value.message_en
