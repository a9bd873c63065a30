"""Checks of rules: they are documented in both languages, and their examples hold."""

from __future__ import annotations

import re

from gischema.forms import Form
from gischema.rules import CheckResult, Rule
from gischema.rules.binding import errors_of
from gischema.rules.examples import check_example, example_holds
from gischema.rules.explain import explain
from gischema.rules.model import RuleExample
from gischema.testing.conformance.subject import Subject

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _wrong_example(rule: Rule, example: RuleExample, form: Form, result: CheckResult) -> str:
    """Return which example does not hold, and what came of it."""
    word = "passes" if example.passes else "fails"
    found = "; ".join(finding.message_en for finding in result.findings)
    came = f"found: {found}" if found else f"nothing found, {result.held} checks held"
    return f"{rule.file}: rule {rule.code}: `{word}` does not hold on {form.id}; {came}"


def rule_is_documented(_subject: Subject, rule: Rule) -> None:
    """Title and message are in Chinese and English, with a reason and a source."""
    assert rule.why is not None, f"{rule.code}: a line `why` is missing"
    for words in (rule.title, rule.why, rule.message):
        assert _CHINESE.search(words.zh), f"{rule.code}: no Chinese in {words.zh!r}"
        assert words.en, f"{rule.code}: no English for {words.zh!r}"
        assert not _CHINESE.search(words.en), f"{rule.code}: Chinese in {words.en!r}"
    assert rule.citations, f"{rule.code}: a line `source` is missing"
    assert rule.code in explain(rule, "zh"), f"{rule.code}: `explain` does not show the code"


def rule_fits_its_forms(subject: Subject, rule: Rule) -> None:
    """Every form that the rule names exists, and the rule checks something in it."""
    for form_id in rule.forms:
        assert form_id in subject.engine.forms, f"{rule.code}: no such form as {form_id}"
        bound = subject.engine.rules.bound(subject.engine.forms[form_id])
        own = next(form_id for form_id in bound.rules if form_id.rule.code == rule.code)
        assert own.checks, f"{rule.code} checks nothing in {form_id}"


def rule_does_as_its_examples_say(subject: Subject, rule: Rule) -> None:
    """The rule has passing and failing examples, and on every form they pass and fail."""
    outcomes = {example.passes for example in rule.examples}
    assert outcomes == {True, False}, f"{rule.code}: needs a line `passes` and a line `fails`"
    for example in rule.examples:
        form_ids = [example.form] if example.form else rule.forms
        for form in (
            subject.engine.forms[form_id] for form_id in form_ids if form_id in subject.engine.forms
        ):
            with errors_of(rule):
                result = check_example(rule, example, form, subject.engine.rules.facts)
            assert example_holds(example, result), _wrong_example(rule, example, form, result)


CHECKS = (rule_is_documented, rule_fits_its_forms, rule_does_as_its_examples_say)
