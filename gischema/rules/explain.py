"""A rule as a page for people: what it checks, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from gischema.rules.model import Language, Quantifier, Rule, RuleExample
from gischema.rules.unparse import write

_WORDS = {
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
        "check": "检验内容",
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
        "check": "What is checked",
        "tolerance": "Tolerance",
        "blanks": "Undecided where a term of a sum is blank",
        "message": "Message",
        "passes": "Holds for",
        "fails": "Broken by",
        ":": ": ",
    },
}


def explain(rule: Rule, language: Language) -> str:
    """The page of a rule as plain Markdown."""
    return "\n".join(_lines(rule, language)) + "\n"


def _lines(rule: Rule, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    colon = words[":"]
    yield f"# {rule.code} {rule.title.get(language)}"
    yield ""
    if rule.why is not None:
        yield rule.why.get(language)
        yield ""
    yield f"- {words['kind']}{colon}{words[rule.kind]}"
    yield f"- {words['severity']}{colon}{words[rule.severity]}"
    yield f"- {words['forms']}{colon}{', '.join(rule.forms)}"
    for citation in rule.citations:
        where = f" {citation.article}" if citation.article else ""
        yield f"- {words['source']}{colon}{citation.notice}{where} ({words[citation.certainty]})"
    yield f"- {words['since']}{colon}{rule.since}"
    if rule.tolerance:
        yield f"- {words['tolerance']}{colon}{rule.tolerance}"
    if rule.blanks == "unknown":
        yield f"- {words['blanks']}"
    yield ""
    yield f"## {words['check']}"
    yield ""
    yield from (f"    {line}" for line in statement(rule))
    yield ""
    yield f"## {words['message']}"
    yield ""
    yield f"    {rule.message.get(language)}"
    for example in rule.examples:
        yield ""
        yield f"## {words['passes' if example.passes else 'fails']}"
        yield ""
        if example.form is not None:
            yield f"    {example.form}:"
        yield from (f"    {line}" for line in example_lines(example))


def statement(rule: Rule) -> list[str]:
    """What a rule checks, in the words of the language."""
    lines = [_quantifier(quantifier) for quantifier in rule.quantifiers]
    if rule.guard is not None:
        lines.append(f"when {write(rule.guard)}")
    return lines + [f"check {write(check)}" for check in rule.checks]


def _quantifier(quantifier: Quantifier) -> str:
    parts = (("of", "within"), ("with", "having"), ("except", "without"))
    found = [(word, getattr(quantifier, name)) for word, name in parts]
    tail = "".join(f" {word} {', '.join(paths)}" for word, paths in found if paths)
    return f"for each {quantifier.kind}{tail}"


def example_lines(example: RuleExample) -> list[str]:
    """What an example says, one line a figure, in the words of the language."""
    words = {"blank": "blank", "not_applicable": "none"}
    return [
        f"{write(path)} = {words.get(status, str(value))}" for path, status, value in example.facts
    ]
