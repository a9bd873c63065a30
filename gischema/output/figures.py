"""Figures as rows: JSON objects, CSV lines, and a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gischema.output.columns import aligned, clean, cut
from gischema.output.csv_text import csv_line
from gischema.output.language import Lang, say
from gischema.output.words import READING, STATUS, shown
from gischema.report import Figure, Report

FIELDS = (
    "path", "value", "unit", "status", "raw", "label", "source", "reading", "doubts", "origin",
)  # fmt: skip
"""The fields of a figure, in the order in which they are written."""

_PLACE = ("line", "column", "start", "end", "block", "row", "cell", "page",
          "offset", "element", "box", "file")  # fmt: skip
_LABEL_COLUMNS = 60


def figures_of(report: Report, *, absent: bool = False) -> Iterator[Figure]:
    """Yield the figures of the tables, then those of the running text.

    An absent figure that a diagnostic flags follows those that were read; with `absent`, every
    indicator of the form that was not read.
    """
    yield from report.all_figures() if absent else report.figures
    listed = report.declared if absent else ()
    yield from (figure for figure in report.unread() if figure.path not in listed)
    yield from report.narrative


def has_figures(report: Report) -> bool:
    """Return True if a table prints a figure, or the running text states one."""
    return bool(report.figures) or bool(report.narrative)


def no_figures(file: str) -> dict[str, Any]:
    """Return the JSON object of a file in which no figure was found."""
    return {"file": file, "status": "no_figures"}


def record(figure: Figure) -> dict[str, Any]:
    """Return a figure as a JSON object."""
    from gischema.output.converter import converter  # with cattrs, 8 ms, which tables do not need

    data = converter().unstructure(figure)
    return {name: data[name] for name in FIELDS}


def csv_head(*, files: bool) -> str:
    """Return the first line of a CSV; with `files`, the name of the file is the first column."""
    names = (*FIELDS[:-1], *_PLACE[:-1], "origin_file")
    return csv_line(names, "file" if files else None)


def csv_lines(figures: Iterable[Figure], file: str | None = None) -> str:
    """Return one CSV line a figure: its doubts in one cell, its origin in a cell for each part."""
    lines = []
    for figure in figures:
        cells = [getattr(figure, name) for name in FIELDS[:-1]]
        cells[1] = shown(figure.value)
        cells[-1] = " ".join(figure.doubts)
        cells += [_place(getattr(figure.origin, name, None)) for name in _PLACE]
        lines.append(csv_line(cells, file))
    return "".join(lines)


def _place(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, tuple) else value


def table(figures: Iterable[Figure], lang: Lang) -> str:
    """Return the figures as aligned columns: place, value, unit, path, label and note."""
    heads = say(lang, "行:列 数值 单位 指标 名称 说明", "place value unit path label note").split()
    rows = [heads]
    for figure in figures:
        at = figure.origin
        rows.append(
            [
                f"{at.line}:{at.column}" if at else "",
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
    if figure.source == "narrative":
        notes.append(("正文", "running text"))
    if figure.doubts:
        codes = " ".join(figure.doubts)
        notes.append((f"存疑 {codes}", f"in doubt {codes}"))
    return say(lang, "，", ", ").join(say(lang, *note) for note in notes)
