"""Every doubt of a reader about a figure is a diagnostic that names the figure's path."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

import gischema
from gischema.engine import Gischema
from gischema.reading import DocumentWriter, SourcePlace
from gischema.report import Report
from tests.reading.office import HEAD, cell, open_document, paragraph, row, table, word
from tests.reading.pdf_files import LEFT, LINE, Drawing, picture_page

TITLE = "青禾市云岭县财政局2020年政府信息公开工作年度报告"
HEADS = ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")
MADE, DISCLOSED, TOTAL = (
    f"proactive.rules.{column}" for column in ("made", "disclosed", "disclosed_total")
)
ALL = (MADE, DISCLOSED, TOTAL)


def doc(first: str, second: str = "2", label: str = "规章", properties: str = "") -> bytes:
    """Return a Word file with these figures in the first row of its table; the other row is sound."""
    rows = row(label, first, second, "3", properties=properties), row("规范性文件", "4", "5", "6")
    return word(HEAD + table(row(*HEADS), *rows), styles=STYLES)


def sheet(value: Any, number_format: str = "General", **more: Any) -> bytes:
    """Return an Excel file with such a cell for the first figure."""
    book = openpyxl.Workbook()
    page: Any = book.active
    for line in ((TITLE,), HEADS, ("规章", value, 2, 3), ("规范性文件", 4, 5, 6)):
        page.append(line)
    page["B3"].number_format = number_format
    page["B3"].font = Font(strike=more.get("struck"), color=more.get("color"))
    if fill := more.get("fill"):
        page["B3"].fill = PatternFill("solid", fgColor=fill)
    page.sheet_view.showZeros = more.get("zeros")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def old_sheet(
    value: Any, number_format: str = "General", *, zeros: bool = True, struck: bool = False
) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    page.show_zero_values = zeros
    for number, line in enumerate(
        ((TITLE,), HEADS, ("规章", value, 2, 3), ("规范性文件", 4, 5, 6))
    ):
        for column, one in enumerate(line):
            style = xlwt.easyxf(num_format_str=number_format if one is value else "General")
            style.font.struck_out = struck and one is value
            page.write(number, column, one, style)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def partly_struck(*parts: tuple[str, bool]) -> bytes:
    """Return an old Excel file whose first figure is a text with struck-out parts."""
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for number, line in enumerate(((TITLE,), HEADS, ("规章", "", 2, 3), ("规范性文件", 4, 5, 6))):
        for column, one in enumerate(line):
            if one:
                page.write(number, column, one)
    fonts = (xlwt.easyfont("struck_out false"), xlwt.easyfont("struck_out true"))
    page.write_rich_text(2, 1, [(text, fonts[struck]) for text, struck in parts])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def open_sheet(first: str) -> bytes:
    """Return an OpenDocument sheet whose first figure is in such a cell."""

    def line(*cells: str) -> str:
        inside = "".join(
            one if "<" in one else f"<table:table-cell><text:p>{one}</text:p></table:table-cell>"
            for one in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    rows = line(TITLE) + line(*HEADS) + line("规章", first, "2", "3") + line("规范性文件", *"456")
    return open_document(
        "<office:automatic-styles><style:style style:name='s'><style:text-properties "
        "style:text-line-through-style='solid'/></style:style></office:automatic-styles>"
        "<office:body><office:spreadsheet><table:table table:name='表'>"
        f"{rows}</table:table></office:spreadsheet></office:body>"
    )


def number(value: str, printed: str) -> str:
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{printed}</text:p></table:table-cell>"
    )


def drawn(
    first: str, second: str = "2", *, ruled: bool = True, scanned: bool = False, width: float = 90
) -> bytes:
    """Return a PDF with these figures in the first row of its table."""
    drawing = Drawing()
    if scanned:
        picture_page(drawing)
    drawing.write(TITLE)
    rows = [HEADS, ("规章", first, second, "3"), ("规范性文件", "4", "5", "6")]
    drawing.table(rows, (150, width, 120, 120), ruled=ruled)
    return drawing.data()


def shared_page() -> bytes:
    """Return a web page whose first figure spans two rows."""
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    rows = (
        "<td>规章</td><td rowspan=2>4</td><td>2</td><td>3</td>",
        "<td>规范性文件</td><td>5</td><td>6</td>",
    )
    table = "".join(f"<tr>{one}</tr>" for one in (heads, *rows))
    return f"<h1>{TITLE}</h1><table>{table}</table>".encode()


def shared_doc() -> bytes:
    """Return the same in Word."""
    begun, goes_on = (
        cell("4", '<w:vMerge w:val="restart"/>'),
        cell("", "<w:vMerge/>"),
    )
    rows = row("规章", begun, "2", "3"), row("规范性文件", goes_on, "5", "6")
    return word(HEAD + table(row(*HEADS), *rows))


def shared_sheet() -> bytes:
    """Return the same in Excel."""
    book = openpyxl.Workbook()
    page: Any = book.active
    for line in ((TITLE,), HEADS, ("规章", 4, 2, 3), ("规范性文件", None, 5, 6)):
        page.append(line)
    page.merge_cells("B3:B4")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def shared_drawing() -> bytes:
    """Return the same in a PDF."""
    drawing = Drawing()
    drawing.write(TITLE)
    drawing.table([HEADS], (150, 90, 120, 120))
    top = drawing.top
    drawing.table(
        [("规章", "", "2", "3"), ("规范性文件", "", "5", "6")], (150, 90, 120, 120), ruled=False
    )
    drawing.write("4", LEFT + 154, top + LINE / 2)
    for level in (top, top + 2 * LINE):
        drawing.line(LEFT, level, LEFT + 480, level)
    for start, end in ((0, 150), (240, 480)):
        drawing.line(LEFT + start, top + LINE, LEFT + end, top + LINE)
    for side in (0, 150, 240, 360, 480):
        drawing.line(LEFT + side, top, LEFT + side, top + 2 * LINE)
    return drawing.data()


RUN = "<w:r><w:t>{}</w:t></w:r>".format
INSERTED = cell(f"<w:p>{RUN(1)}<w:ins>{RUN(3)}</w:ins></w:p>")
DELETED = cell(f"<w:p>{RUN(1)}<w:del><w:r><w:delText>2</w:delText></w:r></w:del></w:p>")
HIDDEN = cell(f"<w:p>{RUN(1)}<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r></w:p>")
STRUCK = cell(f"<w:p>{RUN(1)}<w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r></w:p>")
PICTURE = cell("<w:p><w:r><w:drawing><w:blip/></w:drawing></w:r></w:p>")
EMBEDDED = cell("<w:p><w:r><w:object><w:OLEObject/></w:object></w:r></w:p>")
RAISED = cell(
    f"<w:p>{RUN(12)}<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>[1]</w:t></w:r></w:p>"
)


def styled(properties: str, digit: str = "9", cell_properties: str = "") -> str:
    """Return a cell with a plain 1 and another digit whose run has these properties."""
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t>{digit}</w:t></w:r>"
    return cell(f"<w:p>{RUN(1)}{run}</w:p>", cell_properties)


STYLES = """
<w:style w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:styleId="older"><w:basedOn w:val="old"/></w:style>
<w:style w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>
"""
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
WHITE = '<w:color w:val="FFFFFF"/>'
EXPONENT = cell(
    "<w:p><w:oMath><w:sSup><w:e><w:r><w:t>7</w:t></w:r></w:e>"
    "<w:sup><w:r><w:t>2</w:t></w:r></w:sup></w:sSup></w:oMath></w:p>"
)
LABEL = cell(f"<w:p>{RUN('规')}<w:ins>{RUN('章')}</w:ins></w:p>")
PARTLY_STRUCK = CellRichText("1", TextBlock(InlineFont(strike=True), "9"))
FORMULA = xlwt.Formula("1+1")

KINDS: dict[str, tuple[Callable[[], bytes], str, tuple[str, ...], int | float | None]] = {
    "docx: digits inserted": (lambda: doc(INSERTED), "D630", (MADE,), 13),
    "docx: digits deleted": (lambda: doc(DELETED), "D630", (MADE,), 1),
    "docx: a label changed": (lambda: doc("1", label=LABEL), "D630", ALL, 1),
    "docx: a row inserted": (lambda: doc("1", properties="<w:ins/>"), "D630", ALL, 1),
    "docx: a cell inserted": (lambda: doc(cell("1", "<w:cellIns/>")), "D630", ALL, 1),
    "docx: a cell deleted": (
        lambda: doc("1", cell("9", "<w:cellDel/>") + cell("2")), "D630", ALL, 1,
    ),
    "docx: digits hidden": (lambda: doc(HIDDEN), "D631", (MADE,), 1),
    "docx: digits struck out": (lambda: doc(STRUCK), "D631", (MADE,), 1),
    "docx: a mark behind digits": (lambda: doc(RAISED), "D634", (MADE,), 12),
    "docx: digits hidden by a style": (
        lambda: doc(styled('<w:rStyle w:val="secret"/>')), "D631", (MADE,), 1,
    ),
    "docx: digits struck out by the style below a style": (
        lambda: doc(styled('<w:rStyle w:val="older"/>')), "D631", (MADE,), 1,
    ),
    "docx: digits hidden by the style of the paragraph": (
        lambda: doc(cell(f'<w:p><w:pPr><w:pStyle w:val="secret"/></w:pPr>{RUN(9)}</w:p>')),
        "D631", (MADE,), None,
    ),
    "docx: a digit below the line": (
        lambda: doc(styled('<w:vertAlign w:val="subscript"/>')), "D634", (MADE,), 1,
    ),
    "docx: a raised digit": (
        lambda: doc(styled('<w:position w:val="8"/>')), "D634", (MADE,), 1,
    ),
    "docx: an exponent": (lambda: doc(EXPONENT), "D634", (MADE,), 7),
    "docx: a white digit": (lambda: doc(styled(WHITE)), "D638", (MADE,), 19),
    "docx: a tiny digit": (lambda: doc(styled('<w:sz w:val="2"/>')), "D638", (MADE,), 19),
    "docx: a picture for a figure": (lambda: doc(PICTURE), "D633", (MADE,), None),
    "docx: another file for a figure": (lambda: doc(EMBEDDED), "D632", (MADE,), None),
    "xlsx: a count shown as a date": (lambda: sheet(5, "yyyy-mm-dd"), "D641", (MADE,), 5),
    "xlsx: shown in 千": (lambda: sheet(5000, '0,"件"'), "D643", (MADE,), 5),
    "xlsx: shown rounded": (lambda: sheet(4.5, "0"), "D644", (MADE,), 4.5),
    "xlsx: zeros shown as -": (lambda: sheet(0, '0;-0;"-"'), "D645", (MADE,), None),
    "xlsx: zeros not shown": (lambda: sheet(0, zeros=False), "D645", (MADE,), None),
    "xlsx: digits struck out": (lambda: sheet(PARTLY_STRUCK), "D646", (MADE,), 1),
    "xlsx: a number struck out": (lambda: sheet(7, struck=True), "D646", (MADE,), None),
    "xlsx: a white number": (lambda: sheet(7, color="FFFFFFFF"), "D645", (MADE,), None),
    "xlsx: shown as a power of ten": (lambda: sheet(2202, "0.0E+00"), "D644", (MADE,), 2202),
    "xlsx: a formula without a value": (lambda: sheet("=1+1"), "D640", (MADE,), None),
    "xls: a count shown as a date": (lambda: old_sheet(5, "yyyy-mm-dd"), "D641", (MADE,), 5),
    "xls: a number struck out": (lambda: old_sheet(7, struck=True), "D646", (MADE,), None),
    "xls: digits struck out": (
        lambda: partly_struck(("1", False), ("2", True)), "D646", (MADE,), 1,
    ),
    "xls: the first digit struck out": (
        lambda: partly_struck(("2", True), ("1", False)), "D646", (MADE,), 1,
    ),
    "xls: zeros not shown": (lambda: old_sheet(0, zeros=False), "D645", (MADE,), None),
    "xls: a formula without a value": (lambda: old_sheet(FORMULA), "D640", (MADE,), None),
    "ods: shown in 千": (lambda: open_sheet(number("5000", "5")), "D643", (MADE,), 5),
    "ods: shown rounded": (lambda: open_sheet(number("4.5", "5")), "D644", (MADE,), 4.5),
    "ods: zeros shown as -": (lambda: open_sheet(number("0", " - ")), "D645", (MADE,), None),
    "ods: a number struck out": (
        lambda: open_sheet(number("7", "7").replace(" ", ' table:style-name="s" ', 1)),
        "D646", (MADE,), None,
    ),
    "ods: digits struck out": (
        lambda: open_sheet(
            '<table:table-cell office:value-type="string">'
            '<text:p>1<text:span text:style-name="s">2</text:span></text:p></table:table-cell>'
        ), "D646", (MADE,), 1,
    ),
    "ods: a count shown as a date": (
        lambda: open_sheet(
            '<table:table-cell office:value-type="date" office:date-value="1900-01-04">'
            "<text:p>1900-01-04</text:p></table:table-cell>"
        ), "D641", (MADE,), 5,
    ),
    "html: a number of two rows": (shared_page, "D657", (MADE,), 4),
    "docx: a number of two rows": (shared_doc, "D657", (MADE,), 4),
    "xlsx: a number of two rows": (shared_sheet, "D657", (MADE,), 4),
    "pdf: a number of two rows": (shared_drawing, "D657", (MADE,), 4),
    "pdf: digits on two lines": (lambda: drawn("12\n34", width=18), "D653", (MADE,), 1234),
    "pdf: digits over a wall": (lambda: drawn("123456", "", width=30), "D655", (MADE, DISCLOSED), 123456),
    "pdf: an empty cell without lines": (
        lambda: drawn("", ruled=False), "D652", ALL, None,
    ),
    "pdf: text from OCR": (lambda: drawn("1", scanned=True), "D651", ALL, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        doc(styled(WHITE, cell_properties=DARK)),
        doc(styled(f"{WHITE}{DARK}")),
        doc(styled('<w:rStyle w:val="secret"/><w:vanish w:val="0"/>')),
        doc(styled('<w:vertAlign w:val="baseline"/><w:position w:val="0"/><w:sz w:val="18"/>')),
        sheet(19, color="FFFFFFFF", fill="FF1F3864"),
        sheet(19, "0.0E+00"),
    ],
    ids=["white on dark", "white on its own dark", "shown again", "plain", "sheet", "power of ten"],
)
def test_digits_that_are_seen_are_read_without_doubt(data: bytes) -> None:
    """What looks unusual and is seen puts nothing in doubt."""
    figure = gischema.parse(data).figure(MADE)
    assert (figure.value, figure.doubts) == (19, ())


def named(report: Report, code: str) -> tuple[str, ...]:
    """Return the paths in the first row that the diagnostics with this code name."""
    found = {
        path
        for diagnostic in report.diagnostics
        if diagnostic.code == code
        for path in diagnostic.paths
    }
    return tuple(path for path in ALL if path in found)


@pytest.mark.parametrize(("make", "code", "paths", "value"), KINDS.values(), ids=KINDS)
def test_a_figure_that_a_reader_doubts_is_named(
    engine: Gischema,
    make: Callable[[], bytes],
    code: str,
    paths: tuple[str, ...],
    value: float | None,
) -> None:
    """The figure is read as far as it can be, and the diagnostic of its doubt names its path."""
    report = engine.parse(make())
    assert named(report, code) == paths
    assert report.figure(MADE).value == value


def test_figures_next_to_a_doubtful_one_are_not_in_doubt(engine: Gischema) -> None:
    report = engine.parse(doc(INSERTED))
    assert {path for diagnostic in report.diagnostics for path in diagnostic.paths} == {MADE}


def test_doubts_of_one_file_stay_there_when_several_are_read(engine: Gischema) -> None:
    """Places move together with the text."""
    page = paragraph("一、总体情况") + paragraph("本年度依法公开政府信息。")
    report = engine.parse([word(HEAD + page), sheet(5, "yyyy-mm-dd")])
    assert named(report, "D641") == (MADE,)


def hidden_row_of_a_page() -> bytes:
    heads, rules, normative = (
        "".join(f"<td>{one}</td>" for one in line)
        for line in (HEADS, ("规章", "1", "2", "3"), ("规范性文件", "4", "5", "6"))
    )
    hidden = f"<tr style='display:none'>{rules}</tr>"
    return f"<h1>{TITLE}</h1><table><tr>{heads}</tr>{hidden}<tr>{normative}</tr></table>".encode()


@pytest.mark.parametrize("cell", ["<i hidden>12</i>", "<del>12</del>", "<p class=h>12</p>"])
def test_a_figure_of_a_page_that_is_removed_is_flagged(engine: Gischema, cell: str) -> None:
    """The cell is empty only because its digits are not shown; its neighbours are certain."""
    heads, rules = (
        "".join(f"<td>{one}</td>" for one in line) for line in (HEADS, ("规章", "1", cell, "3"))
    )
    style = "<style>.h{display:none}</style>"
    page = f"<h1>{TITLE}</h1>{style}<table><tr>{heads}</tr><tr>{rules}</tr></table>"
    report = engine.parse(page.encode())
    assert report.figure(ALL[1]).status == "blank"
    assert named(report, "D601") == (ALL[1],)


def hidden_row_of_a_sheet() -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    for line in ((TITLE,), HEADS, ("规章", 1, 2, 3), ("规范性文件", 4, 5, 6)):
        page.append(line)
    page.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "code"), [(hidden_row_of_a_page, "D601"), (hidden_row_of_a_sheet, "D642")]
)
def test_figures_of_a_hidden_row_are_named(
    engine: Gischema, make: Callable[[], bytes], code: str
) -> None:
    """They are absent, and the diagnostic that says that something is hidden names them."""
    report = engine.parse(make())
    assert report.figure(MADE).status == "absent"
    assert named(report, code) == ALL


def test_two_files_with_one_doubt_name_their_own_figures(engine: Gischema) -> None:
    """Each has a diagnostic of its own, about what stands in it."""
    heads = "信息内容", "上一年项目数量", "本年增/减", "处理决定数量"
    other = word(table(row(*heads), row("行政许可", "6", INSERTED, "7")))
    report = engine.parse([doc(INSERTED), other])
    named_by = [d.paths for d in report.diagnostics if d.code == "D630"]
    assert named_by == [(MADE,), ("proactive.licensing.items_change",)]


def test_a_character_that_was_lost_is_no_figure_and_takes_no_other_along(engine: Gischema) -> None:
    place = SourcePlace(0, 0, doubts=("D654",))
    writer = DocumentWriter()
    writer.paragraph(TITLE)
    cells: list[tuple[str, SourcePlace | None]] = [
        ("规章", None),
        ("〓", place),
        ("2", None),
        ("3", None),
    ]
    writer.table([[(head, None) for head in HEADS], cells])
    writer.note("D654", count="1")
    report = engine.parse(writer.document(None, "pdf"))
    assert [report.figure(path).status for path in ALL] == ["unreadable", "stated", "stated"]
    assert named(report, "D654") == (MADE,)
