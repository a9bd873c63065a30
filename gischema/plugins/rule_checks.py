"""Check the rules of a plugin against their own examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gischema.file_errors import FileError
from gischema.forms.form import Form
from gischema.rules import Rule, RuleBook, RuleError
from gischema.rules.binding import errors_of
from gischema.rules.examples import check_example, example_holds
from gischema.rules.explain import years_text
from gischema.rules.report_facts import ReportFact


def example_faults(book: RuleBook, forms: Mapping[str, Form]) -> Iterator[FileError]:
    """Yield what is wrong with the examples of rules, on the forms that they claim."""
    for rule in book.rules:
        if {example.passes for example in rule.examples} != {True, False}:
            yield _fault(
                rule,
                f"规则{rule.code}要有成立的例子（passes）和不成立的例子（fails）各至少一个",
                f"rule {rule.code} needs an example that passes and one that fails",
            )
        if rule.years is not None and not _in_force(rule, [forms[one] for one in rule.forms]):
            yield _fault(
                rule,
                f"规则{rule.code}的年份 {years_text(rule.years)} 不在它的表式施行的年份里",
                f"rule {rule.code}: none of its forms is in force in {years_text(rule.years)}",
            )
        for form_id in rule.forms:
            yield from _wrong(rule, forms[form_id], book.facts)


def _in_force(rule: Rule, forms: Sequence[Form]) -> bool:
    """Return True if one of the forms is in force in a year of the rule."""
    first, last = rule.years or (0, None)
    return any(
        (last is None or form.years[0] <= last)
        and (form.years[1] is None or form.years[1] >= first)
        for form in forms
    )


def _wrong(rule: Rule, form: Form, facts: Mapping[str, ReportFact]) -> Iterator[FileError]:
    for example in rule.examples:
        if example.form not in (None, form.id):
            continue
        word = "passes" if example.passes else "fails"
        try:
            with errors_of(rule):
                result = check_example(rule, example, form, facts)
        except RuleError as error:
            yield error
            continue
        if not example_holds(example, result):
            came = "；".join(finding.message for finding in result.findings)
            came_en = "; ".join(finding.message_en for finding in result.findings)
            why = "；".join(one.message for one in result.not_assessable)
            why_en = "; ".join(one.message_en for one in result.not_assessable)
            yield _fault(
                rule,
                f"规则{rule.code}的例子 {word} 在 {form.id} 上不是这样："
                + (f"有问题“{came}”" if came else f"没有发现问题，相符{result.held}项")
                + (f"；没有核对：{why}" if why else ""),
                f"rule {rule.code}: the example `{word}` is not so on {form.id}: "
                + (came_en or f"nothing found, {result.held} checks hold")
                + (f"; not checked: {why_en}" if why_en else ""),
            )


def _fault(rule: Rule, message: str, message_en: str) -> FileError:
    return FileError(message, message_en, Path(rule.file).name, *rule.at)
