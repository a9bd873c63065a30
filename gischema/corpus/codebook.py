"""The code book of a dataset: every column, indicator and concept, and what it means."""

from __future__ import annotations

import csv
import fnmatch
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from gischema.corpus.columns import MEANINGS
from gischema.corpus.indicator_meanings import indicator_meaning
from gischema.corpus.names import concept_of, panel_concepts, short_name
from gischema.corpus.panel import panel_columns
from gischema.corpus.schemas import (
    COPIES,
    FIGURES,
    FINDINGS,
    MEASURES,
    REPORTS,
    SERIES_FINDINGS,
    SUGGESTIONS,
)
from gischema.engine import Gischema
from gischema.measures import Measure, national_measures

_FIELDS = (
    "kind", "name", "path", "label", "label_en", "unit", "form", "years", "comparability", "note",
    "note_en", "type", "meaning", "meaning_en", "sources", "breaks", "notice", "concept",
)  # fmt: skip
CODEBOOKS = ("codebook.csv", "codebook.json", "codebook.md")
"""The names of the files."""

ANY = "…"
"""The name of a concept or measure in the names of columns, where all are meant."""

SCHEMAS = {
    "reports": REPORTS,
    "figures": FIGURES,
    "findings": FINDINGS,
    "measures": MEASURES,
    "copies": COPIES,
    "suggestions": SUGGESTIONS,
    "series_findings": SERIES_FINDINGS,
}
MISSING_LABELS = {
    "a": ("空白", "blank"),
    "b": ("不适用", "not applicable"),
    "c": ("未印", "not printed"),
    "d": ("无法识别", "unreadable"),
    "e": ("表式没有", "not on the form"),
}
"""The words for the letters of missing values, in Chinese and English."""


def entries(engine: Gischema) -> list[dict[str, Any]]:
    """Return the entries of the code book: columns, indicators, concepts, measures, codes."""
    concepts = list(_concepts(engine))
    columns = (*columns_of(SCHEMAS), *_panel(concepts))
    found = (*columns, *_indicators(engine), *concepts, *_measures(), *_codes())
    return [_whole(one) for one in found]


def labels(engine: Gischema) -> dict[tuple[str, str], str]:
    """Return a label of each column of each table, in both languages, by the two names."""
    found = {}
    for one in entries(engine):
        table = one["kind"].removeprefix("column of ")
        if table != one["kind"]:
            zh, en = one["meaning"], one["meaning_en"]
            if one["label"] and (one["name"] == one["concept"] or not one["concept"]):
                zh, en = one["label"], one["label_en"]
            elif one["label"]:
                zh, en = f"{one['label']}：{zh}", f"{one['label_en']}: {en}"
            found[table, one["name"]] = f"{zh} {en}"
    return found


def write_codebook(folder: Path, engine: Gischema) -> None:
    """Write the code book as CSV, JSON and Markdown."""
    found = entries(engine)
    text = io.StringIO()
    writer = csv.DictWriter(text, _FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    plain = json.dumps(found, ensure_ascii=False, indent=1)
    texts = text.getvalue(), plain + "\n", _markdown(found)
    for name, content in zip(CODEBOOKS, texts, strict=True):
        encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"  # for Excel
        (folder / name).write_text(content, encoding=encoding)


def columns_of(tables: Mapping[str, pa.Schema]) -> Iterator[dict[str, Any]]:
    """Yield an entry for each column of these tables."""
    for table, schema in tables.items():
        for column in schema:
            own = f"{table}.{column.name}"
            zh, en = MEANINGS[own if own in MEANINGS else column.name]
            yield {
                "kind": f"column of {table}",
                "name": column.name,
                "type": str(column.type),
                "meaning": zh,
                "meaning_en": en,
            }


def _panel(concepts: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield an entry for each column of the panel, with what belongs to its concept or measure."""
    yield from columns_of({"panel": panel_columns([], [])})
    of_concept, of_measure = panel_columns([ANY], []), panel_columns([], [ANY])
    for concept in concepts:
        for entry in _named(of_concept, concept["name"]):
            about = ("label", "label_en", "comparability", "note", "note_en", "years", "breaks")
            zh, en = entry["meaning"], entry["meaning_en"]
            if entry["name"] == concept["name"]:
                entry["unit"] = concept["unit"]
                zh, en = concept["meaning"], concept["meaning_en"]
            whole = {"concept": concept["name"], "meaning": zh, "meaning_en": en}
            yield entry | {name: concept[name] for name in about} | whole
    for measure in national_measures():
        for entry in _named(of_measure, measure.name):
            yield {**_about(measure), **entry, **_meaning(measure)}


def _named(schema: pa.Schema, name: str) -> Iterator[dict[str, Any]]:
    for entry in columns_of({"panel": schema}):
        if ANY in entry["name"]:
            yield entry | {"name": entry["name"].replace(ANY, name)}


def _indicators(engine: Gischema) -> Iterator[dict[str, Any]]:
    for form in engine.forms.values():
        for path, figure in form.declared.items():
            zh, en = indicator_meaning(form, path)
            yield {
                "kind": "indicator",
                "name": short_name(path),
                "path": path,
                "label": figure.label,
                "unit": figure.unit,
                "form": form.id,
                "years": f"{form.years[0]}-{form.years[1] or ''}",
                "concept": concept_of(form.generation, path, form.years[0]) or "",
                "meaning": zh,
                "meaning_en": en,
            }


def _concepts(engine: Gischema) -> Iterator[dict[str, Any]]:
    for concept in panel_concepts():
        paths = {**concept.text, **concept.paths}
        forms = [engine.forms[one] for one in concept.sources if one in engine.forms]
        units = (
            form.declared[path].unit
            for form in forms
            for one in paths[form.id]
            for path in fnmatch.filter(form.declared, one)
        )
        years = [year for form in forms for year in form.years]
        yield {
            "kind": "concept",
            "name": concept.name,
            "label": concept.zh,
            "label_en": concept.en,
            "path": _by_form(paths),
            "unit": next(units, ""),
            "form": "; ".join(concept.sources),
            "years": f"{years[0]}-{years[-1] or ''}" if years else "",
            "meaning": concept.meaning_zh,
            "meaning_en": concept.meaning_en,
            "sources": "; ".join(f"{form}: {one}" for form, one in concept.sources.items()),
            "breaks": "; ".join(concept.breaks),
            "notice": "; ".join(concept.notices.values()),
            "comparability": concept.comparability,
            "note": concept.note_zh,
            "note_en": concept.note_en,
        }


def _measures() -> Iterator[dict[str, Any]]:
    for measure in national_measures():
        yield {"kind": "measure", "name": measure.name, **_about(measure), **_meaning(measure)}


def _about(measure: Measure) -> dict[str, str]:
    note = measure.note
    return {
        "label": measure.title.zh,
        "label_en": measure.title.en,
        "unit": measure.unit or "",
        "form": "; ".join(form for one in measure.formulas for form in one.forms),
        "path": "; ".join(
            f"{' '.join(one.forms)}: ({one.of}) / ({one.base})" for one in measure.formulas
        ),
        "note": "" if note is None else note.zh,
        "note_en": "" if note is None else note.en,
    }


def _meaning(measure: Measure) -> dict[str, str]:
    title, base = measure.title, measure.base_title
    return {
        "meaning": f"{title.zh}；分母：{base.zh}",
        "meaning_en": f"{title.en}; base: {base.en}",
    }


def _by_form(paths: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{form}: {' + '.join(paths[form])}" for form in sorted(paths))


def _codes() -> Iterator[dict[str, Any]]:
    for letter, (zh, en) in MISSING_LABELS.items():
        yield {"kind": "missing value", "name": letter, "label": zh, "label_en": en}


def _whole(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry.get(name) or "" for name in _FIELDS}


def _markdown(found: Iterable[dict[str, Any]]) -> str:
    """Return a table for each kind of entry, without the columns that it leaves empty."""
    parts = ["# 代码本 Code book\n"]
    for kind, group in groupby(found, itemgetter("kind")):
        rows = list(group)
        heads = [name for name in _FIELDS[1:] if any(one[name] for one in rows)]
        lines = [heads, ["---"] * len(heads), *([one[name] for name in heads] for one in rows)]
        cells = (
            (str(one).replace("|", r"\|").replace("\n", " ") for one in line) for line in lines
        )
        table = "\n".join("| " + " | ".join(line) + " |" for line in cells)
        parts.append(f"## {kind}\n\n{table}\n")
    return "\n".join(parts)
