"""Word files with remarks: where the comments stand, and that nothing else changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import docx
import pytest
from attrs import evolve

import gischema
from gischema.marking import mark
from gischema.marking.words import COLOURS
from gischema.testing.layouts.word import word_file
from gischema.testing.sample_page import SamplePage
from tests.marking.planted import (
    ENGLISH_PATH,
    W,
    canonical,
    expected_places,
    findings,
    other_parts,
    pages,
    without_comments,
    word_anchors,
    word_comments,
    word_part,
)
from tests.reading.office import paragraph, row, table, word

CHANGED = ("document.xml", "comments", "Content_Types", "document.xml.rels")
LABELS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROW = "一、本年新收政府信息公开申请数量"


def keeps_its_promises(engine: gischema.Gischema, count: int) -> None:
    """Fail unless remarks stand at the origins of findings and change nothing else."""
    placed = 0
    for page in pages(engine, count):
        data = word_file(page)
        marked = mark(data, name="年报.docx")
        report, result = marked.report, marked.result
        anchors = word_anchors(marked.data)
        assert {*anchors.values()} - {anchors["0"]} == expected_places(report, result) - {
            anchors["0"]
        }
        comments = word_comments(marked.data)
        assert comments.keys() == anchors.keys()
        assert not any(map(ENGLISH_PATH.search, comments.values()))
        assert without_comments(marked.data) == canonical(word_part(data, "word/document.xml"))
        assert other_parts(data, *CHANGED) == other_parts(marked.data, *CHANGED)
        assert findings(marked.data, "年报.docx") == findings(data, "年报.docx")
        assert mark(marked.data, name="年报.docx").data == marked.data
        placed += len(marked.remarks.placed)
    assert placed > count


def test_comments_stand_at_the_origins(engine: gischema.Gischema) -> None:
    """The promises hold for a sample of what `pytest -m long` checks."""
    keeps_its_promises(engine, 9)


@pytest.mark.long
def test_comments_of_a_thousand_reports(engine: gischema.Gischema) -> None:
    keeps_its_promises(engine, 1000)


def test_python_docx_reads_the_comments() -> None:
    """Another program finds the comments, their author and texts."""
    marked = mark(saved(of_python_docx(total="19")), name="年报.docx")
    verdict, *remarks = docx.Document(io.BytesIO(marked.data)).comments
    assert {each.author for each in (verdict, *remarks)} == {"gischema"}
    assert "1 个错误" in verdict.text
    assert "没有核对" in verdict.text
    assert "未提供上一年报告" in verdict.text
    assert verdict.text.count("未读出") > 1
    (remark,) = (each.text for each in remarks if "（B2）" in each.text)
    assert "每行：总计等于各类申请人之和" in remark
    assert "自然人 1 + 商业企业 2 + 科研机构 3" in remark
    assert "相差2" in remark
    assert "“总计”列 19（第1个表格第2行第8格）" in remark


def test_a_copy_is_marked_again() -> None:
    """Own comments are replaced, those of others stay; a corrected figure has no comment."""
    first = mark(saved(of_python_docx(total="19")), name="年报.docx").data
    document = docx.Document(io.BytesIO(first))
    total = document.tables[0].rows[1].cells[7].paragraphs[0]
    document.add_comment(total.runs[0], "请核实", author="办公室")
    total.runs[0].text = "21"
    again = docx.Document(io.BytesIO(mark(saved(document), name="年报.docx").data))
    others = [(each.author, each.text) for each in again.comments if each.author != "gischema"]
    assert others == [("办公室", "请核实")]
    assert not any("（B2）" in each.text for each in again.comments)
    assert again.tables[0].rows[1].cells[7].text == "21"


def test_an_empty_cell_has_a_comment() -> None:
    """A culprit without any run is marked in its paragraph."""
    marked = mark(report("10", "", total="19"), name="年报.docx")
    anchors = word_anchors(marked.data)
    for remark in marked.remarks.placed:
        assert remark.origin.element in anchors.values()


@pytest.mark.parametrize("renamed", [str, str.upper, lambda name: name.replace("/", "\\")])
def test_names_of_parts_are_kept(renamed: Callable[[str], str]) -> None:
    """Word ignores case, some programs write backslashes, others list folders."""
    data = rewritten(balanced(wrong="12"), renamed, lambda content: content)
    marked = mark(data, name="年报.docx")
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    kept = [n for n in zipfile.ZipFile(io.BytesIO(marked.data)).namelist() if n in names]
    assert kept == names
    assert len(marked.remarks.placed) == 2
    assert findings(marked.data, "年报.docx") == findings(data, "年报.docx")
    assert mark(marked.data, name="年报.docx").data == marked.data


def test_blanks_between_elements_stay() -> None:
    """A file that is indented, with remarks of its XML, has both again without the comments."""
    data = rewritten(
        balanced(wrong="12"),
        str,
        lambda content: re.sub(rb"(<w:(?:p|r|tc)>)", rb"\n  <!-- . -->\1", content),
    )
    marked = mark(data, name="年报.docx", suggest=True)
    assert without_comments(marked.data) != canonical(word_part(data, "word/document.xml"))
    plain = mark(marked.data, name="年报.docx")
    assert without_comments(plain.data) == canonical(word_part(data, "word/document.xml"))


def test_suggested_figures_are_tracked_changes() -> None:
    """The wrong figure is deleted and the right one inserted; rejecting both gives the original."""
    data = balanced(wrong="12")
    plain, marked = (mark(data, name="年报.docx", suggest=s) for s in (False, True))
    assert not list(word_part(plain.data, "word/document.xml").iter(f"{W}ins", f"{W}del"))
    document = word_part(marked.data, "word/document.xml")
    (inserted,), (deleted,) = document.iter(f"{W}ins"), document.iter(f"{W}del")
    assert "".join(inserted.itertext(f"{W}t")) == "21"
    assert "".join(deleted.itertext(f"{W}delText")) == "12"
    assert {inserted.get(f"{W}author"), deleted.get(f"{W}author")} == {"gischema"}
    assert of_figures(findings(data, "年报.docx"))
    assert not of_figures(findings(marked.data, "年报.docx"))
    assert mark(marked.data, name="年报.docx").data == plain.data


def test_a_cell_with_more_than_a_figure_is_not_changed() -> None:
    """Its unit would be lost."""
    marked = mark(balanced(wrong="12件"), name="年报.docx", suggest=True)
    assert any("疑为21" in each.text for each in marked.remarks.placed)
    document = word_part(marked.data, "word/document.xml")
    assert not list(document.iter(f"{W}ins", f"{W}del"))


def test_tracked_changes_of_others_stay() -> None:
    """The office's own changes are no remarks."""
    change = (
        '<w:del w:id="7" w:author="办公室"><w:r><w:delText>18</w:delText></w:r></w:del>'
        '<w:ins w:id="8" w:author="办公室"><w:r><w:t>19</w:t></w:r></w:ins>'
    )
    data = report(total=f"<w:p>{change}</w:p>")
    marked = mark(data, name="年报.docx", suggest=True)
    assert without_comments(marked.data) == canonical(word_part(data, "word/document.xml"))
    (number,) = (n for n, text in word_comments(marked.data).items() if "（B2）" in text)
    (title, *_) = word_part(marked.data, "word/comments.xml").find(f"*[@{W}id='{number}']")
    assert "".join(title.itertext()).startswith("【存疑】")
    assert [each.get(f"{W}val") for each in title.iter(f"{W}color")] == [COLOURS["doubtful"]]


def test_rows_that_are_missing_are_marked_at_their_group(engine: gischema.Gischema) -> None:
    """A finding without any figure stands at the nearest one that is printed."""
    (page,) = pages(engine, 1)
    marked = mark(word_file(without(page, "requests.disposed.refused.")), name="年报.docx")
    (remark,) = (each for each in marked.remarks.placed if "FORM-4.1" in each.text)
    first = next(f for f in marked.report.figures if f.path.startswith("requests.disposed."))
    assert remark.origin == first.origin
    assert "缺少“（三）不予公开”的各行" in remark.text


def test_a_finding_about_no_place_is_in_the_verdict(engine: gischema.Gischema) -> None:
    """A table that is missing stands nowhere; it has its printed name, and is named once."""
    (page,) = pages(engine, 1)
    marked = mark(word_file(without(page, "review.")), name="年报.docx")
    (verdict,) = (t for t in word_comments(marked.data).values() if t.startswith("gischema"))
    assert "没有读到“四、政府信息公开行政复议、行政诉讼情况”的表格" in verdict
    assert verdict.count("未读出表四") == 1
    assert "“”" not in verdict
    assert "处必须改" in marked.remarks.headline
    assert "没有核对，因为：" in marked.remarks.headline


def without(page: SamplePage, rows: str) -> SamplePage:
    """Return a page without the rows at some paths."""
    lines = (x for x in page.lines if not any(cell.key.startswith(rows) for cell in x.values))
    return evolve(page, lines=tuple(lines))


def test_a_table_in_a_text_box_is_marked_at_the_paragraph_with_the_box() -> None:
    """Word takes no comments inside of a text box."""
    box = f"<w:p><w:r><w:pict><w:txbxContent>{figures(total='19')}</w:txbxContent></w:pict></w:r></w:p>"
    marked = mark(word(heading() + paragraph("三、收到和处理政府信息公开申请情况") + box))
    assert marked.remarks.placed
    document = word_part(marked.data, "word/document.xml")
    starts = list(document.iter(f"{W}commentRangeStart"))
    assert len(starts) == len(marked.remarks.placed) + 1
    assert not any(list(start.iterancestors(f"{W}txbxContent")) for start in starts)


def test_a_sentence_is_marked_in_its_paragraph() -> None:
    """A statement that contradicts the table is quoted, and only its runs are marked."""
    text = (
        "<w:p><w:r><w:t>我局认真办理依申请公开。</w:t></w:r>"
        "<w:r><w:t>全年新收政府信息公开申请30件。</w:t></w:r><w:r><w:t>答复及时。</w:t></w:r></w:p>"
    )
    data = word(heading() + paragraph("一、总体情况") + text + balanced_tables())
    marked = mark(data, name="年报.docx")
    (quoted,) = (r for r in marked.remarks.placed if "TT-1" in r.text)
    assert quoted.sentence.strip() == "全年新收政府信息公开申请30件。"
    anchors = word_anchors(marked.data)
    comments = word_comments(marked.data)
    (number,) = (n for n, text in comments.items() if "“全年新收政府信息公开申请30件。”" in text)
    assert anchors[number] == quoted.origin.element
    document = word_part(marked.data, "word/document.xml")
    (start,) = (e for e in document.iter(f"{W}commentRangeStart") if e.get(f"{W}id") == number)
    assert "".join(start.getnext().itertext()) == "全年新收政府信息公开申请30件。"
    assert start.getnext().getnext().tag == f"{W}commentRangeEnd"


def of_figures(found: Iterable[gischema.Finding]) -> list[str]:
    """Return the findings about sums, not those about chapters that the report lacks."""
    return [finding.code for finding in found if finding.code.startswith("B")]


def of_python_docx(total: str) -> Any:
    """Return a report with one row of figures as python-docx writes it."""
    document = docx.Document()
    document.add_paragraph("青禾市云岭县财政局2023年政府信息公开工作年度报告")
    document.add_paragraph("三、收到和处理政府信息公开申请情况")
    grid = document.add_table(2, 8)
    lines = (("", *LABELS), (ROW, *"123456", total))
    for line, texts in zip(grid.rows, lines, strict=True):
        for place, text in zip(line.cells, texts, strict=True):
            place.text = text
    return document


def rewritten(
    data: bytes,
    renamed: Callable[[str], str],
    changed: Callable[[bytes], bytes],
    part: str = "document.xml",
) -> bytes:
    """Return a file with a folder among its parts, other names and one other part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(file, "w") as written:
        written.writestr("word/", b"")
        for name in package.namelist():
            content = package.read(name)
            written.writestr(renamed(name), changed(content) if part in name else content)
    return file.getvalue()


def saved(document: Any) -> bytes:
    """Return the file of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def heading() -> str:
    return paragraph("青禾市云岭县财政局2023年政府信息公开工作年度报告")


def figures(*parts: str, total: str) -> str:
    """Return a table of requests with one row."""
    given = parts or ("1", "2", "3", "4", "5", "6")
    cells = (*given, *("0",) * (6 - len(given)), total)
    return table(row("", *LABELS), row(ROW, *cells))


def report(*parts: str, total: str) -> bytes:
    """Return a report with one row of figures: 1 to 6 and a total."""
    title = paragraph("三、收到和处理政府信息公开申请情况")
    return word(heading() + title + figures(*parts, total=total))


def balanced_tables(wrong: str = "21") -> str:
    """Return the rows of new, carried-over and next year's requests; one figure may be wrong."""

    def line(label: str, first: str, total: str) -> str:
        return row(label, first, "0", "0", "0", "0", "0", total)

    return paragraph("三、收到和处理政府信息公开申请情况") + table(
        row("", *LABELS),
        line(ROW, wrong, "21"),
        line("二、上年结转政府信息公开申请数量", "0", "0"),
        line("三、本年度办理结果（一）予以公开", "21", "21"),
        line("（七）总计", "21", "21"),
        line("四、结转下年度继续办理", "0", "0"),
    )


def balanced(wrong: str) -> bytes:
    """Return a report in which two sums determine that one cell should be 21."""
    return word(heading() + balanced_tables(wrong))


def test_an_own_namespace_is_kept() -> None:
    """A file of the strict kind has comments in its own namespace."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = heading() + paragraph("三、收到和处理政府信息公开申请情况") + figures(total="19")
    marked = mark(word(body, namespace=strict), name="年报.docx")
    root = word_part(marked.data, "word/comments.xml")
    assert {element.tag.partition("}")[0] for element in root.iter()} == {f"{{{strict}"}
