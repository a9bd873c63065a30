"""What a page consists of once it is read: paragraphs, and tables that hold data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from attrs import define, frozen

from gischema.reading.html.grid import GridCell
from gischema.reading.html.step import Step

_FIGURE = re.compile(r"[\s+-]*\d[\d,.\s]*\D{0,3}\Z")


@define(eq=False, repr=False)
class Paragraph:
    """A paragraph or a line of one; `linked` counts the characters that stand in links."""

    text: str
    step: Step
    linked: int = 0


@define(eq=False, repr=False)
class Cell(GridCell):
    """A cell of a table that holds data; `lines` are its paragraphs, `path` is where it stands."""

    path: str = ""
    lines: tuple[str, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether nothing but a number, with its unit perhaps, stands here."""
        return is_figure(self.text)


@frozen(eq=False, repr=False)
class Table:
    """A table that holds data; `figures` counts the cells with nothing but a number."""

    rows: tuple[tuple[Cell, ...], ...]
    step: Step
    figures: int

    @classmethod
    def of(cls, rows: Sequence[tuple[Cell, ...]], step: Step) -> Table:
        """A table of rows that stands in `step`."""
        return cls(tuple(rows), step, sum(is_figure(cell.text) for row in rows for cell in row))


Block: TypeAlias = Paragraph | Table


def is_figure(text: str) -> bool:
    """Whether a text is nothing but a number, with its unit perhaps."""
    return _FIGURE.match(text) is not None
