"""A form as grids of merged cells, as its grammar declares it, for every way of drawing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from attrs import define, evolve, field, frozen

from gischema.forms.form import Column, Form, HeadGroup, Place
from gischema.forms.form_outline import Caption, HeadBlock, RowBlock, form_outline, head_rows

GridRole: TypeAlias = Literal["title", "head", "label", "unit", "figure", "text"]
"""`text` is a cell that the form fills itself, such as the code of a row or a dash."""

NO_FIGURE = "——"
"""What a form prints where a row asks for no figure."""

_WIDE_FORMS = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})


@frozen
class GridCell:
    """A cell of a form: its text, its place on the grid, and the figure that it asks for."""

    role: GridRole
    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    place: Place | None = None

    @property
    def path(self) -> str:
        """The path of its figure; empty for a cell without one."""
        return self.place.path if self.place is not None else ""


@frozen
class GridTable:
    """A table of a form. Its cells do not overlap, and cover it.

    Attributes:
        heading: The heading that the form prints above the table; empty if it continues a chapter.
        cells: The cells, row by row.
        rows: The number of rows.
        columns: The number of columns.
        heads: How many of the first rows are titles and column heads.
        labels: How many of the first columns hold labels.
    """

    heading: str
    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    heads: int
    labels: int

    def by_row(self) -> list[list[GridCell]]:
        """Return the cells that begin in each row, from left to right."""
        rows: list[list[GridCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


def form_grid(form: Form) -> tuple[GridTable, ...]:
    """Return the tables of a form from top to bottom."""
    tables: list[GridTable] = []
    heading, draft = "", _Draft(form)
    for part in form_outline(form):
        starts = isinstance(part, HeadBlock) or (isinstance(part, Caption) and part.kind != "line")
        if starts and draft.rows:
            tables.append(draft.table(heading))
            heading, draft = "", _Draft(form)
        if isinstance(part, HeadBlock):
            draft.heads = part.group
        elif isinstance(part, RowBlock) or part.kind == "line":
            draft.rows.append(part)
        elif part.kind == "chapter":
            heading = printed_label(form, part.terminal)
        else:
            draft.title = printed_label(form, part.terminal)
    if draft.rows:
        tables.append(draft.table(heading))
    return tuple(tables)


def printed_label(form: Form, terminal: str) -> str:
    """Return the label of a terminal as the form prints it, with its number."""
    label = form.labels[terminal]
    return typeset(label.number + label.text)


def typeset(text: str) -> str:
    """Return a label of a grammar with full-width punctuation, as pages print it."""
    return text.translate(_WIDE_FORMS)


def form_title(form: Form) -> str:
    """Return the title that a form prints above its tables; empty if it prints none."""
    wordings = _furniture(form)
    return next((texts[0] for texts in wordings if texts[0].endswith("表")), "")


def plain_heads(form: Form) -> list[str]:
    """Return the heads above rows that have none in the grammar: item, unit and figure.

    They are a wording of page furniture that consists of other wordings of the same terminal; an
    empty list if there is none.
    """
    heads = (_segments(whole, texts) for texts in _furniture(form) for whole in texts)
    return next((parts for parts in heads if len(parts) > 2), [])


def _furniture(form: Form) -> list[list[str]]:
    return [[w.text for w in form.labels[t].wordings] for t in sorted(form.ignored)]


def _segments(whole: str, texts: list[str]) -> list[str]:
    """Return `whole` split into other wordings; an empty list if it is not made of them."""
    parts: list[str] = []
    rest = whole
    while rest:
        longest = max((t for t in texts if t != whole and rest.startswith(t)), key=len, default="")
        if not longest:
            return []
        parts.append(longest)
        rest = rest[len(longest) :]
    return parts


@define(eq=False)
class _Draft:
    """A table of which the parts are known, but not yet its size."""

    form: Form
    title: str = ""
    heads: HeadGroup | None = None
    rows: list[RowBlock | Caption] = field(factory=list)

    def table(self, heading: str) -> GridTable:
        labels = self._label_columns()
        cells = list(self._heads(labels))
        width = max((cell.column + cell.columns for cell in cells), default=0)
        width = max(width, *(labels + self._width(part) for part in self.rows))
        if self.title:
            cells = [evolve(cell, row=cell.row + 1) for cell in cells]
            cells.insert(0, GridCell("title", self.title, 0, 0, 1, width))
        top = max((cell.row + cell.rows for cell in cells), default=0)
        for number, part in enumerate(self.rows):
            cells += self._row(part, number, top, labels)
        cells += _gaps(cells, top + len(self.rows), width)
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return GridTable(heading, tuple(cells), top + len(self.rows), width, top, labels)

    def _label_columns(self) -> int:
        if self.heads is None:
            return 1
        blocks = (part for part in self.rows if isinstance(part, RowBlock))
        return max((len(part.spans) + 1 for part in blocks if part.row.label), default=0)

    def _width(self, part: RowBlock | Caption) -> int:
        if self.heads is None:
            return 2
        return 0 if isinstance(part, Caption) else self._units() + len(part.row.columns)

    def _units(self) -> int:
        """Return how many heads stand between the labels and the figures, such as that of units."""
        if self.heads is None:
            return 0
        lines = head_rows(self.heads)
        captions = [head for head in lines[0] if isinstance(head, str)]
        return max(0, len(captions) - 1) if len(lines) == 1 else 0

    def _heads(self, labels: int) -> Iterator[GridCell]:
        if self.heads is None:
            for number, text in enumerate(plain_heads(self.form)):
                yield GridCell("head", typeset(text), 0, number)
            return
        lines, units = head_rows(self.heads), self._units()
        spans = dict(_spans(self.heads, labels + units))
        above = [head for head in lines[0] if _key(head) not in spans]
        if labels:
            corner = ""
            if len(above) > 1 or (above and len(lines) == 1):
                corner = self._text(above.pop(0))
            yield GridCell("head", corner, 0, 0, len(lines), labels)
        width = len([column for column in self.heads.columns if column.unit is not None])
        for number, head in enumerate(above):
            place, reach = (labels + number, 1) if units else (labels, width)
            yield GridCell("head", self._text(head), 0, place, 1, reach)
        for number, line in enumerate(lines):
            for head in line:
                if _key(head) in spans:
                    column, reach, is_leaf = spans[_key(head)]
                    height = len(lines) - number if is_leaf else 1
                    yield GridCell("head", self._text(head), number, column, height, reach)

    def _row(
        self, part: RowBlock | Caption, number: int, top: int, labels: int
    ) -> Iterator[GridCell]:
        at = top + number
        if isinstance(part, Caption):
            yield GridCell("label", printed_label(self.form, part.terminal), at, 0, 1, labels)
            if self.heads is None:
                yield GridCell("text", NO_FIGURE, at, labels)
                yield GridCell("text", NO_FIGURE, at, labels + 1)
            return
        yield from self._labels(part, number, top, labels)
        row = part.row
        if self.heads is None:
            yield GridCell("unit", row.unit or "", at, labels)
            yield GridCell("figure", "", at, labels + 1, place=row.places[None])
            return
        units = self._units()
        if units:
            yield GridCell("unit", row.unit or "", at, labels)
        for count, column in enumerate(row.columns, units):
            place = row.places[column]
            if place.path:
                yield GridCell("figure", "", at, labels + count, place=place)
            else:
                code = f"{self.form.terminals[row.terminal]:02d}"
                yield GridCell("text", code, at, labels + count)

    def _labels(self, part: RowBlock, number: int, top: int, labels: int) -> Iterator[GridCell]:
        """Yield the labels of the groups that begin at a row, and its own."""
        if not part.row.label:
            return
        spans = part.spans if self.heads is not None else ()
        before = self.rows[number - 1] if number else None
        above = before.spans if isinstance(before, RowBlock) else ()
        for level, terminal in enumerate(spans):
            if spans[: level + 1] != above[: level + 1]:
                reach = _reach(self.rows[number:], spans[: level + 1])
                text = printed_label(self.form, terminal)
                yield GridCell("label", text, top + number, level, reach)
        own = len(spans)
        text = printed_label(self.form, part.row.terminal)
        yield GridCell("label", text, top + number, own, 1, labels - own)

    def _text(self, head: Column | str) -> str:
        return printed_label(self.form, head if isinstance(head, str) else head.terminal)


def _key(head: Column | str) -> str:
    return head if isinstance(head, str) else head.key


def _spans(group: HeadGroup, column: int) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    """Yield each head with its first column, its width, and True for a single column."""
    if group.caption:
        width = sum(leaf.unit is not None for leaf in group.columns)
        yield group.caption, (column, width, False)
    for member in group.members:
        if isinstance(member, HeadGroup):
            yield from _spans(member, column)
            column += sum(leaf.unit is not None for leaf in member.columns)
        elif member.unit is not None:
            yield member.key, (column, 1, True)
            column += 1


def _reach(parts: Sequence[RowBlock | Caption], spans: tuple[str, ...]) -> int:
    """Return how many parts from the first on belong to a group."""
    for number, part in enumerate(parts):
        if not isinstance(part, RowBlock) or part.spans[: len(spans)] != spans:
            return number
    return len(parts)


def _gaps(cells: Sequence[GridCell], rows: int, columns: int) -> Iterator[GridCell]:
    """Yield an empty cell for each position that no cell covers."""
    taken = {
        (cell.row + row, cell.column + column)
        for cell in cells
        for row in range(cell.rows)
        for column in range(cell.columns)
    }
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in taken:
                yield GridCell("text", "", row, column)
