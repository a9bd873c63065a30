"""Derived measures as rows: JSON objects, CSV lines, a table for people; the page about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import asdict

from gischema.output.columns import aligned
from gischema.output.converter import number_out
from gischema.output.csv_text import csv_line
from gischema.output.figures import ABOUT
from gischema.output.language import Lang, say
from gischema.output.words import STATUS, shown
from gischema.report import AboutReport

if TYPE_CHECKING:
    from decimal import Decimal

    from gischema.measures import Derived, Measure
    from gischema.measures.measure import Formula

FIELDS = (
    "name", "value", "unit", "numerator", "base", "formula", "paths", "reason", "missing",
    "doubtful", "doubts", "label", "label_en", "base_label", "base_label_en",
)  # fmt: skip
"""The fields of a measure, in the order in which they are written after those of its report."""

_REASONS = {
    "absent": STATUS["absent"],
    "blank": STATUS["blank"],
    "unreadable": STATUS["unreadable"],
    "zero_base": ("分母为0", "the base is 0"),
    "form": ("本表式没有", "not on this form"),
}


def record(derived: Derived, about: AboutReport) -> dict[str, Any]:
    """Return a measure as a JSON object: the value with six decimals, numerator and base exact."""
    measure = derived.measure
    return asdict(about) | {
        "name": derived.name,
        "value": _number(derived.rounded),
        "unit": measure.unit,
        "numerator": _number(derived.numerator),
        "base": _number(derived.base),
        "formula": written(derived.formula),
        "paths": list(derived.paths),
        "reason": derived.reason,
        "missing": list(derived.missing),
        "doubtful": list(derived.doubtful),
        "doubts": list(derived.doubts),
        "label": measure.title.zh,
        "label_en": measure.title.en,
        "base_label": measure.base_title.zh,
        "base_label_en": measure.base_title.en,
    }


def written(formula: Formula) -> str:
    """Return a formula: a sum of figures divided by another."""
    sides = (formula.of, formula.base)
    return " / ".join(f"({side})" if " " in side else side for side in sides)


def csv_head() -> str:
    """Return the first line of a CSV."""
    return csv_line((*ABOUT, *FIELDS))


def csv_lines(measures: Iterable[Derived], about: AboutReport) -> str:
    """Return one CSV line a measure; blanks separate the items of lists."""
    lines = []
    for derived in measures:
        data = record(derived, about)
        data |= {name: " ".join(data[name]) for name in ("paths", "missing", "doubtful", "doubts")}
        data["value"] = shown(derived.rounded)
        lines.append(csv_line(data[name] for name in (*ABOUT, *FIELDS)))
    return "".join(lines)


def table(measures: Iterable[Derived], lang: Lang) -> str:
    """Return the measures as aligned columns: value, numerator, base, name, title and note."""
    rows = [say(lang, "数值 分子 分母 指标 名称 说明", "value of base measure title note").split()]
    for derived in measures:
        measure = derived.measure
        rows.append(
            [
                _shown(derived),
                shown(derived.numerator),
                shown(derived.base),
                derived.name,
                say(lang, measure.title.zh, measure.title.en),
                "；".join(_notes(derived, lang)),
            ]
        )
    return aligned(rows, right=(0, 1, 2))


def page(measures: Iterable[Measure], lang: Lang) -> str:
    """Return the page `measures.md` of the docs: each measure with formula, base and source."""
    lines = [say(lang, *_INTRODUCTION)]
    for measure in measures:
        unit, base = measure.unit, measure.base_title
        lines += [f"## `{measure.name}` — {measure.title.zh}", ""]
        title = measure.title.en[0].upper() + measure.title.en[1:]
        zh = (f"单位：{unit}。" if unit else "") + f"分母：{base.zh}。"
        en = f"{title}." + (f" Unit: {unit}." if unit else "") + f" Base: {base.zh} / {base.en}."
        lines += [say(lang, zh, en), ""]
        for formula in measure.formulas:
            forms = say(lang, "、", ", ").join(f"`{form}`" for form in formula.forms)
            source = say(lang, f"（{formula.source}）：", f" ({formula.source}): ")
            lines.append(f"- {forms}{source}`{formula.of}` ÷ `{formula.base}`")
        if measure.note is not None:
            lines += ["", say(lang, measure.note.zh, f"{measure.note.zh} {measure.note.en}")]
        lines.append("")
    return "\n".join(lines)


_INTRODUCTION = (
    """# 派生指标

`gischema figures --derived` 和 `gischema.derived(report)` 由报告的数字算出这些占比和比率。它们写在
`gischema/measures/national.toml` 中；本页由该文件生成（`python -m gischema.output.derived zh`）。

每项指标是一些数字之和除以另一些数字之和（分母）。`PATH.*.total` 表示 PATH 的各部分。数值是
精确的（`fractions.Fraction`；文本中取六位小数）。有数字未印、空白或无法识别，或分母为 0 时，没有
数值，而有原因。在和中，只要另有填写的格，空格就不加任何数。`doubtful` 列出算式中可能读错的数字，
`doubts` 是指明它们的诊断代码。表式印的是数字；这些比率是研究报告时的习惯用法。
""",
    """# Derived measures

`gischema figures --derived` and `gischema.derived(report)` compute these shares and rates from the
figures of a report. They are declared in `gischema/measures/national.toml`; this page is generated
from that file (`python -m gischema.output.derived`).

Every measure is one sum of figures divided by another, its base. `PATH.*.total` stands for the
parts of PATH. The value is exact (a `fractions.Fraction`; six decimals in text). There is no value,
but a reason, if a figure is not printed, empty or not understood, or if the base is 0. In a sum, an
empty cell adds nothing if another cell is filled. `doubtful` lists the figures of the formula that
may have been misread, `doubts` the codes of the diagnostics that flag them.
The forms print the figures; the ratios are practice in studies of the reports.
""",
)


def _shown(derived: Derived) -> str:
    """Return the value as people write it: shares in per cent."""
    if derived.value is None or derived.rounded is None:
        return "–"
    if derived.measure.unit is not None:
        return f"{derived.rounded:.2f} {derived.measure.unit}"
    return f"{derived.rounded * 100:.2f}%"


def _notes(derived: Derived, lang: Lang) -> Iterator[str]:
    if derived.reason is not None:
        yield ": ".join((say(lang, *_REASONS[derived.reason]), *derived.missing[:1]))
    if derived.doubtful:
        names = ", ".join(derived.doubtful)
        codes = " ".join(("", *derived.doubts))
        yield say(lang, f"存疑{codes}，请核对：{names}", f"in doubt{codes}: check {names}")


def _number(value: int | Decimal | None) -> int | float | str | None:
    return value if value is None or isinstance(value, int) else number_out(value)


if __name__ == "__main__":
    import sys

    from gischema.measures import national_measures

    sys.stdout.write(page(national_measures(), "zh" if sys.argv[1:] == ["zh"] else "en"))
