"""PDF files: what is struck out, not seen, or a picture is no text, and is flagged."""

from __future__ import annotations

import pytest

import gischema
from gischema.reading import read
from gischema.report import Report
from tests.reading.pdf_files import (
    HEADS,
    HEIGHT,
    LEFT,
    LINE,
    SIZE,
    WIDTHS,
    Drawing,
    lines,
    locked,
    picture_page,
)


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
    lost = locked("", "规章" * 5)  # reportlab does not encrypt the character map
    with pytest.raises(gischema.UnreadableSource, match="字符对照表"):
        read(lost)
    document = read(locked("", "规章", "12345 67890"))
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
