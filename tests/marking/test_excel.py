"""Excel files with remarks: notes, colours, the sheet of results, and that nothing else changes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

import gischema
from gischema.marking import mark
from gischema.marking.excel import without_own_remarks
from gischema.testing.layouts.excel import excel_file
from tests.marking.planted import (
    ENGLISH_PATH,
    canonical,
    expected_places,
    findings,
    other_parts,
    pages,
    word_part,
)

CHANGED = (
    "Content_Types", "workbook.xml", "styles.xml", "worksheets", "comments", "vmlDrawing",
)  # fmt: skip
REFERENCES = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LABELS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def keeps_its_promises(engine: gischema.Gischema, count: int) -> None:
    """Fail unless remarks stand at the origins of findings and change nothing else."""
    placed = 0
    for page in pages(engine, count):
        data = excel_file(page)
        marked = mark(data, name="年报.xlsx")
        book = opened(marked.data)
        assert {*notes(book)} == expected_places(marked.report, marked.result)
        assert not any(ENGLISH_PATH.search(text) for text in notes(book).values())
        before = opened(data)
        assert book.sheetnames == [*before.sheetnames, "校验结果"]
        for sheet in before:
            assert cells(sheet) == cells(book[sheet.title])
            assert sheet.merged_cells.ranges == book[sheet.title].merged_cells.ranges
        assert other_parts(data, *CHANGED) == other_parts(marked.data, *CHANGED)
        assert findings(marked.data, "年报.xlsx") == findings(data, "年报.xlsx")
        assert sheets(without_own_remarks(marked.data), data) == sheets(data, data)
        assert mark(marked.data, name="年报.xlsx").data == marked.data
        placed += len(marked.remarks.placed)
    assert placed > count


def sheets(data: bytes, like: bytes) -> dict[str, bytes]:
    """Return the canonical XML of the sheets that `like` has, without the drawing of notes."""
    with zipfile.ZipFile(io.BytesIO(like)) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    found = {name: word_part(data, name) for name in names}
    for root in found.values():
        for drawing in root.findall("{*}legacyDrawing"):
            root.remove(drawing)
    return {name: canonical(root) for name, root in found.items()}


def test_notes_stand_at_the_origins(engine: gischema.Gischema) -> None:
    """The promises hold for a sample of what `pytest -m long` checks."""
    keeps_its_promises(engine, 9)


@pytest.mark.long
def test_notes_of_a_thousand_reports(engine: gischema.Gischema) -> None:
    keeps_its_promises(engine, 1000)


def test_the_sheet_of_results_leads_to_the_cells() -> None:
    """It has the verdict and each remark with a link."""
    book = opened(mark(report(total=19), name="年报.xlsx").data)
    sheet = book["校验结果"]
    assert "1 个错误" in f"{sheet['A1'].value}{sheet['C2'].value}"
    (found,) = (line for line in sheet.iter_rows() if "（B2）" in str(line[1].value))
    assert found[0].hyperlink.location == "'三'!H4"
    assert "相差2" in found[2].value
    assert found[2].alignment.wrap_text
    lines = str(found[2].value).count("\n") + 1
    assert sheet.row_dimensions[found[0].row].height >= 15 * lines  # so that no line is cut off
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape",
        True,
    )


def test_a_cell_with_a_remark_has_a_colour() -> None:
    """Its own fill stays: the colour is a conditional format that always holds."""
    sheet = opened(mark(report(total=19), name="年报.xlsx").data)["三"]
    colours = {
        str(area.sqref): rule.dxf.fill.bgColor.rgb
        for area in sheet.conditional_formatting
        for rule in area.rules
    }
    assert colours["H4"] == "FFFF9999"


def test_notes_of_others_stay() -> None:
    """A cell with a note keeps it; its remark is on the sheet of results."""
    book = opened(report(total=19))
    book["三"]["H4"].comment = Comment("请核实", "办公室")
    book["三"]["B4"].comment = Comment("另见附件", "办公室")
    marked = mark(saved(book), name="年报.xlsx").data
    after = opened(marked)
    assert after["三"]["H4"].comment.text == "请核实"
    assert after["三"]["B4"].comment.text == "另见附件"
    assert any("（B2）" in str(line[1].value) for line in after["校验结果"].iter_rows())
    assert mark(marked, name="年报.xlsx").data == marked


def test_a_copy_that_was_corrected_has_no_note_left() -> None:
    """Another program has saved the copy since; its notes, boxes and colours go."""
    book = opened(mark(report(total=19), name="年报.xlsx").data)
    book["三"]["H4"] = 21
    marked = mark(saved(book), name="年报.xlsx").data
    after = opened(marked)
    assert "三!H4" not in notes(after)
    assert not any("H4" in str(area.sqref) for area in after["三"].conditional_formatting)
    assert after.sheetnames.count("校验结果") == 1
    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        drawn = [package.read(name) for name in package.namelist() if name.endswith(".vml")]
    assert sum(each.count(b"<v:shape ") for each in drawn) == len(notes(after))


def test_saved_values_of_formulas_stay() -> None:
    """A library that saves the workbook anew would lose them."""
    data = with_formula(report(total=19))
    marked = mark(data, name="年报.xlsx")
    assert findings(marked.data, "年报.xlsx") == findings(data, "年报.xlsx")
    formulas, values = (
        openpyxl.load_workbook(io.BytesIO(marked.data), data_only=shown) for shown in (False, True)
    )
    assert formulas["三"]["H4"].value == "=SUM(B4:G4)"
    assert values["三"]["H4"].value == 19


def test_drawings_of_page_headers_stay() -> None:
    """They are of the kind that notes are drawn in, and belong to another element."""
    header = b"<xml><header/></xml>"
    relation = (
        b'<Relationship Id="hf" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/vmlDrawing" Target="/xl/drawings/vmlDrawing1.vml"/>'
    )
    data = with_parts(
        report(total=19),
        {
            "xl/drawings/vmlDrawing1.vml": header,
            "xl/worksheets/_rels/sheet1.xml.rels": b'<Relationships xmlns="http://schemas.'
            b'openxmlformats.org/package/2006/relationships">%b</Relationships>' % relation,
        },
        (b"</worksheet>", b'<legacyDrawingHF xmlns:q="%b" q:id="hf"/></worksheet>' % REFERENCES),
    )
    marked = mark(data, name="年报.xlsx").data
    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        assert package.read("xl/drawings/vmlDrawing1.vml") == header
        assert b"<v:shape " in package.read("xl/drawings/vmlDrawing2.vml")
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert sheet.index(b"<legacyDrawing ") < sheet.index(b"<legacyDrawingHF ")


def test_a_sheet_of_the_office_with_that_name_is_read() -> None:
    """Only the sheet that we wrote is left out."""
    book = opened(report(total=19))
    book["三"].title = "校验结果"
    marked = mark(saved(book), name="年报.xlsx")
    assert marked.report.figures
    assert opened(marked.data).sheetnames == ["校验结果", "校验结果 (2)"]


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(sheet: Any) -> list[Any]:
    """Return the values and styles of a sheet."""
    return [
        (cell.coordinate, cell.value, cell.fill.fgColor.rgb, cell.number_format)
        for line in sheet.iter_rows()
        for cell in line
    ]


def notes(book: Any) -> dict[str, str]:
    """Return the own notes by cell."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment is not None and cell.comment.author == "gischema"
    }


def report(total: int) -> bytes:
    """Return a workbook with one row of figures: 1 to 6 and a total."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "三"
    sheet.append(["青禾市云岭县财政局2023年政府信息公开工作年度报告"])
    sheet.append(["三、收到和处理政府信息公开申请情况"])
    sheet.append(["", *LABELS])
    sheet.append(["一、本年新收政府信息公开申请数量", 1, 2, 3, 4, 5, 6, total])
    return saved(book)


def with_formula(data: bytes) -> bytes:
    """Return the workbook with the total as a formula and its saved value."""
    return with_parts(data, {}, (b"<v>19</v>", b"<f>SUM(B4:G4)</f><v>19</v>"))


def with_parts(data: bytes, added: dict[str, bytes], changed: tuple[bytes, bytes]) -> bytes:
    """Return a workbook with more parts, and a change in its first sheet."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(file, "w") as written,
    ):
        for name in package.namelist():
            content = package.read(name)
            if name.endswith("sheet1.xml"):
                assert changed[0] in content
                content = content.replace(*changed)
            written.writestr(name, content)
        for name, content in added.items():
            written.writestr(name, content)
    return file.getvalue()
