"""Rows of figures: what is said of a figure, in every format."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

from attrs import evolve

from gischema.output.figures import FIELDS, csv_head, csv_lines, record, table
from gischema.report import (
    AboutReport,
    Diagnostic,
    Figure,
    NarrativeFigure,
    Origin,
    Report,
    with_doubts,
)

AT = Origin(10, 12, 3, 5, block=0, row=2, cell=1)
TABLE = (
    Figure("requests.received.total", 68, "件", "stated", "68", "新收 / 总计", AT, "exact"),
    Figure("requests.carried_in.total", None, "件", "blank", "", "结转 / 总计", AT, "exact"),
    Figure("proactive.fees.amount", Decimal("1E+2"), "万元", "stated", "100", "收费", AT, "solved"),
)
NARRATIVE = NarrativeFigure(
    "requests.received.total", 65, "件", "stated", "65件", "新收", AT, "close"
)
ABSENT = Figure("proactive.rules.issued", None, "件", "absent", "", "规章")
REPORT = Report(figures=TABLE, narrative=(NARRATIVE,), declared={ABSENT.path: ABSENT})


def test_tables_come_before_running_text() -> None:
    """Absent figures are listed only on demand, running text always and last."""
    assert list(REPORT.listed()) == [*TABLE, NARRATIVE]
    assert list(REPORT.listed(absent=True)) == [*TABLE, ABSENT, NARRATIVE]


def test_absent_figures_in_doubt_are_listed() -> None:
    """What a diagnostic flags was perhaps printed: an export without it would hide the doubt."""
    beyond = "requests.received.organizations"
    note = Diagnostic("D208", "", "", (ABSENT.path, beyond, TABLE[0].path))
    report = with_doubts(evolve(REPORT, diagnostics=(note,)))
    declared = [(f.path, f.status, f.doubts) for f in report.listed() if f.status == "absent"]
    assert declared == [
        (ABSENT.path, "absent", ("D208",)),
        (beyond, "absent", ("D208",)),
    ]
    everything = [f.path for f in report.listed(absent=True)]
    assert everything == [*(f.path for f in TABLE), ABSENT.path, beyond, NARRATIVE.path]


ABOUT = AboutReport("甲,乙.txt", "art20-2021", None, 2023, "青禾市云岭县人民政府", "年报")


def test_record() -> None:
    """A record has exactly the published keys; its origin is an object, or null for none."""
    about = ("file", "form", "variant", "year", "agency", "title")
    assert list(record(TABLE[0], ABOUT)) == [*about, *FIELDS]
    origin = {"start": 10, "end": 12, "line": 3, "column": 5}
    table = {"block": 0, "row": 2, "cell": 1, "page": None}
    file = {"offset": None, "element": None, "box": None, "file": None}
    assert record(TABLE[0], ABOUT)["origin"] == origin | table | file
    assert record(ABSENT, ABOUT)["origin"] is None
    assert record(evolve(ABSENT, doubts=("D208",)), ABOUT)["doubts"] == ["D208"]
    assert record(evolve(NARRATIVE, marks=("region",)), ABOUT)["marks"] == ["region"]


def test_csv() -> None:
    """A CSV has one column a part of the origin and plain numbers without exponents."""
    marked = evolve(NARRATIVE, marks=("region", "unit_missing"))
    text = csv_head() + csv_lines([*TABLE, marked], ABOUT)
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["file"] for row in rows] == ["甲,乙.txt"] * 4
    assert [row["value"] for row in rows] == ["68", "", "100", "65"]
    assert [row["status"] for row in rows] == ["stated", "blank", "stated", "stated"]
    assert (rows[0]["line"], rows[0]["column"], rows[0]["page"]) == ("3", "5", "")
    assert (rows[3]["marks"], rows[3]["year"], rows[3]["variant"]) == (
        "region unit_missing",
        "2023",
        "",
    )


def test_rows_have_the_columns_of_the_csv() -> None:
    """A row is what a line of CSV is, with one type of value a column."""
    report = evolve(REPORT, form="art20-2021", year=2023, source_name="甲.txt")
    rows = report.rows(absent=True)
    assert [row["path"] for row in rows] == [figure.path for figure in report.listed(absent=True)]
    assert {tuple(row) for row in rows} == {tuple(next(csv.reader(StringIO(csv_head()))))}
    assert {type(row["value"]) for row in rows} == {Decimal, type(None)}
    assert (rows[0]["value"], rows[0]["raw"], rows[0]["line"]) == (Decimal(68), "68", 3)
    assert {(row["file"], row["year"]) for row in rows} == {("甲.txt", 2023)}


def test_table_in_chinese() -> None:
    """Columns are straight; a figure that is not a plain one says so."""
    assert table(REPORT.listed(absent=True), "zh") == (
        "位置    数值  单位  指标                       名称         说明\n"
        " 3:5      68  件    requests.received.total    新收 / 总计\n"
        " 3:5  (空白)  件    requests.carried_in.total  结转 / 总计\n"
        " 3:5     100  万元  proactive.fees.amount      收费         数字经拆分\n"
        "      (未印)  件    proactive.rules.issued     规章\n"
        " 3:5      65  件    requests.received.total    新收         行名近似，正文\n"
    )


def test_table_in_english() -> None:
    """The same in English."""
    lines = table([TABLE[1], NARRATIVE], "en").splitlines()
    assert lines[0].split() == ["place", "value", "unit", "path", "label", "note"]
    assert "(blank)" in lines[1]
    assert lines[2].endswith("label only close, running text")
