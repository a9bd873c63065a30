"""Sentences compared with a table: what is compared, and what is left out for which reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import gischema

ROOT = Path(__file__).parents[2]
COUNTY = (ROOT / "examples" / "reports" / "art20_2021_county.txt").read_text(encoding="utf-8")
CASES = yaml.safe_load(Path(__file__).with_name("statements.yaml").read_text(encoding="utf-8"))
BODY = "云岭县人民政府"


def checked(case: dict) -> gischema.CheckResult:
    """The result of the rules on running text for the county's tables behind a sentence."""
    tables = COUNTY[COUNTY.index("二、主动公开政府信息情况") :]
    title = f"{case.get('agency', BODY)}2023年政府信息公开工作年度报告"
    text = f"{title}\n一、总体情况\n2023年情况如下。{case['says']}\n{tables}"
    return gischema.check(gischema.parse_text(text), select=["TT"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_sentence_is_compared_or_the_reason_is_given(case: dict) -> None:
    """Findings are those of the case; what no rule compares is counted under its reason."""
    result = checked(case)
    assert [finding.code for finding in result.findings] == case.get("finds", [])
    assert all(finding.severity == "warning" for finding in result.findings)
    left_out = {each.code: [*each.missing, each.reason] for each in result.not_assessable}
    wanted = case.get("left_out", {})
    assert {code: left_out.get(code) for code in wanted} == wanted
    assert wanted or not left_out


def test_the_scope_is_to_be_checked() -> None:
    """A whole region may not be what the table counts, so no figure is said to be wrong."""
    (finding,) = checked(CASES[0]).findings
    assert (finding.actual, finding.expected) == (65, 68)
    assert finding.sources == ("whole_region", "table")
    assert finding.message.endswith("相差3，请核对口径")
    assert finding.culprit is None


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ("全县新收政府信息公开申请1件，上年结转0件，予以公开2件，部分公开3件。", "TT-5.2"),
        ("全县新收政府信息公开申请5件，上年结转1件，办结5件，结转下年度继续办理2件。", "TT-5.3"),
    ],
)
def test_what_a_government_states_of_its_region_is_compared_without_a_table(
    says: str, code: str
) -> None:
    """The statements must agree with each other; those of a bureau are of other bodies."""
    for body, found in ((BODY, [code]), ("云岭县财政局", [])):
        text = f"{body}2023年政府信息公开工作年度报告\n一、总体情况\n{says}"
        result = gischema.check(gischema.parse_text(text), select=["TT-5"])
        assert [finding.code for finding in result.findings] == found
