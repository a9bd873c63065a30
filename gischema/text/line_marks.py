"""Take the mark off that each of several lines begins with: of a list, or of a quoted message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARK = re.compile(r"\s*(?P<mark>>|[•·●○◦▪■‣*–-](?=[ \t])|\d{1,2}\.(?=[ \t]))[ \t]*(?![|\t])")
_DASHES = "-–"  # they may be a cell that does not apply, or stand before a number below zero
_FEWEST = 4  # lines
_ANY = re.compile(r"^[^\S\n]*(?:[>•·●○◦▪■‣*–-]|\d{1,2}\.[ \t])", re.MULTILINE)
_LETTER = re.compile(r"[^\W\d_]")


def without_line_marks(text: str) -> str:
    """Return a text of the same length, in which lines of a list begin with blanks.

    A list is a run of lines that begin with the same mark; no rows are numbered alike. Behind
    dashes most lines hold words.
    """
    if len(_ANY.findall(text)) < _FEWEST:
        return text
    lines = text.split("\n")
    for run in _lists(lines):
        for at, end in run:
            lines[at] = " " * end + lines[at][end:]
    return "\n".join(lines)


def _lists(lines: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Yield for each list the numbers of its lines, and where their marks end."""
    run: list[tuple[int, int]] = []
    mark = ""
    for at, line in enumerate([*lines, "."]):
        found = _MARK.match(line)
        if found is None and not line.strip():
            continue
        if found is None or found["mark"] != mark:
            if _is_list([lines[each] for each, _ in run], mark):
                yield run
            run, mark = [], found["mark"] if found is not None else ""
        if found is not None:
            run.append((at, found.end()))


def _is_list(lines: Sequence[str], mark: str) -> bool:
    if len(lines) < _FEWEST:
        return False
    words = sum(_LETTER.search(line) is not None for line in lines)
    return 2 * words > len(lines) if mark in _DASHES else bool(words)
