"""PDF files: each cell is found where it is printed, and what is no part of the text is not."""

from __future__ import annotations

import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import gischema
from gischema.reading import read
from gischema.report import Report
from tests.reading.pdf_files import (
    CATALOG,
    FONT,
    HEIGHT,
    LEFT,
    LINE,
    SIZE,
    TREE,
    WIDTH,
    Drawing,
    file_of,
    packed,
    picture_page,
    stream,
)

WIDTHS = (180, 90, 90, 90)
HEADS = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")


def lines(drawing: Drawing) -> list[str]:
    return read(drawing.data()).text.splitlines()


def row(*cells: str) -> str:
    return "".join(f"{cell} | " for cell in cells)


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


def test_a_table_without_lines_is_told_by_where_its_words_stand() -> None:
    """A column that holds nothing in one row is an empty cell there, and the reader says so."""
    drawing = Drawing()
    drawing.write("二、主动公开政府信息情况")
    drawing.table(
        [HEADS, ("规章", "3", "", "12"), ("行政规范性文件", "1", "0", "58")], WIDTHS, ruled=False
    )
    document = read(drawing.data())
    assert document.text.splitlines()[1:] == [
        row(*HEADS), row("规章", "3", "", "12"), row("行政规范性文件", "1", "0", "58"),
    ]  # fmt: skip
    assert [code for code, _ in document.notes] == ["D652"]


def test_cells_of_two_lines_without_lines_stand_beside_the_line_of_the_others() -> None:
    """A label and a figure that run over two lines, and heads that do, belong to one row."""
    drawing = Drawing()
    drawing.write("二、主动公开政府信息情况")
    for top, cells in (
        (100, ((200, "本年制发"), (290, "本年废止"))),
        (106, ((72, "信息内容"), (380, "现行有效件数"))),
        (112, ((200, "件数"), (290, "件数"))),
        (140, ((72, "规"), (290, "99933"))),
        (146, ((200, "3"), (380, "12"))),
        (152, ((72, "章"), (290, "8"))),
        (180, ((72, "行政规范性文件"), (200, "1"), (290, "0"), (380, "58"))),
    ):
        for left, text in cells:
            drawing.write(text, left, top)
    document = read(drawing.data())
    assert document.text.splitlines()[1:] == [
        row(*HEADS), row("规章", "3", "999338", "12"), row("行政规范性文件", "1", "0", "58"),
    ]  # fmt: skip
    assert dict(document.notes)["D653"] == {"printed": "999338"}


def at(drawing: Drawing, *cells: tuple[float, float, str]) -> None:
    """Draw texts at their places: left, top and text; the lines of a cell stand 12 points apart."""
    for left, top, text in cells:
        for number, line in enumerate(text.split("\n")):
            drawing.write(line, left, top + 12 * number)


def test_labels_and_heads_of_many_lines_without_lines_are_rejoined() -> None:
    """Each in its column: a group, a row in it, and heads above each other."""
    drawing = Drawing()
    at(
        drawing,
        (72, 100, "申请人\n情况"), (200, 100, "自然\n人"), (240, 100, "法人或其他组织"),
        (240, 124, "商业\n企业"), (280, 124, "科研\n机构"),
        (72, 160, "（三）\n不予公\n开"), (120, 160, "1.属于\n国家秘\n密"),
        (200, 160, "0"), (240, 160, "12"), (280, 160, "3"),
        (120, 210, "2.其他法\n律行政\n法规禁\n止公开"), (200, 210, "1"), (240, 210, "0"), (280, 210, "9"),
    )  # fmt: skip
    assert lines(drawing) == [
        row("申请人情况", "自然人", "法人或其他组织"),
        row("商业企业", "科研机构"),
        row("（三）不予公开", "1.属于国家秘密", "0", "12", "3"),
        row("2.其他法律行政法规禁止公开", "1", "0", "9"),
    ]


def test_figures_of_two_lines_without_lines_are_joined_only_where_the_first_is_full() -> None:
    """The next column leaves no room for a digit; with room, and between close rows, none is."""

    def read_rows(second: float, pitch: float) -> list[str]:
        drawing = Drawing()
        at(
            drawing,
            (72, 100, "一、本年新收"), (200, 100, "14151"), (second, 100, "20"), (320, 100, "5"),
            (72, 112, "申请数量"), (200, 112, "7"),
            (72, 112 + pitch, "二、上年结转"), (200, 112 + pitch, "0"), (second, 112 + pitch, "0"), (320, 112 + pitch, "0"),
        )  # fmt: skip
        return lines(drawing)[:2]

    assert read_rows(243, 24) == [
        row("一、本年新收申请数量", "141517", "20", "5"),
        row("二、上年结转", "0", "0", "0"),
    ]
    for apart in read_rows(270, 24), read_rows(243, 12):
        assert apart == [
            row("一、本年新收", "14151", "20", "5"),
            row("申请数量", "7", "", ""),
        ]


def test_a_label_without_lines_goes_on_over_the_end_of_a_page() -> None:
    """Up to the next label, and not into the sentences behind the table."""
    drawing = Drawing()
    at(drawing, (72, 700, "1.属于国家秘密"), (200, 700, "0"), (280, 700, "3"))
    at(drawing, (72, 724, "2.其他\n法律行"), (200, 724, "1"), (280, 724, "9"))
    drawing.page()
    at(drawing, (72, 80, "政法规\n禁止"))
    at(drawing, (72, 116, "3.危及安全"), (200, 116, "1"), (280, 116, "0"))
    at(drawing, (72, 740, "4.其他"), (200, 740, "1"), (280, 740, "0"))
    drawing.page()
    at(drawing, (72, 80, "没有其他事项。"))
    assert lines(drawing) == [
        row("1.属于国家秘密", "0", "3"),
        row("2.其他法律行政法规禁止", "1", "9"),
        row("3.危及安全", "1", "0"),
        row("4.其他", "1", "0"),
        "没有其他事项。",
    ]


def test_the_columns_of_a_wide_sheet_on_later_pages_stand_in_their_rows() -> None:
    """A sheet is printed in strips; each figure knows its own page and its place there."""
    labels = ("一、新收", "二、结转", "（一）公开", "（二）部分公开", "（三）不予公开")
    drawing = Drawing()
    drawing.write("青禾市2023年政府信息公开工作年度报告", LEFT, 60)
    for number, label in enumerate(("情况", *labels)):
        value = str(10 + number) if number else "自然人"
        at(drawing, (72, 100 + 20 * number, label), (250, 100 + 20 * number, value))
    drawing.page()
    for number in range(len(labels) + 1):
        value = str(30 + number) if number else "总计"
        at(drawing, (72, 100 + 20 * number, value))
    document = read(drawing.data())
    assert document.text.splitlines()[1:] == [
        row("情况", "自然人", "总计"),
        *(row(label, str(11 + n), str(31 + n)) for n, label in enumerate(labels)),
    ]
    place = document.place(document.text.index("33"))
    assert place is not None
    assert place.box is not None
    assert (place.page, place.box[0], place.box[2]) == (2, 72, 82)


def test_figures_without_labels_on_the_next_page_stay_there() -> None:
    """Their heights agree with no rows of figures."""
    drawing = Drawing()
    for number in range(6):
        at(drawing, (72, 100 + 20 * number, "本年度主动公开政府信息。"))
    drawing.page()
    for number in range(6):
        at(drawing, (72, 100 + 20 * number, str(number)), (172, 100 + 20 * number, "7"))
    assert lines(drawing)[-6:] == [row(str(number), "7") for number in range(6)]


def test_a_label_printed_over_the_figure_behind_it_mixes_with_none_of_its_digits() -> None:
    """A sheet shows the part of a label that runs out of its cell only in its print."""
    drawing = Drawing()
    at(drawing, (72, 100, "情况"), (150, 100, "自然人"), (220, 100, "总计"))
    at(drawing, (72, 124, "1.属于国家秘密的信息"), (150, 124, "313"), (220, 124, "0"))
    at(drawing, (72, 148, "2.其他"), (150, 148, "5"), (220, 148, "7"))
    assert lines(drawing)[1:] == [
        row("1.属于国家秘密的信息", "313", "0"),
        row("2.其他", "5", "7"),
    ]


def test_the_heading_between_two_tables_without_lines_is_a_paragraph() -> None:
    """The heads of the next table follow it. A heading above figures is a row of its table."""
    drawing = Drawing()
    for top, cells in enumerate(
        (("信息内容", "制发"), ("规章", "1"), ("一、办理情况",), ("规范性文件", "2"),
         ("二、收到和处理申请情况",), ("申请人", "自然人"), ("本年新收", "7"), ("上年结转", "5"))
    ):  # fmt: skip
        at(drawing, *((72 + 150 * n, 100 + 24 * top, text) for n, text in enumerate(cells)))
    document = read(drawing.data())
    assert [line for line in document.text.splitlines() if "、" in line] == [
        row("一、办理情况"),
        "二、收到和处理申请情况",
    ]


def test_a_full_cell_without_lines_is_parted_from_the_next_at_the_edge_of_its_column() -> None:
    """The unit stands where those of other rows stand, however near the label ends."""
    drawing = Drawing()
    at(drawing, (72, 100, "统计指标"), (165, 100, "单位"), (220, 100, "统计数"))
    for top, label in ((124, "主动公开数"), (148, "政府公报公开信息"), (172, "规范性文件")):
        at(drawing, (72, top, label), (165, top, "条"), (220, top, "17"))
    assert lines(drawing)[2] == row("政府公报公开信息", "条", "17")


def test_figures_beside_their_label_that_stand_in_no_order_are_lost() -> None:
    """Two figures above one: which digits belong together is not certain, so none is read."""
    drawing = Drawing()
    for top, cells in (
        (140, ((200, "123 456"),)),
        (146, ((72, "规章"), (380, "12"))),
        (152, ((200, "1"), (222, "8"))),
        (180, ((72, "行政规范性文件"), (200, "1"), (290, "0"), (380, "58"))),
    ):
        for left, text in cells:
            drawing.write(text, left, top)
    assert lines(drawing)[0] == row("规章", "〓23 456", "", "12")


def test_figures_whose_columns_are_not_certain_get_no_empty_cells() -> None:
    """Nothing is guessed: a row with fewer figures than columns then shows by their number."""
    drawing = Drawing()
    for left, values in ((300, ("1", "2")), (330, ("3",))):
        top = drawing.top
        drawing.write("规章")
        for number, value in enumerate(values):
            drawing.write(value, left + number * 90, top)
    assert lines(drawing) == [row("规章", "1", "2"), row("规章", "3")]


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


def doubts(report: Report, column: str) -> tuple[object, list[str]]:
    """Return the value of a figure of 规章, and the codes of the diagnostics that name it."""
    path = f"proactive.rules.{column}"
    return report.figure(path).value, [d.code for d in report.diagnostics if path in d.paths]


@pytest.mark.parametrize("ruled", [True, False])
def test_what_is_struck_out_is_not_read_and_named(ruled: bool) -> None:
    """A line through the middle of a number strikes it out; one below it does not."""
    drawing = Drawing()
    drawing.write("某县2023年政府信息公开工作年度报告")
    drawing.table(
        [HEADS, ("规章", "45 7", "0", "12"), ("行政规范性文件", "1", "0", "58")],
        WIDTHS,
        ruled=ruled,
    )
    number, second = LEFT + 184, 80 + 2 * LINE + 2 + SIZE * 0.7
    drawing.line(number, second, number + SIZE, second)
    drawing.line(LEFT + 364, 80 + 3 * LINE + 3 + SIZE, LEFT + 364 + SIZE, 80 + 3 * LINE + 3 + SIZE)
    assert doubts(gischema.parse(drawing.data()), "issued") == (7, ["D631"])


def test_the_figures_of_a_row_that_is_struck_out_are_flagged() -> None:
    """They are absent, and not in silence."""
    drawing = Drawing()
    drawing.write("某县2023年政府信息公开工作年度报告")
    drawing.table([HEADS, ("规章", "3", "45", "12"), ("行政规范性文件", "1", "0", "58")], WIDTHS)
    level = 80 + 3 * LINE + 2 + SIZE * 0.7
    for left, width in ((LEFT + 4, 7 * SIZE), (LEFT + 184, 6), (LEFT + 274, 6), (LEFT + 364, 11)):
        drawing.line(left, level, left + width, level)
    report = gischema.parse(drawing.data())
    flagged = {path for d in report.diagnostics if d.code == "D631" for path in d.paths}
    assert flagged == {f"proactive.normative.{one}" for one in ("issued", "repealed", "in_force")}


def test_a_struck_number_leaves_an_empty_cell_in_doubt() -> None:
    """The cell is blank, and not in silence; its neighbours are certain."""
    drawing = Drawing()
    drawing.write("某县2023年政府信息公开工作年度报告")
    drawing.table([HEADS, ("规章", "3", "45", "12")], WIDTHS)
    level = 80 + 2 * LINE + 2 + SIZE * 0.7
    drawing.line(LEFT + 274, level, LEFT + 274 + SIZE, level)
    report = gischema.parse(drawing.data())
    assert report.figure("proactive.rules.repealed").status == "blank"
    named = {path for d in report.diagnostics for path in d.paths}
    assert named == {"proactive.rules.repealed"}


@pytest.mark.parametrize("way", ["white", "invisible", "covered"])
def test_what_is_not_seen_is_named(way: str) -> None:
    """White on paper, painting nothing, or under a box: it is read, and in doubt."""
    drawing = Drawing()
    drawing.write("某县2023年政府信息公开工作年度报告")
    drawing.table([HEADS, ("规章", "3", "", "12")], WIDTHS)
    top = 80 + 2 * LINE + 2
    if way == "white":
        drawing.canvas.setFillColorRGB(1, 1, 1)
    text = drawing.canvas.beginText(LEFT + 274, HEIGHT - top - SIZE)
    text.setTextRenderMode(3 if way == "invisible" else 0)
    text.textOut("45")
    drawing.canvas.drawText(text)
    if way == "covered":
        drawing.canvas.setFillColorRGB(1, 1, 1)
        drawing.canvas.rect(LEFT + 272, HEIGHT - top - LINE, 30, LINE, stroke=0, fill=1)
    report = gischema.parse(drawing.data())
    assert doubts(report, "repealed") == (45, ["D656"])
    assert doubts(report, "issued") == (3, [])


def test_white_heads_on_colour_are_seen() -> None:
    """The background of a text decides if it is seen."""
    drawing = Drawing()
    drawing.write("某县2023年政府信息公开工作年度报告")
    drawing.canvas.setFillColorRGB(0.1, 0.2, 0.6)
    drawing.canvas.rect(LEFT, HEIGHT - drawing.top - LINE, sum(WIDTHS), LINE, stroke=0, fill=1)
    drawing.canvas.setFillColorRGB(1, 1, 1)
    drawing.table([HEADS], WIDTHS)
    drawing.canvas.setFillColorRGB(0, 0, 0)
    drawing.table([("规章", "3", "0", "12")], WIDTHS)
    report = gischema.parse(drawing.data())
    assert report.figure("proactive.rules.in_force").value == 12
    assert [d.code for d in report.diagnostics] == []


def test_a_watermark_is_no_text() -> None:
    drawing = Drawing()
    drawing.write("规章")
    drawing.turned("草稿2023", 100, 300, 45, 60)
    assert lines(drawing) == ["规章"]


def test_what_a_font_does_not_tell_is_never_a_figure() -> None:
    """A glyph without a character stands as 〓; a file of nothing else is refused."""
    lost = _locked("", "规章" * 5)  # reportlab does not encrypt the character map
    with pytest.raises(gischema.UnreadableSource, match="字符对照表"):
        read(lost)
    document = read(_locked("", "规章", "12345 67890"))
    assert document.text.split() == ["〓〓", "12345", "67890"]
    assert document.notes == (("D654", {"count": "2"}),)


def test_a_scan_is_refused_in_one_line() -> None:
    drawing = Drawing()
    picture_page(drawing)
    with pytest.raises(gischema.UnreadableSource, match="扫描件") as caught:
        read(drawing.data())
    assert "\n" not in caught.value.message


def test_pages_that_are_pictures_are_named() -> None:
    """One without text that can be recognised, and one with text from OCR under its picture."""
    drawing = Drawing()
    drawing.write("规章" * 20)
    drawing.page()
    picture_page(drawing)
    drawing.page()
    picture_page(drawing)
    drawing.write("规章" * 20)
    notes = read(drawing.data()).notes
    assert notes == (("D650", {"pages": "2"}), ("D651", {"pages": "3"}))


def _locked(password: str, *texts: str) -> bytes:
    drawing = Drawing()
    drawing.canvas = Canvas(
        drawing.file, encrypt=StandardEncryption(password, ownerPassword="owner", canPrint=0)
    )
    for text in texts:
        drawing.write(text, font="Helvetica" if text.isascii() else FONT)
    return drawing.data()


def test_a_file_that_only_may_not_be_printed_is_read() -> None:
    assert read(_locked("", "2023 12")).text.strip() == "2023 12"


REFUSED = {
    "password": (lambda: _locked("secret"), "密码"),
    "broken": (lambda: b"%PDF-1.7\nnonsense", "损坏"),
    "truncated": (lambda: _locked("")[:400], "损坏|没有文字"),
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
