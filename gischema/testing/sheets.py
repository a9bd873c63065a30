"""A page as files with real tables hold it: paragraphs, and grids of cells that span each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

from gischema.forms import Form, HeadGroup
from gischema.testing.layouts.layout import with_leads
from gischema.testing.page import Cell, Line, Page

_TABLE = ("title", "heads", "caption", "row")


@frozen
class SpanCell:
    """A cell of a grid and how many rows and columns it covers."""

    cell: Cell
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """What is printed in it."""
        return self.cell.text


Grid: TypeAlias = tuple[tuple[SpanCell, ...], ...]
"""The cells of a table row by row; each stands in the row in which it begins."""


def sheets(page: Page) -> Iterator[str | Grid]:
    """The paragraphs and the tables of a page in order, merged as the form prints them.

    Heads stretch over their columns, the labels of groups over their rows. For undamaged pages.
    """
    table: list[tuple[Line, tuple[Cell, ...]]] = []
    for line, leads in with_leads(page):
        begins = line.role == "title" and table and table[-1][0].role != "title"
        if table and (line.role not in _TABLE or begins):
            yield _grid(page.form, table)
            table = []
        if line.role in _TABLE:
            table.append((line, leads))
        else:
            yield "".join(cell.text for cell in line.cells)
    if table:
        yield _grid(page.form, table)


def _grid(form: Form, lines: Sequence[tuple[Line, tuple[Cell, ...]]]) -> Grid:
    labelled = [line for line, _ in lines if line.role == "row" and line.row and line.row.label]
    stub = 1 + max((len(line.spans) for line in labelled), default=-1)
    figures = max((len(line.cells) for line, _ in lines if line.role == "row"), default=1)
    width = stub + figures - bool(stub)
    rows: list[tuple[SpanCell, ...]] = []
    heads: list[Line] = []
    for place, (line, leads) in enumerate(lines):
        if line.role == "heads":
            heads.append(line)
            continue
        rows += _heads(form, heads, stub, figures)
        heads = []
        if line.role == "title":
            rows.append((SpanCell(line.cells[0], columns=width),))
        else:
            rows.append(_row(line, leads, [below for below, _ in lines[place:]], stub))
    return tuple(rows)


def _row(
    line: Line, leads: tuple[Cell, ...], below: Sequence[Line], stub: int
) -> tuple[SpanCell, ...]:
    cells = [SpanCell(lead, _height(lead, below)) for lead in leads]
    rest = line.cells
    if rest and rest[0].role == "label":
        cells.append(SpanCell(rest[0], columns=max(1, stub - len(line.spans))))
        rest = rest[1:]
    return (*cells, *map(SpanCell, rest))


def _height(lead: Cell, below: Iterable[Line]) -> int:
    """Over how many rows the label of a group stretches."""
    height = 0
    for line in below:
        if lead.key not in (cell.key for cell in line.spans):
            break
        height += 1
    return height


def _heads(
    form: Form, lines: Sequence[Line], stub: int, figures: int
) -> Iterator[tuple[SpanCell, ...]]:
    """The rows of a block of heads; its corner and its columns reach down to the last of them."""
    widths = _widths(form, {cell.key for line in lines for cell in line.cells})
    for place, line in enumerate(lines):
        cells: list[SpanCell] = []
        for number, cell in enumerate(line.cells):
            corner = stub > 0 and place == 0 and number == 0
            if corner:
                cells.append(SpanCell(cell, len(lines), stub))
            elif cell.key in widths:
                cells.append(SpanCell(cell, columns=widths[cell.key]))
            elif cell.key.startswith("_"):
                cells.append(SpanCell(cell, columns=figures - bool(stub)))
            else:
                cells.append(SpanCell(cell, len(lines) - place))
        yield tuple(cells)


def _widths(form: Form, keys: set[str]) -> dict[str, int]:
    """How many columns stand below the caption of each group in the block that prints `keys`."""
    fitting = (group for group in form.heads if keys <= {*group.terminals, *_keys(group)})
    group = next(fitting, None)
    return dict(_captions(group)) if group is not None else {}


def _captions(group: HeadGroup) -> Iterator[tuple[str, int]]:
    for member in group.members:
        if isinstance(member, HeadGroup):
            if member.caption:
                yield member.caption, sum(column.unit is not None for column in member.columns)
            yield from _captions(member)


def _keys(group: HeadGroup) -> set[str]:
    return {column.key for column in group.columns}
