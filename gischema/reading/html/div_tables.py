"""Find tables made of boxes: elements next to each other, each with the cells of one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborNode

from gischema.reading.html.blocks import HtmlCell, HtmlTable
from gischema.reading.html.element_path import HtmlElementPath
from gischema.reading.html.page_tree import HtmlTree
from gischema.reading.html.tags import COMMENT, TEXT, tag_set

BOXES = tag_set("div section article main li ul ol dl body td form fieldset")
_CELLS = tag_set("div p li dd dt")
_LONGEST = 60  # characters of a box that may be a cell
_FEW_ROWS = _FEW_CELLS = 2


def find_div_tables(
    tree: HtmlTree, nodes: Iterable[tuple[LexborNode, str]], element: HtmlElementPath
) -> dict[int, list[HtmlTable]]:
    """Return the boxes inside `element` that are rows of a table, by their `mem_id`.

    Args:
        tree: The page.
        nodes: All nodes inside `element`, with their tags.
        element: Where the nodes stand.

    Returns:
        For the first box of a table, the table; for the other boxes, an empty list.
    """
    found: dict[int, list[HtmlTable]] = {}
    run: list[tuple[int, tuple[HtmlCell, ...]]] = []
    numbers: dict[str, int] = {}
    for node, tag in nodes:
        row: tuple[HtmlCell, ...] = ()
        if tag in BOXES:
            numbers[tag] = number = numbers.get(tag, 0) + 1
            row = _row(tree, node, element, number)
        if row:
            run.append((node.mem_id, row))
        elif run and not _is_blank(node, tag):
            found |= _table(run, element)
            run = []
    return found | _table(run, element)


def _table(
    run: Sequence[tuple[int, tuple[HtmlCell, ...]]], element: HtmlElementPath
) -> dict[int, list[HtmlTable]]:
    """Return the table that boxes make; nothing if too few of them hold a figure."""
    rows = [row for _, row in run]
    if sum(any(cell.is_figure for cell in row) for row in rows) < _FEW_ROWS:
        return {}
    table = HtmlTable(rows, element)
    return {box: [] if number else [table] for number, (box, _) in enumerate(run)}


def _row(
    tree: HtmlTree, box: LexborNode, parent: HtmlElementPath, number: int
) -> tuple[HtmlCell, ...]:
    """Return the boxes inside a box as cells.

    There are none unless there are several boxes, and each holds no more than a cell does.
    """
    texts: list[tuple[str, str, bool]] = []
    for node in box.iter(include_text=True):
        tag = node.tag or ""
        if tag in _CELLS and tree.is_shown(node):
            only = tree.only_text(node, wrapped=True)
            if only is None or only[1] or len(only[0]) > _LONGEST:
                return ()
            texts.append((tag, only[0], tree.is_displaced(node)))
        elif not _is_blank(node, tag):
            return ()
    if len(texts) < _FEW_CELLS or not tree.is_shown(box):
        return ()
    element = parent.child(box.tag or "", number)
    numbers = Counter[str]()
    cells: list[HtmlCell] = []
    doubted = any(displaced for _, _, displaced in texts)  # the others move up
    for tag, text, _ in texts:
        numbers[tag] += 1
        path = f"{element.child_prefix}{tag}[{numbers[tag]}]"
        cell = HtmlCell(text, column=len(cells), path=path, lines=(text,), doubted=doubted)
        cells.append(cell)
    return tuple(cells)


def _is_blank(node: LexborNode, tag: str) -> bool:
    """Return True if a node is white space or a comment."""
    return tag == COMMENT or (tag == TEXT and not (node.text_content or "").strip())
