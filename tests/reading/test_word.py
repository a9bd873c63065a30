"""Word files: what is printed is read once, in its order, and nothing else."""

from __future__ import annotations

import pytest

from gischema.engine import Gischema
from gischema.reading import read
from tests.reading.office import HEAD, WORD, cell, paragraph, row, table, word

HEADS = row("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def lines(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return read(word(body, numbering, styles)).text.splitlines()


def test_figures_are_traced_to_the_cell_of_the_file(engine: Gischema) -> None:
    report = engine.parse(word(HEAD + table(HEADS, row("规章", "1", "2", "30"))))
    origin = report.figure("proactive.rules.disclosed_total").origin
    assert origin is not None
    assert origin.element == "body/tbl[1]/tr[2]/tc[4]"
    assert (origin.block, origin.row, origin.cell, origin.offset) == (0, 1, 3, 0)


TEXTS = {
    "a line break and a tab": (
        "<w:p><w:r><w:t>本年</w:t><w:br/><w:t>新</w:t><w:tab/></w:r></w:p>",
        "本年 新",
    ),
    "a no-break hyphen": (
        "<w:p><w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>",
        "A-1",
    ),
    "a link": ("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", "链接"),
    "a content control": (
        (
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:p><w:sdt>"
            "<w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent>"
            "</w:sdt></w:p></w:sdtContent></w:sdt>"
        ),
        "控件",
    ),
    "pinyin above a word": (
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>gōng</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>公</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        ),
        "公",
    ),
    "an equation": ("<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>", "12"),
    "a field": (
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
            '<w:r><w:t>9</w:t><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>件</w:t></w:r></w:p>'
        ),
        "7件",
    ),
    "the number of the page": (
        '<w:p><w:r><w:t>第</w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>',
        "第",
    ),
    "a minus of the font Symbol": (
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r></w:p>',
        "-",
    ),
}


@pytest.mark.parametrize(("body", "printed"), TEXTS.values(), ids=TEXTS)
def test_text_is_what_is_printed(body: str, printed: str) -> None:
    assert lines(body) == [printed]


def test_a_field_that_is_never_closed_hides_nothing_below() -> None:
    open_field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>x</w:t></w:r></w:p>'
    assert lines(open_field + paragraph("下文"))[1:] == ["下文"]


def test_text_boxes_are_read_once() -> None:
    """Word saves a text box in two versions; one of them is read, tables in it too."""
    box = f"<w:txbxContent>{paragraph('框')}{table(row('规章', '1'))}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>文</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(body) == ["文", "框", "规章 | 1 | "]


# -- tables -------------------------------------------------------------------------------------

SPAN = '<w:gridSpan w:val="{}"/>'.format
DOWN = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def test_merged_cells_are_written_once_and_empty_cells_stay() -> None:
    body = table(
        row(cell("三", DOWN), cell("予以公开", SPAN(2)), "1", ""),
        row(cell("", GOES_ON), cell("不予公开", DOWN), "国家秘密", "2", "3"),
        row(cell("", GOES_ON), cell("", GOES_ON), "其他", "", "4"),
        row(cell("四", SPAN(3)), "5", "6"),
    )
    assert lines(body) == [
        "三 | 予以公开 | 1 |  | ",
        "不予公开 | 国家秘密 | 2 | 3 | ",
        "其他 |  | 4 | ",
        "四 | 5 | 6 | ",
    ]


def test_a_continued_cell_below_none_is_a_cell_of_its_own() -> None:
    """A table cut in two begins with cells that continue one from above; they are printed."""
    assert lines(table(row(cell("自然人", GOES_ON), "1"))) == ["自然人 | 1 | "]


def test_columns_left_out_before_and_behind_a_row_leave_nothing() -> None:
    wide = row(cell("a", DOWN), "b", "c")
    short = row("d", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert lines(table(wide, short, row(cell("e", GOES_ON), "f", "g"))) == [
        "a | b | c | ",
        "d | ",
        "e | f | g | ",
    ]


def test_absurd_spans_cost_nothing() -> None:
    assert lines(table(row(cell("a", SPAN(2**31)), cell("b", SPAN(-4)), cell("c", SPAN("x"))))) == [
        "a | b | c | "
    ]


def test_tables_that_lay_out_others_are_taken_apart() -> None:
    inner = table(row("规章", "1"), row("规范性文件", "2"))
    outer = table(row("左", "右"), row(cell(paragraph("上") + inner + paragraph("下")), "旁"))
    assert lines(paragraph("前") + outer + paragraph("后")) == [
        "前", "左 | 右 | ", "上", "规章 | 1 | ", "规范性文件 | 2 | ", "下", "旁", "后",
    ]  # fmt: skip


def test_a_table_of_one_cell_is_the_text_of_its_cell() -> None:
    assert lines(table(row("规章", cell(table(row("12")) + "<w:p/>"), "3"))) == ["规章 | 12 | 3 | "]


# -- what was changed or hidden -----------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted_and_named() -> None:
    changed = (
        "<w:p><w:r><w:t>1</w:t></w:r><w:del><w:r><w:delText>2</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>3</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>4</w:t></w:r></w:moveFrom></w:p>"
    )
    body = table(
        HEADS,
        row("规章", cell(changed), "5", "6"),
        row("规范性文件", "7", "7", "7", properties="<w:del/>"),
        row("规范性文件", "8", "8", "8", properties="<w:ins/>"),
    )
    document = read(word(HEAD + body))
    assert document.text.splitlines()[2:] == ["规章 | 13 | 5 | 6 | ", "规范性文件 | 8 | 8 | 8 | "]
    words = {"inserted": "2", "deleted": "3", "left_out": "规范性文件|7|7|7"}
    assert document.notes == (("D630", words),)


@pytest.mark.parametrize(("mark", "code"), [("<w:del/>", "D630"), ("<w:hidden/>", "D631")])
def test_figures_of_a_row_that_is_left_out_are_named(
    engine: Gischema, mark: str, code: str
) -> None:
    """A row that was deleted or hidden is absent, and not in silence; the others are certain."""
    rows = row("规章", "1", "2", "3"), row("规范性文件", "7", "7", "7", properties=mark)
    report = engine.parse(word(HEAD + table(HEADS, *rows)))
    named = [d.paths for d in report.diagnostics if d.code == code]
    assert named == [
        tuple(
            f"proactive.normative.{column}" for column in ("made", "disclosed", "disclosed_total")
        )
    ]
    assert {d.code for d in report.diagnostics} == {code}


def test_figures_of_a_hidden_row_that_another_program_saved_again_are_flagged(
    engine: Gischema,
) -> None:
    """LibreOffice hides each run of the row instead of the row."""
    rows = row("规章", "1", "2", "3"), row("规范性文件", "7", "7", "7")
    hidden = rows[1].replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    report = engine.parse(word(HEAD + table(HEADS, rows[0], hidden)))
    (note,) = report.diagnostics
    assert (note.code, len(note.paths)) == ("D631", 3)
    assert all(path.startswith("proactive.normative.") for path in note.paths)


def test_a_header_may_be_the_title(engine: Gischema) -> None:
    """If the text has no title with a year, the header of the pages states body and year."""
    body = paragraph("一、总体情况") + table(HEADS, row("规章", "1", "2", "3"))
    page = "<w:p><w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>3</w:t></w:r></w:fldSimple></w:r></w:p>"
    named, other = (
        paragraph("云岭县财政局2020年政府信息公开工作年度报告"),
        HEAD.replace("2020", "2019"),
    )
    report = engine.parse(word(body, header=page + named))
    assert (report.title, report.year) == ("云岭县财政局2020年政府信息公开工作年度报告", 2020)
    assert engine.parse(word(other + body, header=named)).year == 2019


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    joined = paragraph("本年新收", "<w:rPr><w:del/></w:rPr>") + paragraph("申请")
    assert lines(joined + table(row(cell(joined), "1"))) == ["本年新收申请", "本年新收申请 | 1 | "]


def test_hidden_text_is_left_out_and_named() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>1</w:t></w:r></w:p>"
    shown = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>2</w:t></w:r></w:p>'
    rows = row("x", properties="<w:hidden/>"), row("y")
    document = read(word(hidden + shown + table(*rows)))
    assert document.text.splitlines() == ["1", "2", "y | "]
    assert document.notes == (("D631", {"count": "2", "left_out": "x"}),)


FOOTNOTES = "".join(
    f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    for number, text in ((0, "线"), (1, "注：含上年结转。"), (2, "无人提到"))
)


def test_footnotes_stand_behind_the_text_and_their_marks_in_no_figure() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    raised = '<w:r><w:rPr><w:rStyle w:val="up"/></w:rPr>{}<w:t>1</w:t></w:r>'.format
    cells = (
        f"<w:p><w:r><w:t>12</w:t></w:r>{more}</w:p>" for more in (mark, raised(mark), raised(""))
    )
    style = '<w:style w:styleId="up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    square = f"<w:p><w:r><w:t>5m</w:t></w:r>{raised('')}</w:p>"
    body = HEAD + table(HEADS, row("规章", *map(cell, cells))) + square
    document = read(word(body, styles=style, footnotes=FOOTNOTES))
    assert document.text.splitlines()[2:] == [
        "规章 | 12 | 12 | 12 | ", "5m1", "注：含上年结转。",
    ]  # fmt: skip
    assert document.places[-1].element == "footnotes/footnote[1]/p[1]"
    assert document.notes == (("D634", {"count": "2"}),)


def test_embedded_files_and_pictures_are_named() -> None:
    sheet = "<w:p><w:r><w:object><w:OLEObject/></w:object></w:r></w:p>"
    picture = "<w:p><w:r><w:drawing><w:blip/></w:drawing></w:r></w:p>"
    document = read(word(sheet + picture + "<w:altChunk r:id='x'/>" + paragraph("文")))
    assert document.notes == (("D632", {"count": "2"}), ("D633", {"count": "1"}))


def test_files_of_the_strict_standard_are_read() -> None:
    assert read(word(paragraph("文"), namespace=STRICT)).text == "文\n"
    assert WORD != STRICT


# -- numbers that Word makes --------------------------------------------------------------------


def level(at: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


LEVELS = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.", '<w:pStyle w:val="item"/>')
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def numbered(text: str, at: int, list_id: int = 1) -> str:
    place = f'<w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/>'
    return paragraph(text, f"<w:numPr>{place}</w:numPr>")


def test_numbers_that_word_makes_are_in_the_text() -> None:
    body = "".join(
        numbered(text, at) for text, at in (("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1))
    )  # fmt: skip
    assert lines(body, NUMBERING) == [
        "一、 甲", "（一） 乙", "1. 丙", "2. 丁", "（二） 戊", "1. 己", "二、 庚", "（一） 辛",
    ]  # fmt: skip


def test_a_list_may_begin_where_it_says() -> None:
    body = numbered("甲", 0) + numbered("乙", 0, 2) + numbered("丙", 0, 2) + numbered("丁", 0, 9)
    assert lines(body, NUMBERING) == ["一、 甲", "五、 乙", "六、 丙", "丁"]


def test_numbers_may_come_from_the_style_of_a_paragraph() -> None:
    styles = (
        '<w:style w:styleId="item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="more"><w:basedOn w:val="item"/></w:style>'
        '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    body = "".join(
        paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in ("item", "more", "loop")
    )
    assert lines(body, NUMBERING, styles) == ["1. item", "2. more", "loop"]


def test_numbered_labels_are_the_labels_of_the_form(engine: Gischema) -> None:
    """A row whose number Word makes is the same row."""
    items = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    label = f"<w:p>{items}<w:r><w:t>本年新收政府信息公开申请数量</w:t></w:r></w:p>"
    body = HEAD + table(row(cell(label), "1", "0", "0", "0", "0", "0", "1"))
    report = engine.parse(word(body, NUMBERING), form="art20-2021")
    figure = report.figure("requests.received.total")
    assert (figure.value, figure.reading) == (1, "exact")


def test_the_table_of_contents_is_not_read() -> None:
    styles = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("一、总体情况 1", '<w:pStyle w:val="11"/>') + paragraph("正文")
    assert [line for line in lines(body, "", styles) if line] == ["正文"]
