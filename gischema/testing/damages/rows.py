"""Damage to the rows of tables: lost, swapped, repeated, with subtotals, with cells lost."""

from __future__ import annotations

from itertools import count

from attrs import evolve

from gischema.forms import Form, Row
from gischema.testing.choices import ChoiceSource
from gischema.testing.compose import label_cell
from gischema.testing.damages.damage import (
    Damage,
    label_of,
    labelled_rows,
    replace,
    with_groups,
    with_rows,
)
from gischema.testing.layouts import Layout
from gischema.testing.sample_page import CellFigure, PageCell, PageLine, SamplePage, printed_value

_MATRIX = 5  # extractors lose cells of rows with at least this many figures


def _dropped(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove one to three rows."""
    rows = [place for place in page.rows() if not _is_anchor(page, place)]
    lost = set(choices.some(rows, 3)) if rows else set()
    return evolve(page, lines=tuple(ln for i, ln in enumerate(page.lines) if i not in lost))


def _swapped(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Swap two neighbouring rows of one group."""
    pairs = [
        place
        for place, (one, two) in enumerate(zip(page.lines, page.lines[1:], strict=False))
        if _are_siblings(one.row, two.row)
    ]
    if not pairs:
        return page
    at = choices.pick(pairs)
    lines = list(page.lines)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return evolve(page, lines=tuple(lines))


def _doubled(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print a row twice."""
    at = choices.pick(page.rows())
    return replace(page, at, page.lines[at], page.lines[at])


def _label_doubled(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print the label of a row again on the next line, without its figures."""
    at = choices.pick(labelled_rows(page))
    line = page.lines[at]
    label = label_of(line)
    assert label is not None
    return replace(page, at, line, evolve(line, role="caption", cells=(label,)))


def _subtotal_rows(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print the label of a group as a row of its own, with the sums of its rows."""
    groups = [row for row in page.form.rows if row.group and _lines_of(page, row)]
    if not groups:
        return page
    for group in choices.some(groups, len(groups)):
        page = _with_subtotal(page, group)
    return page


def _with_subtotal(page: SamplePage, group: Row) -> SamplePage:
    inside = _lines_of(page, group)
    places = [place for place, line in enumerate(page.lines) if line in inside]
    first = page.lines[places[0]]
    keys = [cell.key.rpartition(".")[2] for cell in first.values]
    cells = [label_cell(page.form, group.terminal)]
    for key in keys:
        figures = (
            m for ln in inside for c in ln.values for m in c.figures if m.path.endswith(f".{key}")
        )
        cells.append(printed_value(f"{group.path}.{key}", sum(m.value or 0 for m in figures)))
    spans = tuple(cell for cell in first.spans if cell.key != group.terminal)
    own = PageLine("row", tuple(cells), group, spans)
    page = page.each_line(lambda line: _without(line, group) if line in inside else line)
    return replace(page, places[0], own, page.lines[places[0]])


def _without(line: PageLine, group: Row) -> PageLine:
    return evolve(line, spans=tuple(cell for cell in line.spans if cell.key != group.terminal))


def _lines_of(page: SamplePage, group: Row) -> list[PageLine]:
    inside = f"{group.path}."
    return [ln for ln in page.lines if ln.row is not None and ln.row.path.startswith(inside)]


def _cells_lost(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove cells of a long row, so that the rest no longer shows its columns."""
    places = [i for i, line in enumerate(page.lines) if len(line.values) >= _MATRIX]
    if not places:
        return page
    at = choices.pick(places)
    line = page.lines[at]
    lost = choices.some(line.values, len(line.values) - 1)
    cells = tuple(cell.lowered("doubtful") for cell in line.cells if cell not in lost)
    return replace(page, at, evolve(line, cells=cells, incomplete=True))


def _digits_glued(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print the figures of one row without anything between them."""
    places = [i for i, line in enumerate(page.lines) if len(line.values) > 1]
    if not places:
        return page
    at = choices.pick(places)
    line = page.lines[at]
    others = tuple(cell for cell in line.cells if cell.role != "value")
    return replace(page, at, evolve(line, cells=(*others, _glued(line.values)), incomplete=True))


def _glued(values: tuple[PageCell, ...]) -> PageCell:
    text, figures = "", []
    for cell in values:
        figures += [_moved(figure, len(text)) for figure in cell.figures]
        text += cell.text
    return PageCell("value", text, "", tuple(figures))


def _moved(figure: CellFigure, by: int) -> CellFigure:
    return evolve(figure.lowered("doubtful"), start=figure.start + by, end=figure.end + by)


def _sentences(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print a full stop or a remark at the end of rows."""
    stop = choices.pick(("。", ";", "，与上年持平。", "。其中网上申请较多。"))

    def change(line: PageLine) -> PageLine:
        if not line.values or not choices.chance(3):
            return line
        last = line.values[-1]
        ended = evolve(last, text=last.text + stop).lowered("doubtful")
        return evolve(line, cells=tuple(ended if cell is last else cell for cell in line.cells))

    return page.each_line(change)


def _numbered(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print a column of numbers before the rows that have no heads of their own."""
    head = choices.pick(("序号", "行次"))
    numbers = count(choices.integer(1, 9))

    def change(line: PageLine) -> PageLine:
        if line.role == "heads" and not any(cell.key for cell in line.cells):
            text = head
        elif line.row is not None and line.row.heads is None:
            text = str(next(numbers))
        else:
            return line
        return evolve(line, cells=(PageCell("text", text), *line.cells))

    return page.each_line(change)


def _numberable(page: SamplePage, layout: Layout) -> bool:
    return layout.barred and layout.one_line and any(map(_is_of_no_heads, page.lines))


def _is_of_no_heads(line: PageLine) -> bool:
    return line.row is not None and line.row.heads is None


def _groups_lost(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    """Remove the labels of groups, so that only order distinguishes rows of one name."""

    def change(line: PageLine) -> PageLine:
        below = line.each(lambda cell: cell.lowered("doubtful")) if line.spans else line
        return evolve(below, spans=())

    return page.each_line(change)


def _are_siblings(one: Row | None, two: Row | None) -> bool:
    if one is None or two is None or one.heads != two.heads:
        return False
    return one.path.rpartition(".")[0] == two.path.rpartition(".")[0] and "." in one.path


def _is_anchor(page: SamplePage, place: int) -> bool:
    """Return True if a row tells which of several rows with one label its neighbours are."""
    row = page.lines[place].row
    return row is not None and any(_owns(page.form, row, other) for other in page.form.rows)


def _owns(form: Form, row: Row, other: Row) -> bool:
    shared = len(form.rows_of[other.terminal]) > 1
    return shared and row.path == other.path.rpartition(".")[0]


ROWS = (
    Damage("rows-dropped", "整行丢失", "rows lost", _dropped),
    Damage("rows-swapped", "相邻两行颠倒", "two neighbouring rows swapped", _swapped),
    Damage(
        "subtotal-rows",
        "归类行也填了小计",
        "group labels printed as rows with subtotals",
        _subtotal_rows,
        with_groups,
    ),
    Damage("cells-lost", "一行中缺了几格", "cells of a row lost", _cells_lost, with_rows),
    Damage("row-doubled", "一行印了两次", "a row printed twice", _doubled),
    Damage(
        "label-doubled",
        "行名重复印了一次",
        "a label printed again without its figures",
        _label_doubled,
    ),
    Damage("sentences", "行末有句号或说明", "rows that end like sentences", _sentences),
    Damage(
        "row-numbers",
        "每行前有序号列",
        "a column of numbers before the rows",
        _numbered,
        _numberable,
    ),
    Damage("groups-lost", "归类行名丢失", "labels of groups lost", _groups_lost, with_groups),
    Damage(
        "digits-glued",
        "一行的数字连在一起",
        "the figures of a row run together",
        _digits_glued,
        with_rows,
    ),
)
