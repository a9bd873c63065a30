"""The forms and rules of an engine, and the indicators of a form, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import asdict

from gischema.forms.grammar_text import grammar_text
from gischema.output.columns import aligned
from gischema.output.csv_text import csv_line
from gischema.output.language import Lang, say
from gischema.output.words import KIND, SEVERITY, shown
from gischema.rules.explain import example_lines, statement, years_text

__all__ = [
    "form_records",
    "forms_table",
    "grammar_text",
    "indicator_records",
    "indicators_table",
    "records_csv",
    "rule_records",
    "rules_table",
]

if TYPE_CHECKING:
    from gischema.forms import Form
    from gischema.rules import Rule

Record: TypeAlias = dict[str, Any]


def form_records(forms: Iterable[Form]) -> list[Record]:
    """Return one record for each form."""
    return [
        {
            "form": form.id,
            "first_year": form.years[0],
            "last_year": form.years[1],
            "indicators": len(form.indicators),
            "basis": form.basis,
        }
        for form in forms
    ]


def indicator_records(form: Form) -> list[Record]:
    """Return one record for each figure of the form, in its order."""
    return [
        {"path": each.path, "unit": each.unit, "label": each.label}
        for each in form.indicators.values()
    ]


def rule_records(rules: Iterable[Rule]) -> list[Record]:
    """Return one record for each rule, with the content of its page."""
    return [
        {
            "code": rule.code,
            "kind": rule.kind,
            "severity": rule.severity,
            "forms": list(rule.forms),
            "since": rule.since,
            "years": years_text(rule.years) if rule.years is not None else None,
            "title": asdict(rule.title),
            "message": asdict(rule.message),
            "why": asdict(rule.why) if rule.why is not None else None,
            "citations": [asdict(citation) for citation in rule.citations],
            "statement": statement(rule),
            "tolerance": rule.tolerance,
            "blanks": rule.blanks,
            "examples": [
                {"passes": one.passes, "form": one.form, "figures": example_lines(one)}
                for one in rule.examples
            ],
        }
        for rule in rules
    ]


def forms_table(forms: Iterable[Form], lang: Lang) -> str:
    """Return the forms as aligned columns."""
    heads = say(lang, "表式 首年 末年 指标数 依据", "form first last indicators basis")
    return _table(heads, (record.values() for record in form_records(forms)))


def indicators_table(form: Form, lang: Lang) -> str:
    """Return the indicators of a form as aligned columns."""
    heads = say(lang, "指标 单位 名称", "path unit label")
    return _table(heads, (record.values() for record in indicator_records(form)))


def rules_table(rules: Iterable[Rule], lang: Lang) -> str:
    """Return the rules as aligned columns."""
    heads = say(lang, "代码 级别 种类 表式 名称", "code severity kind forms title")
    rows = (
        (
            rule.code,
            say(lang, *SEVERITY[rule.severity]),
            say(lang, *KIND[rule.kind]),
            " ".join(rule.forms),
            rule.title.get(lang),
        )
        for rule in rules
    )
    return _table(heads, rows)


def records_csv(records: Sequence[Record]) -> str:
    """Return flat records as CSV with a head."""
    heads = csv_line(records[0])
    return heads + "".join(csv_line(record.values()) for record in records)


def _table(heads: str, rows: Iterable[Iterable[object]]) -> str:
    return aligned([heads.split(), *([shown(cell) for cell in row] for row in rows)])
