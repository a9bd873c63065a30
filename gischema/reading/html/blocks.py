"""The blocks of a page: paragraphs, and tables that hold data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import TypeAlias

from attrs import define, frozen

from gischema.reading.html.element_path import HtmlElementPath
from gischema.reading.html.table_grid import HtmlGridCell

_FEW_FIGURES = 2
_FIGURE = re.compile(r"[\s+-]*\d[\d,.\s]*\D{0,3}\Z")


@define(eq=False)
class HtmlParagraph:
    """A paragraph or a line of one.

    `linked` counts the characters that stand in links. `doubted` is set if a reader of the page may
    see other numbers in it.
    """

    text: str
    element: HtmlElementPath
    linked: int = 0
    doubted: bool = False


@define(eq=False)
class HtmlCell(HtmlGridCell):
    """A cell of a table that holds data; `lines` are its paragraphs, `path` is its element path.

    `shared` is set if several rows share the cell, so that its row is not certain. `doubted` is set
    if a reader of the page may see another number in it, `hides` if it is empty only because its
    digits are hidden or struck out.
    """

    path: str = ""
    lines: tuple[str, ...] = ()
    shared: bool = False
    doubted: bool = False
    hides: bool = False

    @property
    def is_figure(self) -> bool:
        """Return True if the cell holds only a number, perhaps with its unit."""
        return is_figure(self.text)


@frozen
class HtmlTable:
    """A table that holds data."""

    rows: Sequence[tuple[HtmlCell, ...]]
    element: HtmlElementPath

    @property
    def holds_figures(self) -> bool:
        """Return True if more cells hold only a number than in a table about dates."""
        figures = (cell for row in self.rows for cell in row if cell.is_figure)
        return next(islice(figures, _FEW_FIGURES, None), None) is not None


HtmlBlock: TypeAlias = HtmlParagraph | HtmlTable


def is_figure(text: str) -> bool:
    """Return True if a text is only a number, perhaps with its unit."""
    return _FIGURE.match(text) is not None
