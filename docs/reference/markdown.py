"""The pieces of Markdown that the reference pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_TOCTREE = """```{{toctree}}
:maxdepth: 1

{entries}
```
"""


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; bars and line breaks in cells are escaped."""
    lines = [_row(heads), "|" + "---|" * len(heads), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(cell: object) -> str:
    return ("" if cell is None else str(cell)).replace("|", "\\|").replace("\n", "<br>")


def code(text: object) -> str:
    """Return a text as code in a line; nothing for no text."""
    return f"`{text}`" if text else ""


def toctree(entries: Iterable[str]) -> str:
    """Return the list of the pages below a page."""
    return _TOCTREE.format(entries="\n".join(entries))


def fenced(text: str, language: str = "text") -> str:
    """Return a block of code."""
    return f"```{language}\n{text.rstrip()}\n```\n"
