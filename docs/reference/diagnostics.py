"""The reference page about diagnostics: each code, its class and message, and how often it is right."""

from __future__ import annotations

from collections.abc import Mapping

import gischema
from docs.reference.markdown import table
from docs.reference.measured import measured
from gischema.diagnostics import FAILURES, KINDS
from gischema.output.language import Lang, say

_CLASSES = {
    "note": ("说明", "note"),
    "value": ("数值", "value"),
    "position": ("位置", "position"),
}
_INTRODUCTION = {
    "en": """# Diagnostics

A diagnostic says what the reader noticed, and flags the paths that it puts in doubt. It is no fault of the report.
`gischema explain CODE` prints the same.

- `note`: a remark about the file, its metadata or its form. It never makes a verdict `incomplete`.
- `value`: it is certain where the figure belongs; compare the number or the wording of its label.
- `position`: it is not certain where a figure belongs, or whether a part of the source was read at all.

*Wrong* is the share of figures flagged with this code whose value was not the printed one, on damaged pages of the
laboratory: [how that is measured](accuracy.md). A dash means that no page of the measurement had the diagnostic.
""",
    "zh": """# 诊断

诊断说明读取时注意到什么，并指明因此存疑的路径；它不表示报告有错。`gischema explain 代码` 给出同样的内容。

- 说明（`note`）：关于文件、元数据或表式的提示，不使校验结论成为“不完整”。
- 数值（`value`）：数字属于哪一格是确定的，请核对数字或行名、列名的字面。
- 位置（`position`）：数字属于哪一行、哪一列，或原文的这一部分是否读出，不能确定。

“有误”是被这个代码指明的数字中，读得的值与印出的值不同的比例，在实验室的残缺页面上测得：[怎样测量](accuracy.md)。
短横表示测量用的页面中没有出现这个诊断。
""",
}  # fmt: skip
_HEADS = {
    "en": ("code", "class", "what", "message", "flagged", "wrong"),
    "zh": ("代码", "类别", "内容", "提示语", "指明", "有误"),
}


def diagnostics_page(language: Lang) -> str:
    """Return the page in Markdown."""
    found = measured()["diagnostics"]
    failures = say(language, "## 没有结果的输入\n", "## Inputs without a result\n")
    rows = []
    for code, kind in KINDS.items():
        shares = found.get(code, {"flagged": 0})
        rows.append(
            (
                f"`{code}`",
                _CLASSES[kind.doubt][language == "en"],
                say(language, kind.title, kind.title_en),
                say(language, kind.template, kind.template_en),
                shares["flagged"] or "–",
                share_wrong(shares),
            )
        )
    others = [_failure(code, language) for code in FAILURES.values()]
    return "\n".join(
        [
            _INTRODUCTION[language],
            table(_HEADS[language], rows),
            failures,
            table((_HEADS[language][0], _HEADS[language][2]), others),
        ]
    )


def share_wrong(counts: Mapping[str, int]) -> str:
    """Return the share of wrong values among the figures that a diagnostic flags."""
    flagged = counts["flagged"]
    return f"{100 * counts['wrong'] / flagged:.1f} %" if flagged else "–"


def _failure(code: str, language: Lang) -> tuple[str, str]:
    named, _, title = gischema.explain(code, language).partition("\n")[0].partition(" ")
    return f"`{named}`", title
