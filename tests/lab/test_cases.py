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
    assert any("a diagnostic names it" in problem for problem in problems(case, case.read(engine)))
