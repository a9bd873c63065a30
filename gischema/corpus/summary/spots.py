"""Where a figure stands in its source, looked up in the file: words, and what a link points at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from attrs import frozen

import gischema
from gischema.reading.document import Document
from gischema.report import Origin

_OF_TEXT = frozenset({"html", "text"})
"""The kinds of files in which a browser finds a text."""

_CELL_ENDS = re.compile(r"[|\t\n]")
_WORDED = re.compile(r"[^\W\d_]")
_LOOKED_AT = 100  # cells above a figure
_CLAUSE_ENDS = "。；;！？\n"
_LINE_AND_COLUMN = re.compile(r"(\d+):(\d+)")


@frozen
class Spot:
    """Where a figure stands.

    Attributes:
        origin: Its place.
        row: The label of its row as printed, None in running text.
        fragment: The end of an address that makes a browser show it: `#page=3`, or the text to look
            for; an empty text where a browser cannot.
    """

    origin: Origin
    row: str | None
    fragment: str


def find_spot(file: Path, place: str, raw: str) -> Spot | None:
    """Return where a figure stands in a file, None if the file has changed since it was read.

    Args:
        file: The file.
        place: The `place` of the figure.
        raw: Its text.
    """
    try:
        document = gischema.read(file)
    except (gischema.UnreadableSource, OSError):
        return None
    start = _start(document, place, raw)
    if start is None:
        return None
    text = document.text
    first = text.rfind("\n", 0, start) + 1
    origin = document.origin(start, start + len(raw), text.count("\n", 0, start) + 1, start - first)
    row = _row(text[first:start])
    if origin.page is not None:
        return Spot(origin, row, f"#page={origin.page}")
    has_texts = document.kind in _OF_TEXT
    return Spot(origin, row, _fragment(document, start, raw) if has_texts else "")


def _start(document: Document, place: str, raw: str) -> int | None:
    """Return where the text of a figure begins."""
    name, _, at = place.rpartition("#")
    if found := _LINE_AND_COLUMN.fullmatch(at):
        lines = document.text.split("\n")
        line, column = int(found[1]) - 1, int(found[2]) - 1
        is_there = line < len(lines) and lines[line].startswith(raw, column)
        return sum(map(len, lines[:line])) + line + column if is_there else None
    for one in document.places:
        if (one.file or "") == name and at == _name(document, one.start):
            start = document.text.find(raw, one.start, one.end)
            if start >= 0:
                return start
    return None


def _name(document: Document, start: int) -> str:
    origin = document.origin(start, start, 0, 0)
    box = "" if origin.box is None else ":" + ",".join(map(str, origin.box))
    return f"page={origin.page}{box}" if origin.page is not None else origin.element or ""


def _row(before: str) -> str | None:
    """Return the label of a row, the text of which ends before its figure."""
    cells = (cell.strip() for cell in _CELL_ENDS.split(before)[:-1])
    return max(filter(_WORDED.search, cells), key=len, default=None)


def _fragment(document: Document, start: int, raw: str) -> str:
    """Return a fragment that finds the clause of a figure, in a table the words above it.

    A browser shows the first text that it finds, so the words are those that stand nowhere before.
    """
    text = document.text
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    if not _CELL_ENDS.search(text, first, last if last >= 0 else len(text)):
        begin = max(text.rfind(end, 0, start) for end in _CLAUSE_ENDS) + 1
        ends = (found for end in _CLAUSE_ENDS if (found := text.find(end, start)) >= 0)
        clause = text[begin : min(ends, default=len(text))].strip()
        if text.find(clause) >= begin:
            return _directive(clause)
    end = start
    for _ in range(_LOOKED_AT):
        cell = text[:end].rstrip("|\t\n ")
        begin = max(cell.rfind(one) for one in "|\t\n") + 1
        words = cell[begin:].strip()
        if not words:
            break
        if _WORDED.search(words) and text.find(words) >= begin:
            return _directive(words, raw)
        end = begin
    return ""


def _directive(*texts: str) -> str:
    encoded: Iterator[str] = (quote(one, safe="").replace("-", "%2D") for one in texts)
    return f"#:~:text={','.join(encoded)}"
