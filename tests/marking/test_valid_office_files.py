"""Files that are written stand the checks of the Open XML schemas, as Word and Excel apply them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

import gischema
from gischema.marking import mark
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.word import word_file
from gischema.testing.sample_page import SamplePage
from tests.marking.planted import pages, word_comments, word_part
from tests.marking.test_excel import report, saved
from tests.marking.test_libreoffice import converted, needs_libreoffice
from tests.marking.test_word import of_python_docx, rewritten

openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
pytestmark = pytest.mark.slow

Make = Callable[[SamplePage], bytes]
MAKERS = [("docx", word_file), ("xlsx", excel_file)]
OPENPYXL = "Unexpected element 'color' found"
"""openpyxl writes the children of a font in another order; Excel takes any."""


def faults(data: bytes, folder: Path, suffix: str) -> set[tuple[str, str]]:
    """Return the faults of a file, as part and description; warnings are none."""
    file = folder / f"audited.{suffix}"
    file.write_bytes(data)
    found = openxml_audit.OpenXmlValidator(max_errors=0).validate(file).errors
    worst = openxml_audit.ValidationSeverity.ERROR
    return {(each.part_uri, each.description) for each in found if each.severity == worst}


@pytest.mark.parametrize(("suffix", "make"), MAKERS)
def test_remarks_add_no_fault(
    engine: gischema.Gischema, tmp_path: Path, suffix: str, make: Make
) -> None:
    """Neither to a file nor to one with the remarks of an earlier run."""
    for page in pages(engine, 6):
        data = make(page)
        before = faults(data, tmp_path, suffix)
        for suggest in (False, True):
            copy = mark(data, name=f"a.{suffix}", suggest=suggest).data
            assert faults(copy, tmp_path, suffix) <= before
            again = mark(copy, name=f"a.{suffix}", suggest=suggest).data
            assert faults(again, tmp_path, suffix) <= before


@needs_libreoffice
@pytest.mark.parametrize(("suffix", "make"), MAKERS)
def test_remarks_add_no_fault_to_files_of_libreoffice(
    engine: gischema.Gischema, tmp_path: Path, suffix: str, make: Make
) -> None:
    (page,) = pages(engine, 1)
    source = tmp_path / f"a.{suffix}"
    source.write_bytes(make(page))
    data = (converted([source], suffix, tmp_path) / source.name).read_bytes()
    copy = mark(data, name=source.name).data
    assert faults(copy, tmp_path, suffix) <= faults(data, tmp_path, suffix)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
@pytest.mark.parametrize("form", gischema.default_engine().forms)
def test_forms_have_no_fault(tmp_path: Path, form: str, suffix: str) -> None:
    engine = gischema.default_engine()
    last = gischema.parse(Path("examples/reports/art20_2021_county.txt"))
    for previous in (None, last):
        filled = FilledForm.of(engine.form(form), None, previous, engine.rules)
        made = FORM_FILES[suffix].make(filled)
        assert {what for _, what in faults(made, tmp_path, suffix)} <= {OPENPYXL}


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("document.xml", b"<w:tc>", b'<w:tc><w:commentReference w:id="0"/>'),
        ("comments.xml", b"<w:comment ", b"<w:remark "),
    ],
)
def test_faults_are_found(engine: gischema.Gischema, tmp_path: Path, part, right, wrong) -> None:
    """The check can fail: a mark outside of a paragraph, an unknown element."""
    (page,) = pages(engine, 1)
    copy = mark(word_file(page), name="a.docx").data
    broken = rewritten(copy, str, lambda content: content.replace(right, wrong, 1), part)
    assert faults(broken, tmp_path, "docx") - faults(copy, tmp_path, "docx")


def test_a_sheet_with_everything_has_no_fault_and_keeps_it(tmp_path: Path) -> None:
    """Protection, filters, lists, links, pictures of a head and a print area stay in their order."""
    book = openpyxl.load_workbook(io.BytesIO(report(total=19)))
    sheet = book["三"]
    sheet.protection.sheet = True
    sheet.auto_filter.ref = "A1:H4"
    sheet.add_data_validation(DataValidation(type="whole", sqref="B4:H4"))
    sheet.conditional_formatting.add("B4", CellIsRule("lessThan", ["0"], fill=PatternFill("solid")))
    sheet["A1"].hyperlink = "https://example.org/"
    sheet["B4"].comment = Comment("另见附件", "办公室")
    sheet.print_area, sheet.print_title_rows = "A1:H4", "1:1"
    sheet.oddHeader.center.text, sheet.freeze_panes = "年报", "B2"
    sheet.row_breaks.append(Break(2))
    data = saved(book)
    copy = mark(data, name="a.xlsx").data
    assert faults(copy, tmp_path, "xlsx") <= faults(data, tmp_path, "xlsx")
    after = openpyxl.load_workbook(io.BytesIO(copy))["三"]
    assert "（B2）" in after["H4"].comment.text
    assert after["B4"].comment.text == "另见附件"
    assert after.protection.sheet
    assert after.auto_filter.ref == "A1:H4"
    assert len(after.data_validations.dataValidation) == 1


def test_a_protected_word_file_is_marked_and_stays_protected(tmp_path: Path) -> None:
    """Readers may open it; the office takes the protection off to correct it."""
    document = of_python_docx(total="19")
    protection = document.settings.element.makeelement(
        qn("w:documentProtection"), {qn("w:edit"): "readOnly", qn("w:enforcement"): "1"}
    )
    document.settings.element.insert(0, protection)
    data = saved(document)
    copy = mark(data, name="a.docx").data
    assert faults(copy, tmp_path, "docx") <= faults(data, tmp_path, "docx")
    assert word_part(copy, "word/settings.xml").find(qn("w:documentProtection")) is not None
    assert any("（B2）" in text for text in word_comments(copy).values())
