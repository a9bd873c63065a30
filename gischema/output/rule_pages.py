"""The pages in `docs/rules`, made from the rules: `python -m gischema.output.rule_pages`.

One page a rule, in Chinese and English, and an index of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from gischema.output.words import KIND, SEVERITY
from gischema.rules import Rule, RuleBook, explain, national_rules

INDEX = "index.md"

_INTRODUCTION = """# Rules

Every rule that reports are checked against, each with its reason, its source and examples. The
pages are made from the rule files (`python -m gischema.output.rule_pages`); do not edit them.
`gischema explain CODE` prints the same. How a rule is written: [language.md](language.md); what the
one other checker of these reports tests, and where it is covered here: [parity.md](parity.md).
"""


def rule_pages(rules: Iterable[Rule]) -> Mapping[str, str]:
    """The text of every page by its file name."""
    listed = sorted(rules, key=_place)
    pages = {f"{rule.code}.md": _page(rule) for rule in listed}
    return {INDEX: _index(listed), **pages}


def _page(rule: Rule) -> str:
    return f"{explain(rule, 'zh')}\n---\n\n{explain(rule, 'en')}"


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


def _place(rule: Rule) -> list[tuple[bool, int, str]]:
    """Codes in the order of people: B2 before B10, B2.1 behind B2."""
    parts: list[tuple[bool, int, str]] = []
    word = ""
    for sign in f"{rule.code} ":
        if word and sign.isdigit() != word[-1].isdigit():
            parts.append((word.isdigit(), int(word) if word.isdigit() else 0, word))
            word = ""
        word += sign
    return parts


def main() -> None:
    """Write the pages into `docs/rules` of the working folder."""
    folder = Path("docs/rules")
    pages = rule_pages(RuleBook.load(national_rules()).rules)
    for page in folder.glob("[A-Z]*.md"):
        page.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
