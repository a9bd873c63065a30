"""The reference pages about the rules: one for each family of codes, and an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import gischema
from docs.reference.markdown import table, toctree
from gischema.output.language import Lang, say
from gischema.output.words import KIND, SEVERITY
from gischema.rules import Rule

INDEX = "index.md"

_INTRODUCTION = {
    "en": """# Rules

Every rule that reports are checked against, with its reason, its source and examples.
`gischema explain -v CODE` prints the same. [How a rule is written](../../rule-language.md).
""",
    "zh": """# 规则

校验报告的全部规则，各有理由、出处和例子。`gischema explain -v 代码` 给出同样的内容。
[怎样写规则](../../rule-language.md)。
""",
}
_HEADS = {"en": ("code", "severity", "kind", "forms", "holds"), "zh": ("代码", "级别", "性质", "表式", "内容")}  # fmt: skip


def rule_pages(rules: Iterable[Rule], language: Lang) -> Mapping[str, str]:
    """Return the text of each page by its file name."""
    families: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=_natural_order):
        families.setdefault(_family(rule), []).append(rule)
    pages = {
        f"{family}.md": _page(family, members, language) for family, members in families.items()
    }
    return {INDEX: _index(families, language), **pages}


def _page(family: str, rules: Iterable[Rule], language: Lang) -> str:
    """Return the page of a family: what `explain` prints about each rule, one heading deeper."""
    explained = (gischema.explain(rule.code, language, verbose=True) for rule in rules)
    sections = (re.sub(r"^#", "##", text, flags=re.MULTILINE) for text in explained)
    title = say(language, f"规则 {family}", f"Rules {family}")
    named = (f"({section.split()[1]})=\n{section}" for section in sections)
    return f"# {title}\n\n" + "\n".join(named)


def _index(families: Mapping[str, list[Rule]], language: Lang) -> str:
    at = 0 if language == "zh" else 1
    rows = (
        (
            f"[{rule.code}](#{rule.code})",
            SEVERITY[rule.severity][at],
            KIND[rule.kind][at],
            ", ".join(rule.forms),
            say(language, rule.title.zh, rule.title.en),
        )
        for rules in families.values()
        for rule in rules
    )
    listed = table(_HEADS[language], rows)
    return f"{_INTRODUCTION[language]}\n{listed}\n{toctree(families)}"


def _family(rule: Rule) -> str:
    return rule.code.split("-")[0].rstrip("0123456789.")


def _natural_order(rule: Rule) -> list[tuple[bool, int, str]]:
    """Return the sort key of a rule: B2 before B10, B2.1 after B2."""
    parts = re.findall(r"\d+|\D+", rule.code)
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
