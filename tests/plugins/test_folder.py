"""A folder brings all that a distribution may: forms, units, rules, measures, and hooks in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from gischema import Derived, Gischema, InvalidData
from gischema.cli.app import app
from gischema.testing import DAMAGES, LAYOUTS
from gischema.testing.conformance import Subject, checks, conformance

GRAMMAR = """// form: stat-2014+ferry
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start)
%extend _section: FERRY after COMPLAINTS
%extend _section: HOURS after FERRY
FERRY: "七、渡口来信数 | 件"
HOURS: "八、渡口值班时长 | 小时"
"""
MEASURES = """[[measure]]
name = "ferry_share"
title = ["渡口来信占比", "share of letters to the ferry"]
base_title = ["收到申请数", "requests received"]
formulas = [{ forms = ["stat-2014+ferry"], source = "七", of = "ferry", base = "requests.received" }]
"""
RULES = """forms  stat-2014+ferry
source "青禾办〔2015〕3号" practice
since  0.1
rule F1 bound error
  title   "渡口来信的位数不多于一位" / "letters to the ferry have one digit"
  check   own.digits <= 1
  message "{own.digits}为{left}" / "{own.digits}: {left}"
  passes  own.digits = 1
  fails   own.digits = 2
"""
HOOKS = """from gischema import CheckExporter, Document, Exporter, Reader, hookimpl
from gischema.rules.model import Localized
from gischema.rules.report_facts import ReportFact


def digits(context):
    return len(str(context.report.figure("ferry").value))


@hookimpl
def gischema_facts():
    return {"digits": ReportFact("number", Localized("来信位数", "digits"), digits, uses=("ferry",))}


@hookimpl
def gischema_measures():
    return []  # next to those of the folder


@hookimpl
def gischema_readers():
    def accepts(data, name):
        return data.startswith(b"mirrored:")

    def read(data, name):
        return Document(data.removeprefix(b"mirrored:").decode()[::-1], name, "mirrored")

    return [Reader("mirrored", frozenset({".mirrored"}), accepts, read)]


@hookimpl
def gischema_exporters():
    return [Exporter("hours", lambda reports: (f"{r.figure('hours').value}\\n" for r in reports))]


@hookimpl
def gischema_check_exporters():
    def export(pairs):
        for report, result in pairs:
            yield f"{report.year} {len(result.findings)}\\n"

    return [CheckExporter("short", export)]
"""
PAGE = """青禾市2016年政府信息公开工作年度报告
统计指标 | 单位 | 统计数 |
（一）收到申请数 | 件 | 20 |
六、举报投诉数量 | 件 | 2 |
七、渡口来信数 | 件 | 5 |
八、渡口值班时长 | 小时 | 40小时 |
"""


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    """The folder of a plugin."""
    home = tmp_path / "ferry"
    home.mkdir()
    files = {
        "ferry.lark": GRAMMAR,
        "measures.toml": MEASURES,
        "ferry.rules": RULES,
        "hooks.py": HOOKS,
    }
    for name, text in files.items():
        (home / name).write_text(text, encoding="utf-8")
    return home


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_everything_is_listed(ferry: Path) -> None:
    """What the files and the hooks add, without a problem."""
    engine = Gischema(plugins=[ferry])
    (plugin,) = engine.plugins
    assert not engine.problems
    assert dict(plugin.adds.items()) == {
        "forms": ("stat-2014+ferry",),
        "facts": ("own.digits",),
        "rules": ("F1",),
        "readers": ("mirrored",),
        "exporters": ("hours",),
        "check_exporters": ("short",),
        "measures": ("ferry_share",),
    }


def test_a_reader_from_a_folder(ferry: Path, tmp_path: Path) -> None:
    """A file of the new kind is read, alone and in a folder; a unit of the grammar is known."""
    (tmp_path / "r.mirrored").write_text("mirrored:" + PAGE[::-1], encoding="utf-8")
    result = run("figures", tmp_path, "--plugin", ferry, "--format", "hours")
    assert (result.exit_code, result.output) == (0, "40\n")
    report = Gischema(plugins=[ferry]).parse(tmp_path / "r.mirrored")
    assert report.figure("hours").unit == "小时"
    assert not any(figure.doubts for figure in report.figures)


def test_a_measure(ferry: Path) -> None:
    """It stands behind the national ones, with its base."""
    engine = Gischema(plugins=[ferry])
    *_, share = engine.derived(engine.parse_text(PAGE))
    assert (share.name, share.numerator, share.base) == ("ferry_share", 5, 20)
    assert engine.loads(engine.dumps(share), Derived) == share
    with pytest.raises(InvalidData, match="ferry_share"):
        Gischema().loads(engine.dumps(share), Derived)
    assert "ferry_share" not in {
        one.name for one in Gischema().derived(Gischema().parse_text(PAGE))
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('of = "ferry"', 'of = "ferri"', "是否指 ferry"),
        ("stat-2014+ferry", "stat-2014+fery", "没有表式 stat-2014+fery"),
        ("base_title", "base_titel", "是否指 base_title"),
        ("ferry_share", "granted_rate", "granted_rate与gischema的重复"),
    ],
)
def test_slips_in_measures(ferry: Path, old: str, new: str, words: str) -> None:
    """The file is left out, the rest is used."""
    file = ferry / "measures.toml"
    file.write_text(MEASURES.replace(old, new), encoding="utf-8")
    engine = Gischema(plugins=[ferry])
    _ = engine.plugins
    (problem,) = engine.problems
    assert words in problem.message.replace(" ", "") or words in problem.message
    assert engine.parse_text(PAGE).variant == "ferry"


def test_a_fact(ferry: Path) -> None:
    """A rule uses what Python computes; where the figure is in doubt, so is the finding."""
    engine = Gischema(plugins=[ferry])
    assert not engine.check(engine.parse_text(PAGE), select=["F1"]).findings
    wrong = PAGE.replace("来信数 | 件 | 5", "来信数 | 件 | 55")
    (finding,) = engine.check(engine.parse_text(wrong), select=["F1"]).findings
    assert (finding.message, finding.counts_as_error) == ("来信位数为2", True)
    slip = engine.parse_text(wrong.replace("渡口来信数", "渡口来心数"))
    (doubted,) = engine.check(slip, select=["F1"]).findings
    assert doubted.doubts == ("own.digits",)
    assert not doubted.counts_as_error


@pytest.mark.parametrize(
    ("broken", "error"),
    [("len(1 + str(", "hooks.py:7: TypeError"), ("str(str(", "is not an int or a Decimal")],
)
def test_a_fact_that_fails(ferry: Path, broken: str, error: str) -> None:
    """The result and the last line of a check name the plugin and its error."""
    page, hooks = ferry / "page.txt", ferry / "hooks.py"
    page.write_text(PAGE, encoding="utf-8")
    hooks.write_text(HOOKS.replace("len(str(", broken), encoding="utf-8")
    engine = Gischema(plugins=[ferry])
    (unknown,) = engine.check(engine.parse_text(PAGE), select=["F1"]).not_assessable
    assert unknown.reason == "plugin_failed"
    assert "插件ferry出错" in unknown.message
    assert "the plugin ferry failed" in unknown.message_en
    assert error in unknown.message_en
    shown = run("check", page, "--plugin", ferry, "--select", "F1", "--allow-incomplete")
    assert unknown.message in shown.output


def test_a_fact_that_nobody_computes(ferry: Path) -> None:
    """It is an error of the rule file with what there is."""
    (ferry / "ferry.rules").write_text(RULES.replace("own.digits", "own.digit"), encoding="utf-8")
    (problem,) = Gischema(plugins=[ferry]).problems
    assert "own.digits" in problem.message
    assert "ferry.rules:6:" in problem.message


QUARTERS = """forms  stat-2014+ferry
source "青禾办〔2015〕3号" practice
since  0.1
rule Q1 bound error
  title   "全年渡口来信数等于四个季度之和" / "letters of the year are those of its quarters"
  check   ferry = below(ferry)
  message "{ferry}为{left}，四个季度之和为{right}" / "{ferry}: {left}, its quarters: {right}"
  passes  ferry = 2, below(ferry) = 2
  fails   ferry = 2, below(ferry) = 3
"""


def test_a_rule_relates_a_year_to_its_quarters(ferry: Path) -> None:
    """The quarters are given as the reports that the year adds up."""
    (ferry / "ferry.rules").write_text(QUARTERS, encoding="utf-8")
    engine = Gischema(plugins=[ferry])
    quarters = [
        engine.parse_text(
            PAGE.replace("2016年", f"2016年第{name}季度").replace("| 5 |", f"| {n} |")
        )
        for name, n in (("一", 0), ("二", 1), ("三", 1), ("四", 3))
    ]
    assert [quarter.period.last.month for quarter in quarters if quarter.period] == [3, 6, 9, 12]
    right = engine.parse_text(PAGE)
    wrong = engine.parse_text(PAGE.replace("| 5 |", "| 7 |"))
    assert engine.check(right, below=quarters, select=["Q1"]).held == 1
    (finding,) = engine.check(wrong, below=quarters, select=["Q1"]).findings
    assert finding.message == "七、渡口来信数为7，四个季度之和为5"
    (unknown,) = engine.check(right, select=["Q1"]).not_assessable
    assert unknown.reason == "no_below"


def test_an_exporter_of_results(ferry: Path, tmp_path: Path) -> None:
    """`check --format NAME` takes the formats of plugins, and its exit status stays."""
    (tmp_path / "r.txt").write_text(PAGE.replace("件 | 5", "件 | 55"), encoding="utf-8")
    options = (tmp_path / "r.txt", "--plugin", ferry, "--select", "F1", "--allow-incomplete")
    result = run("check", *options, "--format", "short")
    assert (result.exit_code, result.output) == (1, "2016 1\n")
    unknown = run("check", *options, "--format", "shrt")
    assert unknown.exit_code == 2
    assert "short" in unknown.output


def test_layouts_and_damages_of_its_own(ferry: Path) -> None:
    """Conformance prints pages in further layouts, and damages them in further ways."""
    seen: list[str] = []

    class Counting:
        def __init__(self, one: object, name: str) -> None:
            self.one, self.name = one, name

        def __getattr__(self, attribute: str) -> object:
            return getattr(self.one, attribute)

        def print(self, page: object) -> object:
            seen.append(self.name)
            return self.one.print(page)  # type: ignore[attr-defined]

        def apply(self, page: object, choices: object) -> object:
            seen.append(self.name)
            return self.one.apply(page, choices)  # type: ignore[attr-defined]

    layout: Any = Counting(LAYOUTS["pipes"], "own layout")
    damage: Any = Counting(DAMAGES["enumerators-lost"], "own damage")
    test: Any = conformance(ferry, fast=True, layouts=[layout], damages=[damage])
    (mark,) = test.pytestmark
    test(next(check for check in mark.args[1] if str(check).startswith("undamaged")))
    assert "own layout" in seen
    subject = evolve(Subject.of(ferry), layouts=(layout,), damages=(damage,))
    next(check for check in checks(subject) if str(check).startswith("damaged")).run(subject)
    assert "own damage" in seen


def test_fact_that_fails_is_a_problem(ferry: Path) -> None:
    """It is listed once, however many reports it fails on, and is about no report that is read."""
    hooks = ferry / "hooks.py"
    hooks.write_text(HOOKS.replace('figure("ferry").value', "nonsense"), encoding="utf-8")
    engine = Gischema(plugins=[ferry])
    report = engine.parse_text(PAGE)
    before = engine.problems
    for _ in range(2):
        assert engine.check(report).not_assessable
    (problem,) = engine.problems
    assert before == ()
    assert (problem.code, "hooks.py:7" in problem.message) == ("D901", True)
    assert engine.parse_text(PAGE) == report
