"""A trace says where a value stands, how its row and column were recognised, and what uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

import gischema
from gischema import Gischema, UnknownName
from gischema.tracing import PlacePrinted

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
WRONG = EXAMPLES / "art20_2021_wrong.txt"
OFFICE = EXAMPLES / "stat_2014_office.txt"
CELL = "requests.disposed.refused.third_party.natural_person"
PAGE = """\
青禾市2016年政府信息公开工作年度报告
统计指标 | 单位 | 统计数 |
（一）收到申请数 | 件 | 3 |
2．传真申请数 | 件 | 1 |
六、举报投诉数量 | 件 | 2 |
"""


def _only(path: str, page: str, engine: Gischema | None = None) -> PlacePrinted:
    engine = engine or Gischema()
    (place,) = engine.trace(page.encode(), path).printed
    return place


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.txt")), ids=lambda file: file.stem)
def test_every_figure_has_the_row_that_it_was_taken_from(file: Path) -> None:
    """Exactly one printed place gave the value; it is the figure of the report."""
    engine = Gischema()
    report = engine.parse(file)
    for figure in report.figures[::5]:
        used = [each for each in engine.trace(file, figure.path).printed if each.used]
        assert [each.figure for each in used] == [figure]


def test_row_column_and_grammar() -> None:
    """The label and head as printed, their place, and the line of the grammar that has them."""
    trace = Gischema().trace(WRONG, CELL)
    (place,) = trace.printed
    assert (trace.form, trace.form_from, trace.forms[0].form) == (
        "art20-2021",
        "tables",
        "art20-2021",
    )
    assert (place.row.printed, place.row.step) == ("保护第三方合法权益", "official")
    assert place.row.origin is not None
    assert place.row.origin.line == 37
    assert place.head is not None
    assert (place.head.printed, place.column) == ("自然人", 1)
    for match in (place.row, place.head):
        grammar = Path(gischema.__file__).parents[1] / "grammars" / match.file
        assert grammar.read_text("utf-8").split("\n")[match.line - 1].startswith(match.terminal)


def test_rules_that_use_the_figure_and_no_other() -> None:
    """Broken and kept checks of this one cell; those of other rows and columns do not count."""
    rules = Gischema().trace(WRONG, CELL).rules
    assert rules is not None
    assert {finding.code for finding in rules.findings} == {"B2", "B3"}
    assert all(CELL in finding.paths for finding in rules.findings)
    assert {tally.code: tally.held for tally in rules.tallies}["B14"] == 1


def test_a_label_with_a_slip() -> None:
    """The wording that it is similar to, how similar it is, and the doubt about it."""
    trace = Gischema().trace(
        PAGE.replace("传真申请数", "传真申情数").encode(), "requests.received.fax"
    )
    (place,) = trace.printed
    assert (place.row.step, place.row.wording) == ("similar", "2.传真申请数")
    assert place.row.likeness == 80
    assert [d.code for d in trace.diagnostics] == ["D101"]


def test_a_row_that_was_not_recognised() -> None:
    """No place, and the number that no row has, with the words before it."""
    trace = Gischema().trace(
        PAGE.replace("传真申请数", "电报来文").encode(), "requests.received.fax"
    )
    assert trace.printed == ()
    assert trace.figure is not None
    assert trace.figure.status == "absent"
    assert [(number.label, number.raw) for number in trace.unclaimed] == [("2.电报来文", "1")]


def test_a_wording_of_a_plugin_is_named() -> None:
    """The author of an alias sees that it was this wording that matched."""

    class plugin:  # noqa: N801
        @gischema.hookimpl
        def gischema_aliases() -> dict[str, dict[str, list[str]]]:  # type: ignore[misc]
            return {"stat-2014": {"FAX": ["电报来文数"]}}

    page = PAGE.replace("传真申请数", "电报来文数")
    place = _only("requests.received.fax", page, Gischema(plugins=[plugin]))
    assert (place.row.step, place.row.wording) == ("wording", "电报来文数")


def test_a_row_printed_twice_shows_both_places() -> None:
    """The first counts, the second is shown as not used, and the doubt says that they differ."""
    page = PAGE + "六、举报投诉数量 | 件 | 5 |\n"
    trace = Gischema().trace(page.encode(), "complaints")
    assert [(each.used, each.figure.value) for each in trace.printed] == [(True, 2), (False, 5)]
    assert "D301" in {each.code for each in trace.diagnostics}


def test_heads_that_are_not_printed_are_those_of_the_form() -> None:
    """Without heads the trace says that the columns are assumed."""
    text = WRONG.read_text("utf-8").split("\n")
    page = "\n".join(line for line in text if "自然人" not in line and "商业企业" not in line)
    place = _only("requests.received.natural_person", page)
    assert place.head is not None
    assert (place.head.step, place.head.printed) == ("assumed", "")


def test_statements_of_the_text() -> None:
    """The clause of the running text, with or without the word narrative before the path."""
    page = PAGE.replace("统计指标", "一、概述\n全年收到政府信息公开申请3件。\n统计指标")
    for path in ("requests.received", "narrative requests.received"):
        trace = Gischema().trace(page.encode(), path)
        assert [statement.value for statement in trace.statements] == [3]
        assert trace.figure is not None
        assert trace.figure.value == 3


def test_an_unknown_path_is_an_error_with_similar_ones() -> None:
    """Nobody gets an empty trace for a slip in a path."""
    with pytest.raises(UnknownName, match=r"requests\.received"):
        Gischema().trace(OFFICE, "requests.receivd")
