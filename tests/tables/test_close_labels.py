"""Labels with a slip in them are read and diagnosed; what is as near to two rows is not read."""

import pytest

import gischema

HEADS = (
    "青禾市云岭县财政局2020年政府信息公开工作年度报告\n"
    "自然人 | 法人或其他组织 | 总计 |\n"
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
    "一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n"
    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
)
ROW = " | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"

CLOSE = {
    "(一)予已公开": "requests.disposed.granted.total",
    "1.属于国家密秘": "requests.disposed.refused.state_secret.total",
    "3.危及“三安全一稳字”": "requests.disposed.refused.security_stability.total",
    "5.要求行政机关确认或重新出据已获取信息": "requests.disposed.not_processed.confirmation.total",
    "四、结转下年底继续办理": "requests.carried_out.total",
}


@pytest.mark.parametrize(("label", "path"), CLOSE.items(), ids=list(CLOSE))
def test_a_slip_is_read_and_diagnosed(label: str, path: str) -> None:
    """The figure is there, marked as read closely, and a diagnostic names it."""
    report = gischema.parse_text(HEADS + label + ROW)
    figure = report.figure(path)
    assert (figure.value, figure.reading) == (2, "close")
    assert [d.code for d in report.diagnostics if path in d.paths] == ["D101"]


def test_a_label_as_near_to_two_rows_is_not_read() -> None:
    """予以公开 and 不予公开 are both one character away: neither is taken, both are named."""
    report = gischema.parse_text(HEADS + "(一)不以公开" + ROW)
    assert not [f for f in report.figures if f.path.startswith("requests.disposed")]
    assert [u.raw for u in report.unclaimed] == ["2", "0", "0", "0", "0", "0", "2"]
    (doubt,) = [d for d in report.diagnostics if d.code == "D103"]
    assert "requests.disposed.granted.total" in doubt.paths


def test_another_row_is_no_slip() -> None:
    """A row that the form lacks is not forced into one it has."""
    report = gischema.parse_text(HEADS + "(八)申请人撤回申请" + ROW)
    assert not [f for f in report.figures if f.path.startswith("requests.disposed")]
    assert [d.code for d in report.diagnostics] == ["D105"]
