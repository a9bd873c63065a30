"""The reference pages about forms: each drawn, with what it changes of the one before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docs.reference.markdown import code, table, toctree
from gischema.forms import Form
from gischema.output.blank_form import blank_form_html
from gischema.output.form_changes import changes_markdown
from gischema.output.language import Lang, say

_INTRODUCTION = {
    "en": """# Forms

The three national forms, drawn from their grammars, with the path of every figure and with what each changes of the
one before it. `gischema forms` prints the same; the forms of provinces come with plugins (`gischema forms`).
""",
    "zh": """# 表式

三代国家表式，由文法画出，列有每项数字的路径，以及与前一代的不同。`gischema forms` 给出同样的内容；各省的表式来自插件。
""",
}
_HEADS = {"en": ("path", "printed label", "unit"), "zh": ("路径", "印出的名称", "单位")}
_TABLE = re.compile(r"(<h2>.*?</h2>)|(<table>.*?</table>)", re.DOTALL)


def form_pages(forms: Sequence[Form], language: Lang) -> Mapping[str, str]:
    """Return the text of each page by its file name."""
    older = dict(zip([form.id for form in forms[1:]], forms, strict=False))
    pages = {f"{form.id}.md": _page(form, older.get(form.id), language) for form in forms}
    return {"index.md": f"{_INTRODUCTION[language]}\n{toctree(form.id for form in forms)}", **pages}


def _page(form: Form, older: Form | None, language: Lang) -> str:
    first, last = form.years
    years = f"{first}–{last or ''}"
    drawn = say(
        language,
        "表格（鼠标停在格上显示路径）",
        "The tables (a cell shows its path when pointed at)",
    )
    listed = say(language, "全部指标", "All indicators")
    rows = ((code(one.path), one.label, one.unit) for one in form.indicators.values())
    parts = [
        f"# {form.id} ({years})\n\n{form.basis}\n",
        f"## {drawn}\n\n{_drawing(form, language)}",
        f"## {listed}\n\n{table(_HEADS[language], rows)}",
    ]
    if older is not None:
        changes = changes_markdown(older, form, language)
        parts.append(re.sub(r"^#", "##", changes, flags=re.MULTILINE))
    return "\n".join(parts)


def _drawing(form: Form, language: Lang) -> str:
    """Return the tables of the blank form as HTML that Markdown takes as it is."""
    found = (match[0] for match in _TABLE.finditer(blank_form_html(form, language)))
    shown = (re.sub(r"<(/?)h2>", r"<\1p>", part) for part in found)
    joined = "\n\n".join(part.replace("<table>", '<table class="form">') for part in shown)
    return re.sub(r"\n\s*\n(?=<t[rd])", "\n", joined) + "\n"
