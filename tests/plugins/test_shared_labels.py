"""Rows of one label in several groups: the open group wins, and what lost is flagged."""

from __future__ import annotations

import pytest

from gischema import Gischema
from gischema.report import Report

GRAMMAR = """// form: stat-2014+test
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start, _section)

%override _section: requests | boats | cars
boats: (BOATS_IN | BOATS_OUT | BOATS__TOTAL)+
cars: (CARS_IN | CARS_OUT | CARS__TOTAL)+
BOATS_IN: "1.进港船只数量 | 艘"
BOATS_OUT: "2.出港船只数量 | 艘"
BOATS__TOTAL: "3.合计 | 件"
CARS_IN: "1.进港车辆数量 | 辆"
CARS_OUT: "2.出港车辆数量 | 辆"
CARS__TOTAL: "3.合计 | 件"
"""
BOATS = ["1.进港船只数量 | 艘 | 5 |", "2.出港船只数量 | 艘 | 4 |", "3.合计 | 件 | 9 |"]
CARS = ["1.进港车辆数量 | 辆 | 7 |", "2.出港车辆数量 | 辆 | 6 |", "3.合计 | 件 | 13 |"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine with two groups that end in the same label."""
    folder = tmp_path_factory.mktemp("port")
    (folder / "test.lark").write_text(GRAMMAR, encoding="utf-8")
    return Gischema(plugins=[folder])


def parse(engine: Gischema, *rows: str) -> Report:
    lines = ["青禾市2016年政府信息公开工作年度报告", "统计指标 | 单位 | 统计数 |", *rows, ""]
    return engine.parse_text("\n".join(lines))


def totals(report: Report) -> dict:
    return {f.path: f.value for f in report.figures if f.path.endswith("total")}


def doubted(report: Report) -> set[str]:
    return {path for diagnostic in report.diagnostics for path in diagnostic.paths}


@pytest.mark.parametrize("order", [(BOATS, CARS), (CARS, BOATS), ([], CARS), (BOATS, [])])
def test_total_belongs_to_the_group_that_it_ends(
    engine: Gischema, order: tuple[list[str], list[str]]
) -> None:
    """Whichever comes first; both totals are read, without doubt."""
    one, other = order
    report = parse(engine, *one, *other)
    expected = {"boats.total": 9} if BOATS in order else {}
    assert totals(report) == expected | ({"cars.total": 13} if CARS in order else {})
    assert doubted(report) <= {"boats.total", "cars.total"} - totals(report).keys()


def test_the_row_that_lost_is_flagged(engine: Gischema) -> None:
    """One total for two groups: it is read in the second, and may be that of the first."""
    report = parse(engine, *BOATS[:2], *CARS)
    assert totals(report) == {"cars.total": 13}
    (note,) = report.diagnostics
    assert (note.code, set(note.paths)) == ("D106", {"boats.total", "cars.total"})
    assert "boats.total" in note.message


def test_total_that_is_printed_twice_may_be_the_other(engine: Gischema) -> None:
    """Both below the first group: the second total is none that is silently absent."""
    report = parse(engine, *BOATS, CARS[2], *CARS[:2])
    assert {"boats.total", "cars.total"} <= doubted(report)
