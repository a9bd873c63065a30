"""The grammar drives: what a grammar adds is read, what it drops is not, with no other code."""

from pathlib import Path

import pytest

from gischema import Gischema
from gischema.forms import Form, load_form

ADDED = """
%import .stat_2014 (start, requests, _REQUESTS, received, concluded, answered)
%override requests: (_REQUESTS | received | concluded | answered | requests__sources)+
requests__sources: (_SOURCES | COMPANIES | CITIZENS)+
_SOURCES: "(四)申请来源"
COMPANIES: "1.企业 | 件"
CITIZENS: "2.公民 | 件"
"""

DROPPED = """
%import .stat_2014 (start, received, RECEIVED, IN_PERSON, ONLINE, LETTER)
%override received: (RECEIVED | IN_PERSON | ONLINE | LETTER)+
"""

CODED = """
start: (columns? ferries)*
columns: (CODE | YEAR | ALL_YEARS)+
CODE: "代码 | -"
YEAR: "本年度数量 | 条"
ALL_YEARS: "历年累计数量 | 条"
ferries: (BUILT | REPAIRED)+
BUILT: "新建渡口公布数 | 条"
REPAIRED: "修缮渡口公布数 | 条"
"""

TEXT = """云岭县水务局2016年政府信息公开工作年度报告
统计指标 | 单位 | 统计数 |
三、依申请公开情况 | | |
(一)收到申请数 | 件 | 9 |
1.当面申请数 | 件 | 4 |
2.传真申请数 | 件 | 3 |
3.网络申请数 | 件 | 2 |
4.信函申请数 | 件 | 0 |
(四)申请来源 | | |
1.企业 | 件 | 7 |
2.公民 | 件 | 2 |
"""


def _form(folder: Path, grammar: str) -> Form:
    file = folder / "variant.lark"
    file.write_text(grammar, encoding="utf-8")
    return load_form("stat-2014+test", file, years=(2014, 2018), basis="test")


def test_a_row_that_a_grammar_adds_lands_in_extras(tmp_path: Path) -> None:
    """A variant of six lines is enough to read its rows, under the paths that it names."""
    report = Gischema(forms=[_form(tmp_path, ADDED)]).parse_text(TEXT)
    assert report.extras["requests.sources.companies"].value == 7
    assert report.extras["requests.sources.citizens"].value == 2
    assert report.figure("requests.sources.companies").unit == "件"
    assert report.unclaimed == ()


def test_the_national_form_leaves_those_numbers_unclaimed() -> None:
    """What no row of a form claims is listed, with the text before it, and diagnosed."""
    report = Gischema().parse_text(TEXT)
    assert [(u.label, u.raw) for u in report.unclaimed] == [("1.企业", "7"), ("2.公民", "2")]
    assert [d.code for d in report.diagnostics] == ["D105", "D105"]


def test_a_row_that_a_grammar_drops_is_unclaimed(tmp_path: Path) -> None:
    """Without its rule a row has no figure any more, and its number is not lost."""
    report = Gischema(forms=[_form(tmp_path, DROPPED)]).parse_text(TEXT)
    with pytest.raises(KeyError, match=r"requests\.received\.fax"):
        report.figure("requests.received.fax")
    assert ("2.传真申请数", "3") in [(u.label, u.raw) for u in report.unclaimed]
    assert report.figure("requests.received.online").value == 2
    assert report.figure("requests.received.letter").value == 0


def test_an_alias_that_a_grammar_declares_is_read(tmp_path: Path) -> None:
    """Another wording of a label is an alias: read without doubt, and marked."""
    grammar = '%import .stat_2014 (start, FAX)\n%extend FAX: "电报申请数"\n'
    text = TEXT.replace("传真申请数", "电报申请数")
    figure = (
        Gischema(forms=[_form(tmp_path, grammar)]).parse_text(text).figure("requests.received.fax")
    )
    assert (figure.value, figure.reading) == (3, "alias")


def test_numbers_of_a_column_without_figures_are_none(tmp_path: Path) -> None:
    """The codes of rows are neither figures nor unclaimed, with heads or without."""
    form = _form(tmp_path, CODED)
    assert list(form.indicators) == [
        "ferries.built.year", "ferries.built.all_years",
        "ferries.repaired.year", "ferries.repaired.all_years",
    ]  # fmt: skip
    rows = "新建渡口公布数 | 01 | 12 | 340 |\n修缮渡口公布数 | 02 | | 55 |\n"
    heads = "项目 | 代码 | 本年度数量 | 历年累计数量 |\n"
    for text in (heads + rows, rows):
        report = Gischema(forms=[form]).parse_text(text)
        read = {figure.path: figure.value for figure in report.figures}
        assert read == dict(zip(form.indicators, (12, 340, None, 55), strict=True))
        assert report.unclaimed == ()
