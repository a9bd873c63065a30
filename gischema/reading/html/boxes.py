"""Tables that are made of boxes: elements side by side, each with the cells of a row in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gischema.reading.html.blocks import Cell, Table
from gischema.reading.html.step import Step
from gischema.reading.html.tree import COMMENT, TEXT, Tree, tags

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BOXES = tags("div section article main li ul ol dl body td form fieldset")
_CELLS = tags("div p li dd dt")
_LONGEST = 60  # characters of a box that may be a cell
_FEW_ROWS = 2


def boxed_tables(tree: Tree, nodes: Sequence[LexborNode], step: Step) -> dict[int, Table | None]:
    """The boxes inside `step` that are rows of a table, by their `mem_id`; the first has the table.

    `nodes` are all that stands inside.
    """
    found: dict[int, Table | None] = {}
    run: list[tuple[int, tuple[Cell, ...]]] = []
    numbers: dict[str, int] = {}
    for node in nodes:
        row: tuple[Cell, ...] = ()
        tag = node.tag or ""
        if tag in BOXES:
            numbers[tag] = number = numbers.get(tag, 0) + 1
            if tree.is_shown(node):
                row = _row(tree, node, step.inside(tag, number))
        if row:
            run.append((node.mem_id, row))
        elif not _is_blank(node):
            found |= _table(run, step)
            run = []
    return found | _table(run, step)


def _table(run: Sequence[tuple[int, tuple[Cell, ...]]], step: Step) -> dict[int, Table | None]:
    """The table that boxes make, if there are enough figures in them."""
    rows = [row for _, row in run]
    if sum(any(cell.is_figure for cell in row) for row in rows) < _FEW_ROWS:
        return {}
    first, *others = (box for box, _ in run)
    return {first: Table.of(rows, step), **dict.fromkeys(others)}


def _row(tree: Tree, box: LexborNode, step: Step) -> tuple[Cell, ...]:
    """The boxes inside a box, if there are several and each holds no more than a cell does."""
    cells: list[Cell] = []
    numbers: dict[str, int] = {}
    for node in box.iter(include_text=True):
        if _is_blank(node):
            continue
        tag = node.tag or ""
        shown = tag in _CELLS and tree.is_shown(node)
        only = tree.only_text(node, wrapped=True) if shown else None
        if only is None or only[1] or len(only[0]) > _LONGEST:
            return ()
        text = only[0]
        numbers[tag] = number = numbers.get(tag, 0) + 1
        path = f"{step.beginning}{tag}[{number}]"
        cells.append(Cell(text, column=len(cells), path=path, lines=(text,)))
    return tuple(cells) if len(cells) > 1 else ()


def _is_blank(node: LexborNode) -> bool:
    """Whether a node is white space or a comment."""
    return node.tag == COMMENT or (node.tag == TEXT and not (node.text_content or "").strip())
