"""Tables that are made of boxes: elements side by side, each with the cells of a row in it."""

from __future__ import annotations

from collections.abc import Sequence

from gischema.reading.html.blocks import Cell, Table
from gischema.reading.html.step import Frame, Step
from gischema.reading.html.tree import COMMENT, TEXT, Tree, tags

BOXES = tags("div section article main li ul ol dl body td form fieldset")
_CELLS = tags("div p li dd dt")
_LONGEST = 60  # characters of a box that may be a cell
_FEW_ROWS = 2


def with_boxed_tables(tree: Tree, inside: Sequence[Frame], step: Step) -> list[Frame | Table]:
    """Nodes side by side in `step`, those together that are the rows of a table."""
    found: list[Frame | Table] = []
    run: list[Frame] = []
    rows: list[tuple[Cell, ...]] = []
    for frame in [*inside, None]:
        row = _row(tree, frame) if frame is not None else ()
        if row:
            rows.append(row)
        elif frame is None or not _is_blank(frame):
            if sum(any(cell.is_figure for cell in row) for row in rows) >= _FEW_ROWS:
                found.append(Table.of(rows, step))
            else:
                found += run
            run, rows = [], []
        if frame is not None:
            (run if rows else found).append(frame)
    return found


def _row(tree: Tree, box: Frame) -> tuple[Cell, ...]:
    """The boxes inside a box, if there are several and each holds no more than a cell does."""
    if box.tag not in BOXES or not tree.is_shown(box.node):
        return ()
    cells: list[Cell] = []
    for inside in box.children(box.step):
        if _is_blank(inside):
            continue
        shown = inside.tag in _CELLS and tree.is_shown(inside.node)
        text = tree.only_text(inside.node, wrapped=True) if shown else None
        if text is None or len(text) > _LONGEST:
            return ()
        cells.append(Cell(text, column=len(cells), path=inside.step.path, lines=(text,)))
    return tuple(cells) if len(cells) > 1 else ()


def _is_blank(frame: Frame) -> bool:
    """Whether a node is white space or a comment."""
    if frame.tag == TEXT:
        return not (frame.node.text_content or "").strip()
    return frame.tag == COMMENT
