"""Files of forms: blank or filled, they say what the form says, and are read back as they are."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from attrs import evolve
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import gischema
from gischema import viewer
from gischema.cli.app import app
from gischema.forms.form_grid import form_grid
from gischema.output.form_files.filled_form import FilledForm, sums
from gischema.output.form_files.kinds import FORM_FILES
from gischema.rules.carried import carried_over

PLUGINS = sorted({file.parent.as_posix() for file in Path("plugins").glob("*/*/*.lark")})
ENGINE = gischema.Gischema(plugins=PLUGINS)
FORMS = list(ENGINE.forms.values())
KINDS = list(FORM_FILES)


def report_on(form, values) -> gischema.Report:
    """Return a report that states values by path."""
    figures = []
    for path, value in values.items():
        declared = form.declared[path]
        unit = declared.unit
        figures.append(evolve(declared, value=value, status="stated", raw=str(value), unit=unit))
    first = form.years[0]
    title = f"青禾市云岭县民政局{first}年政府信息公开工作年度报告"
    return form.report(
        form=form.generation, variant=form.variant, year=first, title=title, figures=tuple(figures)
    )


def read_back(form, kind, report) -> gischema.Report:
    content = FORM_FILES[kind].make(FilledForm(form, report))
    return ENGINE.parse(content, form=form.id, name=f"表式.{kind}")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_grid_has_a_cell_for_each_indicator_and_covers_each_table(form):
    cells = [cell for table in form_grid(form) for cell in table.cells]
    assert sorted(cell.path for cell in cells if cell.path) == sorted(form.indicators)
    for table in form_grid(form):
        assert sum(cell.rows * cell.columns for cell in table.cells) == table.rows * table.columns


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_a_filled_form_is_read_back_as_it_is(form, kind, data):
    """Every figure, with nothing in doubt: what the page prints is what the report says."""
    number = st.integers(0, 99999)
    values = {path: data.draw(number, label=path) for path in form.indicators}
    back = read_back(form, kind, report_on(form, values))
    assert {figure.path: figure.value for figure in back.figures} == values
    assert not [figure.path for figure in back.figures if figure.doubts]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["art20_2021_wrong", "art20_2019_bureau", "stat_2014_office"])
def test_a_report_on_its_form_gives_the_same_figures(name, kind):
    report = ENGINE.parse(Path(f"examples/reports/{name}.txt"))
    content = FORM_FILES[kind].make(FilledForm(ENGINE.form(report.form or ""), report))
    back = ENGINE.parse(content, name=f"表式.{kind}")
    assert (back.form, back.year) == (report.form, report.year)
    figures = [{f.path: (f.value, f.status, f.unit) for f in r.figures} for r in (report, back)]
    assert figures[0] == figures[1]


def test_blanks_dashes_and_decimals_are_kept():
    text = Path("examples/reports/art20_2021_county.txt").read_text("utf-8")
    line = next(each for each in text.splitlines() if "2.其他法律行政法规禁止公开" in each)
    text = text.replace(line, "2.其他法律行政法规禁止公开 | | - | 0 | 0 | 0 | 0 | 1 |")
    report = ENGINE.parse_text(text)
    row = "requests.disposed.refused.prohibited_by_law"
    for kind in KINDS:
        back = read_back(ENGINE.form("art20-2021"), kind, report)
        for path in (f"{row}.natural_person", f"{row}.commercial", "proactive.fees.amount"):
            one, other = report.figure(path), back.figure(path)
            assert (one.status, one.value) == (other.status, other.value)
    statuses = [report.figure(f"{row}.{c}").status for c in ("natural_person", "commercial")]
    assert statuses == ["blank", "not_applicable"]
    assert isinstance(report.figure("proactive.fees.amount").value, Decimal)


def sheet_of(content):
    return openpyxl.load_workbook(BytesIO(content)).active


def test_a_blank_sheet_adds_up_by_itself():
    """A clerk fills in the parts, and the totals follow."""
    form = ENGINE.form("art20-2021")
    sheet = sheet_of(FORM_FILES["xlsx"].make(FilledForm(form)))
    formulas = [
        cell.value
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(formulas) == len(sums(form)) == 34
    assert all("SUM(" in formula for formula in formulas)


def test_a_filled_sheet_keeps_a_wrong_total_and_turns_it_red():
    form = ENGINE.form("art20-2021")
    report = ENGINE.parse(Path("examples/reports/art20_2021_wrong.txt"))
    sheet = sheet_of(FORM_FILES["xlsx"].make(FilledForm(form, report)))
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert not [value for value in values if isinstance(value, str) and value.startswith("=")]
    rules = [rule.formula[0] for each in sheet.conditional_formatting for rule in each.rules]
    assert len(rules) == 34
    assert all(rule.startswith("AND(ISNUMBER(") for rule in rules)


def test_sums_are_those_of_the_form():
    found = sums(ENGINE.form("art20-2021"))
    total = "requests.received.total"
    assert set(found[total]) == {
        f"requests.received.{column}"
        for column in (
            "natural_person",
            "commercial",
            "research",
            "social",
            "legal_service",
            "other",
        )
    }
    assert len(found["requests.disposed.total.natural_person"]) == 21


def test_text_of_a_report_is_no_formula():
    """A title that begins with `=` stays text in Excel."""
    form = ENGINE.form("art20-2021")
    report = evolve(ENGINE.parse(Path("examples/reports/art20_2021_county.txt")), title="=1+1")
    content = FORM_FILES["xlsx"].make(FilledForm(form, report))
    with ZipFile(BytesIO(content)) as archive:
        assert b"<f>1+1</f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_figures_that_the_form_has_no_cell_for_are_listed():
    report = ENGINE.parse(Path("examples/reports/art20_2021_county.txt"))
    left = FilledForm(ENGINE.form("stat-2014"), report).left_out
    assert len(left) == len(report.figures)
    assert not FilledForm(ENGINE.form("art20-2021"), report).left_out


@pytest.mark.parametrize("kind", KINDS)
def test_last_years_figures_stand_next_to_the_cells_and_those_carried_over_in_them(kind):
    """The form reads back with what was carried over and nothing else."""
    last = ENGINE.parse(Path("examples/reports/art20_2021_county.txt"))
    form = ENGINE.form("art20-2021")
    carried = carried_over(form, ENGINE.rules)
    filled = FilledForm(form, None, last, carried)
    content = FORM_FILES[kind].make(filled)
    back = ENGINE.parse(content, form=form.id, name=f"表式.{kind}")
    stated = {figure.path: figure.value for figure in back.figures if figure.value is not None}
    known = {own: last.by_path.get(path) for own, path in carried.items()}
    expected = {own: figure.value for own, figure in known.items() if figure is not None}
    if kind == "xlsx":  # a total is a formula, whose value Excel works out
        expected = {path: value for path, value in expected.items() if "total" not in path}
    printed = {cell.path for table in form_grid(form) for cell in table.cells}
    assert stated == {path: value for path, value in expected.items() if path in printed}
    assert any(stated.values())
    assert not [figure.path for figure in back.figures if figure.doubts and figure.value]
    hints = HINTS[kind](content)
    assert sum("12847" in each for each in hints) == 1
    assert all("2023" in each for each in hints)


HINTS = {
    "docx": lambda data: [c.text for c in docx.Document(BytesIO(data)).comments],
    "xlsx": lambda data: [
        cell.comment.text
        for line in openpyxl.load_workbook(BytesIO(data)).active.iter_rows()
        for cell in line
        if cell.comment
    ],
    "html": lambda data: re.findall(r'title="([^"]*)"', data.decode()),
}


def test_a_doubtful_figure_of_last_year_is_not_carried_over():
    """It stands next to its cell with a question mark."""
    text = Path("examples/reports/art20_2021_county.txt").read_text("utf-8")
    slip = text.replace("结转下年度继续办理", "结转下年度继续办埋")
    last, form = ENGINE.parse_text(slip), ENGINE.form("art20-2021")
    assert last.figure("requests.carried_out.total").doubts
    filled = FilledForm(form, None, last, carried_over(form, ENGINE.rules))
    cells = {cell.path: cell for table in filled.tables for cell in table.cells}
    assert filled.value(cells["requests.carried_in.total"]) is None
    assert filled.last_year(cells["requests.carried_out.total"]).endswith("？")


def test_python_writes_what_the_command_writes(tmp_path):
    """`viewer.form_file` has the same arguments; an unknown form is named."""
    last = "examples/reports/art20_2021_county.txt"
    made = tmp_path / "表.html"
    command = ["render", "art20-2021", "--previous", last, "-o", str(made)]
    assert CliRunner().invoke(app, command).exit_code == 0
    previous = gischema.parse(last)
    assert viewer.form_file("art20-2021", "html", previous=previous) == made.read_bytes()
    with pytest.raises(gischema.UnknownName):
        viewer.form_file("art20-2099", "html")
