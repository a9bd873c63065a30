"""Files that are written stand the checks of the Open XML schemas, as Word and Excel apply them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gischema
from gischema.marking import mark
from gischema.output.form_files.filled_form import FilledForm
from gischema.output.form_files.kinds import FORM_FILES
from gischema.testing.layouts.excel import excel_file
from gischema.testing.layouts.word import word_file
from gischema.testing.sample_page import SamplePage
from tests.marking.planted import pages
from tests.marking.test_libreoffice import converted, needs_libreoffice
from tests.marking.test_word import rewritten

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
