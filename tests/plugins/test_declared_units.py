"""Units that only a grammar knows, and what is converted to them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gischema import Gischema
from gischema.report import Figure
from tests.plugins.conftest import VARIANT

UNITS = {
    "甲": "万人次",
    "乙": "元",
    "丙": "亿元",
    "丁": "万件",
    "戊": "小时",
    "己": "平方米",
    "庚": "篇次",
    "辛": "人/次",
    "壬": "万美元",
    "癸": "元/件",
    "子": "GB",
    "丑": "件",
    "寅": "万元",
    "卯": "条/件",
}
"""The unit that the row of each pier declares."""

COUNTS = frozenset({"人/次", "件"})
"""Those that count whole things."""

PIERS = {unit: pier for pier, unit in UNITS.items()}
NAMES = {unit: f"PIER_{number}" for number, unit in enumerate(UNITS.values())}
GRAMMAR = f"""
// form: stat-2014+test
// years: 2014–2018
// basis: 青禾办〔2015〕3号

%import .stat_2014 (start, _section, requests)

%override _section: requests | piers
piers: ({" | ".join(NAMES.values())})+
""" + "".join(f'{NAMES[unit]}: "{pier}渡口服务情况 | {unit}"\n' for pier, unit in UNITS.items())
PAGE = """青禾市2016年政府信息公开工作年度报告
统计指标 | 单位 | 统计数 |
（一）收到申请数 | 件 | 3 |
2．传真申请数 | 件 | 1 |
{row}
"""
LINES = """青禾市2016年政府信息公开工作年度报告
（一）收到申请数
件
3
{row}
（二）申请办结数
件
3
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine with a variant of one row for each unit."""
    home = tmp_path_factory.mktemp("ferry")
    (home / "test.lark").write_text(GRAMMAR, encoding="utf-8")
    engine = Gischema(plugins=[home])
    assert not engine.problems
    return engine


def read(engine: Gischema, unit: str, row: str, page: str = PAGE) -> tuple[Figure, set[str]]:
    """The figure of the row that declares a unit, and the codes that name it."""
    report = engine.parse_text(page.format(row=PIERS[unit] + row))
    path = f"piers.{NAMES[unit].lower()}"
    named = {note.code for note in report.diagnostics if path in note.paths}
    return report.by_path[path], named


@pytest.mark.parametrize("unit", [unit for unit in UNITS.values() if unit != "条/件"])
@pytest.mark.parametrize(
    "row",
    [
        "渡口服务情况 | {unit} | 12.5 |",
        "渡口服务情况（{unit}） | | 12.5 |",
        "渡口服务情况 | | 12.5{unit} |",
        "渡口服务情况 | | 12.5（{unit}） |",
        "渡口服务情况 | 12.5 |",
    ],
)
def test_declared_unit_is_read_as_declared(engine: Gischema, unit: str, row: str) -> None:
    """Wherever the unit is printed, the figure keeps its number; half of a thing is doubted."""
    figure, named = read(engine, unit, row.format(unit=unit))
    assert (figure.value, figure.unit, figure.reading) == (Decimal("12.5"), unit, "exact")
    assert named == ({"D211"} if unit in COUNTS else set())


@pytest.mark.parametrize(
    "row",
    [
        "渡口服务情况\n{unit}\n40",
        "渡口服务情况 {unit} 40",
        "渡口服务情况{unit}40",
        "渡口服务情况\n40{unit}",
    ],
)
@pytest.mark.parametrize("unit", ["万人次", "元", "小时", "人/次"])
def test_declared_unit_is_read_in_text_without_bars(engine: Gischema, unit: str, row: str) -> None:
    """So it is with one cell a line, and where label, unit and number run together."""
    figure, named = read(engine, unit, row.format(unit=unit), LINES)
    assert (figure.value, figure.unit) == (40, unit)
    assert not named & {"D201", "D204", "D206"}


@pytest.mark.parametrize(
    ("unit", "row", "value"),
    [
        ("万人次", "渡口服务情况 | 人次 | 125000 |", Decimal("12.5")),
        ("万人次", "渡口服务情况（人次） | | 125000 |", Decimal("12.5")),
        ("万人次", "渡口服务情况 | | 125000人次 |", Decimal("12.5")),
        ("万件", "渡口服务情况 | 件 | 20000 |", 2),
        ("件", "渡口服务情况 | 万件 | 2.5 |", 25_000),
        ("元", "渡口服务情况 | 万元 | 1.25 |", 12_500),
        ("亿元", "渡口服务情况 | 万元 | 12500 |", Decimal("1.25")),
        ("万元", "渡口服务情况 | 元 | 12500 |", Decimal("1.25")),
    ],
)
def test_other_unit_is_converted_and_flagged(
    engine: Gischema, unit: str, row: str, value: Decimal | int
) -> None:
    """Both units are known and measure the same: the figure is in the declared one (D206)."""
    figure, named = read(engine, unit, row)
    assert (figure.value, figure.unit, named) == (value, unit, {"D206"})


@pytest.mark.parametrize(
    ("unit", "row"),
    [
        ("小时", "渡口服务情况 | 件 | 40 |"),
        ("小时", "渡口服务情况 | | 40件 |"),
        ("小时", "渡口服务情况 | | 40课时 |"),
        ("小时", "渡口服务情况 | | 40平方米 |"),
        ("小时", "渡口服务情况 | 课时 | 40 |"),
        ("件", "渡口服务情况 | 小时 | 40 |"),
        ("件", "渡口服务情况 | | 40小时 |"),
        ("元", "渡口服务情况 | | 40件 |"),
    ],
)
def test_unit_of_another_kind_is_flagged(engine: Gischema, unit: str, row: str) -> None:
    """A unit that cannot be converted is never taken for the declared one in silence."""
    figure, named = read(engine, unit, row)
    assert named
    assert figure.value in (40, None)


def test_stroke_is_part_of_a_unit_or_leaves_a_choice(engine: Gischema) -> None:
    """`人/次` is how 人次 is written; `条/件` leaves a choice, and the printed one counts."""
    assert read(engine, "人/次", "渡口服务情况 | | 3人次 |")[0].unit == "人/次"
    assert read(engine, "条/件", "渡口服务情况 | | 3件 |")[0].unit == "件"


@pytest.mark.parametrize("printed", ["1.125", "12.345"])
@pytest.mark.parametrize(("unit", "code"), [("件", "D209"), ("元", "D209"), ("万人次", "")])
def test_stop_may_part_thousands_only_where_nothing_has_three_places(
    engine: Gischema, unit: str, code: str, printed: str
) -> None:
    """Things that are counted have no fractions and 元 two places; 万人次 may have any."""
    assert read(engine, unit, f"渡口服务情况 | | {printed} |")[1] == ({code} if code else set())


HEADED = """
// form: art20-2021+test
// years: 2021–
// basis: 青禾办〔2022〕3号

%import .art20_2021 (start, _section)

%extend _section: ferry
ferry: _FERRY? ferry__columns? PIERS
_FERRY: "五、渡口工作情况"
ferry__columns: (_ITEM | HOURS | VISITS | COST)+
_ITEM: "渡口内容"
HOURS: "服务时长 | 小时"
VISITS: "接待规模 | 万人次"
COST: "支出金额 | 元"
PIERS: "码头服务"
"""


@pytest.fixture(scope="module")
def headed(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine with a variant of one table."""
    home = tmp_path_factory.mktemp("headed")
    (home / "test.lark").write_text(HEADED, encoding="utf-8")
    return Gischema(plugins=[home])


def test_unit_of_the_table_before_is_none_of_the_next(headed: Gischema) -> None:
    """A head that tells 万元 counts for its own table, not for 元 in the heads two lines below."""
    report = headed.parse_text(
        "青禾市2022年政府信息公开工作年度报告\n"
        "信息内容 本年收费金额（单位：万元）\n行政事业性收费 8.6\n"
        "渡口内容 服务时长 接待规模 支出金额\n码头服务 40 12.5 30\n"
    )
    assert report.by_path["proactive.fees.amount"].value == Decimal("8.6")
    assert report.by_path["ferry.piers.cost"].value == 30
    assert "D206" not in {note.code for note in report.diagnostics}


@pytest.mark.parametrize(
    ("heads", "cells", "flagged"),
    [
        ("服务时长 | 接待规模 | 支出金额", "40 | 12.5 | 30", ""),
        ("服务时长（小时） | 接待规模（万人次） | 支出金额（元）", "40 | 12.5 | 30", ""),
        ("服务时长 | 接待规模 | 支出金额", "40小时 | 12.5万人次 | 30元", ""),
        ("服务时长 | 接待规模（人次） | 支出金额", "40 | 125000 | 30", "visits"),
        ("服务时长 | 接待规模 | 支出金额（万元）", "40 | 12.5 | 0.003", "cost"),
    ],
)
def test_columns_have_declared_units_too(
    headed: Gischema, heads: str, cells: str, flagged: str
) -> None:
    """In the cell or in the head of the column; what is converted is flagged."""
    report = headed.parse_text(
        f"青禾市2022年政府信息公开工作年度报告\n五、渡口工作情况\n渡口内容 | {heads} |\n码头服务 | {cells} |\n"
    )
    figures = [report.by_path[f"ferry.piers.{name}"] for name in ("hours", "visits", "cost")]
    assert [figure.value for figure in figures] == [40, Decimal("12.5"), 30]
    assert [figure.unit for figure in figures] == ["小时", "万人次", "元"]
    named = {path for note in report.diagnostics for path in note.paths if note.code == "D206"}
    assert named == ({f"ferry.piers.{flagged}"} if flagged else set())


@pytest.mark.parametrize(
    ("label", "doubted"), [("渡口服务情况（件）", set()), ("渡口服务情况", {"D206"})]
)
def test_unit_in_the_label_counts_more_than_that_above(
    engine: Gischema, label: str, doubted: set[str]
) -> None:
    """A row that states its own unit is not in that of the line above its table."""
    page = PAGE.replace("统计指标", "单位：千件\n统计指标")
    assert read(engine, "件", f"{label} | | 12 |", page)[1] == doubted


@pytest.mark.parametrize(
    "line",
    [
        "八、群众满意率（%） % 98.5",
        "八、群众满意率（%） 98.5",
        "八、群众满意率 % 98.5",
        "八、群众满意率（%）：98.5",
        "八、群众满意率（％）％98.5",
    ],
)
def test_sign_for_a_unit_in_the_cell_of_the_label(tmp_path: Path, line: str) -> None:
    """A per cent sign in brackets, before the figure, or both, is the unit."""
    rate = VARIANT.replace('"八、渡口意见箱来信数 | 件"', '"八、群众满意率（%） | %"')
    (tmp_path / "test.lark").write_text(rate, encoding="utf-8")
    rows = f"统计指标 单位 统计数\n（一）收到申请数 件 30\n六、举报投诉数量 件 1\n{line}\n"
    page = f"青禾市2016年政府信息公开工作年度报告\n{rows}"
    report = Gischema(plugins=[tmp_path]).parse_text(page)
    figure = report.by_path["ferry_letters"]
    assert (str(figure.value), figure.unit, figure.doubts) == ("98.5", "%", ())
