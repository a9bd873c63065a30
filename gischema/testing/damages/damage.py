"""What a damage is: one thing that happens to pages between an office and a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from attrs import evolve, frozen

from gischema.testing.choices import Choices
from gischema.testing.layouts import Layout
from gischema.testing.page import Cell, CellRole, Fate, Line, Page

Apply: TypeAlias = Callable[[Page, Choices], Page]
Fits: TypeAlias = Callable[[Page, Layout], bool]


def anywhere(page: Page, layout: Layout) -> bool:  # noqa: ARG001 - the signature of Fits
    """Fits every page in every layout."""
    return True


@frozen
class Damage:
    """A named change to a page. It keeps the fate of every figure it touches up to date."""

    name: str
    zh: str
    en: str
    apply: Apply
    fits: Fits = anywhere


def with_rows(page: Page, layout: Layout) -> bool:  # noqa: ARG001
    """Fits forms whose rows have column heads."""
    return any(line.row is not None and line.row.heads is not None for line in page.lines)


def with_groups(page: Page, layout: Layout) -> bool:  # noqa: ARG001
    """Fits forms with groups that span several rows."""
    return any(line.spans for line in page.lines)


def barred(page: Page, layout: Layout) -> bool:  # noqa: ARG001
    """Fits layouts with bars or tabs."""
    return layout.barred


def on_text(page: Page, change: Callable[[str], str], roles: Iterable[CellRole]) -> Page:
    """The page with the text of all cells of some roles changed."""
    chosen = frozenset(roles)
    return page.each_cell(
        lambda cell: evolve(cell, text=change(cell.text)) if cell.role in chosen else cell
    )


def label_of(line: Line) -> Cell | None:
    """The label of a row, None if it has none."""
    return next((c for c in line.cells if line.role == "row" and c.role == "label"), None)


def labelled_rows(page: Page) -> list[int]:
    """The places of the rows that have a label."""
    return [place for place, line in enumerate(page.lines) if label_of(line) is not None]


def relabel(line: Line, change: Callable[[str], str], fate: Fate | None = None) -> Line:
    """A row with its label changed, and its figures' fate where the label is now in doubt."""
    label = label_of(line)

    def one(cell: Cell) -> Cell:
        if cell is label:
            return evolve(cell, text=change(cell.text))
        return cell.worse(fate) if fate else cell

    return evolve(line, cells=tuple(map(one, line.cells)))


def replace(page: Page, place: int, *lines: Line) -> Page:
    """The page with the line at `place` replaced by others."""
    return evolve(page, lines=(*page.lines[:place], *lines, *page.lines[place + 1 :]))
