"""Explain a rule on a page: what it checks, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from gischema.rules.form_view import FormView
from gischema.rules.model import Language, Quantifier, Rule, RuleExample
from gischema.rules.unparse import unparse

_LABELS = {
    "zh": {
        "identity": "恒等关系（必须成立）",
        "bound": "界限（不得超出）",
        "expectation": "常情（值得核实）",
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "printed": "表式明文规定",
        "structure": "由表式结构推出",
        "practice": "实务惯例",
        "kind": "性质",
        "severity": "级别",
        "forms": "适用表式",
        "source": "依据",
        "since": "始于版本",
        "years": "施行年度",
        "check": "检验内容",
        "expression": "规则文件中的写法",
        "tolerance": "允许误差",
        "blanks": "求和项中有空白时不作判断",
        "message": "提示语",
        "passes": "成立的例子",
        "fails": "不成立的例子",
        ":": "：",
    },
    "en": {
        "identity": "identity (must hold)",
        "bound": "bound (must not be exceeded)",
        "expectation": "expectation (worth a look)",
        "error": "error",
        "warning": "warning",
        "info": "info",
        "printed": "printed on the form",
        "structure": "implied by the layout of the form",
        "practice": "practice",
        "kind": "Kind",
        "severity": "Severity",
        "forms": "Forms",
        "source": "Source",
        "since": "Since version",
        "years": "In force for report years",
        "check": "What is checked",
        "expression": "What is checked, as the rule file says it",
        "tolerance": "Tolerance",
        "blanks": "Undecided where a term of a sum is blank",
        "message": "Message",
        "passes": "Holds for",
        "fails": "Broken by",
        ":": ": ",
    },
}


def explain(rule: Rule, language: Language) -> str:
    """Return the page of a rule as plain Markdown, with everything that its file says."""
    return "\n".join((*_head(rule, language), *_check(rule, language), *_rest(rule, language), ""))


def explain_on_form(rule: Rule, view: FormView, language: Language, *, verbose: bool) -> str:
    """Return the page of a rule in the words of a form.

    In Chinese the check is a sentence. What is written in the language of rules (the check, the
    message, examples) follows with `verbose`; in English the check is always there.
    """
    from gischema.rules.sentences import CheckSentences  # 2 ms, for one command

    lines = list(_head(rule, language))
    if language == "zh":
        labels = _LABELS[language]
        sentences = CheckSentences(rule, view).lines()
        lines += ["", f"## {labels['check']}", "", *(f"    {line}" for line in sentences)]
    if verbose or language != "zh":
        lines += _check(rule, language, "expression")
    if verbose:
        lines += _rest(rule, language)
    return "\n".join((*lines, ""))


def _head(rule: Rule, language: Language) -> Iterator[str]:
    yield f"# {rule.code} {rule.title.get(language)}"
    yield ""
    if rule.why is not None:
        yield rule.why.get(language)
        yield ""
    yield from _properties(rule, language)


def _check(rule: Rule, language: Language, heading: str = "check") -> Iterator[str]:
    yield ""
    yield f"## {_LABELS[language][heading]}"
    yield ""
    yield from (f"    {line}" for line in statement(rule))


def _rest(rule: Rule, language: Language) -> Iterator[str]:
    """Yield the message and the examples."""
    labels = _LABELS[language]
    yield ""
    yield f"## {labels['message']}"
    yield ""
    yield f"    {rule.message.get(language)}"
    for example in rule.examples:
        yield ""
        yield f"## {labels['passes' if example.passes else 'fails']}"
        yield ""
        if example.form is not None:
            yield f"    {example.form}:"
        yield from (f"    {line}" for line in example_lines(example))


def _properties(rule: Rule, language: Language) -> Iterator[str]:
    """Yield the list of kind, severity, forms, sources and options of a rule."""
    labels = _LABELS[language]
    colon = labels[":"]
    yield f"- {labels['kind']}{colon}{labels[rule.kind]}"
    yield f"- {labels['severity']}{colon}{labels[rule.severity]}"
    yield f"- {labels['forms']}{colon}{', '.join(rule.forms)}"
    for citation in rule.citations:
        where = f" {citation.article}" if citation.article else ""
        yield f"- {labels['source']}{colon}{citation.notice}{where} ({labels[citation.certainty]})"
    yield f"- {labels['since']}{colon}{rule.since}"
    if rule.years is not None:
        yield f"- {labels['years']}{colon}{years_text(rule.years)}"
    if rule.tolerance:
        yield f"- {labels['tolerance']}{colon}{rule.tolerance}"
    if rule.blanks == "unknown":
        yield f"- {labels['blanks']}"


def years_text(years: tuple[int, int | None]) -> str:
    """Return years as files have them: `2019–`, `2008–2018`, `2020`."""
    first, last = years
    return str(first) if first == last else f"{first}–{last or ''}"


def statement(rule: Rule) -> list[str]:
    """Return the lines of a rule file that say what a rule checks."""
    lines = [_quantifier(quantifier) for quantifier in rule.quantifiers]
    if rule.guard is not None:
        lines.append(f"when {unparse(rule.guard)}")
    return lines + [f"check {unparse(check)}" for check in rule.checks]


def _quantifier(quantifier: Quantifier) -> str:
    parts = {
        "of": quantifier.within,
        "with": quantifier.having,
        "except": quantifier.without,
    }
    tail = "".join(f" {word} {', '.join(paths)}" for word, paths in parts.items() if paths)
    return f"for each {quantifier.kind}{tail}"


def example_lines(example: RuleExample) -> list[str]:
    """Return the entries of an example, one line per figure, as a rule file has them."""
    words = {"blank": "blank", "not_applicable": "none"}
    return [
        f"{unparse(path)} = {words.get(status, str(value))}"
        for path, status, value in example.entries
    ]
