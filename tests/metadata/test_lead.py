"""What reports say of themselves, and which of their chapters say nothing."""

from pathlib import Path

import pytest
import yaml
from attrs import asdict

import gischema
from gischema.narrative import read_narrative
from gischema.reading import Document
from gischema.report import Section
from gischema.text import normalise

CASES = yaml.safe_load((Path(__file__).parent / "leads.yaml").read_text(encoding="utf-8"))

REPORT = """\
某县水务局2022年政府信息公开工作年度报告
{contents}根据《政府信息公开条例》,我局编制政府信息公开工作年度报告。
一、总体情况
1.主动公开情况。公开政务动态。
2.依申请公开。办理顺畅。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
收到政府信息公开申请3件。
四、政府信息公开行政复议、行政诉讼情况
无。
五、存在的主要问题及改进情况
（一）无其他需要报告的事项。
六、其他需要报告的事项 无。
附件
2023年1月5日
"""


@pytest.mark.parametrize("case", CASES, ids=range(1, len(CASES) + 1))
def test_lead(case: dict) -> None:
    """The facts of a case are read, no others, and each stands where its origin says."""
    text = case["text"]
    lead = read_narrative(normalise(text), Document(text), None, None).lead
    facts = asdict(lead, recurse=False)
    stated = {name: facts[name] for name in facts if name not in ("origin", "origins")}
    assert {name: value for name, value in stated.items() if value is not None} == case["says"]
    assert lead.origins.keys() == case["says"].keys()
    for name, origin in lead.origins.items():
        if isinstance(stated[name], str) and name != "scope":
            assert text[origin.start : origin.end] == stated[name]


def sections(contents: str = "") -> tuple[Section, ...]:
    return gischema.parse_text(REPORT.format(contents=contents)).narrative.sections


def test_chapters_without_content() -> None:
    """Nothing under a heading, or only 无, is an empty chapter; a page's foot changes nothing."""
    chapters = [s for s in sections() if s.level == 1]
    assert [s.empty for s in chapters] == [False, True, False, True, True, True]


def test_sub_chapters_with_plain_numbers() -> None:
    """In 总体情况, `1.主动公开情况` is a sub-chapter."""
    below = [(s.number, s.kind, s.title) for s in sections() if s.level == 2]
    assert below[:2] == [(1, "proactive", "主动公开情况"), (2, "requests", "依申请公开")]


def test_a_table_of_contents_is_no_chapter() -> None:
    """The chapters are those with text under them."""
    every = [s for s in sections() if s.level == 1]
    titles = "".join(f"{'一二三四五六'[s.number - 1]}、{s.title}\n" for s in every)
    assert [s.title for s in sections(titles)] == [s.title for s in sections()]
    assert all(s.origin.start > len(titles) for s in sections(titles))
