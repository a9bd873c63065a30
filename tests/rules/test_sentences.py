"""What a rule checks, said in the words of the form."""

from __future__ import annotations

import re

import pytest

import gischema
from gischema.rules import RuleBook
from gischema.rules.functions import FUNCTIONS
from gischema.rules.model import Rule
from gischema.rules.sentences import CheckSentences

ENGINE = gischema.default_engine()


def _sentences(rule: Rule, form_id: str) -> list[str]:
    return CheckSentences(rule, ENGINE.rules.bound(ENGINE.form(form_id)).view).lines()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "B1",
            (
                "“三、收到和处理政府信息公开申请情况”的每一列："
                "第一项“本年新收政府信息公开申请数量”加第二项“上年结转政府信息公开申请数量”"
                "等于第三项“（七）总计”加第四项“结转下年度继续办理”"
            ),
        ),
        (
            "B2",
            "“三、收到和处理政府信息公开申请情况”的每一行：该行“总计”列等于该行其余各列之和",
        ),
        (
            "B3",
            (
                "“三、收到和处理政府信息公开申请情况”的每一列："
                "第三项“（七）总计”等于“三、本年度办理结果”以下各项之和"
            ),
        ),
        ("A1", "“（一）收到申请数”等于“（一）收到申请数”以下各项之和"),
        (
            "A12",
            (
                "“1.政府公报公开政府信息数”至“5.其他方式公开政府信息数”以下各项中最大的"
                "不大于“（一）主动公开政府信息数”"
            ),
        ),
        (
            "TT-5",
            (
                "如果正文所述第一项“本年新收政府信息公开申请数量”有数，"
                "并且正文所述第二项“上年结转政府信息公开申请数量”有数，"
                "并且正文所述“（一）予以公开”有数，并且正文所述“（二）部分公开”有数，"
                "那么正文所述“（一）予以公开”加正文所述“（二）部分公开”"
                "不大于正文所述第一项“本年新收政府信息公开申请数量”"
                "加正文所述第二项“上年结转政府信息公开申请数量”"
            ),
        ),
        ("DATE-1", "发布日期不晚于（报告年度加1）年3月31日"),
    ],
)
def test_sentence(code: str, sentence: str) -> None:
    rule = ENGINE.rules.get(code)
    assert _sentences(rule, rule.forms[-1]) == [sentence]


@pytest.mark.parametrize("rule", ENGINE.rules.rules, ids=lambda rule: rule.code)
def test_no_rule_shows_paths(rule: Rule) -> None:
    """Neither paths nor words of the language of rules, on any form; a sentence per statement."""
    for form_id in rule.forms:
        sentences = _sentences(rule, form_id)
        assert len(sentences) == len(rule.checks)
        for sentence in sentences:
            assert not re.search("[a-zA-Z_*]", sentence), sentence


def test_every_function_has_words() -> None:
    """A new function of the language has to be said too."""
    arguments = {"number": "requests.received", "truth": "fees = 1", "text": '"甲"'}
    for name, function in FUNCTIONS.items():
        if function.repeats:
            continue
        call = f"{name}({', '.join(arguments[kind] for kind in function.takes)})"
        check = call if function.gives == "truth" else f"{call} = {call}"
        text = (
            'forms stat-2014\nsource "某文" practice\nsince 0.1\n'
            f'rule X1 identity error\n  title "甲" / "a"\n  why "甲" / "a"\n'
            f'  check {check}\n  message "乙" / "b"\n'
            "  passes fees = 1\n  fails fees = 2\n"
        )
        (rule,) = RuleBook.parse(text).rules
        (sentence,) = _sentences(rule, "stat-2014")
        assert name not in sentence


def test_the_page_of_a_rule_shows_no_path() -> None:
    """The expression, the message and the examples follow on demand."""
    for rule in ENGINE.rules.rules:
        page = gischema.explain(rule.code)
        full = gischema.explain(rule.code, verbose=True)
        assert not re.search(r"[a-z]+\.[a-z_]+", page), page
        assert full.startswith(page.rstrip())
        assert "check " in full
    assert "check requests.disposed.total = " in gischema.explain("B3", "en")
