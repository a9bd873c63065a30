"""Heads that are broken over lines of text, each part at its position, as drawn pages have them.

本年制  本年废  现行有
发件数  止件数  效件数
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from attrs import define

from gischema.forms.form import HeadGroup
from gischema.forms.labels import squeeze
from gischema.tables.tokenize import TextCell

_MOST = 12  # lines of heads
_NEAR = 5  # positions by which the parts of a head may be set apart
_PART = re.compile(r"\S+(?: \S+)*")
_WIDE = frozenset("WF")
_NARROWED = frozenset("(),:;")  # the normal form made them narrow


@define(eq=False)
class _Head:
    """A head of the form: what of its label was not met yet, and where its first part stands."""

    rest: str
    at: int | None = None


def are_drawn_in_order(group: HeadGroup, cells: Sequence[TextCell], start: int) -> bool:
    """Return True if the lines above a place hold all heads of a group, in the form's order.

    Args:
        group: The heads.
        cells: The cells of the text.
        start: The offset of the first row below the heads.
    """
    labels = [c.label.rpartition(" / ")[2] for c in group.columns if c.unit is not None]
    heads = [_Head(squeeze(label)) for label in labels]
    for line in _lines_above(cells, bisect_right(cells, start, key=lambda cell: cell.start) - 1):
        left = -1
        for at, text in line:
            found = _head(heads, left, at, text)
            if found is not None:
                left, head = found, heads[found]
                head.rest = head.rest.removeprefix(text) if head.rest.startswith(text) else ""
                head.at = at if head.at is None else head.at
    places = [head.at for head in heads if head.at is not None and not head.rest]
    return len(places) == len(heads) > 0 and places == sorted(set(places))


def _head(heads: Sequence[_Head], left: int, at: int, text: str) -> int | None:
    """Return the head behind `left` that goes on or begins with a part at a position."""
    begun = None
    for number in range(left + 1, len(heads)):
        head = heads[number]
        # The last part may have a unit or a note behind it.
        if not head.rest or not (head.rest.startswith(text) or text.startswith(head.rest + "(")):
            continue
        if head.at is None:
            begun = number if begun is None else begun
        elif abs(head.at - at) <= _NEAR:
            return number
    return begun


def _lines_above(cells: Sequence[TextCell], first: int) -> Iterator[list[tuple[int, str]]]:
    """Yield the parts of the lines above a cell with their positions, the upper line first."""
    while first < len(cells) and not cells[first].text[-1:].isdigit():
        first += 1  # what was taken for a row may be a part of a head
    begin = first
    while begin and first - begin < _MOST:
        cell = cells[begin - 1]
        if cell.closing != "\n" or cell.text[-1:].isdigit():
            break
        begin -= 1
    for number in range(begin, first):
        cell, above = cells[number], cells[number - 1] if number else None
        at = cell.start - (above.end + 1 + above.gap if above is not None else 0)
        yield list(_parts(cell.text, at))


def _parts(text: str, at: int) -> Iterator[tuple[int, str]]:
    done = 0
    for found in _PART.finditer(text):
        at += _width(text[done : found.start()])
        yield at, squeeze(found[0])
        at += _width(found[0])
        done = found.end()


def _width(text: str) -> int:
    return sum(
        2 if character in _NARROWED or east_asian_width(character) in _WIDE else 1
        for character in text
    )
