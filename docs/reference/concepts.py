"""The reference pages about concepts and about the columns of a dataset."""

from __future__ import annotations

from collections.abc import Iterator

import gischema
from docs.reference.markdown import code, table
from gischema.corpus.codebook import ANY, MISSING_LABELS, SCHEMAS, columns_of
from gischema.corpus.panel import panel_columns
from gischema.output.language import Lang, say

_CONCEPTS = {
    "en": """# Concepts

A concept is an indicator that forms of different years share. `gischema.concepts()` lists them.
[How far years can be compared](../../how-to/corpus.md).
""",
    "zh": """# 概念

概念是各代表式共有的指标，`gischema.concepts()` 列出全部。[各年之间能比到什么程度](../../how-to/corpus.md)。
""",
}
_CODEBOOK = {
    "en": """# Columns of a dataset

What `gischema convert` writes: the tables, their columns, and the codes of missing values. `codebook.md` in every
dataset has the same, together with all indicators, concepts and measures.
""",
    "zh": """# 数据集的列

`gischema convert` 写出的表、各列和缺失值代码。每个数据集中的 `codebook.md` 有同样的内容，并列出全部指标、概念和派生指标。
""",
}


def concepts_page(language: Lang) -> str:
    """Return the page of concepts: meaning, sources on each form, comparability."""
    return "\n".join([_CONCEPTS[language], *_sections(language)])


def _sections(language: Lang) -> Iterator[str]:
    heads = say(language, "表式 来源 路径", "form source path").split()
    for concept in gischema.concepts():
        zh = language == "zh"
        note = concept.note_zh if zh else concept.note_en
        rows = (
            (
                form,
                source,
                "<br>".join(
                    map(code, (concept.paths if source == "table" else concept.text)[form])
                ),
            )
            for form, source in concept.sources.items()
        )
        yield (
            f"## `{concept.name}`\n\n**{concept.zh if zh else concept.en}** — "
            f"{concept.meaning_zh if zh else concept.meaning_en}\n\n"
            f"`{concept.comparability}`. {note}\n\n{table(heads, rows)}"
        )


def codebook_page(language: Lang) -> str:
    """Return the page of columns and of codes of missing values."""
    parts = [_CODEBOOK[language]]
    heads = say(language, "列 类型 含义", "column type meaning").split()
    for name, schema in {**SCHEMAS, "panel": panel_columns([ANY], [ANY])}.items():
        columns = columns_of({name: schema})
        meaning = "meaning" if language == "zh" else "meaning_en"
        rows = ((code(each["name"]), each["type"], each[meaning]) for each in columns)
        parts.append(f"## `{name}`\n\n{table(heads, rows)}")
    title = say(language, "缺失值代码", "Missing values")
    codes = ((f"`{letter}`", say(language, *words)) for letter, words in MISSING_LABELS.items())
    heads = say(language, "代码 含义", "code meaning").split()
    return "\n".join([*parts, f"## {title}\n\n{table(heads, codes)}"])
