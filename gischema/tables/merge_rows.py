"""From the rows of a region to the figures of a report: a row that is printed twice is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from gischema.diagnostics import diagnose
from gischema.report import Diagnostic, Figure
from gischema.tables.row_reading import RowReading


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
    differing: list[int] = []
    diagnostics: list[Diagnostic] = []
    for row in rows:
        if row not in others and (second := _add(figures, row)):
            differing.append(row.start)
            diagnostics.append(second)
    own = figures.keys() | ()
    figures = {**{path: known[path] for path in foreign}, **figures}
    for row in others:
        for figure in row.figures:
            figures.setdefault(figure.path, figure)
    return MergedRows(
        figures, frozenset(figures.keys() - own), tuple(differing), tuple(diagnostics)
    )


def _add(figures: dict[str, Figure], row: RowReading) -> Diagnostic | None:
    """Add the figures of a row. Flag those that are stated before with another value (D301)."""
    differing: list[tuple[Figure, Figure]] = []
    for figure in row.figures:
        first = figures.get(figure.path)
        if first is None or (first.status == "blank" and figure.status != "blank"):
            figures[figure.path] = figure
        if first is None or figure.status == "blank":
            continue
        if (first.value, first.status) != (figure.value, figure.status):
            differing.append((first, figure))
    if not differing:
        return None
    return diagnose(
        "D301",
        differing[0][1].origin,
        tuple(second.path for _, second in differing),
        label=row.row.label,
        first=" ".join(first.raw for first, _ in differing),
        second=" ".join(second.raw for _, second in differing),
    )
