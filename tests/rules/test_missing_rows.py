"""Rows and groups of the form that a report leaves out (FORM-4), and misnamed ones (FORM-3.1)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gischema

REPORTS = Path(__file__).resolve().parents[2] / "examples" / "reports"
COUNTY = (REPORTS / "art20_2021_county.txt").read_text("utf-8")
OFFICE = (REPORTS / "stat_2014_office.txt").read_text("utf-8")
ENFORCEMENT = "requests.disposed.refused.enforcement_file"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def without(text: str, *words: str) -> str:
    """Return a text without the lines that hold one of `words`."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not any(word in line for word in words)]
    assert len(lines) - len(kept) == len(words)
    return "".join(kept)


def missing(text: str) -> list[tuple[str, str, str, bool]]:
    """Return code, severity, path and doubt of the findings about missing rows."""
    found = gischema.check(gischema.parse_text(text), select=["FORM-4"]).findings
    return [(f.code, f.severity, f.paths[0], f.doubtful) for f in found]


def group_refused(text: str) -> str:
    start, end = text.index("（三）不予公开 |"), text.index("（四）无法提供")
    return text[:start] + text[end:]


@pytest.mark.parametrize("text", [COUNTY, OFFICE], ids=["art20", "stat"])
def test_a_whole_report_lacks_nothing(text: str) -> None:
    """Every row of the form is printed."""
    assert missing(text) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            lambda: without(COUNTY, "7.属于行政执法案卷"),
            ("FORM-4", "warning", ENFORCEMENT, False),
        ),
        (
            lambda: without(COUNTY, "3.其他 |"),
            ("FORM-4", "warning", "requests.disposed.other.other", False),
        ),
        (
            lambda: without(COUNTY, "规章 |"),
            ("FORM-4", "warning", "proactive.rules", False),
        ),
        (
            lambda: without(COUNTY, "四、结转下年度继续办理"),
            ("FORM-4", "warning", "requests.carried_out", False),
        ),
        (
            lambda: group_refused(COUNTY),
            ("FORM-4.1", "error", "requests.disposed.refused", False),
        ),
    ],
    ids=["row", "row named like a column", "first row", "last row", "group"],
)
def test_what_is_left_out_between_rows_that_were_read(
    change: Callable[[], str], found: tuple[str, str, str, bool]
) -> None:
    """A row is a warning, a group an error, once."""
    assert missing(change()) == [found]


def test_the_message_has_the_label_of_the_form() -> None:
    """The labels come from the grammar, the group's as well as the row's."""
    row, group = (
        gischema.check(gischema.parse_text(text), select=["FORM-4"]).findings[0]
        for text in (without(COUNTY, "7.属于行政执法案卷"), group_refused(COUNTY))
    )
    assert row.message == "表格中缺少“7.属于行政执法案卷”一行"
    assert group.message == "表格中缺少“（三）不予公开”的各行"


def test_a_row_that_was_read_as_unreadable_is_printed() -> None:
    """Its cells are in doubt, and it is not missing."""
    (printed,) = (one for one in COUNTY.splitlines() if "7.属于行政执法案卷" in one)
    assert missing(COUNTY.replace(printed, "7.属于行政执法案卷 | 见附件 |")) == []


def test_it_is_doubtful_where_something_stands_between() -> None:
    """Figures that belong to no row may be the missing ones."""
    line = "7.属于某某某某某某 | 1 | 0 | 0 | 0 | 1 | 0 | 2 |"
    (printed,) = (one for one in COUNTY.splitlines() if "7.属于行政执法案卷" in one)
    assert missing(COUNTY.replace(printed, line)) == [("FORM-4", "warning", ENFORCEMENT, True)]


def test_a_row_with_another_name_is_a_warning() -> None:
    """Nobody overlooks that a row of the form is not compared because of its label."""
    (printed,) = (one for one in COUNTY.splitlines() if "8.属于行政查询事项" in one)
    text = COUNTY.replace(printed, printed.replace("属于行政查询事项", "某某某某事务"))
    (finding,) = gischema.check(gischema.parse_text(text), select=["FORM-3"]).findings
    assert (finding.code, finding.severity, finding.doubtful) == ("FORM-3.1", "warning", False)
    line = text[: text.index("8.某某某某事务")].count("\n") + 1
    assert finding.message == (
        f"第{line}行“8.某某某某事务”（应为“8.属于行政查询事项”）与国家表式的行名不符，数字未参与核对"
    )
    assert finding.origins[0] is not None


def test_a_row_beyond_the_form_is_a_hint() -> None:
    """Every row of the form is there: one more is not in the place of any."""
    text = COUNTY.replace(
        "（七）总计 |", "某某某某事务 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n（七）总计 |"
    )
    (finding,) = gischema.check(gischema.parse_text(text), select=["FORM-3"]).findings
    assert (finding.code, finding.severity) == ("FORM-3", "info")


def test_a_table_that_is_cut_off_is_not_accused() -> None:
    """What may stand behind the end of the text is not missing."""
    text = COUNTY[: COUNTY.index("7.属于行政执法案卷")]
    assert missing(text) == []
    assert gischema.check(gischema.parse_text(text)).verdict == "incomplete"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not next to this checkout")
def test_no_row_of_the_corpus_is_missing_without_doubt() -> None:
    """Every page of the corpus prints the rows of its form between the first and the last."""
    for page in sorted(CORPUS.rglob("*.txt")):
        found = gischema.check(gischema.parse(page), select=["FORM-4"]).findings
        assert [f.paths for f in found if not f.doubtful] == [], page.name
