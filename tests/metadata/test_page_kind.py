"""Which texts are reports, and which are pages of other kinds: the cases of recognised.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import gischema

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("recognised.yaml").read_text(encoding="utf-8")
)
OF_REPORT = [pytest.param(case, id=case["why"]) for case in CASES["reports"]]
OF_OTHERS = [pytest.param(case, id=case["why"]) for case in CASES["others"]]


@pytest.mark.parametrize("case", OF_REPORT)
def test_a_true_report_is_read(case: dict[str, Any]) -> None:
    """However short it is, with the year and the body that it states."""
    report = gischema.parse_text(case["text"])
    stated = {name: case[name] for name in ("year", "agency") if name in case}
    assert {name: getattr(report, name) for name in stated} == stated


@pytest.mark.parametrize("case", OF_OTHERS)
def test_another_page_is_refused(case: dict[str, Any]) -> None:
    """In one line, whatever it says of disclosure."""
    with pytest.raises(gischema.UnreadableSource) as refused:
        gischema.parse_text(case["text"])
    assert "不像政府信息公开工作年度报告" in str(refused.value)
    assert "\n" not in str(refused.value)
