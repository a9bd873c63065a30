"""The reference pages about the rules: one for each, in Chinese and English, and an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import gischema
from gischema.output.words import KIND, SEVERITY
from gischema.rules import Rule

INDEX = "index.md"

_INTRODUCTION = """# Rules

Every rule that reports are checked against, with its reason, its source and examples.
`gischema explain -v CODE` prints the same.
"""


def rule_pages(rules: Iterable[Rule]) -> Mapping[str, str]:
    """Return the text of each page by its file name."""
    listed = sorted(rules, key=_natural_order)
    pages = {f"{rule.code}.md": _page(rule) for rule in listed}
    return {INDEX: _index(listed), **pages}


def _page(rule: Rule) -> str:
    zh = gischema.explain(rule.code, "zh", verbose=True)
    return f"{zh}\n---\n\n{gischema.explain(rule.code, 'en', verbose=True)}"


def _index(rules: Iterable[Rule]) -> str:
    lines = [_INTRODUCTION, "| code | severity | kind | forms | holds |", "|---|---|---|---|---|"]
    for rule in rules:
        severity, kind = SEVERITY[rule.severity][1], KIND[rule.kind][1]
        forms = ", ".join(rule.forms)
        lines.append(
            f"| [{rule.code}]({rule.code}.md) | {severity} | {kind} | {forms} "
            f"| {rule.title.zh}<br>{rule.title.en} |"
        )
    return "\n".join(lines) + "\n"


def _natural_order(rule: Rule) -> list[tuple[bool, int, str]]:
    """Return the sort key of a rule: B2 before B10, B2.1 after B2."""
    parts: list[tuple[bool, int, str]] = []
    word = ""
    for sign in f"{rule.code} ":
        if word and sign.isdigit() != word[-1].isdigit():
            parts.append((word.isdigit(), int(word) if word.isdigit() else 0, word))
            word = ""
        word += sign
    return parts
