"""From the rows of a region to the figures of a report: a row that is printed twice is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from gischema.diagnostics import diagnose
from gischema.report import Diagnostic, Figure
from gischema.tables.row_reading import RowReading

_FORM = 3  # rows of a form that is printed blank, before it is printed with figures

Pair: TypeAlias = tuple[Figure, Figure]
"""Two figures of one path: that which was printed first, and another."""

Again: TypeAlias = Sequence[tuple[RowReading, list[Pair]]]
"""Rows with their figures that were printed before."""


class MergedRows(NamedTuple):
    """The figures by path; where rows begin that were printed before with other figures.

    `foreign` are the paths of which only a table of another report has a figure.
    """

    figures: Mapping[str, Figure]
    foreign: frozenset[str]
    differing: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]


def merge_rows(
    known: Mapping[str, Figure],
    rows: Sequence[RowReading],
    foreign: Collection[str],
    is_foreign: Callable[[int], bool],
) -> MergedRows:
    """Add rows to the figures that are known. What one left blank, a later one may state.

    Args:
        known: The figures of the rows before.
        rows: The rows.
        foreign: The paths of `known` of which only a table of another report has a figure.
        is_foreign: Returns True for the start of a row in such a table.
    """
    others = [row for row in rows if is_foreign(row.start)]
    figures = {path: figure for path, figure in known.items() if path not in foreign}
    again = [(row, _add(figures, row)) for row in rows if row not in others]
    differing = _differing(again)
    diagnostics = [_twice(row, pairs) for row, pairs in differing]
    own = figures.keys() | ()
    figures = {**{path: known[path] for path in foreign}, **figures}
    for row in others:
        for figure in row.figures:
            figures.setdefault(figure.path, figure)
    return MergedRows(
        figures,
        frozenset(figures.keys() - own),
        tuple(row.start for row, _ in differing),
        tuple(diagnostics),
    )


def _add(figures: dict[str, Figure], row: RowReading) -> list[Pair]:
    """Add the figures of a row. Return those that are printed before, each with the earlier one."""
    pairs: list[Pair] = []
    for figure in row.figures:
        first = figures.get(figure.path)
        if first is None or (first.status == "blank" and figure.status != "blank"):
            figures[figure.path] = figure
        if first is not None:
            pairs.append((first, figure))
    return pairs


def _differing(again: Again) -> Again:
    """Return the rows with the pairs that differ, where neither is that of a form left blank.

    An empty cell behind a figure is another one only in a table that has others.
    """
    firsts = [[first.status for first, _ in each] for _, each in again if each]
    if len(firsts) >= _FORM and all(set(each) == {"blank"} for each in firsts):
        return []
    others = any(_differ(*pair) for _, each in again for pair in each)
    differ = (
        (row, [pair for pair in each if _differ(*pair) or (others and _lacks(*pair))])
        for row, each in again
    )
    return [(row, pairs) for row, pairs in differ if pairs]


def _differ(first: Figure, second: Figure) -> bool:
    same = (first.value, first.status) == (second.value, second.status)
    return not same and second.status != "blank"


def _lacks(first: Figure, second: Figure) -> bool:
    return first.status == "stated" and second.status == "blank"


def _twice(row: RowReading, differing: Sequence[tuple[Figure, Figure]]) -> Diagnostic:
    """Flag the figures of a row that are printed twice with different values (D301)."""
    return diagnose(
        "D301",
        differing[0][1].origin,
        tuple(second.path for _, second in differing),
        label=row.row.label,
        first=" ".join(first.raw for first, _ in differing),
        second=" ".join(second.raw for _, second in differing),
    )
