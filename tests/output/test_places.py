"""The place of a figure as a person finds it, in every kind of file and every format."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from attrs import evolve

import gischema
from gischema.output.cell_names import CellNames
from gischema.output.checked import Checked, Frame, format_of, written
from gischema.output.language import Lang
from gischema.output.places import place
from gischema.report import Origin
from gischema.rules import Finding

FILES = Path(__file__).parents[1] / "fixtures" / "libreoffice"
EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
CELL = "requests.disposed.refused.third_party.natural_person"
ROW = "（三）不予公开 4.保护第三方合法权益"
PLACES: dict[str, tuple[str, str]] = {
    "xlsx": ("Sheet!D33", "Sheet!D33"),
    "ods": ("Sheet!D33", "Sheet!D33"),
    "docx": ("第2个表格第11行第4格", "table 2, row 11, cell 4"),
    "html": ("第2个表格第11行第2格", "table 2, row 11, cell 2"),
    "pdf": (f"第1页“{ROW}”行", f"page 1, row “{ROW}”"),
    "txt": ("33:15", "33:15"),
}


def _report(suffix: str) -> gischema.Report:
    return gischema.parse(FILES / f"art20-2021.{suffix}")


@pytest.mark.parametrize("suffix", PLACES)
def test_every_kind_of_file(suffix: str) -> None:
    """Cells of sheets by their address, of Word files and pages by table, row and cell."""
    report = _report(suffix)
    origin = report.figure(CELL).origin
    names = CellNames(report, gischema.default_engine().printed_names(report))
    assert (names.place(CELL, origin, "zh"), names.place(CELL, origin, "en")) == PLACES[suffix]


@pytest.mark.parametrize(
    ("origin", "lang", "expected"),
    [
        (None, "zh", ""),
        (Origin(9, 10, 3, 5), "zh", "3:5"),
        (Origin(9, 10, 3, 5, element="B3"), "zh", "B3"),
        (Origin(9, 10, 3, 5, element="表\u202e三!AB12"), "zh", "表\\u202e三!AB12"),
        (Origin(9, 10, 3, 5, element="body/p[7]"), "zh", "第7段"),
        (Origin(9, 10, 3, 5, element="body/p[7]"), "en", "paragraph 7"),
        (Origin(9, 10, 3, 5, element="/html/body/p[7]"), "zh", "正文"),
        (Origin(9, 10, 3, 5, page=4), "zh", "第4页"),
        (Origin(9, 10, 3, 5, 0, 1, 2, page=4), "zh", "第4页第1个表格第2行第3格"),
        (Origin(9, 10, 3, 5, 0, 1, 2, page=4), "en", "page 4, table 1, row 2, cell 3"),
        (
            Origin(9, 10, 3, 5, 4, 0, 0, element="body/tbl[1]/tr[1]/tc[1]/tbl[4]/tr[2]/tc[3]"),
            "zh",
            "第5个表格第2行第3格",
        ),
        (
            Origin(9, 10, 3, 5, element="Sheet!D3", file="附\n件.xlsx"),
            "zh",
            "附\\n件.xlsx Sheet!D3",
        ),
    ],
)
def test_place(origin: Origin | None, lang: Lang, expected: str) -> None:
    assert place(origin, lang) == expected


@pytest.mark.parametrize(
    ("path", "lang", "name"),
    [
        (CELL, "zh", f"“{ROW}”行“自然人”列"),
        (CELL, "en", f"row “{ROW}”, column “自然人”"),
        ("requests.disposed.total.total", "zh", "“三、本年度办理结果（七）总计”行“总计”列"),
        ("review.litigation.direct.total", "zh", "“行政诉讼 / 未经复议直接起诉 / 总计”列"),
        ("requests.disposed.refused", "zh", "“（三）不予公开”"),
        ("requests.disposed", "zh", "“三、本年度办理结果”"),
        ("report.year", "zh", "报告年度"),
        ("nothing.known\u202e", "zh", "nothing.known\\u202e"),
    ],
)
def test_names(path: str, lang: Lang, name: str) -> None:
    """Cells, rows, groups and facts in the words of the form; a path only where there are none."""
    report = _report("txt")
    names = CellNames(report, gischema.default_engine().printed_names(report))
    assert names.name(path, lang) == name


def test_names_without_a_form() -> None:
    """A report of an unknown form has the labels of its figures; a long list is cut."""
    names = CellNames(evolve(_report("txt"), form=None))
    assert names.name(CELL, "zh") == "“保护第三方合法权益”行“自然人”列"
    assert names.names([CELL] * 4, "zh").endswith("等4格")
    assert names.names([CELL] * 4, "en").endswith(" and 1 more")


def _item(suffix: str) -> tuple[Checked, Finding]:
    """A report with a finding about one of its cells."""
    engine = gischema.default_engine()
    report = _report(suffix)
    figure = report.figure(CELL)
    (finding, *_) = gischema.check(gischema.parse(EXAMPLES / "art20_2021_wrong.txt")).findings
    finding = evolve(
        finding,
        paths=(CELL,),
        values=(figure.value,),
        origins=(figure.origin,),
        sources=("table",),
    )
    document = engine.read(FILES / f"art20-2021.{suffix}")
    result = evolve(gischema.check(report), findings=(finding,))
    names = engine.printed_names(report)
    return Checked("甲", document.text, report, result, document.kind, names), finding


def _written(name: str, item: Checked) -> str:
    frame, form = Frame("zh", gischema.default_engine().rules.rules), format_of(name)
    return "".join(written(form, [form.entry(item, frame)], frame))


@pytest.mark.parametrize("suffix", PLACES)
@pytest.mark.parametrize("name", ["text", "markdown", "csv", "junit", "sarif", "github"])
def test_every_format(name: str, suffix: str) -> None:
    """All formats say the same place; GitHub has line and column of a text in its own fields."""
    item, _ = _item(suffix)
    expected, text = PLACES[suffix][0], _written(name, item)
    if name == "csv":
        (row,) = csv.DictReader(StringIO(text))
        assert row["place"] == expected
    elif name == "sarif":
        (result,) = json.loads(text)["runs"][0]["results"]
        assert result["locations"][0]["message"]["text"] == expected
    elif name == "github" and suffix == "txt":
        assert ",line=33,col=15," in text
    else:
        assert expected in text
    if name in ("text", "markdown"):
        assert not re.search(r"[a-z]+\.[a-z_]+\.", text)
