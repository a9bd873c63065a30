"""A total that a grammar declares is a rule, with words and examples in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from gischema.testing.conformance import Subject, checks

TABLE = """// form: art20-2021+harbour
// years: 2021–
// basis: 青禾办〔2022〕3号

%import .art20_2021 (start)
%extend _section: ferry after review
ferry: _FERRY? ferry__columns? (PIERS | BOATS | FERRY__TOTAL)+
_FERRY: "五、渡口工作情况"
ferry__columns: _ITEM? (DAY | NIGHT | COLUMNS__TOTAL)+
_ITEM: "渡口内容"
DAY: "白天接待 | 件"
NIGHT: "夜间接待 | 件"
COLUMNS__TOTAL: "小计 | 件" // sum
PIERS: "码头服务"
BOATS: "渡船服务"
FERRY__TOTAL: "服务合计" // sum
"""
LIST = """// form: stat-2014+harbour
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start)
%extend _section: ferry after COMPLAINTS
%extend _section: NET after ferry
ferry: (FERRY | MORNING | EVENING)+
FERRY: "七、渡口班次 | 次" // sum
MORNING: "1.早班 | 次"
EVENING: "2.晚班 | 次"
NET: "八、净班次 | 次"   // sum: FERRY - EVENING + EVENING
"""
CODED = """// form: ferry-2010
// years: 2010–2013
// basis: 青禾办〔2010〕3号

start: _table*
_table: columns? ferry
columns: _NAME? (CODE | COLUMNS | CUMULATIVE)+
_NAME: "渡口指标"
CODE: "渡口代码 | -"
COLUMNS: "本月班次 | 次"
CUMULATIVE: "全年累计班次 | 次"
ferry: (FERRY | MORNING | EVENING)+
FERRY: "渡口班次 | 次" // sum
MORNING: "其中:1.早班 | 次"
EVENING: "2.晚班 | 次"
"""
PAGES = {
    CODED: """青禾市2012年政府信息公开工作年度报告
渡口指标 | 渡口代码 | 本月班次 | 全年累计班次 |
渡口班次 | 01 | 5 | 50 |
其中：1.早班 | 02 | 2 | 20 |
2.晚班 | 03 | 3 | 30 |
""",
    TABLE: """青禾市2022年政府信息公开工作年度报告
渡口内容 | 白天接待 | 夜间接待 | 小计 |
码头服务 | 1 | 2 | 3 |
渡船服务 | 3 | 4 | 7 |
服务合计 | 4 | 6 | 10 |
""",
    LIST: """青禾市2016年政府信息公开工作年度报告
（一）收到申请数 | 件 | 3 |
七、渡口班次 | 次 | 5 |
1.早班 | 次 | 2 |
2.晚班 | 次 | 3 |
八、净班次 | 次 | 5 |
""",
}


def engine(folder: Path, grammar: str) -> Gischema:
    (folder / "harbour.lark").write_text(grammar, encoding="utf-8")
    return Gischema(plugins=[folder])


def sums(found: Gischema, page: str) -> list[str]:
    """The codes of the sums that do not hold."""
    findings = found.check(found.parse_text(page)).findings
    return [finding.code for finding in findings if finding.code.startswith("SUM-")]


@pytest.mark.parametrize(
    ("grammar", "old", "new", "codes"),
    [
        (TABLE, "10 |", "10 |", []),
        (TABLE, "| 10 |", "| 11 |", ["FERRY-TOTAL", "FERRY-COLUMNS-TOTAL"]),
        (TABLE, "| 2 | 3 |", "| 2 | 4 |", ["FERRY-TOTAL", "FERRY-COLUMNS-TOTAL"]),
        (TABLE, "服务合计 | 4 | 6 | 10", "服务合计 | 5 | 5 | 10", ["FERRY-TOTAL", "FERRY-TOTAL"]),
        (LIST, "5 |", "5 |", []),
        (LIST, "班次 | 次 | 5 |", "班次 | 次 | 6 |", ["FERRY"]),
        (LIST, "净班次 | 次 | 5 |", "净班次 | 次 | 4 |", ["NET"]),
        (CODED, "| 50 |", "| 50 |", []),
        (CODED, "| 5 | 50 |", "| 6 | 50 |", ["2010-FERRY"]),
        (CODED, "| 5 | 50 |", "| 5 | 60 |", ["2010-FERRY"]),
    ],
)
def test_sum_that_does_not_hold_is_a_finding(
    tmp_path: Path, grammar: str, old: str, new: str, codes: list[str]
) -> None:
    """Of rows and of columns, in tables and in lists; the codes are those of the paths."""
    found = engine(tmp_path, grammar)
    assert found.problems == ()
    name = "FERRY" if grammar is CODED else "HARBOUR"
    expected = sorted(f"SUM-{name}-{code}" for code in codes)
    assert sorted(sums(found, PAGES[grammar].replace(old, new))) == expected


@pytest.mark.parametrize("grammar", [TABLE, LIST, CODED])
def test_rule_conforms(tmp_path: Path, grammar: str) -> None:
    """It is documented in both languages, and does as its examples say."""
    (tmp_path / "harbour.lark").write_text(grammar, encoding="utf-8")
    subject = Subject.of(tmp_path, fast=True)
    assert len(subject.rules) == (1 if grammar is CODED else 2)
    for check in checks(subject):
        check.run(subject)
    (plugin,) = subject.engine.plugins
    assert set(plugin.adds["rules"]) == {rule.code for rule in subject.rules}


@pytest.mark.parametrize(
    ("sum_of", "words"),
    [
        ("sum: FERRY - EVENIG", "是否指 EVENING"),
        ("sum: FERRY EVENING", "sum: A + B - C"),
        ("sum: FERRY * 2", "sum: A + B - C"),
    ],
)
def test_slip_in_a_sum_is_reported(tmp_path: Path, sum_of: str, words: str) -> None:
    """With the line; the form is used without the rule."""
    grammar = LIST.replace("sum: FERRY - EVENING + EVENING", sum_of)
    found = engine(tmp_path, grammar)
    (problem,) = found.problems
    assert words in problem.message
    assert "harbour.lark:12：" in problem.message
    assert found.parse_text(PAGES[LIST]).variant == "harbour"


def test_sum_of_a_label_that_is_no_row_is_reported(tmp_path: Path) -> None:
    """A caption has no figures."""
    grammar = LIST.replace("ferry: (FERRY", "ferry: (_CAPTION | FERRY")
    (problem,) = engine(tmp_path, grammar + '_CAPTION: "渡口情况" // sum\n').problems
    assert "_CAPTION" in problem.message


def test_a_total_next_to_its_parts(tmp_path: Path) -> None:
    """A first row that does not have the name of its group is the sum of those next to it."""
    grammar = LIST.replace("ferry: (FERRY |", "ferry: (CROSSINGS |").replace(
        "FERRY: ", "CROSSINGS: "
    )
    grammar = grammar.replace("%extend _section: NET after ferry\n", "").partition("NET:")[0]
    (tmp_path / "harbour.lark").write_text(grammar, encoding="utf-8")
    engine = Gischema(plugins=[tmp_path])
    assert not engine.problems
    head = "青禾市2016年政府信息公开工作年度报告\n统计指标 | 单位 | 统计数 |\n六、举报投诉数量 | 件 | 0 |\n"
    for total, found in ((5, 0), (6, 1)):
        page = f"{head}七、渡口班次 | 次 | {total} |\n1.早班 | 次 | 2 |\n2.晚班 | 次 | 3 |\n"
        result = engine.check(engine.parse_text(page), select=["SUM"])
        assert len(result.findings) == found


def test_a_total_with_nothing_to_add_up(tmp_path: Path) -> None:
    """The message has the line, and what to write instead."""
    grammar = (
        LIST.partition("%extend _section: NET")[0]
        + '%extend _section: PIERS\nPIERS: "九、码头 | 个" // sum\n'
    )
    (tmp_path / "harbour.lark").write_text(
        grammar.replace("%extend _section: ferry after COMPLAINTS\n", ""), "utf-8"
    )
    (problem,) = Gischema(plugins=[tmp_path]).problems
    assert "harbour.lark:" in problem.message
    assert "PIERS" in problem.message
    assert "// sum: A + B" in problem.message


def test_a_form_of_its_own_takes_over_totals(tmp_path: Path) -> None:
    """A form that imports another has the totals of the rows that it keeps, under its own code."""
    (tmp_path / "ferry_2010.lark").write_text(CODED, encoding="utf-8")
    later = "// form: ferry-2014\n// years: 2014–\n// basis: 青禾办〔2014〕1号\n\n%import .ferry_2010 (start)\n"
    (tmp_path / "ferry_2014.lark").write_text(
        later + '%override EVENING: "2.夜班 | 次"\n', encoding="utf-8"
    )
    engine = Gischema(plugins=[tmp_path])
    assert not engine.problems
    codes = {rule.code: rule.forms for rule in engine.rules.rules if rule.code.startswith("SUM")}
    assert codes == {
        "SUM-FERRY-2010-FERRY": ("ferry-2010",),
        "SUM-FERRY-2014-FERRY": ("ferry-2014",),
    }
