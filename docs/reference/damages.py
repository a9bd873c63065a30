"""The reference page about damages, made by the laboratory in `gischema.testing`.

Every damage is applied to a page. The lines that it changed are shown before and after, with what
the reader makes of the damaged page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from attrs import evolve, frozen

from gischema.diagnostics import KINDS
from gischema.forms import Form
from gischema.output.language import Lang, say
from gischema.report import Report
from gischema.testing.choices import SeededChoices
from gischema.testing.compose import compose
from gischema.testing.damages import DAMAGES, Damage
from gischema.testing.laboratory import apply_damages
from gischema.testing.layouts import LAYOUTS, Layout
from gischema.testing.printed_page import PrintedPage
from gischema.testing.sample_page import SamplePage
from gischema.testing.values import consistent_values
from gischema.testing.verdict import Outcome, judge

_SEED = 5
_MOST_LINES = 4
_LAYOUT_LINES = 10
_MOST_CHARACTERS = 90
_PREFERRED = ("pipes", "lines", "spaces", "glued")
_WORDS: dict[Outcome, tuple[str, str]] = {
    "read": ("读对", "read as printed"),
    "read_with_doubt": ("读出并有诊断指明", "read, and flagged by a diagnostic"),
    "left_with_doubt": ("未读但有诊断指明", "not read, but flagged by a diagnostic"),
    "absent": (
        "页上已没有，或是略过的空格",
        "no longer on the page, or an empty cell that is passed over",
    ),
}

_INTRODUCTION = {
    "zh": """# 残缺

报告经过转换、转载和提取才到读取程序手里。`gischema.testing` 中的实验室印出虚构的报告，并以同样的方式损坏它们；测试读数千
份这样的页面：没有一个数字可以读错而不被诊断指明。

每种残缺列出最先改变的几行，损坏之前和之后，以及整页读得如何。测试中一页最多有三种残缺。
""",
    "en": """# Damages

Reports reach a reader through converters, mirrors and extractors. The laboratory in
`gischema.testing` prints invented reports and damages them in the same ways. The tests read
thousands of such pages: no figure may come back wrong unless a diagnostic flags its path.

Each damage is shown with the first lines that it changes, before and after, and with what the
reader makes of the whole damaged page. The tests apply up to three damages to one page.
""",
}


@frozen
class DamageExample:
    """One damage to one page."""

    damage: Damage
    layout: Layout
    form: Form
    before: PrintedPage
    after: PrintedPage


def damages_page(forms: Sequence[Form], read: Callable[[str], Report], language: Lang) -> str:
    """Return the page in Markdown, for damages to pages on `forms`, as read by `read`."""
    examples = (_example(damage, forms) for damage in DAMAGES.values())
    sections = (_section(example, read, language) for example in examples)
    return "\n".join([_INTRODUCTION[language], _layouts(forms, language), *sections])


def _layouts(forms: Sequence[Form], language: Lang) -> str:
    """Return the layouts, each with rows of the newest form: a single one, and a group."""
    page = _page(forms[-1], _SEED)
    first = next(place for place, line in enumerate(page.lines) if line.spans)
    rows = evolve(page, lines=page.lines[first - 1 : first + 2])
    lines = [say(language, "## 版式", "## Layouts"), ""]
    for layout in LAYOUTS.values():
        shown = layout.print(rows).text.rstrip("\n").split("\n")
        more = ["…"] if len(shown) > _LAYOUT_LINES else []
        fenced = _fenced([*shown[:_LAYOUT_LINES], *more])
        words = say(language, layout.zh, layout.en)
        lines += [f"`{layout.name}` — {words}.", "", *fenced, ""]
    return "\n".join(lines)


def _page(form: Form, seed: int) -> SamplePage:
    choices = SeededChoices(seed)
    return compose(form, consistent_values(form, choices), choices)


def _example(damage: Damage, forms: Sequence[Form]) -> DamageExample:
    """Return the damage on the first page that it changes.

    The newest form and the simplest layout are tried first.
    """
    for seed in range(_SEED, _SEED + 50):
        for form in reversed(forms):
            page = _page(form, seed)
            for layout in (LAYOUTS[name] for name in _PREFERRED):
                if not damage.fits(page, layout):
                    continue
                after = layout.print(apply_damages(page, [damage], SeededChoices(seed)))
                before = layout.print(page)
                if after.text != before.text:
                    return DamageExample(damage, layout, form, before, after)
    raise ValueError(f"the damage {damage.name} changes no page")


def _section(example: DamageExample, read: Callable[[str], Report], language: Lang) -> str:
    damage = example.damage
    before, after = _changed(example.before.text, example.after.text)
    report = read(example.after.text)
    outcomes = judge(example.after, report).outcomes
    counts = "; ".join(
        f"{outcomes[outcome]} {say(language, *words)}"
        for outcome, words in _WORDS.items()
        if outcomes[outcome]
    )
    codes = (KINDS[code] for code in sorted({one.code for one in report.diagnostics}))
    noted = ", ".join(f"{kind.code} {say(language, kind.title, kind.title_en)}" for kind in codes)
    title = say(language, damage.zh, damage.en)
    return "\n".join(
        [
            f"## `{damage.name}` — {title[0].upper()}{title[1:]}",
            "",
            f"`{example.form.id}`, {example.layout.name}",
            "",
            say(language, "之前：", "Before:"),
            "",
            *_fenced(before),
            "",
            say(language, "之后：", "After:"),
            "",
            *_fenced(after),
            "",
            say(
                language,
                f"数字：{counts}。诊断：{noted or '无'}。",
                f"Figures: {counts}. Diagnostics: {noted or 'none'}.",
            ),
            "",
        ]
    )


def _changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the first lines in which two texts differ."""
    one, two = before.split("\n"), after.split("\n")
    old: list[str] = []
    new: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal" and len(old) + len(new) < _MOST_LINES:
            context = one[i - 1 : i] if i == j or k == m else []
            old += context + one[i:j]
            new += context + two[k:m]
    return list(_short(old)), list(_short(new))


def _short(lines: list[str]) -> Iterator[str]:
    for line in lines[:_MOST_LINES]:
        yield line if len(line) <= _MOST_CHARACTERS else f"{line[:_MOST_CHARACTERS]} …"
    if len(lines) > _MOST_LINES:
        yield "…"


def _fenced(lines: Sequence[str]) -> list[str]:
    return ["```text", *(line.rstrip() for line in lines), "```"]
