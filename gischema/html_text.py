"""Plain HTML tables for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def html_table(caption: str, heads: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return an HTML table; every text is escaped, None is an empty cell."""
    lines = [f"<table><caption>{_escaped(caption)}</caption>", _row("th", heads)]
    lines += [_row("td", row) for row in rows]
    return "\n".join([*lines, "</table>"])


def _row(cell: str, values: Sequence[object]) -> str:
    texts = ("" if value is None else _escaped(str(value)) for value in values)
    return "<tr>" + "".join(f"<{cell}>{text}</{cell}>" for text in texts) + "</tr>"


def _escaped(text: str) -> str:
    from html import escape  # 2 ms, with a table of all entities, and only notebooks need it

    return escape(text)
