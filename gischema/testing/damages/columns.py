"""Damage to columns: one more of them, two swapped, heads cut short, split or run together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve

from gischema.forms import Column, HeadGroup, Row
from gischema.forms.form_grid import typeset
from gischema.testing.choices import ChoiceSource
from gischema.testing.damages.damage import Damage, replace, with_rows
from gischema.testing.layouts import Layout
from gischema.testing.sample_page import PageCell, PageLine, SamplePage, printed_value

_SHORT = 4  # heads with at least this many characters are split


def _subtotal_column(page: SamplePage, _choices: ChoiceSource) -> SamplePage:
    """Add a column that the form leaves out: the sum of a group of columns, printed after them."""
    for group in page.form.heads:
        for inner in _groups(group):
            columns = [c for c in inner.members if isinstance(c, Column)]
            extra = next((c for c in columns if c.unit is None), None)
            parts = [c for c in columns if c.unit is not None]
            if extra is not None and parts:
                page = _with_column(page, group, parts, extra)
    return page


def _with_column(
    page: SamplePage, group: HeadGroup, parts: list[Column], extra: Column
) -> SamplePage:
    keys = [column.key for column in parts]
    label = page.form.labels[extra.terminal]
    head = PageCell("head", typeset(label.text), extra.key)

    def change(line: PageLine) -> PageLine:
        if line.role == "heads" and [c.key for c in line.cells[-len(keys) :]] == keys:
            return evolve(line, cells=(*line.cells, head))
        if line.row is None or line.row.heads != group or not line.values:
            return line
        return evolve(line, cells=tuple(_cells(line, line.row, parts, extra)))

    return page.each_line(change)


def _cells(line: PageLine, row: Row, parts: list[Column], extra: Column) -> Iterator[PageCell]:
    paths = [column.path_in(row.path) for column in parts]
    values = {held.path: held.value or 0 for cell in line.values for held in cell.figures}
    complete = values.keys() >= set(paths)
    for cell in line.cells:
        yield cell
        if complete and cell.key == paths[-1]:
            yield printed_value(extra.path_in(row.path), sum(values[path] for path in paths))


def _groups(group: HeadGroup) -> Iterator[HeadGroup]:
    yield group
    for member in group.members:
        if isinstance(member, HeadGroup):
            yield from _groups(member)


def _swapped(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Swap two neighbouring columns of a table, heads and figures."""
    group, columns = choices.pick(_neighbours(page))
    lines: list[PageLine] = []
    below: Row | None = None
    for line in reversed(page.lines):
        below = line.row or below
        in_table = below is not None and below.heads == group
        lines.append(_swapped_in(line, below, columns) if below and in_table else line)
    return evolve(page, lines=tuple(reversed(lines)))


def _neighbours(page: SamplePage) -> list[tuple[HeadGroup, tuple[Column, Column]]]:
    """Return the columns that stand next to each other, with their table."""
    return [
        (group, pair)
        for group in page.form.heads
        for inner in _groups(group)
        for pair in pairwise(c for c in inner.members if isinstance(c, Column) and c.unit)
    ]


def _swapped_in(line: PageLine, below: Row, columns: tuple[Column, Column]) -> PageLine:
    """Return a line of a table with two columns swapped; `below` is its row, or the next one."""
    if line.role == "heads":
        return _exchanged(line, [column.key for column in columns])
    if line.role == "row":
        return _exchanged(line, [column.path_in(below.path) for column in columns])
    return line


def _exchanged(line: PageLine, keys: list[str]) -> PageLine:
    """Return a line with two neighbouring cells exchanged, if it has them."""
    at = next((i for i, (a, b) in enumerate(pairwise(line.cells)) if [a.key, b.key] == keys), None)
    if at is None:
        return line
    one, two = line.cells[at : at + 2]
    return evolve(line, cells=(*line.cells[:at], two, one, *line.cells[at + 2 :]))


def _cut_short(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Cut heads off after their first characters, as in 本年新."""
    length = choices.integer(3, 5)
    tables = choices.some([i for i, ln in enumerate(page.lines) if ln.role == "heads"], 2)
    for at in tables:
        line = page.lines[at]
        cells = tuple(
            evolve(cell, text=cell.text[:length]) if choices.chance(2) else cell
            for cell in line.cells
        )
        page = evolve(
            page, lines=(*page.lines[:at], evolve(line, cells=cells), *page.lines[at + 1 :])
        )
    return page


def _split(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Break heads in two, with their second half on the next line of the table."""
    tables = [i for i, line in enumerate(page.lines) if line.role == "heads"]
    at = choices.pick(tables)
    line = page.lines[at]
    upper, lower = [], []
    for cell in line.cells:
        half = len(cell.text) // 2 if len(cell.text) >= _SHORT else len(cell.text)
        upper.append(evolve(cell, text=cell.text[:half]))
        lower.append(evolve(cell, text=cell.text[half:]))
    lines = (evolve(line, cells=tuple(upper)), evolve(line, cells=tuple(lower)))
    return evolve(page, lines=(*page.lines[:at], *lines, *page.lines[at + 1 :]))


def _heads_lost(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Remove the lowest line of heads of a table, or put it below the table."""
    at = choices.pick([i for i, ln in enumerate(page.lines) if _is_lowest(page, i, ln)])
    end = next((i for i in range(at + 1, len(page.lines)) if page.lines[i].role != "row"), at + 1)
    rows = tuple(ln.each(lambda cell: cell.lowered("doubtful")) for ln in page.lines[at + 1 : end])
    fallen = (page.lines[at],) if choices.chance(2) else ()
    return evolve(page, lines=(*page.lines[:at], *rows, *fallen, *page.lines[end:]))


def _is_lowest(page: SamplePage, at: int, line: PageLine) -> bool:
    return line.role == "heads" and page.lines[at + 1].row is not None


def _cumulative(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print the figure since the beginning next to this year's in rows of one column."""
    names = choices.pick((("本年", "累计"), ("本年数", "累计数"), ("当年", "开展以来累计")))

    def change(line: PageLine) -> PageLine:
        if line.role == "heads" and line.cells and not any(cell.key for cell in line.cells):
            both = tuple(evolve(line.cells[-1], text=name) for name in names)
        elif _is_of_one_column(line):
            value = line.cells[-1].figures[0].value or 0
            total = PageCell("text", str(value + choices.integer(0, 99)))
            both = (line.cells[-1], total)
        else:
            return line
        return evolve(line, cells=(*line.cells[:-1], *both))

    return page.each_line(change)


def _has_neighbours(page: SamplePage, layout: Layout) -> bool:
    return with_rows(page, layout) and bool(_neighbours(page))


def _run_together(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Run heads of two lines together: 商业企科研机 above 业构, as converters write them."""
    at = choices.pick([i for i, ln in enumerate(page.lines) if _may_run_together(ln)])
    line = page.lines[at]
    halves = [(cell.text[: (len(cell.text) + 1) // 2], cell) for cell in line.cells]
    upper = "".join(half for half, _ in halves)
    lower = "".join(cell.text[len(half) :] for half, cell in halves)
    lines = (evolve(line, cells=(PageCell("head", text),)) for text in (upper, lower))
    return replace(page, at, *lines)


def _may_run_together(line: PageLine) -> bool:
    keys = [cell.key for cell in line.cells]
    return line.role == "heads" and len(keys) > 1 and all(keys)


def _two_years(page: SamplePage, choices: ChoiceSource) -> SamplePage:
    """Print last year's figure next to this year's in rows of one column, below heads of years."""
    first = choices.chance(2)
    names = choices.pick(((f"{page.year - 1}年", f"{page.year}年"), ("上年", "本年")))

    def change(line: PageLine) -> PageLine:
        if line.role == "heads" and line.cells and not any(cell.key for cell in line.cells):
            older, newer = (evolve(line.cells[-1], text=name) for name in names)
        elif _is_of_one_column(line):
            older, newer = PageCell("text", str(choices.integer(0, 99))), line.cells[-1]
        else:
            return line
        return evolve(
            line, cells=(*line.cells[:-1], *((older, newer) if first else (newer, older)))
        )

    return page.each_line(change)


def _is_of_one_column(line: PageLine) -> bool:
    own = line.row is not None and line.row.heads is None
    return own and len(line.values) == 1 and line.cells[-1].role == "value"


def _in_bars_of_one_column(page: SamplePage, layout: Layout) -> bool:
    return layout.barred and layout.one_line and any(map(_is_of_one_column, page.lines))


def _in_table_of_heads(page: SamplePage, layout: Layout) -> bool:
    return _in_table_rows(page, layout) and any(map(_may_run_together, page.lines))


def _in_rows(page: SamplePage, layout: Layout) -> bool:
    return layout.apart and with_rows(page, layout)


def _in_table_rows(page: SamplePage, layout: Layout) -> bool:
    return layout.one_line and _in_rows(page, layout)


COLUMNS = (
    Damage(
        "subtotal-column", "多出一列小计", "an extra subtotal column", _subtotal_column, with_rows
    ),
    Damage(
        "columns-swapped",
        "相邻两列颠倒",
        "two neighbouring columns swapped",
        _swapped,
        _has_neighbours,
    ),
    Damage("heads-cut-short", "列名被截短", "column heads cut short", _cut_short, _in_rows),
    Damage(
        "heads-split", "列名分成两行", "column heads split over two lines", _split, _in_table_rows
    ),
    Damage(
        "heads-run-together",
        "两行列名连写",
        "column heads of two lines run together",
        _run_together,
        _in_table_of_heads,
    ),
    Damage(
        "heads-lost",
        "列名行丢失或落到表下",
        "a line of heads lost, or below",
        _heads_lost,
        with_rows,
    ),
    Damage(
        "cumulative-column",
        "本年数旁有累计数",
        "figures since the beginning next to this year's",
        _cumulative,
        _in_bars_of_one_column,
    ),
    Damage(
        "two-years",
        "上年与本年并列",
        "last year's figures next to this year's",
        _two_years,
        _in_bars_of_one_column,
    ),
)
