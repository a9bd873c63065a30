"""Sheets: the values that were saved, in the places that are shown, and never a blank for an error."""

from __future__ import annotations

import io
import sys
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt

import gischema
from gischema.engine import Gischema
from gischema.reading import Document, read
from tests.reading.office import excel, open_document

TITLE = "青禾市云岭县财政局2020年政府信息公开工作年度报告"
HEADS = ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def small(*rows: tuple[Any, ...]) -> tuple[Any, Any]:
    """Return a workbook with a title, heads and rows, and its sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "表"
    for row in ((TITLE,), HEADS, *rows):
        sheet.append(row)
    return book, sheet


def table_of(document: Document) -> list[str]:
    return [line for line in document.text.splitlines() if "|" in line]


def test_figures_are_traced_to_the_cell_of_the_file(engine: Gischema) -> None:
    book, _ = small(("规章", 1, None, 3))
    report = engine.parse(saved(book))
    elements = {f.path.rpartition(".")[2]: f.origin and f.origin.element for f in report.figures}
    assert elements == {"made": "表!B3", "disclosed": "表!C3", "disclosed_total": "表!D3"}
    assert report.figure("proactive.rules.disclosed").status == "blank"


def test_numbers_are_what_they_count() -> None:
    book, sheet = small(("规章", 3.0, 0.1 + 0.2, "12"), ("规范性文件", 5, 60, 7))
    sheet["B4"].number_format = '0"件"'
    sheet["C4"].number_format = "yyyy-mm-dd"
    document = read(saved(book))
    assert table_of(document)[1:] == ["规章 | 3 | 0.3 | 12 | ", "规范性文件 | 5件 | 60 | 7 | "]
    assert document.notes == (("D641", {"cells": "表!C4"}),)


def test_what_is_no_number_is_never_a_blank_or_a_zero(engine: Gischema) -> None:
    """Errors and formulas without a saved value are unreadable, and named with their paths."""
    book, sheet = small(("规章", "#DIV/0!", "#REF!", 3), ("规范性文件", 1, 2, "=B4+C4"))
    sheet["B3"].data_type = sheet["C3"].data_type = "e"
    report = engine.parse(saved(book))
    assert report.figure("proactive.rules.disclosed_total").value == 3
    for path in (
        "proactive.rules.made",
        "proactive.rules.disclosed",
        "proactive.normative.disclosed_total",
    ):
        assert report.figure(path).status == "unreadable"
        assert any(path in diagnostic.paths for diagnostic in report.diagnostics)
    assert [d.paths for d in report.diagnostics if d.code == "D640"] == [(path,)]


def test_a_formula_counts_by_the_value_that_was_saved() -> None:
    data = excel(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>规</t></r><r><t>_x000D_章</t></r><rPh><t>x</t></rPh></is></c>'
        '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="b"><v>1</v></c>'
        '<c><v>5</v></c><c t="s"><v>0</v></c><c t="s"><v>9</v></c></row>',
        strings="<si><t>公</t><phoneticPr/></si>",
    )
    document = read(data)
    assert document.text == "规 章 | 2 |  | TRUE | 5 | 公 | #缺失 | \n"
    assert document.notes == ()


def test_merged_cells_are_written_once() -> None:
    book, sheet = small(("三", "予以公开", None, 1), (None, "不予公开", "国家秘密", None))
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    sheet["D4"].number_format = "0"  # a cell that is there and empty
    assert table_of(read(saved(book)))[1:] == ["三 | 予以公开 | 1 | ", "不予公开 | 国家秘密 |  | "]


def test_hidden_sheets_rows_and_columns_are_not_read_and_are_named() -> None:
    book, sheet = small(("规章", 1, 2, 3), ("规章", 7, 8, 9))
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("底稿")["A1"] = 99
    book["底稿"].sheet_state = "veryHidden"
    document = read(saved(book))
    assert table_of(document) == [
        "信息内容 | 本年新制作数量 | 对外公开总数量 | ",
        "规章 | 1 | 3 | ",
    ]
    assert document.notes == (("D642", {"cells": "表、底稿", "left_out": "规章|7|8|9"}),)


def test_a_merge_whose_first_cell_is_hidden_is_shown_where_it_goes_on() -> None:
    book, sheet = small(("三", "a", 1, 1), (None, "b", 2, 2))
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[3].hidden = True
    assert table_of(read(saved(book)))[1:] == ["三 | b | 2 | 2 | "]


def test_sheets_follow_each_other_with_their_names() -> None:
    """Empty sheets and names that every new sheet has, with their numbers, say nothing."""
    book, sheet = small(("规章", 1, 2, 3))
    book.create_sheet("Sheet2")
    assert read(saved(book)).text.splitlines()[0] == TITLE
    book["Sheet2"].append(["规范性文件", 4, 5, 6])
    sheet.title = "主动公开"
    assert "Sheet2" not in read(saved(book)).text
    book["Sheet2"].title = "依申请公开"
    text = read(saved(book)).text
    assert text.splitlines()[0] == "主动公开"
    assert text.endswith("依申请公开\n规范性文件 | 4 | 5 | 6 | \n")


def test_running_text_is_no_table() -> None:
    book, sheet = small(("规章", 1, 2, 3))
    sheet.append(["全年受理申请3件，均已办结。", None, None, None])
    sheet["B4"].number_format = "0"
    lines = read(saved(book)).text.splitlines()
    assert (lines[0], lines[-1]) == (TITLE, "全年受理申请3件，均已办结。")


# -- the older and the other programs -----------------------------------------------------------


def test_old_excel_files_are_read() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 3, TITLE)
    for column, head in enumerate(HEADS):
        sheet.write(1, column, head)
    sheet.write(2, 0, "规章")
    sheet.write(2, 1, 3.0)
    sheet.write(2, 2, 59, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 3, 60, xlwt.easyxf(num_format_str="m/d/yyyy"))
    sheet.write(3, 0, "规范性文件")
    sheet.write(3, 1, None, xlwt.easyxf("font: struck_out true"))
    sheet.write(3, 2, "5")
    sheet.write(3, 3, True)
    sheet.row(4).hidden = True
    sheet.write(4, 0, "规章")
    book.add_sheet("底稿").visibility = 1
    document = read(saved(book))
    assert document.text.splitlines()[0] == TITLE
    assert table_of(document)[1:] == ["规章 | 3 | 59 | 60 | ", "规范性文件 |  | 5 | TRUE | "]
    assert dict(document.notes) == {
        "D641": {"cells": "表!C3、表!D3"},
        "D642": {"cells": "表、底稿", "left_out": "规章"},
    }


def test_old_excel_files_need_a_package_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, 1)
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(gischema.UnreadableSource, match=r"gischema\[xls\]") as caught:
        read(saved(book))
    assert "\n" not in caught.value.message
    assert "gischema[xls]" in caught.value.message_en


def ods_cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_open_document_sheets_are_read() -> None:
    number = 'office:value-type="float" office:value="{}"'.format
    rows = (
        "<table:table-row>"
        + ods_cell("三", 'table:number-rows-spanned="2"')
        + ods_cell("公开<text:line-break/><text:span>数</text:span>")
        + ods_cell("41.1", number(41.13))
        + "<table:table-cell/>"
        + ods_cell("0.0%", 'office:value-type="percentage" office:value="0"')
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        "<table:table-row><table:covered-table-cell/>"
        + ods_cell("x", 'table:number-columns-repeated="2"')
        + ods_cell("12件", number(12))
        + ods_cell("1900-01-04", 'office:value-type="date" office:date-value="1900-01-04"')
        + "</table:table-row>"
        '<table:table-row table:visibility="collapse">' + ods_cell("9") + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    )
    document = read(
        open_document(
            "<office:automatic-styles><style:style style:name='h'><style:table-properties "
            "table:display='false'/></style:style></office:automatic-styles><office:body>"
            "<office:spreadsheet><table:table table:name='表'><table:table-column "
            "table:number-columns-repeated='5'/><table:table-column table:visibility='collapse'/>"
            f"{rows}</table:table>"
            "<table:table table:name='底稿' table:style-name='h'/></office:spreadsheet></office:body>"
        )
    )
    assert document.text == "三 | 公开 数 | 41.13 |  | 0% | \nx | x | 12件 | 5 | \n"
    assert dict(document.notes) == {
        "D641": {"cells": "表!E2"},
        "D642": {"cells": "表、底稿", "left_out": "9"},
        "D644": {"cells": "表!C1"},
    }


def test_what_is_no_number_loses_no_figure_beside_it(engine: Gischema) -> None:
    """A date, a truth value or a number with a remark is unreadable by itself."""
    for value in (date(2020, 5, 1), True, "12(1)"):
        book, _ = small(("规章", value, 2, 3))
        report = engine.parse(saved(book))
        figures = [report.figure(f"proactive.rules.{column}") for column in ("made", "disclosed")]
        assert [figure.status for figure in figures] == ["unreadable", "stated"]
        assert any(figures[0].path in diagnostic.paths for diagnostic in report.diagnostics)


TABLE = [
    [TITLE, "", "", ""],
    list(HEADS),
    ["规章", "1", "", '3"'],
    ["规范\n性文件", "4", "1,5", "6"],
]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), (";", "a.CSV"), ("\t", "a.tsv")])
def test_delimited_text_is_read(encoding: str, delimiter: str, name: str) -> None:
    quoted = "\r\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in TABLE
    )
    file = io.BytesIO(quoted.encode(encoding))
    file.name = name
    assert read(file).text.splitlines() == [
        TITLE + " |  |  |  | ",
        " | ".join(HEADS) + " | ",
        '规章 | 1 |  | 3" | ',
        "规范 性文件 | 4 | 1,5 | 6 | ",
    ]
