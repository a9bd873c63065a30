"""Pages before 2014: codes are no figures, and each row has two."""

from pathlib import Path

import gischema_legacy
import pytest

from gischema import Gischema
from gischema.testing.source_folder import write_sources

ENGINE = Gischema(plugins=[gischema_legacy])
GANSU = """青禾市政府信息公开情况统计报表（2009年）
指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |
甲 | 乙 | 丙 | 1 | 2 |
主动公开信息数 | 条 | 01 | 12 | 140 |
其中：全文电子化的主动公开信息数 | 条 | 02 | 9 | 101 |
申请总数 | 条 | 10 | 3 | 7 |
其中：1.当面申请数 | 条 | 11 | 1 | 2 |
2.传真申请数 | 条 | 12 | 0 | 0 |
3.电子邮件申请数 | 条 | 13 | 0 | 1 |
4.网上申请数 | 条 | 14 | 2 | 4 |
5.信函申请数 | 条 | 15 | 0 | 0 |
6.其他形式申请数 | 条 | 16 | 0 | 0 |
（5）“免予公开范围1”数 | 条 | 25 | | 1 |
"""


def figures(page: str) -> dict:
    return {figure.path: figure.value for figure in ENGINE.parse_text(page).figures}


def test_codes_are_no_figures() -> None:
    """Of three numbers in a row the first is its code; codes are neither figures nor unclaimed."""
    report = ENGINE.parse_text(GANSU)
    assert report.form == "gansu-2008"
    assert figures(GANSU)["proactive.disclosed.period"] == 12
    assert figures(GANSU)["proactive.disclosed.year"] == 140
    assert not [path for path in figures(GANSU) if "code" in path]
    assert [number.raw for number in report.unclaimed if number.raw.startswith("0")] == []
    assert len(report.figures) == 2 * 10
    assert report.figure("requests.received.fax.year").unit == "条"


def test_blank_cell_beside_a_code_is_blank() -> None:
    """A period without a figure is no zero, and moves nothing."""
    report = ENGINE.parse_text(GANSU)
    assert report.figure("requests.answered.refused.state_secret.period").status == "blank"
    assert report.figure("requests.answered.refused.state_secret.year").value == 1


def test_sums_are_checked_in_both_columns() -> None:
    """The ways of the requests add up to them, for the period and for the year."""
    assert not ENGINE.check(ENGINE.parse_text(GANSU), select=["SUM-GANSU-2008"]).findings
    wrong = ENGINE.parse_text(GANSU.replace("| 13 | 0 | 1 |", "| 13 | 0 | 2 |"))
    (finding,) = ENGINE.check(wrong, select=["SUM-GANSU-2008"]).findings
    assert "requests.received.year" in finding.paths


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_form_is_printed_in_files(kind: str, tmp_path: Path) -> None:
    """The column of units has its head and no figures: the codes and figures stay in theirs."""
    pytest.importorskip({"docx": "docx", "xlsx": "openpyxl"}.get(kind, "html"))
    form = ENGINE.forms["gansu-2008"]
    written = write_sources(tmp_path, [form], 2, copies=0, broken=0, hostile=0, kinds=[kind])
    for file in written.reports:
        report = ENGINE.parse(file)
        assert report.form == form.id
        assert len(report.figures) == len(form.declared)
        assert not report.diagnostics
