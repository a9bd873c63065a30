"""The verdict on a report: nothing that was not read passes as right."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import gischema
from gischema.diagnostics import KINDS
from gischema.report import is_of_text
from gischema.rules.form_tables import form_tables

REPORTS = Path(__file__).resolve().parents[2] / "examples" / "reports"
COUNTY = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
SHARED = Path(__file__).resolve().parents[3] / "shared"
WITHOUT_LINES = SHARED / "faults" / "files" / "tables-without-lines.pdf"
HEADS = "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
KINDS_READ = {".txt", ".html", ".pdf", ".docx", ".xlsx"}


def checked(text: str) -> gischema.CheckResult:
    return gischema.check(gischema.parse_text(text))


def reasons(result: gischema.CheckResult) -> list[tuple[str, str | None]]:
    return [(unread.reason, unread.table) for unread in result.unread]


def test_a_report_without_a_finding_is_clean() -> None:
    """All tables read, nothing broken."""
    result = checked(COUNTY)
    assert (result.verdict, result.unread) == ("clean", ())


def test_a_report_with_a_finding_has_findings() -> None:
    """All tables read, a total is wrong."""
    assert checked(COUNTY.replace("| 68 |", "| 69 |", 1)).verdict == "findings"


def test_one_doubtful_row_is_not_incomplete() -> None:
    """Less than a tenth of the cells of the table are in doubt."""
    text = COUNTY.replace("7.属于行政执法案卷 |", "7.属于某某某某某某 |")
    assert gischema.parse_text(text).doubts
    assert checked(text).verdict != "incomplete"


def test_a_table_whose_columns_are_not_certain_is_incomplete() -> None:
    """Every figure of table 3 stands under heads that are not those of the form."""
    text = COUNTY.replace(HEADS, HEADS.replace("商业企业 | ", ""))
    result = checked(text)
    assert reasons(result) == [("cells", "requests")]
    (unread,) = result.unread
    assert (unread.name, unread.name_en) == ("表三", "table 3")
    assert unread.cells > unread.of / 10
    assert {KINDS[code].doubt for code in unread.codes} == {"position"}


def test_a_table_of_which_only_the_heads_are_read_is_incomplete() -> None:
    """The heads of table 3 stand in the source, its rows do not."""
    start = COUNTY.index("一、本年新收政府信息公开申请数量")
    end = COUNTY.index("四、政府信息公开行政复议、行政诉讼情况\n行政复议")
    assert reasons(checked(COUNTY[:start] + COUNTY[end:])) == [("table", "requests")]


@pytest.mark.parametrize("end", ["（四）无法提供", "规章 |", "二、主动公开政府信息情况\n"])
def test_a_text_that_ends_before_its_tables_do_is_incomplete(end: str) -> None:
    """The page was cut in the middle of a table, or where its first table begins."""
    result = checked(COUNTY[: COUNTY.index(end) + len("二、主动公开政府信息情况\n")])
    assert result.verdict == "incomplete"
    assert {unread.reason for unread in result.unread} <= {"cut_off", "table"}
    accused = [f.code for f in result.findings if f.code[:3] in ("SEC", "FOR") and not f.doubtful]
    assert accused == []


def test_a_report_without_any_trace_of_a_table_has_a_finding() -> None:
    """That is no failure of the reader: the report itself lacks its tables."""
    start = COUNTY.index("二、主动公开政府信息情况\n第二十条")
    end = COUNTY.index("五、存在的主要问题")
    result = checked(COUNTY[:start] + COUNTY[end:])
    assert (result.verdict, result.unread) == ("findings", ())
    assert [f.code for f in result.findings if f.counts_as_error] == ["SEC-4"]


def test_a_report_of_no_known_form_is_not_clean() -> None:
    """Before 2014 no form was in force; without a table that is a finding, not an error."""
    text = "青禾市云岭县2010年政府信息公开工作年度报告\n一、概述\n本县政府信息公开工作有序开展。"
    result = checked(text)
    assert (result.verdict, [f.code for f in result.findings]) == ("findings", ["SEC-4"])
    assert result.counts["error"] == 0
    engine = gischema.Gischema(only_rules=[])
    assert engine.check(engine.parse_text(text)).verdict == "incomplete"


@pytest.mark.parametrize("code", ["D101", "D304", "D607"])
def test_the_class_of_a_code_is_explained(code: str) -> None:
    """Both languages say what the code puts in doubt."""
    for lang in ("zh", "en"):
        assert KINDS[code].doubt in gischema.explain(code, lang)


def test_notes_never_make_a_report_incomplete() -> None:
    """A second form in one report is a note, and so is a year that no place states."""
    text = COUNTY.replace("2023", "")
    result = checked(text)
    notes = gischema.parse_text(text).diagnostics
    codes = {note.code for note in notes if not is_of_text(note)}
    assert {KINDS[code].doubt for code in codes} == {"note"}
    assert result.unread == ()


@pytest.mark.skipif(not WITHOUT_LINES.exists(), reason="no faults next to this checkout")
def test_a_pdf_without_lines_is_incomplete() -> None:
    """The heads of its table 3 are torn over two pages, so that no place below is certain."""
    assert reasons(gischema.check(gischema.parse(WITHOUT_LINES))) == [("cells", "requests")]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the corpus is not next to this checkout")
def test_whole_real_reports_are_not_incomplete() -> None:
    """A report is incomplete if its text ends in a table, or if a person sees why.

    Of the others there are: a table of no national form, tables of a region in one line of text.
    """
    found: Counter[str] = Counter()
    for page in sorted((*SHARED.glob("corpus/**/*"), *SHARED.glob("reports/**/*"))):
        if page.suffix in KINDS_READ:
            result = gischema.check(gischema.parse(page))
            found[result.verdict] += 1
            reason = {unread.reason for unread in result.unread}
            assert page.parent.name != "corpus" or result.verdict != "incomplete", page.name
            found["other"] += bool(reason) and "cut_off" not in reason
    assert found["other"] * 12 <= found["clean"] + found["findings"] + found["incomplete"]


@pytest.mark.parametrize("end", ["（四）无法提供", "四、政府信息公开行政复议", "二、上年结转"])
def test_a_report_that_ends_within_its_tables_is_not_accused_of_lacking_chapters(end: str) -> None:
    """Nobody knows what followed; the checks of the chapters say why they were not made."""
    result = checked(COUNTY[: COUNTY.index(end)])
    assert not [f.code for f in result.findings if f.code.startswith("SEC")]
    undecided = {one.code for one in result.not_assessable if one.reason == "cut_off"}
    assert {"SEC-1", "SEC-1.2", "SEC-3", "SEC-4.1"} <= undecided


def test_a_report_that_ends_behind_its_tables_lacks_its_last_chapters() -> None:
    """All tables are there, so that the rest was left out."""
    result = checked(COUNTY[: COUNTY.index("五、存在的主要问题")])
    assert {f.code for f in result.findings} >= {"SEC-1", "SEC-1.2", "SEC-3"}


def test_a_table_without_a_number_is_named_by_its_first_row() -> None:
    """No message has the path of a part of a form."""
    for form in gischema.default_engine().forms.values():
        for table in form_tables(form):
            assert table.name.zh == "统计表" or not re.search("[a-z]", table.name.zh)
