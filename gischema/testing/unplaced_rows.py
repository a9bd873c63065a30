"""Print rows whose place the grammar leaves open anywhere among the rows around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gischema.forms import Row
from gischema.testing.choices import ChoiceSource
from gischema.testing.sample_page import PageLine


def scattered(lines: Sequence[PageLine], choices: ChoiceSource) -> list[PageLine]:
    """Return the lines of tables with each unplaced row, or group of rows, moved somewhere.

    It stays in the group that it is added to, under the same heads, and splits no other group. What
    has heads of its own, or none in a form of tables, is put between two tables.
    """
    lines = list(lines)
    added = [line.row for line in lines if line.row is not None and not line.row.placed]
    placed = [line.row for line in lines if line.row is not None and line.row.placed]
    part_of: dict[Row | None, tuple[str, str]] = {
        row: _part(row, _group(row, placed)) for row in added
    }
    for group, part in dict.fromkeys(part_of.values()):
        places = [at for at, ln in enumerate(lines) if part_of.get(ln.row) == (group, part)]
        first, stop = _with_heads(lines, places[0], placed), places[-1] + 1
        block, others = lines[first:stop], [*lines[:first], *lines[stop:]]
        spots = list(_parts(others, group, lines[places[0]])) or list(_tables(others))
        at = choices.pick(spots)
        lines = [*others[:at], *block, *others[at:]]
    return lines


def _group(row: Row, placed: Sequence[Row]) -> str:
    """Return the path of the innermost group of a row that has rows of the form in it."""
    path = row.path
    while path:
        path = path.rpartition(".")[0]
        if any(other.path.startswith(f"{path}.") for other in placed):
            break
    return path


def _part(row: Row, group: str) -> tuple[str, str]:
    """Return a group, and the name of the part of it that a row stands in."""
    return group, row.path.removeprefix(group).removeprefix(".").partition(".")[0]


def _with_heads(lines: Sequence[PageLine], first: int, placed: Sequence[Row]) -> int:
    """Return the first line of a row's table if it holds only added rows, else the row's own."""
    row = lines[first].row
    if row is None or row.heads is None or any(other.heads is row.heads for other in placed):
        return first
    while first and lines[first - 1].role != "row":
        first -= 1
    return first


def _tables(lines: Sequence[PageLine]) -> Iterator[int]:
    """Yield the places before, between and after tables."""
    yield 0
    for at, (one, other) in enumerate(pairwise(lines), 1):
        if one.role == "row" and other.role in ("chapter", "title"):
            yield at
    yield len(lines)


def _parts(lines: Sequence[PageLine], group: str, moved: PageLine) -> Iterator[int]:
    """Yield the places before, between and after the parts of a group, under the same heads."""
    inside = [
        (at, line.row)
        for at, line in enumerate(lines)
        if line.row is not None
        and moved.row is not None
        and line.row.heads is moved.row.heads
        and f".{line.row.path}.".startswith(f".{group}." if group else ".")
    ]
    for at, _ in inside[:1]:
        yield at
    for (at, row), (_, following) in pairwise(inside):
        if _part(row, group) != _part(following, group):
            yield at + 1
    for at, _ in inside[-1:]:
        yield at + 1
