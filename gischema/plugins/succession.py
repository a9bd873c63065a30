"""A new generation of a form: it ends the years of its predecessor and takes over its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from gischema.file_errors import FileError, near
from gischema.forms.form import Form
from gischema.forms.grammar_source import line_of
from gischema.plugins.plugin import Plugin
from gischema.plugins.problems import PluginFault, Problems
from gischema.rules import Rule, RuleBook, RuleError
from gischema.rules.bound import BoundRule
from gischema.rules.form_view import FormView

TOTALS = "SUM-"
"""What the codes of the rules of declared totals begin with."""


def end_predecessors(found: dict[str, tuple[Form, Plugin | None]], problems: Problems) -> None:
    """Let the forms that added ones replace, and their variants, end in the year before."""
    ended: dict[str, str] = {}
    for form, plugin in list(found.values()):
        if plugin is None or form.replaces is None:
            continue
        fault = _cannot_replace(form, found, ended)
        if fault is not None:
            problems.faults(plugin, [fault])
            continue
        ended[form.replaces] = form.id
        last = form.years[0] - 1
        for name, (other, adding) in found.items():
            first, end = other.years
            if other.generation == form.replaces and (end is None or end > last >= first):
                found[name] = evolve(other, years=(first, last)), adding


def _cannot_replace(
    form: Form, found: Mapping[str, tuple[Form, Plugin | None]], ended: Mapping[str, str]
) -> FileError | None:
    """Return why a form cannot replace the one that it names; None if it can."""
    replaced = form.replaces or ""
    if replaced not in found:
        hint, hint_en = near(replaced, found)
        words = f"没有表式 {replaced}{hint}", f"there is no form {replaced}{hint_en}"
    elif replaced in ended:
        words = (
            f"{replaced} 已由 {ended[replaced]} 取代",
            f"{replaced} is already replaced by {ended[replaced]}",
        )
    elif found[replaced][0].years[0] >= form.years[0]:
        first = found[replaced][0].years[0]
        words = (
            f"{replaced} 从 {first} 年起施行，不早于 {form.id} 的 {form.years[0]} 年",
            f"{replaced} is in force from {first}, not before {form.id} ({form.years[0]})",
        )
    else:
        return None
    return _fault(form, "replaces", *words)


def with_inherited_rules(
    book: RuleBook, form: Form, plugin: Plugin, forms: Mapping[str, Form], problems: Problems
) -> RuleBook:
    """Return the book with the rules that a form takes over from another.

    A rule that uses what the form does not have is left out, with a problem. Those of totals come
    with the grammar.
    """
    if form.rules_like is None:
        return book
    if form.rules_like not in forms:
        hint, hint_en = near(form.rules_like, forms)
        words = f"没有表式 {form.rules_like}{hint}", f"there is no form {form.rules_like}{hint_en}"
        problems.faults(plugin, [_fault(form, "rules", *words)])
        return book
    faults: list[FileError] = list(_unknown_codes(book, form))
    rules: list[Rule] = []
    for rule in book.rules:
        taken = evolve(rule, forms=(*rule.forms, form.id))
        wanted = rule.applies_to(form.rules_like) and not rule.code.startswith(TOTALS)
        wanted = wanted and rule.code not in form.rules_without
        if wanted and not rule.claims(form.id):
            if (fault := _misfit(taken, form)) is None:
                rules.append(taken)
                continue
            faults.append(fault)
        rules.append(rule)
    problems.faults(plugin, faults)
    return evolve(book, rules=tuple(rules))


def _unknown_codes(book: RuleBook, form: Form) -> Iterator[FileError]:
    codes = {rule.code for rule in book.rules if rule.applies_to(form.rules_like or "")}
    for code in form.rules_without:
        if code not in codes:
            hint, hint_en = near(code, codes)
            yield _fault(
                form,
                "rules",
                f"{form.rules_like} 没有规则 {code}{hint}",
                f"{form.rules_like} has no rule {code}{hint_en}",
            )


def _misfit(rule: Rule, form: Form) -> FileError | None:
    """Return why a rule cannot hold for a form; None if it can."""
    try:
        BoundRule.bind(rule, FormView(form))
    except RuleError as error:
        return _fault(
            form,
            "rules",
            f"{form.rules_like} 的规则 {rule.code} 不适用于 {form.id}（{error.message}）；"
            f"请写 except {rule.code}，或补上所缺的行",
            f"rule {rule.code} of {form.rules_like} does not fit {form.id} ({error.message_en}): "
            f"write except {rule.code}, or add what is missing",
        )
    return None


def _fault(form: Form, field: str, message: str, message_en: str) -> FileError:
    file = form.grammar.path
    return PluginFault(message, message_en, file.name, line_of(file, field, comments=True))
