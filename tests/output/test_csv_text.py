"""CSV: lossless as it is, and harmless in a spreadsheet on demand."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gischema.cli.app import app
from gischema.output.csv_text import csv_line, for_excel

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(",\"\r\n\t=+-@'"))


def _read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


@given(st.lists(st.lists(TEXTS, min_size=1), min_size=1))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    """Line breaks of any kind, quotes and all, as they were."""
    assert _read("".join(map(csv_line, rows))) == rows


@given(st.lists(st.lists(TEXTS, min_size=1), min_size=1))
def test_no_cell_acts_in_a_spreadsheet(rows: list[list[str]]) -> None:
    """Each cell is what it was, or has an apostrophe before it."""
    shown = "".join(for_excel(map(csv_line, rows)))
    assert shown.startswith("\ufeff")
    for row, read in zip(rows, _read(shown[1:]), strict=True):
        for cell, seen in zip(row, read, strict=True):
            assert seen in {cell, f"'{cell}"}
            assert seen[:1] not in set("=@\t\r\n")


@pytest.mark.parametrize("cell", ["0", "-5", "+3", "-0.50", "12847", "-", "——", "新收", "'=1", ""])
def test_numbers_and_dashes_stay(cell: str) -> None:
    assert _read("".join(for_excel([csv_line([cell, "x"])]))) == [[f"\ufeff{cell}", "x"]]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-2-"]
)
def test_formulas_become_texts(cell: str) -> None:
    assert _read("".join(for_excel([csv_line(["x", cell])]))) == [["\ufeffx", f"'{cell}"]]


def _wrong(folder: Path) -> Path:
    text = (EXAMPLES / "art20_2021_wrong.txt").read_text(encoding="utf-8")
    report = folder / "=cmd()|a.txt"
    report.write_text(text, encoding="utf-8")
    return report


@pytest.mark.parametrize("command", ["check", "figures"])
def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """`--excel` gives the rows of the CSV; the name of a file is no formula."""
    name = _wrong(tmp_path).name
    monkeypatch.chdir(tmp_path)

    def call(*options: str) -> str:
        arguments = [command, name, name, "--lang", "zh", *options]
        return CliRunner().invoke(app, arguments).stdout

    plain, excel = _read(call("--format", "csv")), _read(call("--excel"))
    assert [row[1:] for row in excel] == [row[1:] for row in plain]
    assert (plain[0][0], excel[0][0]) == ("file", "\ufefffile")
    assert {row[0] for row in plain[1:]} == {name}
    assert {row[0] for row in excel[1:]} == {f"'{name}"}
    assert call("--excel", "--format", "csv") == call("--excel")
