"""The words of findings: the numbers of the form, the cells in question, what is to be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

import gischema
from gischema.forms.form import Form
from gischema.report import Report
from gischema.rules import RuleBook, check

Make: TypeAlias = Callable[..., Report]
DISPOSED = "requests.disposed"


@pytest.mark.parametrize("form_id", ["art20-2019", "art20-2021"])
def test_a_sum_of_rows_has_their_numbers(
    forms: dict[str, Form], book: RuleBook, make: Make, form_id: str
) -> None:
    """The rows that a total adds up are those that the form numbers, groups as one."""
    form = forms[form_id]
    values = dict.fromkeys(_column(form, f"{DISPOSED}.", "natural_person"), 0)
    values |= {
        f"{DISPOSED}.granted.natural_person": 25,
        f"{DISPOSED}.refused.third_party.natural_person": 43,
        f"{DISPOSED}.total.natural_person": 59,
    }
    (finding,) = check(make(form, values), form, book, select="B3").findings
    assert finding.message == (
        "“自然人”列：第三项“（七）总计”填59，（一）至（六）各项相加是68"
        "（“（一）予以公开” 25 + “4.保护第三方合法权益” 43），相差9"
    )


def test_a_sum_of_columns_states_the_total_first(
    forms: dict[str, Form], book: RuleBook, make: Make
) -> None:
    """The row, the printed total, the sum, the difference."""
    form = forms["art20-2021"]
    received = "requests.received"
    values = dict.fromkeys(_row(form, received), 0)
    values |= {f"{received}.natural_person": 21, f"{received}.total": 13}
    (finding,) = check(make(form, values), form, book, select="B2").findings
    assert finding.message == (
        "“一、本年新收政府信息公开申请数量”行：总计填13，各类申请人相加是21（自然人 21），相差8"
    )


def test_mixed_blanks_are_listed(forms: dict[str, Form], book: RuleBook, make: Make) -> None:
    """Which cells hold 0 and which nothing; of many the first, with their number."""
    form = forms["stat-2014"]
    values = {"requests.received": 0, "requests.answered": None}
    (finding,) = check(make(form, values), form, book, select="ZERO-1").findings
    assert finding.message.startswith(
        "“三、依申请公开情况”中“（一）收到申请数”填0，“（三）申请答复数”空白或填“-”“/”"
    )
    form = forms["art20-2021"]
    row = dict.fromkeys(_row(form, "requests.received"), None)
    (finding,) = check(
        make(form, row | {"requests.received.total": 0}), form, book, select="ZERO-1"
    ).findings
    assert "“一、本年新收政府信息公开申请数量”行“总计”列填0" in finding.message
    assert "“商业企业”列等6格空白或填“-”“/”" in finding.message


@pytest.mark.parametrize(
    ("printed", "digits"), [("二十三", "23"), ("贰拾叁件", "23"), ("不详", "2"), ("若干件", "2")]
)
def test_what_to_write_instead_of_words(printed: str, digits: str) -> None:
    """A Chinese number is given in digits, other words get an example."""
    text = (
        "青禾市云岭县水务局2016年政府信息公开工作年度报告\n统计指标 | 单位 | 统计数 |\n"
        f"（一）收到申请数 | 件 | {printed} |\n1.当面申请数 | 件 | 0 |\n2.传真申请数 | 件 | 0 |\n"
    )
    (diagnostic,) = [d for d in gischema.parse_text(text).diagnostics if d.code == "D204"]
    assert diagnostic.message.endswith(f"不是数字，应填阿拉伯数字，如 {digits}")


def _column(form: Form, below: str, column: str) -> list[str]:
    ends = f".{column}"
    return [path for path in _paths(form) if path.startswith(below) and path.endswith(ends)]


def _row(form: Form, row: str) -> list[str]:
    return [path for path in _paths(form) if path.rpartition(".")[0] == row]


def _paths(form: Form) -> list[str]:
    return [path for row in form.rows if not row.group for path in row.paths]
