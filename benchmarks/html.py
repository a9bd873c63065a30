"""The tables of a report as a page prints them: the same cells as in the text, with their spans."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from gischema import Figure, Form, Report
from gischema.forms.form import Column, HeadGroup, Row, is_caption


def as_html(report: Report, form: Form) -> str:
    """The tables of a report: one for the statistics form, three for the forms of Article 20."""
    figures = report.by_path
    blocks = groupby(
        (row for row in form.rows if row.heads is not None), key=lambda r: r.path.partition(".")[0]
    )
    if not form.heads:
        tables = [_statistics(form, figures)]
    else:
        tables = [_block(form, list(rows), figures) for _, rows in blocks]
    body = "".join(
        f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>" for rows in tables
    )
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"


def _statistics(form: Form, figures: dict[str, Figure]) -> Iterator[str]:
    yield "".join(_cell(text) for text in ("统计指标", "单位", "统计数"))
    for terminal, label in form.labels.items():
        if terminal in form.ignored:
            continue
        for row in form.rows_of.get(terminal, (None,)):
            figure = figures.get(row.path) if row is not None else None
            raw = figure.raw if figure is not None else "——"
            yield _cell(label.number + label.text) + _cell(label.unit or "") + _cell(raw)


def _block(form: Form, rows: list[Row], figures: dict[str, Figure]) -> Iterator[str]:
    heads: HeadGroup | None = None
    for row in rows:
        if row.heads is not heads and row.heads is not None:
            heads = row.heads
            yield from _heads(heads, corner=3 if row.terminal in form.labels else 0)
        cells = "".join(
            _cell(figures[row.places[c].path].raw) for c in row.columns if not row.group
        )
        if row.terminal in form.labels:
            label = form.labels[row.terminal]
            cells = _cell(label.number + label.text, columns=2 if row.group else 3) + cells
        yield cells


def _heads(group: HeadGroup, corner: int) -> Iterator[str]:
    """The head rows of a block: captions over their columns, columns down to the last row."""
    depth = _depth(group)
    level: list[HeadGroup | Column] = list(group.members)
    for line in range(depth):
        cells = _cell("信息内容", columns=corner, rows=depth) if corner and not line else ""
        below: list[HeadGroup | Column] = []
        for member in level:
            if isinstance(member, Column):
                if member.unit is not None:
                    cells += _cell(member.label.rpartition(" / ")[2], rows=depth - line)
                continue
            if member.caption is None or is_caption(member.label):
                level_below = [m for m in member.members if isinstance(m, Column) and m.unit]
                cells += "".join(_cell(m.label.rpartition(" / ")[2]) for m in level_below)
                continue
            cells += _cell(member.label, columns=sum(1 for c in member.columns if c.unit))
            below.extend(member.members)
        yield cells
        level = below


def _depth(group: HeadGroup) -> int:
    inner = [_depth(m) for m in group.members if isinstance(m, HeadGroup) and m.caption]
    return 1 + max(inner, default=0)


def _cell(text: str, columns: int = 1, rows: int = 1) -> str:
    spans = (f' colspan="{columns}"' if columns > 1 else "") + (
        f' rowspan="{rows}"' if rows > 1 else ""
    )
    return f"<td{spans}>{escape(text)}</td>"
