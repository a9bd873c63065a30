"""What a plugin's form declares changes nothing on pages of other forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from gischema import Gischema
from tests.plugins.conftest import VARIANT

PLAIN = """// form: harbour-2014
// years: 2014–2018
// basis: 青禾办〔2015〕4号

start: _section*
_section: boats
boats: boats__columns? (IN | OUT)+
boats__columns: (DAY | NIGHT)+
DAY: "白天班次 | 次"
NIGHT: "夜间班次 | 次"
IN: "进港船只数量"
OUT: "出港船只数量"
"""
PAGE = """青禾市2016年政府信息公开工作年度报告
一、概述
本年度平稳推进政府信息公开工作。
{line}
二、主动公开情况
全年主动公开政府信息12条。
统计指标 | 单位 | 统计数 |
（一）主动公开政府信息数 | 条 | 12 |
{row}
（一）收到申请数 | 件 | 3 |
2．传真申请数 | 件 | 1 |
"""
LINES = [
    "渡口意见箱来信数",
    "八、渡口意见箱来信数",
    "（三）渡口意见箱来信数\n本年渡口意见箱来信情况良好。",
    "进港船只数量",
    "进港船只数量\n出港船只数量见附件。",
    "白天班次",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Gischema:
    """An engine with a variant and with a form of its own."""
    folder = tmp_path_factory.mktemp("port")
    (folder / "variant.lark").write_text(VARIANT, encoding="utf-8")
    (folder / "harbour.lark").write_text(PLAIN, encoding="utf-8")
    found = Gischema(plugins=[folder])
    assert found.problems == ()
    return found


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("place", ["line", "row"])
def test_line_of_the_text_stays_one(engine: Gischema, line: str, place: str) -> None:
    """Figures, chapters and their text are those without the plugin."""
    text = PAGE.format(**{"line": "", "row": "", place: line})
    assert engine.parse_text(text) == Gischema().parse_text(text)


@pytest.mark.parametrize("cell", ["十四", "无", "40小时", "见附件"])
def test_row_with_words_for_a_figure_is_none_of_the_text(engine: Gischema, cell: str) -> None:
    """What stands in the row of a table is read or flagged, whatever it is."""
    report = engine.parse_text(PAGE.format(line="", row=f"八、渡口意见箱来信数 | 件 | {cell} |"))
    assert report.variant == "test"
    flagged = {path for diagnostic in report.diagnostics for path in diagnostic.paths}
    assert report.by_path["ferry_letters"].status != "absent" or "ferry_letters" in flagged


def test_form_is_chosen_by_its_figures(engine: Gischema) -> None:
    """The same labels with figures behind them are its table."""
    text = PAGE.format(line="", row="八、渡口意见箱来信数 | 件 | 14 |")
    assert engine.parse_text(text).variant == "test"
    page = (
        "青禾市2016年政府信息公开工作年度报告\n | 白天班次 | 夜间班次 |\n进港船只数量 | 3 | 4 |\n"
    )
    assert engine.parse_text(page).form == "harbour-2014"


def test_form_of_a_region_is_none_of_a_text_without_tables(tmp_path: Path) -> None:
    """Where no national form is in force, a report elsewhere that only has text has no form."""
    (tmp_path / "harbour.lark").write_text(PLAIN.replace("2014", "2009"), encoding="utf-8")
    text = "青禾市2010年政府信息公开工作年度报告\n全年主动公开政府信息12条，收到政府信息公开申请3件，政府信息公开工作平稳。\n"
    assert Gischema(plugins=[tmp_path]).parse_text(text) == Gischema().parse_text(text)


def test_new_generation_is_in_force_for_texts_too(tmp_path: Path) -> None:
    """A form that replaces the national one is the national one from then on."""
    grammar = "// form: art20-2028\n// years: 2028–\n// basis: 青禾办〔2028〕1号\n"
    lines = "// replaces: art20-2021\n%import .art20_2021 (start)\n"
    (tmp_path / "new.lark").write_text(grammar + lines, encoding="utf-8")
    text = "青禾市{}年政府信息公开工作年度报告\n全年主动公开政府信息12条，收到政府信息公开申请3件，政府信息公开工作平稳。\n"
    engine = Gischema(plugins=[tmp_path])
    assert engine.parse_text(text.format(2028)).form == "art20-2028"
    assert engine.parse_text(text.format(2027)).form == "art20-2021"


def test_variants_that_fit_alike_are_flagged(tmp_path: Path) -> None:
    """Both have the row that is printed: which is meant is in doubt, whatever their names."""
    for region in ("east", "west"):
        grammar = VARIANT.replace("+test", f"+{region}")
        (tmp_path / f"{region}.lark").write_text(grammar, encoding="utf-8")
    (note,) = (d for d in both_parse(tmp_path) if d.code == "D409")
    assert "ferry_letters" in note.paths
    assert "stat-2014+east" in note.message
    assert "stat-2014+west" in note.message


def test_variant_with_a_further_row_of_its_own_is_no_doubt(tmp_path: Path) -> None:
    """One of them prints more of its own: it is the one."""
    (tmp_path / "east.lark").write_text(VARIANT.replace("+test", "+east"), encoding="utf-8")
    more = VARIANT.replace("+test", "+west") + '%extend _section: BOATS\nBOATS: "九、船只数 | 件"\n'
    (tmp_path / "west.lark").write_text(more, encoding="utf-8")
    row = "八、渡口意见箱来信数 | 件 | 14 |\n九、船只数 | 件 | 3 |"
    report = Gischema(plugins=[tmp_path]).parse_text(PAGE.format(line="", row=row))
    assert report.variant == "west"
    assert not [d for d in report.diagnostics if d.code == "D409"]


def both_parse(folder: Path) -> tuple:
    """The diagnostics of a page with the row of two variants."""
    text = PAGE.format(line="", row="八、渡口意见箱来信数 | 件 | 14 |")
    return Gischema(plugins=[folder]).parse_text(text).diagnostics


@pytest.mark.parametrize(
    "row", ["进港船只数量 | 5 |", "进港船只数量\n5", "进港船只数量5", "3.进港船只数量 | 次 | 5 |"]
)
@pytest.mark.parametrize("place", ["line", "row"])
def test_row_of_another_form_is_unknown_as_without_the_plugin(
    engine: Gischema, row: str, place: str
) -> None:
    """A figure behind one label of a plugin's form makes no page of it, and is flagged the same."""
    text = PAGE.format(**{"line": "", "row": "", place: row})
    assert engine.parse_text(text) == Gischema().parse_text(text)
