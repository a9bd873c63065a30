"""From cells to origins in the source."""

from __future__ import annotations

from attrs import frozen

from gischema.parsing.cells import Cell
from gischema.report import Origin, quick_origin
from gischema.text import Places


@frozen(eq=False, repr=False)
class CellPlaces(Places):
    """Finds where cells stood in the source."""

    def cell(self, cell: Cell) -> Origin:
        """The origin of a cell; its line is the same in the source and in the normal form."""
        if not self._plain:
            return self.origin(cell.start, cell.end)
        start, line = cell.start, cell.line
        return quick_origin(start, cell.end, line + 1, start - self.text.line_starts[line] + 1)
