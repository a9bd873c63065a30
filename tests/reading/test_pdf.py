"""PDF files: each cell is found where it is printed, and a broken file is refused."""

from __future__ import annotations

import zlib

import pytest

import gischema
from gischema.reading import read
from tests.reading.pdf_files import (
    CATALOG,
    HEADS,
    HEIGHT,
    LEFT,
    LINE,
    SIZE,
    TREE,
    WIDTH,
    WIDTHS,
    Drawing,
    file_of,
    lines,
    locked,
    packed,
    row,
    stream,
)


def test_a_ruled_table_is_read_cell_by_cell_with_its_places() -> None:
    """An empty cell is an empty cell; each figure knows its page and its box."""
    drawing = Drawing()
    drawing.write("某县2023年政府信息公开工作年度报告")
    drawing.table([HEADS, ("规章", "3", "", "12"), ("行政规范性文件", "1", "0", "58")], WIDTHS)
    document = read(
        drawing.data(),
    )
    assert document.text.splitlines()[1:] == [
        row(*HEADS), row("规章", "3", "", "12"), row("行政规范性文件", "1", "0", "58"),
    ]  # fmt: skip
    report = gischema.parse(document)
    origin = report.figure("proactive.rules.in_force").origin
    assert origin is not None
    assert (origin.page, origin.block, origin.row, origin.cell) == (1, 0, 1, 3)
    top = 80 + 2 * LINE
    assert origin.box == (LEFT + 360, top, LEFT + 450, top + LINE)
    assert report.figure("proactive.rules.repealed").status == "blank"


def test_a_merged_cell_is_written_once() -> None:
    """A cell over two rows stands on the first of them, one over two columns in the first."""
    drawing = Drawing()
    for top in (100, 132):
        drawing.line(100, top, 400, top)
    drawing.line(200, 116, 400, 116)
    for left in (100, 200, 300, 400):
        drawing.line(left, 100 if left != 300 else 116, left, 132)
    for text, left, top in (("三", 110, 110), ("宽", 210, 102), ("1", 210, 118), ("2", 310, 118)):
        drawing.write(text, left, top)
    assert lines(drawing) == [row("三", "宽"), row("1", "2")]


def test_a_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    """Lines across the page end where the table ends, with or without a line down."""
    drawing = Drawing()
    for top in (100, 120, 140):
        drawing.line(100, top, 400, top)
    drawing.line(250, 100, 250, 140)
    for number, top in enumerate((103, 123)):
        drawing.write("规章", 110, top)
        drawing.write(str(number), 300, top)
    assert lines(drawing) == [row("规章", "0"), row("规章", "1")]


def test_boxes_filled_with_colour_are_no_cells_and_thin_ones_are_lines() -> None:
    """Programs draw lines as thin boxes, and shade words and cells with wide ones."""
    drawing = Drawing()
    for top in (100, 120, 140):
        drawing.canvas.rect(100, HEIGHT - top, 300, 0.5, stroke=0, fill=1)
    for left in (100, 250, 400):
        drawing.canvas.rect(left, HEIGHT - 140, 0.5, 40, stroke=0, fill=1)
    drawing.canvas.setFillGray(0.9)
    drawing.canvas.rect(112, HEIGHT - 116, 30, 12, stroke=0, fill=1)
    drawing.canvas.setFillGray(0)
    for number, top in enumerate((103, 123)):
        drawing.write("规章", 110, top)
        drawing.write(str(number), 300, top)
    assert lines(drawing) == [row("规章", "0"), row("规章", "1")]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    """The copies lie nearly upon each other; two figures that are the same do not."""
    drawing = Drawing()
    for shift in (0, 0.3, 0.6):
        drawing.write("规章11", 100 + shift, 100)
    assert lines(drawing) == ["规章11"]


def test_labels_wrapped_in_a_cell_are_rejoined() -> None:
    """Chinese without a blank; a number only if it did not fit on one line."""
    drawing = Drawing()
    label = "申请人无正当理由逾期不补\n正、行政机关不再处理"
    drawing.table([(label, "12\n34", "1\n2")], (130, 18, 90))
    document = read(drawing.data())
    assert document.text.strip() == row(label.replace("\n", ""), "1234", "1 2").strip()
    assert [(code, words["printed"]) for code, words in document.notes] == [("D653", "1234")]


def test_heads_that_read_downwards_or_upwards() -> None:
    """Characters below each other, in columns from the right, and turned by a right angle."""
    drawing = Drawing()
    for top in (100, 200):
        drawing.line(100, top, 300, top)
    for left in (100, 150, 200, 250, 300):
        drawing.line(left, 100, left, 200)
    for number, character in enumerate("结果维持"):
        drawing.write(character, 120, 110 + number * SIZE)
    for number, character in enumerate("未经复议直接起诉"):
        drawing.write(character, 178 - number // 4 * 16, 110 + number % 4 * SIZE)
    drawing.turned("其他结果", 230, 190, 90)
    drawing.turned("尚未审结", 270, 110, 270)
    assert lines(drawing) == [row("结果维持", "未经复议直接起诉", "其他结果", "尚未审结")]


def test_a_page_turned_by_a_right_angle_is_read_upright() -> None:
    """Wide tables are printed sideways on upright pages."""
    drawing = Drawing()
    drawing.canvas.translate(0, HEIGHT)
    drawing.canvas.rotate(-90)
    for x in (50, 250, 450):
        drawing.canvas.line(x, 100, x, 140)
    for y in (100, 120, 140):
        drawing.canvas.line(50, y, 450, y)
    for number, y in enumerate((125, 105)):
        drawing.canvas.setFont("STSong-Light", SIZE)
        drawing.canvas.drawString(60, y, "规章")
        drawing.canvas.drawString(300, y, str(number))
    assert lines(drawing) == [row("规章", "0"), row("规章", "1")]


def test_marks_of_pages_are_left_out_and_a_table_goes_on_over_them() -> None:
    """Page numbers, running heads and feet stand between the parts of a table and are no text."""
    drawing = Drawing()
    for number in (1, 2, 3):
        drawing.write("某县人民政府办公室文件", 200, 30)
        drawing.write(str(number + 4), 300, HEIGHT - 40)
        drawing.table([(f"{number}.甲", str(number), "7")], (200, 90, 90))
        if number < 3:
            drawing.page()
    document = read(drawing.data())
    assert document.text.splitlines() == [row(f"{n}.甲", str(n), "7") for n in (1, 2, 3)]
    places = [document.place(document.text.index(f"{n}.甲")) for n in (1, 2, 3)]
    assert [(p.block, p.row, p.page) for p in places if p] == [(0, 0, 1), (0, 1, 2), (0, 2, 3)]


def test_a_row_broken_over_the_end_of_a_page_is_one_row() -> None:
    """The rest of a label on the next page belongs to the row; a new row does not."""
    drawing = Drawing()
    drawing.table([("1.申请人无正当理由逾期不补正、行政机关", "3", "4")], (215, 90, 90))
    drawing.page()
    drawing.table([("不再处理其申请", "", ""), ("2.其他", "", "")], (215, 90, 90))
    assert lines(drawing) == [
        row("1.申请人无正当理由逾期不补正、行政机关不再处理其申请", "3", "4"),
        row("2.其他", "", ""),
    ]


def test_heads_that_each_page_repeats_stand_once_and_a_broken_row_is_still_one() -> None:
    """Word repeats head rows and breaks rows by default; a row with figures is never a head."""
    heads = ("申请人情况", "自然人", "总计")
    drawing = Drawing()
    drawing.table([heads, ("1.申请人无正当理由逾期不补正、行政机关", "3", "4")], (215, 90, 90))
    drawing.page()
    drawing.table([heads, ("不再处理其申请", "", ""), ("2.其他", "0", "0")], (215, 90, 90))
    drawing.page()
    drawing.table([heads], (215, 90, 90))
    assert lines(drawing) == [
        row(*heads),
        row("1.申请人无正当理由逾期不补正、行政机关不再处理其申请", "3", "4"),
        row("2.其他", "0", "0"),
    ]


def test_a_number_on_two_lines_that_its_sum_fixes_is_certain() -> None:
    """The row adds up only if 17 and 8 are one number; without the sum it stays in doubt."""
    heads = ("自\n然\n人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    widths = (180, 18, 50, 50, 70, 70, 30, 30)

    def doubted(total: str) -> set[str]:
        drawing = Drawing()
        drawing.write("青禾市2023年政府信息公开工作年度报告")
        received = ("一、本年新收政府信息公开申请数量", "17\n8", "4", "0", "0", "0", "1", total)
        drawing.table([("申请人情况", *heads), received], widths)
        report = gischema.parse(drawing.data())
        assert report.figure("requests.received.natural_person").value == 178
        return {path for d in report.diagnostics if d.code == "D653" for path in d.paths}

    assert doubted("183") == set()
    assert doubted("193") == {"requests.received.natural_person"}


def test_figures_are_not_joined_over_the_end_of_a_page() -> None:
    """Dashes and words in place of figures belong to their own rows."""
    drawing = Drawing()
    drawing.table([("（二）部分公开", "-", "-", "无")], (100, 20, 20, 20))
    drawing.page()
    drawing.table([("（三）其他处理", "-", "-", "无")], (100, 20, 20, 20))
    assert lines(drawing) == [
        row("（二）部分公开", "-", "-", "无"),
        row("（三）其他处理", "-", "-", "无"),
    ]


def test_paragraphs_are_rejoined_and_headings_kept_apart() -> None:
    """A full line goes on in the next; a short one, a heading or an indented line does not."""
    drawing = Drawing()
    text = "本年度主动公开政府信息二千三百一十五条其中茶产业扶持资金的申报评审和拨付结果按月公布供水工程"
    drawing.write("　　" + text[:38], LEFT)
    drawing.write(text[38:])
    drawing.write("二、主动公开政府信息情况")
    drawing.write("短行")
    assert [line.strip() for line in lines(drawing)] == [text, "二、主动公开政府信息情况", "短行"]


def test_a_number_that_reaches_over_a_line_stays_whole() -> None:
    """Its digits are not handed to the next cell."""
    drawing = Drawing()
    for top in (100, 120):
        drawing.line(100, top, 220, top)
    for left in (100, 140, 180, 220):
        drawing.line(left, 100, left, 120)
    drawing.write("153103.83", 137, 103)
    assert lines(drawing) == [row("", "153103.83", "")]


def test_numbers_that_run_together_over_a_line_are_not_guessed() -> None:
    """They may be one number or two: neither cell is a figure, and neither is blank."""
    drawing = Drawing()
    for top in (100, 120):
        drawing.line(100, top, 220, top)
    for left in (100, 140, 180, 220):
        drawing.line(left, 100, left, 120)
    drawing.write("12345678901234", 144, 103)
    assert lines(drawing) == [row("", "〓", "〓")]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_what_was_typed_into_a_form_or_upon_a_page_is_read(angle: int) -> None:
    """Fields and texts laid over a page are no part of what it draws, however it is shown."""
    drawing = Drawing()
    drawing.canvas.setPageRotation(angle)
    if angle in (90, 270):
        drawing.canvas.setPageSize((HEIGHT, WIDTH))  # as it is shown; it is drawn upright
    drawing.table([("规章", "", "3"), ("行政规范性文件", "", "4")], (180, 90, 90))
    field = {"width": 80, "height": 12, "fontSize": 9, "borderWidth": 0}
    drawing.canvas.acroForm.textfield(value="12", x=LEFT + 185, y=HEIGHT - 94, **field)
    place = (LEFT + 185, HEIGHT - 110, LEFT + 265, HEIGHT - 98)
    drawing.canvas.freeTextAnnotation("345", "/Helv 9 Tf", place, relative=0)
    assert lines(drawing) == [row("规章", "12", "3"), row("行政规范性文件", "345", "4")]


def test_a_file_that_only_may_not_be_printed_is_read() -> None:
    assert read(locked("", "2023 12")).text.strip() == "2023 12"


REFUSED = {
    "password": (lambda: locked("secret"), "密码"),
    "broken": (lambda: b"%PDF-1.7\nnonsense", "损坏"),
    "truncated": (lambda: locked("")[:400], "损坏|没有文字"),
    "pages": (lambda: _pages(201), "200 页"),
    "bomb": (lambda: packed(bytes(100 * 2**20)), "复杂"),
    "bomb in a bomb": (lambda: packed(zlib.compress(bytes(100 * 2**20)), twice=True), "复杂"),
    "drawing": (lambda: packed(b"q Q " * 4_000_000), "复杂"),
    "laughter": (lambda: _laughter(9), "复杂"),
}


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(make, reason: str) -> None:
    """Locked, broken, endless and exploding files take neither memory nor time."""
    with pytest.raises(gischema.UnreadableSource, match=reason) as caught:
        read(make())
    assert "\n" not in caught.value.message
    assert caught.value.message_en.isascii()


def _pages(count: int) -> bytes:
    drawing = Drawing()
    for _ in range(count):
        drawing.canvas.showPage()
    return drawing.data()


def _laughter(deep: int) -> bytes:
    """Return drawings that each draw the next one ten times."""
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (5 + number),
        )
        for number in range(deep)
    ]
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>"
    )
    return file_of([CATALOG, TREE, page, stream(b"/X Do"), *forms[1:], stream(b"q Q")])
