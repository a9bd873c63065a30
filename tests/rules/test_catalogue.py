"""What holds for every national rule."""

from __future__ import annotations

import re

import pytest

import gischema
from gischema.rules import RuleBook, RuleError, national_rules
from gischema.rules.examples import check_example, example_holds
from gischema.rules.explain import explain
from gischema.rules.language import parse_rules
from gischema.testing import LAYOUTS
from gischema.testing.choices import PlainChoices
from gischema.testing.laboratory import specimen

RULES = RuleBook.load(national_rules()).rules
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_codes_of_the_dossier_are_there(book):
    """The identities and bounds of the national forms have the codes they are known by."""
    expected = {"A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A15"}
    expected |= {"B1", "B2", "B3", "B4", "B9", "B10", "B14"}
    assert expected <= {rule.code for rule in book.rules}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_is_documented_in_both_languages(rule):
    """Title, reason and message are written in Chinese and in English, with a source."""
    for words in (rule.title, rule.why, rule.message):
        assert CHINESE.search(words.zh), words.zh
        assert words.en
        assert not CHINESE.search(words.en), words.en
        assert "  " not in words.zh + words.en
    assert rule.citations
    assert rule.since
    assert any(example.passes for example in rule.examples)
    assert any(not example.passes for example in rule.examples)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_binds_to_every_form_it_claims(rule, forms, book):
    """Every path and every placeholder exists in each form; no exception of a range is idle."""
    idle = {end for quantifier in rule.quantifiers for end in quantifier.without}
    for form_id in rule.forms:
        bound = book.bound(forms[form_id])
        own = next(one for one in bound.rules if one.rule.code == rule.code)
        assert all(check.instance.check_operands for check in own.checks)
        assert own.checks
        idle -= {path.rpartition(".")[2] for path in bound.view.cells}
    assert not idle


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_bear_out_the_rule(rule, forms):
    """On every form of the rule, passing examples pass and failing ones fail."""
    for example in rule.examples:
        for form_id in [example.form] if example.form else rule.forms:
            result = check_example(rule, example, forms[form_id])
            assert example_holds(example, result), (form_id, example, result)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_messages_are_filled(rule, forms):
    """The message of every failing example leaves no brace, and gives figures that must agree."""
    for example in (example for example in rule.examples if not example.passes):
        for form_id in [example.form] if example.form else rule.forms:
            for finding in check_example(rule, example, forms[form_id]).findings:
                for message in (finding.message, finding.message_en):
                    assert not re.search(r"[{}?]|None", message), message
                    assert rule.kind == "expectation" or re.search(r"\d", message), message


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_is_explained(rule, language):
    """The page of a rule names its code, title, reason, sources and check."""
    page = explain(rule, language)
    for part in (rule.code, rule.title.get(language), rule.why.get(language), "check "):
        assert part in page
    for citation in rule.citations:
        assert citation.notice in page


def test_files_are_read_the_same_with_and_without_cache(book):
    """What the cache gives back is what parsing gives."""
    for file in national_rules():
        parsed = parse_rules(file.read_text("utf-8"), str(file))
        assert parsed == tuple(rule for rule in book.rules if rule.file == str(file))


def test_codes_must_be_unique(tmp_path):
    """Two rules with one code are an error that names both places."""
    text = national_rules()[0].read_text("utf-8")
    one, other = tmp_path / "one.rules", tmp_path / "other.rules"
    one.write_text(text, "utf-8")
    other.write_text(text, "utf-8")
    with pytest.raises(RuleError, match=r"one\.rules:\d+.*other\.rules:\d+"):
        RuleBook.load([one, other])


def test_a_report_on_two_forms_is_told_once():
    """A part on the older form is not reported as if the whole report was on it."""
    report = gischema.parse_text(
        """某县某局2021年政府信息公开工作年度报告
        第二十条第（九）项
        信息内容 | 采购项目数量 | 采购总金额 |
        政府集中采购 | 12 | 41.13万元 |
        第二十条第（八）项
        信息内容 | 本年收费金额（单位：万元） |
        行政事业性收费 | 0 |
        """
    )
    found = gischema.check(report, select=["FORM-1", "FORM-2"]).findings
    assert [finding.code for finding in found] == ["FORM-2"]


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "收到政府信息公开申请3件。",
        "上年结转政府信息公开申请1件。",
        "办结政府信息公开申请2件。",
        "收到政府信息公开申请3件，部分公开1件。",
        "通过网站公开政府信息5条。",
        "行政复议结果维持1件。",
        "行政复议结果纠正1件。",
        "全县共收到政府信息公开申请3件。",
    ],
)
def test_rules_about_text_do_not_apply_to_what_it_does_not_state(engine, form, stated):
    """They are no checks that could not be made, however little the text states."""
    page = specimen(form, PlainChoices(), layout=LAYOUTS["pipes"], damages=())
    report = engine.parse_text(f"{page.printed.text}\n{stated}\n")
    codes = {entry.code for entry in engine.check(report).not_assessable}
    assert not {code for code in codes if code.startswith("TT-")}
