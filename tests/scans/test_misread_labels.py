"""Labels of a scan in which characters were misread: mended by what the recogniser weighed.

The document is made without a recogniser: a printed report, each of its cells as if recognised.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from gischema.engine import Gischema
from gischema.reading import Document, SourcePlace
from gischema.reading.document_writer import DocumentWriter
from gischema.report import Report

TEXT = (Path(__file__).parents[1] / "fixtures" / "scans" / "art20-2021.txt").read_text("utf-8")
ENGINE = Gischema()
Row = list[str]
ROW = "requests.disposed.refused.business_query"


def rows_of(text: str) -> list[Row]:
    return [
        [cell.strip() for cell in line.removesuffix("|").split("|")] for line in text.splitlines()
    ]


def scan(rows: Sequence[Row], weighed: Mapping[str, Sequence[str]] | None = None) -> Document:
    """The document of rows, with what was weighed at the characters of some of its cells."""
    writer = DocumentWriter()
    table: list[list[tuple[str, SourcePlace | None]]] = []
    for row in rows:
        if len(row) == 1 and len(row[0]) > 8:
            writer.table(table)
            table = []
            writer.paragraph(row[0])
            continue
        table.append([(cell, place(cell, weighed or {})) for cell in row])
    writer.table(table)
    writer.note("D660", pages="1")
    return writer.document("扫描.png", "scan")


def place(cell: str, weighed: Mapping[str, Sequence[str]]) -> SourcePlace:
    alike = () if cell.isdigit() else tuple(weighed.get(cell, [""] * len("".join(cell.split()))))
    return SourcePlace(
        0, 0, page=1, box=(0, 0, 9, 9), doubts=("D660",), choices=(cell,), alike=alike
    )


def misread(rows: list[Row], label: str, read: str, weighed: str = "") -> Document:
    """The scan after a label was read as another text; `weighed` is added where they differ."""
    changed = [[read if cell == label else cell for cell in row] for row in rows]
    assert changed != rows
    if len(read) != len(label):
        return scan(changed)
    options = ["" if a == b else b + weighed for a, b in zip(read, label, strict=True)]
    return scan(changed, {read: options})


def undoubted(report: Report) -> dict[str, object]:
    return {figure.path: figure.value for figure in report.figures if not figure.doubts}


WHOLE = ENGINE.parse(scan(rows_of(TEXT)))
LABELS = [cell for row in rows_of(TEXT) for cell in row if cell[1:2] == "." and len(row) > 7]


def test_all_that_can_be_vouched_for_is_without_doubt() -> None:
    assert len(undoubted(WHOLE)) == 175


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("8.属于行政查询事项", "8.属于行政查询手贝"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政法规禁止公并"),
        ("商业企业", "商业企亚"),
        ("自然人", "息然人"),
        ("3.危及“三安全一稳定”", "3.危及“三安全稳定”"),
    ],
)
def test_a_label_of_characters_that_were_weighed_is_that_label(label: str, read: str) -> None:
    report = ENGINE.parse(misread(rows_of(TEXT), label, read, "禾"))
    if len(label) == len(read):
        assert undoubted(report) == undoubted(WHOLE)
    assert {f.path: f.value for f in report.figures} == {f.path: f.value for f in WHOLE.figures}


def test_a_label_that_is_printed_otherwise_stays_in_doubt() -> None:
    """The recogniser saw its characters clearly: it may be another row."""
    rows = [
        [("8.属于行政咨询事项" if cell == "8.属于行政查询事项" else cell) for cell in row]
        for row in rows_of(TEXT)
    ]
    report = ENGINE.parse(scan(rows))
    doubts = {code for f in report.figures if f.path.startswith(ROW) for code in f.doubts}
    assert "D101" in doubts or ROW not in {f.path.rpartition(".")[0] for f in report.figures}


def test_characters_that_spell_two_labels_spell_none() -> None:
    """行政处罚 and 行政强制 fit both: neither is read for certain."""
    rows = [["行政××" if cell == "行政处罚" else cell for cell in row] for row in rows_of(TEXT)]
    report = ENGINE.parse(scan(rows, {"行政××": ["", "", "处强", "罚制"]}))
    assert not any(path.startswith("proactive.penalties") for path in undoubted(report))


def changed(rows: list[Row], choose: random.Random) -> list[Row]:
    """The rows of a table after some were dropped, swapped, repeated or added, sums kept."""
    rows = [list(row) for row in rows]
    inside = [n for n, row in enumerate(rows) if row[0] in LABELS]
    kind = choose.choice(("none", "drop a row of zeros", "swap", "add", "same figures"))
    one, other = choose.sample(inside, 2)
    if kind == "swap":
        rows[one], rows[other] = rows[other], rows[one]
    elif kind == "add":
        rows.insert(one, ["9.属于其他不予公开情形", *["0"] * 7])
    elif kind == "same figures":
        rows[other] = [rows[other][0], *rows[one][1:]]
    elif kind == "drop a row of zeros":
        zeros = [n for n in inside if set(rows[n][1:]) == {"0"}]
        del rows[choose.choice(zeros)]
    return rows


@pytest.mark.parametrize("seed", range(60))
def test_no_misread_label_vouches_for_another_row(seed: int) -> None:
    """Whatever was weighed and however rows stand, a figure without doubt is that of its label."""
    choose = random.Random(seed)
    rows = changed(rows_of(TEXT), choose)
    truth = {f.path: f.value for f in ENGINE.parse_text(as_text(rows)).figures}
    weighed: dict[str, list[str]] = {}
    for label in choose.sample(LABELS, 3):
        others = choose.sample(LABELS, 4)
        places = choose.sample(range(2, len(label)), min(3, len(label) - 2))
        read = "".join("口" if n in places else char for n, char in enumerate(label))
        options = [
            "".join(o[n : n + 1] for o in [label, *others]) if n in places else ""
            for n in range(len(label))
        ]
        rows = [[read if cell == label else cell for cell in row] for row in rows]
        weighed[read] = options
    report = ENGINE.parse(scan(rows, weighed))
    for path, value in undoubted(report).items():
        assert truth.get(path) == value, path
    flagged = {path for one in report.diagnostics for path in one.paths}
    assert truth.keys() - {f.path for f in report.figures} <= flagged


def as_text(rows: Sequence[Row]) -> str:
    return "\n".join(f"{' | '.join(row)} |" if len(row) > 1 else row[0] for row in rows) + "\n"
