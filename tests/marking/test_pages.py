"""PDF files and web pages with remarks."""

from __future__ import annotations

import io

import pypdf
import pytest
from pypdf.annotations import Text

import gischema
from gischema.marking import mark
from gischema.reading import UnreadableSource
from gischema.reading.html.page_tree import parse_tree
from gischema.testing.choices import SeededChoices
from gischema.testing.layouts.html import html_page
from gischema.testing.layouts.pdf import pdf_file
from tests.marking.planted import ENGLISH_PATH, pages

TURNS = (0, 90, 180, 270)


def found(data: bytes, name: str) -> list[tuple]:
    """Return what `check` finds; offsets in the text of a page may differ by its blanks."""
    return [
        (each.code, each.message, each.paths, each.values, each.doubts)
        for each in gischema.check(gischema.parse(data, name=name)).findings
    ]


def test_pdf_files_have_highlights(engine: gischema.Gischema) -> None:
    """Each remark lies on its box; the bytes of the file itself stay in front."""
    placed = 0
    for number, page in enumerate(pages(engine, 5)):
        data = pdf_file(page, SeededChoices(number))
        marked = mark(data, name="年报.pdf")
        assert marked.data.startswith(data)
        annotations = own_annotations(marked.data)
        assert len(annotations) == len(marked.remarks.placed) + 1
        assert not any(ENGLISH_PATH.search(text) for _, _, text in annotations)
        for remark in marked.remarks.placed:
            assert remark.origin.box is not None
            left, top, right, bottom = remark.origin.box
            height = pypdf.PdfReader(io.BytesIO(data)).pages[0].mediabox.height
            rectangle = (left, height - bottom, right, height - top)
            assert (remark.origin.page, rectangle) in [each[:2] for each in annotations]
        assert found(marked.data, "年报.pdf") == found(data, "年报.pdf")
        assert mark(marked.data, name="年报.pdf").data == marked.data
        placed += len(marked.remarks.placed)
    assert placed > 5


def test_highlights_of_a_file_that_was_saved_since_are_replaced(engine: gischema.Gischema) -> None:
    """Another program has written the file anew; notes of others stay."""
    (page,) = pages(engine, 1)
    marked = mark(pdf_file(page), name="年报.pdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(marked.data))
    note = Text(rect=(0, 0, 20, 20), text="请核实")
    writer.add_annotation(0, note)
    file = io.BytesIO()
    writer.write(file)
    again = mark(file.getvalue(), name="年报.pdf")
    assert sorted(own_annotations(again.data)) == sorted(own_annotations(marked.data))
    texts = [str(a.get_object().get("/Contents")) for a in every_annotation(again.data)]
    assert "请核实" in texts


@pytest.mark.parametrize("turn", TURNS)
def test_highlights_of_a_turned_page_lie_on_their_words(
    engine: gischema.Gischema, turn: int
) -> None:
    """A page that is drawn sideways and shown upright: its own system is another one."""
    (page,) = pages(engine, 1)
    data = pdf_file(page)
    plain = mark(data, name="年报.pdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for sheet in writer.pages:
        sheet.rotate(turn)
        sheet.transfer_rotation_to_content()
        sheet.rotate(-turn)
    file = io.BytesIO()
    writer.write(file)
    turned = mark(file.getvalue(), name="年报.pdf")
    remarks = turned.remarks.placed
    assert [each.origin.box for each in remarks] == [r.origin.box for r in plain.remarks.placed]
    highlights = [
        each for each in own_annotations(turned.data) if each[2] != turned.remarks.verdict
    ]
    for (number, rectangle, _), remark in zip(highlights, remarks, strict=True):
        printed = figure_at(turned.report, remark.origin).raw
        drawn = drawn_at(turned.data, number, printed)
        left, bottom, right, top = rectangle
        assert any(left <= x <= right and bottom <= y <= top for x, y in drawn), (rectangle, drawn)


def test_a_protected_pdf_file_is_refused(engine: gischema.Gischema) -> None:
    """It can be read without a password, but not added to."""
    (page,) = pages(engine, 1)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_file(page)))
    writer.encrypt("", "geheim", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    assert gischema.parse(file.getvalue()).figures
    with pytest.raises(UnreadableSource, match="不能批注") as refused:
        mark(file.getvalue())
    assert refused.value.reason == "protected"


def test_web_pages_have_marks_and_a_list(engine: gischema.Gischema) -> None:
    """Every remark has a frame around its cell and an entry that leads there."""
    placed = 0
    for number, page in enumerate(pages(engine, 9)):
        data = html_page(page, SeededChoices(number))
        marked = mark(data, name="年报.html")
        tree = page_of(marked.data)
        frames = tree.css("[data-gischema]")
        assert len(frames) == len({r.origin.element for r in marked.remarks.placed})
        (listed,) = tree.css("aside")
        assert len(listed.css("h3")) == sum(len(r.parts) for r in marked.remarks.placed)
        for link in listed.css("h3 a"):
            assert tree.css(f"[id='{(link.attrs.get('href') or '').lstrip('#')}']")
        assert not ENGLISH_PATH.search(listed.text())
        assert found(marked.data, "年报.html") == found(data, "年报.html")
        assert mark(marked.data, name="年报.html").data == marked.data
        placed += len(marked.remarks.placed)
    assert placed > 9


def test_a_page_without_its_remarks_is_as_before(engine: gischema.Gischema) -> None:
    """The text, the elements and their attributes are those of the page as a browser reads it."""
    from gischema.marking.page import without_own_remarks

    (page,) = pages(engine, 1)
    data = html_page(page, SeededChoices(3))
    bare = without_own_remarks(mark(data, name="年报.html").data)
    assert page_of(bare).html == page_of(data).html


@pytest.mark.parametrize("name", ["年报.txt", "年报.rtf"])
def test_other_kinds_of_file_are_refused(name: str) -> None:
    text = "青禾市云岭县财政局2023年政府信息公开工作年度报告\n本年收到申请3件。"
    data = text.encode() if name.endswith("txt") else rb"{\rtf1 2023}"
    with pytest.raises(UnreadableSource, match=r"不能批注：请另存为 \.docx") as refused:
        mark(data, name=name)
    assert refused.value.reason == "unsupported"


def figure_at(report: gischema.Report, origin: gischema.Origin) -> gischema.Figure:
    (figure,) = (each for each in report.figures if each.origin == origin)
    return figure


def drawn_at(data: bytes, number: int, text: str) -> list[tuple[float, float]]:
    """Return where a text is drawn on a page, in the page's own system."""
    places = []

    def visit(shown: str, cm: list[float], tm: list[float], *_: object) -> None:
        if shown.strip() == text:
            x, y = tm[4], tm[5]
            places.append((x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]))

    pypdf.PdfReader(io.BytesIO(data)).pages[number - 1].extract_text(visitor_text=visit)
    return places


def page_of(data: bytes):
    from gischema.reading.html.charset import page_text

    return type(parse_tree("<p>", None).parser)(page_text(data, None).removeprefix("\ufeff"))


def every_annotation(data: bytes) -> list:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [each for page in pages for each in (page.get("/Annots") or [])]


def own_annotations(data: bytes) -> list[tuple[int, tuple, str]]:
    """Return page, rectangle and text of each own annotation."""
    return [
        (number, tuple(round(float(n)) for n in note["/Rect"]), str(note["/Contents"]))
        for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, 1)
        for note in (each.get_object() for each in page.get("/Annots") or [])
        if note.get("/T") == "gischema"
    ]
