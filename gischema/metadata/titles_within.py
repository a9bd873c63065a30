"""The titles of reports anywhere in a text: a file may hold more than one report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from gischema.chinese.body_names import BodyNames
from gischema.metadata.title import Title, find_title

_LONGEST = 120
_PUBLIC = "公开"
_KINDS = ("报告", "年报")


class PlacedTitle(NamedTuple):
    """A title, and the offset at which its line begins."""

    start: int
    title: Title


def titles_within(text: str, names: BodyNames) -> list[PlacedTitle]:
    """Return the titles that stand on lines of a text, in order."""
    return list(_titles(text, names))


def _titles(text: str, names: BodyNames) -> Iterator[PlacedTitle]:
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    for start, line in zip(starts, lines, strict=False):
        if len(line) <= _LONGEST and _PUBLIC in line and any(kind in line for kind in _KINDS):
            title = find_title(line, names)
            if title is not None:
                yield PlacedTitle(start, title)
