"""What `gischema new form --from` writes of sample pages reads them back."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gischema import Gischema, Report
from gischema.cli.app import app
from gischema.scaffold import new_form_from
from gischema.testing.conformance import Subject, checks
from gischema.testing.conformance.pages import (
    damaged_pages_are_read_or_flagged,
    national_pages_read_as_before,
    undamaged_pages_are_read_without_doubt,
)

pytestmark = pytest.mark.slow

SHARED = Path(__file__).parents[3] / "shared"
FERRIES = """青禾市2012年政府信息公开工作年度报告
渡口信息情况统计报表
指标名称 | 计量单位 | 代码 | 本年实际 | 历年累计 |
甲 | 乙 | 丙 | 1 | 2 |
渡口信息总数 | 条 | 01 | 12 | 140 |
其中：1.白鹭渡信息数 | 条 | 02 | 9 | 101 |
2.青石渡信息数 | 条 | 03 | 3 | 39 |
渡口咨询总数 | 人次 | 04 | 7 | 20 |
其中：1.当面咨询数 | 人次 | 05 | 4 | 9 |
2.电话咨询数 | 人次 | 06 | 1 | 11 |
渡口申诉总数 | 件 | 07 | 0 | 0 |
其中：1.票价申诉数 | 件 | 08 | 0 | 0 |
2.班次申诉数 | 件 | 09 | 0 | 0 |
渡口经费支出额 | 万元 | 10 | 5 | 31 |
填报人：林某
"""
IN_LINES = """青禾市2016年政府信息公开工作年度报告
一、渡口公开情况——
 (一)渡口公开信息数30
     1. 白鹭渡信息数20
     2. 青石渡信息数10
二、渡口咨询情况——
 (一)现场接待人数4
 (二)咨询会议次数1
三、渡口维修费用12
"""
STATISTICS = """青禾市2016年政府信息公开工作年度报告
政府信息公开情况统计表
统计指标 | 单位 | 统计数 |
三、依申请公开情况 | —— | —— |
（一）收到申请数 | 件 | 3 |
1.当面申请数 | 件 | 1 |
2.传真申请书数 | 件 | 2 |
（四）申请来源 | —— | —— |
1.渔民 | 件 | 2 |
2.船工 | 件 | 1 |
六、举报投诉数量 | 件 | 0 |
七、渡口意见箱信件数 | 件 | 4 |
"""


def new_form(place: Path, form_id: str, *pages: str, options: tuple[str, ...] = ()) -> Result:
    place.mkdir(exist_ok=True)
    samples: list[str] = []
    for number, page in enumerate(pages):
        file = place / f"page{number}.txt"
        file.write_text(page, encoding="utf-8")
        samples += ["--from", str(file)]
    into = ["--into", str(place / "form")]
    return CliRunner().invoke(app, ["new", "form", form_id, *samples, *into, *options])


def read(place: Path, page: str, form_id: str) -> Report:
    engine = Gischema(plugins=[place / "form"])
    assert not engine.problems
    return engine.parse_text(page, form=form_id)


def run_test(folder: Path) -> None:
    """Run the test that was written."""
    (file,) = folder.glob("test_*.py")
    test: Callable[[Path], None] = runpy.run_path(str(file))["test_sample_is_read_back"]
    samples = sorted(folder.glob("*.json"))
    assert samples
    for sample in samples:
        test(sample)


def test_table_with_codes_and_two_columns(tmp_path: Path) -> None:
    """Rows with their hierarchy and units, heads, codes as no figures, and the cumulative column."""
    done = new_form(tmp_path, "ferry-2012", FERRIES)
    assert done.exit_code == 0, done.output
    assert "20/20" in done.output
    report = read(tmp_path, FERRIES, "ferry-2012")
    values = {figure.label: figure.value for figure in report.figures}
    assert len(values) == 20
    assert values["白鹭渡信息数 / 历年累计"] == 101
    assert not [figure for figure in report.figures if figure.doubts]
    by_label = {figure.label: figure for figure in report.figures}
    part, whole = by_label["白鹭渡信息数 / 本年实际"], by_label["渡口信息总数 / 本年实际"]
    assert part.path.rpartition(".")[0] == whole.path
    assert by_label["渡口经费支出额 / 本年实际"].unit == "万元"
    assert by_label["渡口经费支出额 / 历年累计"].path.endswith(".cumulative")
    run_test(tmp_path / "form")


PORT = """青禾市2016年渡口信息公开情况统计表
指标名称 单位 数量
一、泊位情况
1.公开泊位数 个 12
2.公开航次数 次 340
3.公开船舶数 艘 25
二、其他情况
说明甲
说明乙
说明丙
说明丁
说明戊
4.渡口开放天数 天 300
5.灯塔数 座 12
"""


def test_lines_that_were_not_taken_are_listed(tmp_path: Path) -> None:
    """“All figures read back” is not all of the page: the rows of another table are named."""
    shown = new_form(tmp_path / "port", "port-2016", PORT, options=("--no-national",)).output
    assert "读回 3/3" in shown
    assert "另有 2 行" in shown
    assert "  4.渡口开放天数 天 300\n  5.灯塔数 座 12\n" in shown
    assert "另有" not in new_form(tmp_path / "ferry", "ferry-2012", FERRIES).output


def test_sums_that_hold_are_rules(tmp_path: Path) -> None:
    """What adds up in the sample is a rule, a warning if it is all zeros; what does not is none."""
    new_form(tmp_path, "ferry-2012", FERRIES)
    engine = Gischema(plugins=[tmp_path / "form"])
    rules = [rule for rule in engine.rules.rules if rule.code.startswith("FERRY2012-")]
    assert [rule.severity for rule in rules] == ["error", "warning"]
    codes = [rule.code for rule in rules]
    report = engine.parse_text(FERRIES, form="ferry-2012")
    assert not engine.check(report, select=codes).findings
    wrong = engine.parse_text(
        FERRIES.replace("| 03 | 3 | 39 |", "| 03 | 3 | 93 |"), form="ferry-2012"
    )
    assert len(engine.check(wrong, select=codes).findings) == 1


def test_second_sample_refutes_a_sum(tmp_path: Path) -> None:
    """More samples leave fewer rules that hold by chance."""
    other = FERRIES.replace("| 01 | 12 | 140 |", "| 01 | 13 | 141 |").replace("2012", "2013")
    new_form(tmp_path, "ferry-2012", FERRIES, other)
    text = (tmp_path / "form" / "ferry_2012.rules").read_text("utf-8")
    assert len(re.findall(r"^rule", text, re.MULTILINE)) == 1
    assert "years: 2012–2013" in (tmp_path / "form" / "ferry_2012.lark").read_text("utf-8")


def test_lines_without_units(tmp_path: Path) -> None:
    """A table of lines is read too; units that it does not print are implied, and said to be."""
    done = new_form(tmp_path, "ferry-2016", IN_LINES, options=("--no-national",))
    assert done.exit_code == 0, done.output
    report = read(tmp_path, IN_LINES, "ferry-2016")
    units = {figure.label: figure.unit for figure in report.figures}
    assert len(units) == 6
    assert units["现场接待人数"] == "人"
    assert units["渡口维修费用"] == "万元"
    grammar = (tmp_path / "form" / "ferry_2016.lark").read_text("utf-8")
    assert grammar.count("the unit is not printed") == 6


def test_variant_has_only_what_is_added(tmp_path: Path) -> None:
    """Of a page on a known form only its own rows are written; a slip in a label is no new row."""
    done = new_form(tmp_path, "stat-2014+ferry", STATISTICS)
    assert done.exit_code == 0, done.output
    form = Gischema(plugins=[tmp_path / "form"]).form("stat-2014+ferry")
    national = Gischema().form("stat-2014").indicators
    added = {one.label: path for path, one in form.indicators.items() if path not in national}
    assert set(added) == {"渔民", "船工", "渡口意见箱信件数"}
    assert added["渔民"].startswith("requests.")
    report = Gischema(plugins=[tmp_path / "form"]).parse_text(STATISTICS)
    assert (report.form, report.variant) == ("stat-2014", "ferry")
    assert report.figure(added["渡口意见箱信件数"]).value == 4
    run_test(tmp_path / "form")


def test_written_form_conforms(tmp_path: Path) -> None:
    """It is a plugin that passes what gischema asks of plugins, but for pages in every layout."""
    new_form(tmp_path, "ferry-2012", FERRIES)
    slow = {
        damaged_pages_are_read_or_flagged,
        national_pages_read_as_before,
        undamaged_pages_are_read_without_doubt,
    }
    subject = Subject.of(tmp_path / "form")
    for check in checks(subject):
        if check.holds not in slow:
            check.run(subject)


@pytest.mark.parametrize(
    ("form_id", "page"),
    [
        ("ferry-2012", "青禾市2012年政府信息公开工作年度报告\n一、概述\n工作平稳推进。\n"),
        ("stat-2014+ferry", STATISTICS.partition("（四）")[0]),
        ("ferry-2012", "".join(FERRIES.partition("渡口信息总数")[1:])),
    ],
    ids=["no-table", "nothing-added", "no-heads"],
)
def test_what_cannot_be_written_is_said_in_one_line(
    tmp_path: Path, form_id: str, page: str
) -> None:
    """Without a table, without heads, or without a new row nothing is written."""
    done = new_form(tmp_path, form_id, page)
    assert done.exit_code == 2
    assert not (tmp_path / "form").exists()


@pytest.mark.parametrize(
    ("form_id", "name", "count"),
    [
        ("jinrong-2016", "corpus/taizhou-zj-finance-2016.txt", 58),
        ("stat-2014+fuwu", "corpus/taizhou-js-services-2016.txt", 22),
        ("quxian-2008", "corpus/pages/gansu-dingxi-form.txt", 0),
        ("xinqu-2018", "reports/fujian/pingtan-land-2018.txt", 32),
    ],
)
def test_real_pages_are_read_back(tmp_path: Path, form_id: str, name: str, count: int) -> None:
    """The form of a real page, named without the national forms, reads all its figures."""
    if not (SHARED / name).exists():
        pytest.skip(f"no {name} here")
    page = (SHARED / name).read_text(encoding="utf-8")
    done = new_form(tmp_path, form_id, page, options=("--no-national",))
    assert done.exit_code == 0, done.output
    (expected,) = (tmp_path / "form").glob("*.json")
    assert len(json.loads(expected.read_text("utf-8"))) == count
    assert f"{count}/{count}" in done.output
    run_test(tmp_path / "form")


def test_year_in_a_head_is_any_year(tmp_path: Path) -> None:
    """The page of the next year, headed with its own, is read too; 本年度 as well."""
    table = "指标名称 | 单位 | 2016年度 | 历年累计 |\n渡口公开数 | 条 | 35 | 261 |\n码头公开数 | 条 | 5 | 6 |\n受理数 | 条 | 3 | 15 |\n"
    page = "青禾市2016年政府信息公开工作年度报告\n" + table
    sample = tmp_path / "page.txt"
    sample.write_text(page, encoding="utf-8")
    folder = tmp_path / "form"
    new_form_from("lake-2016", None, [sample], folder)
    engine = Gischema(plugins=[folder])
    expected = [figure.value for figure in engine.parse_text(page).figures]
    assert len(expected) == 6
    for text in (page.replace("2016", "2017"), page.replace("2016年度 |", "本年度 |")):
        report = engine.parse_text(text)
        assert [figure.value for figure in report.figures] == expected
        assert not any(figure.doubts for figure in report.figures)


def test_heads_of_two_years_keep_them(tmp_path: Path) -> None:
    """With any year in both, nothing would distinguish the columns."""
    sample = tmp_path / "page.txt"
    rows = "渡口公开数 | 条 | 35 | 26 |\n码头公开数 | 条 | 5 | 6 |\n受理数 | 条 | 3 | 15 |\n"
    sample.write_text("指标名称 | 单位 | 2015年度 | 2016年度 |\n" + rows, encoding="utf-8")
    written = new_form_from("lake-2016", None, [sample], tmp_path / "form")
    assert not written.missed
    assert '"2015年度 | 条"' in next(t for p, t in written.files.items() if p.suffix == ".lark")


PROSE = """青禾市2016年政府信息公开工作年度报告
一、概述
2016年，全年主动公开政府信息12条，收到政府信息公开申请3件。申请均在15个工作日内答复。
{further}电话：0000-5550100。
"""


def test_page_of_running_text_takes_no_form(tmp_path: Path) -> None:
    """What it states is printed and kept by a test; there is no grammar to write."""
    done = new_form(tmp_path, "cove-2016", PROSE.format(further=""))
    assert done.exit_code == 0
    assert "proactive.disclosed = 12\n  requests.received = 3\n" in done.output
    assert "没有写入" not in done.output
    assert not [*(tmp_path / "form").glob("*.lark"), *(tmp_path / "form").glob("*.toml")]
    run_test(tmp_path / "form")


def test_statements_that_nothing_reads_get_wordings(tmp_path: Path) -> None:
    """They are read with the file that is written, with their values and printed units."""
    further = "接待渡口来访群众230人次，发放渡口手册500份。全年投入渡口维修经费12.5万元。"
    done = new_form(tmp_path, "cove-2016", PROSE.format(further=further))
    assert done.exit_code == 0
    engine = Gischema(plugins=[tmp_path / "form"])
    assert engine.problems == ()
    report = engine.parse_text(PROSE.format(further=further))
    stated = [figure.value for figure in report.narrative]
    assert stated == [12, 3, 230, 500, 125000]
    run_test(tmp_path / "form")
