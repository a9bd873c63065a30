"""The class of damages: changes that happen to pages between an office and a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from attrs import evolve, frozen

from gischema.testing.choices import ChoiceSource
from gischema.testing.layouts import Layout
from gischema.testing.sample_page import CellRole, PageCell, PageLine, Recoverability, SamplePage

Apply: TypeAlias = Callable[[SamplePage, ChoiceSource], SamplePage]
Fits: TypeAlias = Callable[[SamplePage, Layout], bool]


def anywhere(page: SamplePage, layout: Layout) -> bool:  # noqa: ARG001 - the signature of Fits
    """Return True: the damage fits every page in every layout."""
    return True


@frozen
class Damage:
    """A named change to a page. It updates the recoverability of every figure that it affects."""

    name: str
    zh: str
    en: str
    apply: Apply
    fits: Fits = anywhere


def with_rows(page: SamplePage, layout: Layout) -> bool:  # noqa: ARG001
    """Return True if rows of the form have column heads."""
    return any(line.row is not None and line.row.heads is not None for line in page.lines)


def with_groups(page: SamplePage, layout: Layout) -> bool:  # noqa: ARG001
    """Return True if the form has groups that span several rows."""
    return any(line.spans for line in page.lines)


def barred(page: SamplePage, layout: Layout) -> bool:  # noqa: ARG001
    """Return True if the layout has bars or tabs."""
    return layout.barred


def on_text(
    page: SamplePage, change: Callable[[str], str], roles: Iterable[CellRole]
) -> SamplePage:
    """Return the page with the text of all cells of some roles changed."""
    chosen = frozenset(roles)
    return page.each_cell(
        lambda cell: evolve(cell, text=change(cell.text)) if cell.role in chosen else cell
    )


def label_of(line: PageLine) -> PageCell | None:
    """Return the label of a row, None if it has none."""
    return next((c for c in line.cells if line.role == "row" and c.role == "label"), None)


def labelled_rows(page: SamplePage) -> list[int]:
    """Return the indices of the rows that have a label."""
    return [place for place, line in enumerate(page.lines) if label_of(line) is not None]


def relabel(
    line: PageLine, change: Callable[[str], str], recoverability: Recoverability | None = None
) -> PageLine:
    """Return a row with its label changed, and the recoverability of its figures if given."""
    label = label_of(line)

    def one(cell: PageCell) -> PageCell:
        if cell is label:
            return evolve(cell, text=change(cell.text))
        return cell.lowered(recoverability) if recoverability else cell

    return evolve(line, cells=tuple(map(one, line.cells)))


def replace(page: SamplePage, place: int, *lines: PageLine) -> SamplePage:
    """Return the page with the line at `place` replaced by others."""
    return evolve(page, lines=(*page.lines[:place], *lines, *page.lines[place + 1 :]))
