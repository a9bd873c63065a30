"""What people see of objects: in a session, a message, a notebook, a failed test."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gischema
from gischema.diagnostics import diagnose
from gischema.report import Report, with_doubts
from gischema.rules import UnreadTable

REPORTS = Path(__file__).parent.parent / "examples/reports"
WRONG = gischema.parse(REPORTS / "art20_2021_wrong.txt")
OLD = gischema.parse(REPORTS / "stat_2014_office.txt")
RESULT = gischema.check(WRONG)
FIGURE = WRONG.figure("requests.received.natural_person")


@pytest.mark.parametrize(
    "report", [WRONG, OLD, Report(), evolve(WRONG, agency="长" * 300, variant="变" * 50)]
)
def test_a_report_is_one_line(report: Report) -> None:
    """A session that shows a report by accident shows no thousand lines."""
    assert len(repr(report)) <= 200
    assert type(report).__name__ in repr(report)
    assert len(repr(report.narrative)) <= 120


def test_findings_and_remarks_are_one_short_line() -> None:
    """A list of findings can be read."""
    assert RESULT.findings
    long = evolve(RESULT.findings[0], paths=("a." * 100,))
    finding: Any
    for finding in (*RESULT.findings, long, *RESULT.not_assessable):
        assert len(repr(finding)) <= 120
        assert finding.code in repr(finding)
        assert str(finding) == f"{finding.code} {finding.message}"
    remark = diagnose("D301", FIGURE.origin, (FIGURE.path,), label="长" * 200, first=1, second=2)
    assert len(repr(remark)) <= 120
    assert len(repr(RESULT)) <= 120


def test_a_figure_says_what_it_is() -> None:
    """As a person would say it, and with its doubts."""
    assert str(FIGURE) == f"{FIGURE.label} = {FIGURE.value} 件"
    assert repr(FIGURE).startswith(f"<Figure {FIGURE.path} = {FIGURE.value} 件 @")
    doubtful = with_doubts(
        evolve(WRONG, diagnostics=(diagnose("D304", None, (FIGURE.path,), label="", printed=""),))
    )
    assert str(doubtful.figure(FIGURE.path)).endswith("件（存疑 D304）")
    blank = evolve(FIGURE, value=None, status="blank")
    assert str(blank).endswith("= (空白)")
    statement = WRONG.narrative[0]
    assert repr(statement).startswith(f"<NarrativeFigure {statement.path} = ")


@pytest.mark.parametrize(
    ("report", "path", "words"),
    [
        (WRONG, FIGURE.path, "表三 一、本年新收政府信息公开申请数量 / 自然人 = 60 件"),
        (
            WRONG,
            "requests.disposed.refused.third_party.natural_person",
            "表三 （三）不予公开 4.保护第三方合法权益 / 自然人 = 21 件",
        ),
        (WRONG, "proactive.rules.issued", "表二 规章 / 本年制发件数 = 0 件"),
        (OLD, "requests.received", "统计表 （一）收到申请数 = 23 件"),
    ],
)
def test_a_figure_with_the_names_of_its_form(report: Report, path: str, words: str) -> None:
    """Table, row with the number that the form prints, column, value."""
    assert gischema.describe(report, path) == words


def test_a_figure_is_described_as_far_as_it_is_known() -> None:
    """Without a form by its label; an absent one as not printed; an unknown path is an error."""
    assert gischema.describe(evolve(WRONG, form=None), FIGURE.path) == str(FIGURE)
    empty = gischema.loads(gischema.dumps(evolve(WRONG, figures=())))
    assert gischema.describe(empty, FIGURE.path).endswith("/ 自然人 = (未印)")
    with pytest.raises(gischema.UnknownName, match="natural_person"):
        gischema.describe(WRONG, "requests.received.natural")


def test_reports_and_results_in_words() -> None:
    """`print` says what was read and found."""
    assert str(WRONG).startswith(f"{WRONG.title}（art20-2021，200 项数字，0 项存疑）")
    assert "2 个错误，1 个警告" in str(RESULT)
    assert str(gischema.compare(OLD, WRONG)).startswith(f"{OLD.title} → {WRONG.title}：")


class _Table(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_notebooks_show_tables() -> None:
    """Report, figures, running text, result and comparison are plain tables of their rows."""
    shown: dict[Any, int] = {
        WRONG: len(list(WRONG.listed())),
        WRONG.figures: len(WRONG.figures),
        WRONG.narrative: len(WRONG.narrative),
        RESULT: len(RESULT.findings),
    }
    for item, rows in shown.items():
        table = _Table(item._repr_html_())
        assert table.tags.count("tr") == rows + 1
        assert set(table.tags) <= {"table", "caption", "tr", "th", "td"}
    changes = gischema.compare(OLD, WRONG)
    assert _Table(changes._repr_html_()).tags.count("tr") == len(changes.changed) + 1


def test_html_of_a_page_stays_text() -> None:
    """Whatever a page prints as title or label never becomes markup in a notebook."""
    evil = "<script>alert(1)</script>&<b>"
    report = evolve(WRONG, title=evil, figures=(evolve(FIGURE, label=evil, unit=evil),))
    finding = evolve(RESULT.findings[0], message=evil)
    result = evolve(RESULT, findings=(finding,), about=report.about)
    item: Any
    for item in (report, report.figures, result, gischema.compare(report, report)):
        table = _Table(item._repr_html_())
        assert set(table.tags) <= {"table", "caption", "tr", "th", "td"}
    assert evil in _Table(report._repr_html_()).texts


PYTEST_PRINTS_ALL = {"CI", "BUILD_NUMBER"}

FAILING = """
import gischema
from attrs import evolve

def test_equal():
    one = gischema.parse({path!r})
    figures = (evolve(one.figures[0], value=1234), *one.figures[1:])
    assert evolve(one, figures=figures) == one
"""


def test_a_failed_comparison_is_small(tmp_path: Path) -> None:
    """Pytest names the figure that differs, not the whole report."""
    file = tmp_path / "test_it.py"
    file.write_text(FAILING.format(path=str(REPORTS / "art20_2021_wrong.txt")), "utf-8")
    options = ("-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path))
    # Where CI or BUILD_NUMBER is set, pytest prints every comparison whole.
    at_a_desk = {key: value for key, value in os.environ.items() if key not in PYTEST_PRINTS_ALL}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(file)],
        cwd=Path(__file__).parent.parent,
        env=at_a_desk,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    explained = [line for line in done.stdout.splitlines() if line.startswith("E ")]
    assert any(WRONG.figures[0].path in line and "1234" in line for line in explained)
    assert sum(map(len, explained)) < 3000


def test_a_result_says_first_what_was_not_read() -> None:
    """A report whose tables were not read must not look clean in a session."""
    result = evolve(RESULT, unread=(UnreadTable.about("form", None, ()),))
    assert result.verdict == "incomplete"
    assert repr(result).startswith("<CheckResult incomplete ")
    assert result.unread[0].message in str(result).partition("个错误")[0]
