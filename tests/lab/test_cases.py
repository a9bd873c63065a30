"""Cases as data: every file in `tests/cases` is read as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema.engine import Gischema
from gischema.testing.cases import load_case, problems

CASES = Path(__file__).parents[1] / "cases"
FILES = [*sorted(CASES.glob("*.yaml")), *sorted((CASES / "html").glob("*.yaml"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_case_is_read_as_it_says(engine: Gischema, file: Path) -> None:
    """Figures, flagged paths and diagnostics are those of the case; nothing else is stated."""
    case = load_case(file)
    assert problems(case, case.read(engine)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_figures_stand_where_their_origins_say(engine: Gischema, file: Path) -> None:
    """The origin of a figure in a text is the place where it is printed."""
    case = load_case(file)
    if case.file is None:
        for figure in case.read(engine).figures:
            if figure.origin is not None:
                assert case.text[figure.origin.start : figure.origin.end] == figure.raw, figure.path


def test_case_without_a_reason_is_refused(tmp_path: Path) -> None:
    """A file that gives no reason is not a case, and the message names the file."""
    file = tmp_path / "nameless.yaml"
    file.write_text("text: 规章 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"nameless\.yaml"):
        load_case(file)


def test_unlisted_figures_are_problems(engine: Gischema, tmp_path: Path) -> None:
    """A figure that the case does not list may not be stated without a flag."""
    file = tmp_path / "short.yaml"
    file.write_text(
        "why: one row is not listed\n"
        "text: |\n  行政处罚 | 4 |\n  行政强制 | 5 |\n"
        "figures:\n  proactive.penalty.decisions: 4\n",
        encoding="utf-8",
    )
    case = load_case(file)
    report = engine.parse_text("信息内容 | 本年处理决定数量 |\n" + case.text, form="art20-2021")
    assert any("proactive.compulsion.decisions" in problem for problem in problems(case, report))


def test_a_quiet_page_may_not_be_flagged(engine: Gischema, tmp_path: Path) -> None:
    """A case that says that nothing is wrong fails if a diagnostic flags one of its figures."""
    file = tmp_path / "quiet.yaml"
    file.write_text(
        "why: the only figure of a row is cut off\nquiet: true\n"
        "text: |\n  信息内容 | 本年处理决定数量 |\n  行政处罚 |\n",
        encoding="utf-8",
    )
    case = load_case(file)
    assert any("a diagnostic flags it" in problem for problem in problems(case, case.read(engine)))


def test_a_certain_figure_may_not_be_flagged(engine: Gischema, tmp_path: Path) -> None:
    """A case fails if a diagnostic flags one of the figures that it lists as certain."""
    file = tmp_path / "certain.yaml"
    file.write_text(
        "why: the figure of one row is cut off\n"
        "text: |\n  信息内容 | 本年处理决定数量 |\n  行政处罚 | 4 |\n  行政强制 |\n"
        "figures:\n  proactive.penalty.decisions: 4\n"
        "certain: [proactive.penalty.decisions, proactive.compulsion.decisions]\n",
        encoding="utf-8",
    )
    case = load_case(file)
    flagged = ["proactive.compulsion.decisions: a diagnostic flags it"]
    assert problems(case, case.read(engine)) == flagged


ROWS = """\
why: {why}
form: art20-2019
text: |
  信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
  规章 | 1 | {made} | — |
figures:
  proactive.rules: {row}
flagged: [proactive.rules]
"""


@pytest.fixture
def row_case(tmp_path: Path) -> Path:
    """A file with a case that writes a row in one line."""
    return tmp_path / "row.yaml"


def test_a_row_in_one_line_has_the_columns_of_the_form(row_case: Path) -> None:
    """Its figures, and the flags of the whole row, go to the columns in the order of the form."""
    row_case.write_text(ROWS.format(why="a row", made="", row="[1, null, n/a]"), encoding="utf-8")
    case = load_case(row_case)
    paths = [f"proactive.rules.{key}" for key in ("made", "disclosed", "disclosed_total")]
    assert dict(case.figures) == dict(zip(paths, (1, None, "n/a"), strict=True))
    assert case.flagged == tuple(paths)


def test_a_row_that_forms_print_alike_needs_no_form(row_case: Path) -> None:
    """The form may be left out if all forms with the row print it with the same columns."""
    row_case.write_text("why: a row\ntext: ''\nflagged: [requests.received]\n", encoding="utf-8")
    flagged = load_case(row_case).flagged
    assert (len(flagged), flagged[0]) == (7, "requests.received.natural_person")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[1, null, n/a]",
            "[1, null]",
            r"row\.yaml:7: proactive\.rules \(规章\) has 3 columns, not 2",
        ),
        ("form: art20-2019\n", "", r"row\.yaml:6: proactive\.rules is not a row"),
        (
            "  proactive.rules: [",
            "  proactive.dikes: [",
            r"row\.yaml:7: proactive\.dikes is not a row",
        ),
    ],
)
def test_a_row_with_other_columns_is_refused(
    row_case: Path, old: str, new: str, message: str
) -> None:
    """The message names file, line, path and label."""
    text = ROWS.format(why="a row", made="", row="[1, null, n/a]")
    row_case.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_case(row_case)
