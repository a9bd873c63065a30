"""Build the tables of RTF and binary Word files: rows of cells on one grid of columns.

There each row states where its cells end on the page. The columns of the table are all the
places where some cell ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from attrs import define, field, frozen

_CLOSE_BY = 20  # twips: what programs round when they write where a cell ends


@frozen
class CellLayout:
    """Where a cell ends, in twips, and whether it continues the one before it or above it.

    `across` and `down` are `restart` for the first of several merged cells, `continue` for others.
    """

    end: int
    across: str = ""
    down: str = ""


@frozen
class RowLayout:
    """The cells that a row states, and where its first one begins."""

    start: int = 0
    cells: tuple[CellLayout, ...] = ()


@define(eq=False)
class TableBuilder:
    """One table: its finished rows, and the row and the cell that are being read."""

    rows: list[tuple[RowLayout, list[Element]]] = field(factory=list)
    cells: list[Element] = field(factory=list)
    cell: Element = field(factory=lambda: Element("tc"))

    def end_cell(self) -> None:
        """Close the current cell."""
        self.cells.append(self.cell)
        self.cell = Element("tc")

    def end_row(self, layout: RowLayout) -> None:
        """Close the current row. Text behind its last cell becomes a cell of its own."""
        if len(self.cell):
            self.end_cell()
        if self.cells:
            self.rows.append((layout, self.cells))
        self.cells = []

    def table(self) -> Element:
        """Return the finished table."""
        self.end_row(RowLayout())
        edges = _edges(edge for layout, _ in self.rows for edge in _ends(layout))
        table = Element("tbl")
        for layout, cells in self.rows:
            table.append(_row(layout, cells, edges))
        return table


def _row(layout: RowLayout, cells: list[Element], edges: list[int]) -> Element:
    row = Element("tr")
    at = _column(layout.start, edges)
    if at > 0 and layout.cells:
        SubElement(SubElement(row, "trPr"), "gridBefore", val=str(at))
    for number, cell in enumerate(cells):
        row.append(cell)
        if number >= len(layout.cells):
            continue
        one = layout.cells[number]
        behind = max(_column(one.end, edges), at + 1)
        properties = Element("tcPr")
        SubElement(properties, "gridSpan", val=str(behind - at))
        if one.across:
            SubElement(properties, "hMerge", val=one.across)
        if one.down:
            SubElement(properties, "vMerge", val=one.down)
        cell.insert(0, properties)
        at = behind
    return row


def _ends(layout: RowLayout) -> Iterable[int]:
    return (layout.start, *(cell.end for cell in layout.cells)) if layout.cells else ()


def _edges(places: Iterable[int]) -> list[int]:
    """Return the edges of the columns from left to right; places close by are one edge."""
    edges: list[int] = []
    for place in sorted(set(places)):
        if not edges or place - edges[-1] > _CLOSE_BY:
            edges.append(place)
    return edges


def _column(place: int, edges: list[int]) -> int:
    """Return the number of the edge at a place."""
    return bisect_left(edges, place - _CLOSE_BY)
