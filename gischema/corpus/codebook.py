"""The code book of a dataset: every column, indicator and concept, and what it means."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

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
    "note_en", "type", "meaning", "meaning_en", "sources", "breaks", "notice",
)  # fmt: skip
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
    return [_whole(one) for one in (*_columns(), *_indicators(engine), *_concepts(), *_codes())]


def write_codebook(folder: Path, engine: Gischema) -> None:
    """Write `codebook.csv`, `.json` and `.md`."""
    found = entries(engine)
    text = io.StringIO()
    writer = csv.DictWriter(text, _FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    (folder / "codebook.csv").write_text(text.getvalue(), encoding="utf-8")
    plain = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "codebook.json").write_text(plain + "\n", encoding="utf-8")
    (folder / "codebook.md").write_text(_markdown(found), encoding="utf-8")


def _columns() -> Iterable[dict[str, Any]]:
    tables = {
        "reports": REPORTS,
        "figures": FIGURES,
        "findings": FINDINGS,
        "measures": MEASURES,
        "panel": panel_columns(["…"], ["…"]),
        "copies": COPIES,
        "suggestions": SUGGESTIONS,
        "series_findings": SERIES_FINDINGS,
    }
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


def _indicators(engine: Gischema) -> Iterable[dict[str, Any]]:
    for form in engine.forms.values():
        for path, figure in form.declared.items():
            zh, en = indicator_meaning(form.id, path)
            yield {
                "kind": "indicator",
                "name": short_name(path),
                "path": path,
                "label": figure.label,
                "unit": figure.unit,
                "form": form.id,
                "years": f"{form.years[0]}-{form.years[1] or ''}",
                "note": concept_of(form.id, path) or "",
                "meaning": zh,
                "meaning_en": en,
            }


def _concepts() -> Iterable[dict[str, Any]]:
    for concept in panel_concepts():
        yield {
            "kind": "concept",
            "name": concept.name,
            "label": concept.zh,
            "label_en": concept.en,
            "path": _by_form({**concept.text, **concept.paths}),
            "meaning": concept.meaning_zh,
            "meaning_en": concept.meaning_en,
            "sources": "; ".join(f"{form}: {one}" for form, one in concept.sources.items()),
            "breaks": "; ".join(concept.breaks),
            "notice": "; ".join(concept.notices.values()),
            "comparability": concept.comparability,
            "note": concept.note_zh,
            "note_en": concept.note_en,
        }
    for measure in national_measures():
        yield {"kind": "measure", "name": measure.name, **_titles(measure)}


def _by_form(paths: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{form}: {' + '.join(paths[form])}" for form in sorted(paths))


def _titles(measure: Measure) -> dict[str, str]:
    return {"label": measure.title.zh, "label_en": measure.title.en}


def _codes() -> Iterable[dict[str, Any]]:
    for letter, (zh, en) in MISSING_LABELS.items():
        yield {"kind": "missing value", "name": letter, "label": zh, "label_en": en}


def _whole(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry.get(name) or "" for name in _FIELDS}


def _markdown(found: Iterable[dict[str, Any]]) -> str:
    lines = ["| " + " | ".join(_FIELDS) + " |", "|" + "---|" * len(_FIELDS)]
    for one in found:
        cells = (str(one[name]).replace("|", r"\|").replace("\n", " ") for name in _FIELDS)
        lines.append("| " + " | ".join(cells) + " |")
    return "# 代码本 Code book\n\n" + "\n".join(lines) + "\n"
