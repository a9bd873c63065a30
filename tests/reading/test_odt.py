"""Read OpenDocument texts: lists, hidden text, tracked changes, merged cells."""

from __future__ import annotations

import pytest

from gischema.reading import Document, UnreadableSource, read
from tests.reading.office import zipped

STYLES = """
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Child" style:family="text" style:parent-style-name="Hidden"/>
<style:style style:name="Struck" style:family="text">
  <style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Raised" style:family="text">
  <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Lowered" style:family="text">
  <style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="White" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="Tiny" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>
<style:style style:name="Shown" style:family="text">
  <style:text-properties fo:color="#ffffff" fo:background-color="#1f3864"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."
  style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-prefix="（"
  style:num-format="1" style:num-suffix="）"/></text:list-style>
"""
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "text": "text", "table": "table", "style": "style",
                         "draw": "drawing", "fo": "xsl-fo-compatible"}.items()
)  # fmt: skip


def odt(body: str) -> Document:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return read(zipped({"mimetype": kind, "content.xml": content}))


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{p(text)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def table(*rows: str) -> str:
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table>{lines}</table:table>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'), "a b c d\n"),
        (p('a<text:span text:style-name="Child">b</text:span>c'), "ac\n"),
        (p('3<text:span text:style-name="Raised">1</text:span>'), "3\n"),
        (p('3<text:span text:style-name="Lowered">1</text:span>'), "3\n"),
        (p("a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
           f"{p('n')}</text:note-body></text:note>b"), "ab\nn\n"),
        (p("a<office:annotation><text:p>x</text:p></office:annotation>"), "a\n"),
        (p("a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"), "a\nbox\n"),
        ('<text:section text:display="none"><text:p>x</text:p></text:section>' + p("y"), "\ny\n"),
        ("<text:table-of-content><text:index-body><text:p>x</text:p></text:index-body>"
         "</text:table-of-content>" + p("y"), "y\n"),
    ],
)  # fmt: skip
def test_text_is_read_as_printed(body: str, text: str) -> None:
    assert odt(body).text == text


def test_numbers_of_lists_are_part_of_the_text() -> None:
    inner = f"<text:list><text:list-item>{p('c')}</text:list-item><text:list-item>{p('d')}</text:list-item></text:list>"
    items = (
        f"<text:list-item>{p('a')}</text:list-item><text:list-item>{p('b')}{inner}</text:list-item>"
    )
    text = odt(f'<text:list text:style-name="L">{items}</text:list>').text
    assert text == "一、 a\n二、 b\n（1） c\n（2） d\n"


def test_merged_cells_are_read_once() -> None:
    wide = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    text = odt(
        table(
            cell("a", wide) + COVERED + cell("1"),
            COVERED * 2 + cell("2"),
            cell("b") + cell("c") + cell("3"),
        )
    ).text
    assert text == "a | 1 | \n2 | \nb | c | 3 | \n"


def test_hidden_struck_and_inserted_figures_are_in_doubt() -> None:
    struck = '<text:span text:style-name="Struck">2</text:span>1'
    inserted = '<text:change-start text:change-id="a"/>5<text:change-end text:change-id="a"/>'
    document = odt(table(cell(struck) + cell(inserted) + cell("4")))
    assert document.text == "1 | 5 | 4 | \n"
    assert [place.doubts for place in document.places] == [("D631",), ("D630",), ()]


def test_cells_that_repeat_without_end_are_refused() -> None:
    """A cell of a table may hold a table, and each may repeat rows and cells."""
    many = '<table:table-row table:number-rows-repeated="900">{}</table:table-row>'
    inner = f"<table:table>{many.format(cell('1'))}</table:table>"
    outer = f"<table:table-cell table:number-columns-repeated='900'>{inner}</table:table-cell>"
    with pytest.raises(UnreadableSource, match="单元格") as caught:
        odt(f"<table:table>{many.format(outer)}</table:table>")
    assert caught.value.reason == "too_large"


@pytest.mark.parametrize(
    ("style", "doubts"), [("White", ("D638",)), ("Tiny", ("D638",)), ("Shown", ())]
)
def test_digits_that_are_not_seen(style: str, doubts: tuple[str, ...]) -> None:
    """White and tiny digits in a cell are read, and in doubt."""
    document = odt(table(cell(f'1<text:span text:style-name="{style}">9</text:span>') + cell("2")))
    assert document.places[0].doubts == doubts
    assert document.text == "19 | 2 | \n"
