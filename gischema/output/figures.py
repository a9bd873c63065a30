"""Figures as rows: JSON objects, CSV lines, and a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from attrs import asdict, astuple, fields

from gischema.output.columns import aligned, clean, cut
from gischema.output.csv_text import csv_line
from gischema.output.language import Lang, say
from gischema.output.places import place
from gischema.output.words import READING, STATUS, shown
from gischema.report import PLACE, AboutReport, Figure, Report

ABOUT = tuple(member.name for member in fields(AboutReport))
"""The fields that identify the report of a row."""

FIELDS = (
    "path", "value", "unit", "status", "raw", "label", "source", "reading", "marks", "doubts",
    "origin",
)  # fmt: skip
"""The fields of a figure, in the order in which they are written after those of its report."""

_LABEL_COLUMNS = 60


def rows_of(report: Report, *, absent: bool = False) -> Iterator[Figure]:
    """Yield the figures of a report that are written."""
    return report.listed(absent=absent)


def has_figures(report: Report) -> bool:
    """Return True if a table prints a figure, or the running text states one."""
    return bool(report.figures) or bool(report.narrative)


def no_figures(file: str) -> dict[str, Any]:
    """Return the JSON object of a file in which no figure was found."""
    return {"file": file, "status": "no_figures"}


def record(figure: Figure, about: AboutReport) -> dict[str, Any]:
    """Return a figure as a JSON object."""
    from gischema.output.converter import converter  # with cattrs, 8 ms, which tables do not need

    data = converter().unstructure(figure)
    return asdict(about) | {name: data[name] for name in FIELDS}


def csv_head() -> str:
    """Return the first line of a CSV."""
    return csv_line((*ABOUT, *FIELDS[:-1], *PLACE.values()))


def csv_lines(figures: Iterable[Figure], about: AboutReport) -> str:
    """Return one CSV line a figure: its doubts in one cell, its origin in a cell for each part."""
    first = astuple(about)
    lines = []
    for figure in figures:
        own = [_cell(getattr(figure, name)) for name in FIELDS[:-1]]
        place = [_cell(getattr(figure.origin, part, None)) for part in PLACE]
        lines.append(csv_line((*first, *own, *place)))
    return "".join(lines)


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return shown(value) if isinstance(value, Decimal) else value


def table(figures: Iterable[Figure], lang: Lang) -> str:
    """Return the figures as aligned columns: place, value, unit, path, label and note."""
    heads = say(lang, "位置 数值 单位 指标 名称 说明", "place value unit path label note").split()
    rows = [heads]
    for figure in figures:
        row = figure.label.partition(" / ")[0] if figure.source == "table" else None
        rows.append(
            [
                place(figure.origin, lang, row),
                shown(figure.value) or f"({say(lang, *STATUS[figure.status])})",
                figure.unit or "",
                figure.path,
                cut(clean(figure.label), _LABEL_COLUMNS),
                _note(figure, lang),
            ]
        )
    return aligned(rows, right=(0, 1))


def _note(figure: Figure, lang: Lang) -> str:
    """Return how the reading of this figure differs from an exact one in a table."""
    notes = [READING[figure.reading]] if figure.reading in READING else []
    if figure.source != "table":
        notes.append(("正文", "running text"))
    if figure.source == "candidate":
        notes.append(("未采用", "not used"))
    if figure.doubts:
        codes = " ".join(figure.doubts)
        notes.append((f"存疑 {codes}", f"in doubt {codes}"))
    return say(lang, "，", ", ").join(say(lang, *note) for note in notes)
