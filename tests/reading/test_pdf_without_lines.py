"""PDF files with tables without lines: the places of words make rows and columns."""

from __future__ import annotations

from gischema.reading import read
from tests.reading.pdf_files import (
    HEADS,
    LEFT,
    WIDTHS,
    Drawing,
    at,
    lines,
    row,
)


def test_the_places_of_words_make_a_table_without_lines() -> None:
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
