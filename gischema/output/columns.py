"""Text on a character grid, where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, east_asian_width

ELLIPSIS = "…"
_GAP = "  "


def width(text: str) -> int:
    """Return the number of columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return `text` padded with spaces to `columns`; with `right`, on the left."""
    fill = " " * (columns - width(text))
    return fill + text if right else text + fill


def cut(text: str, columns: int) -> str:
    """Return `text` in at most `columns`, cut with an ellipsis if it is longer."""
    if width(text) <= columns:
        return text
    room, kept = columns - 1, 0
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def clean(text: str) -> str:
    """Return `text` safe to print: every control character becomes one visible character."""
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return rows of cells as lines of aligned columns; `right` are those aligned to the right."""
    widths = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    lines = (
        _GAP.join(pad(cell, widths[i], right=i in right) for i, cell in enumerate(row))
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def separated(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts with an empty line between two."""
    before = ""
    for text in texts:
        yield before + text
        before = "\n"


def _width(char: str) -> int:
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in {"Mn", "Me"} else 1


def _visible(char: str) -> str:
    if char.isprintable() or char == "\u3000":
        return char
    return " " if char.isspace() else "\ufffd"
