"""From the rows of a region to the figures of a report: a row that is printed twice is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from gischema.diagnostics import diagnose
from gischema.report import Diagnostic, Figure
from gischema.tables.row_reading import RowReading


@frozen
class MergedRows:
    """The figures by path; where rows begin that were printed before with other figures."""

    figures: Mapping[str, Figure]
    differing: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]


def merge_rows(known: Mapping[str, Figure], rows: Iterable[RowReading]) -> MergedRows:
    """Add rows to the figures that are known. What one left blank, a later one may state."""
    figures = dict(known)
    differing: list[int] = []
    diagnostics: list[Diagnostic] = []
    for row in rows:
        if second := _add(figures, row):
            differing.append(row.start)
            diagnostics.append(second)
    return MergedRows(figures, tuple(differing), tuple(diagnostics))


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
