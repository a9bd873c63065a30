"""What a page consists of once it is read: paragraphs, and tables that hold data."""

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


@define(eq=False, repr=False)
class HtmlParagraph:
    """A paragraph or a line of one; `linked` counts the characters that stand in links."""

    text: str
    element: HtmlElementPath
    linked: int = 0


@define(eq=False, repr=False)
class HtmlCell(HtmlGridCell):
    """A cell of a table that holds data; `lines` are its paragraphs, `path` is where it stands.

    `shared` tells that rows share it, so that to which of them it belongs is not certain.
    """

    path: str = ""
    lines: tuple[str, ...] = ()
    shared: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether nothing but a number, with its unit perhaps, stands here."""
        return is_figure(self.text)


@frozen(eq=False, repr=False)
class HtmlTable:
    """A table that holds data."""

    rows: Sequence[tuple[HtmlCell, ...]]
    element: HtmlElementPath

    @property
    def holds_figures(self) -> bool:
        """Whether there are more cells with nothing but a number than a table about dates has."""
        figures = (cell for row in self.rows for cell in row if cell.is_figure)
        return next(islice(figures, _FEW_FIGURES, None), None) is not None


HtmlBlock: TypeAlias = HtmlParagraph | HtmlTable


def is_figure(text: str) -> bool:
    """Whether a text is nothing but a number, with its unit perhaps."""
    return _FIGURE.match(text) is not None
