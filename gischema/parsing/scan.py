"""What the cells of a text are: labels of known forms, values, or something else.

A label is recognised by its key, so white space, hard line breaks, lost quotes and numbers before
it do not count. It may run over several cells, carry a note in brackets, and its figure may be
glued to it.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from attrs import frozen

from gischema.forms.index import LabelIndex, Match
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.parsing.cells import Cell
from gischema.parsing.numbers import UNITS, is_value

MAX_LABEL_CELLS = 4
"""Over how many printed cells a wrapped label may run."""

_MAX_NOTE = 400
_MAX_GLUED = 200  # characters of a label with its figures
_TAIL = re.compile(
    rf"(?:[+-]?\d[\d\s.,/—-]*(?:{UNITS})?|—{{1,4}}|―{{1,4}}|-{{1,2}}|/)\s*\Z", re.DOTALL
)
_UNIT_BEFORE = re.compile(rf"\s*{UNITS}\s*\Z")
_GLUED_NUMBER = re.compile(r"\d{1,2}(?=[^\d\s.,%])")


@frozen
class Tail:
    """A figure glued to its label."""

    start: int
    end: int
    text: str


@frozen
class Label:
    """A printed label, over cells `first` to `last`: what it may be, its note, its glued figure."""

    first: int
    last: int
    start: int
    end: int
    text: str
    matches: tuple[Match, ...]
    note: str = ""
    tail: Tail | None = None

    def terminals(self, form: str) -> tuple[Match, ...]:
        """The labels of one form that this may be."""
        return tuple(match for match in self.matches if match.form == form)


@frozen
class Figures:
    """A cell that holds one or several values."""

    first: int
    last: int


@frozen
class Other:
    """A cell that is neither a known label nor a value."""

    first: int
    last: int
    text: str


@frozen
class Note:
    """A cell that stands beside a table's rows without being one: a number, a text in brackets."""

    first: int
    last: int
    text: str


Item: TypeAlias = Label | Figures | Other | Note


@frozen
class Scan:
    """The cells of a text and what they are, in order. Empty cells are no items."""

    cells: tuple[Cell, ...]
    items: tuple[Item, ...]


def scan(cells: list[Cell], index: LabelIndex) -> Scan:
    """Tell what each cell is."""
    cells = _split_lines_of_labels(cells, index)
    items: list[Item] = []
    position = 0
    while position < len(cells):
        item = _item(cells, position, index)
        if item is not None:
            items.append(item)
            position = item.last
        position += 1
    return Scan(tuple(cells), tuple(items))


def _item(cells: list[Cell], position: int, index: LabelIndex) -> Item | None:
    text = cells[position].text
    if not text.strip("?"):
        return None
    if is_value(text):
        return Figures(position, position)
    rest, cut = strip_enumerator(text)
    if not rest:
        return Note(position, position, text)
    label = _longest(cells, position, cut, index)
    if label is None:
        number = _GLUED_NUMBER.match(rest)
        if number:
            label = _longest(cells, position, cut + number.end(), index)
    if label is not None:
        return label
    if rest[0] == "(" and (end := _closing_cell(cells, position)) is not None:
        return Note(position, end, text)
    return Other(position, position, text)


def _longest(cells: list[Cell], position: int, cut: int, index: LabelIndex) -> Label | None:
    """The longest label that begins in the cell at `position`, behind `cut` characters."""
    text = cells[position].text[cut:]
    best = _label(cells, position, position, cut, text, index)
    joined, last = text, position
    for _ in range(MAX_LABEL_CELLS - 1):
        if squeeze(joined) not in index.beginnings:
            break
        following = _next_printed(cells, last)
        if following is None or is_value(cells[following].text):
            break
        joined, last = joined + cells[following].text, following
        best = _label(cells, position, last, cut, joined, index) or best
    return best


def _label(
    cells: list[Cell], first: int, last: int, cut: int, text: str, index: LabelIndex
) -> Label | None:
    start, end = cells[first].start + cut, cells[last].end
    matches = index.matches.get(squeeze(text))
    if matches:
        return Label(first, last, start, end, text, matches)
    head, bracket, behind = text.partition("(")
    if bracket and (matches := index.matches.get(squeeze(head))):
        return _with_note(cells, first, last, start, head, behind, matches)
    if len(text) > _MAX_GLUED or (glued := _TAIL.search(text)) is None:
        return None
    for upto in (glued.start(), _without_unit(text[: glued.start()])):
        if matches := index.matches.get(squeeze(text[:upto])):
            tail = text[upto:].strip()
            at = end - len(tail)
            return Label(first, last, start, at, text[:upto], matches, tail=Tail(at, end, tail))
    return None


def _without_unit(text: str) -> int:
    """How much of a label there is before the unit at its end (收到申请数件)."""
    unit = _UNIT_BEFORE.search(text)
    return unit.start() if unit else len(text)


def _with_note(
    cells: list[Cell],
    first: int,
    last: int,
    start: int,
    head: str,
    behind: str,
    matches: tuple[Match, ...],
) -> Label | None:
    """A label with a note in brackets, which may run on over the next cells."""
    note, closed, after = _close(behind)
    while not closed and len(note) < _MAX_NOTE:
        following = _next_printed(cells, last)
        if following is None or is_value(cells[following].text):
            break
        last = following
        more, closed, after = _close(cells[last].text)
        note += more
    end = cells[last].end
    after = after.strip()
    if after and not is_value(after):
        return None
    tail = Tail(end - len(after), end, after) if after else None
    return Label(first, last, start, end - len(after), head, matches, note, tail)


def _close(text: str) -> tuple[str, bool, str]:
    """What stands before the closing bracket, whether there is one, and what stands behind it."""
    inside, bracket, after = text.rpartition(")")
    return (inside, True, after) if bracket else (text, False, "")


def _closing_cell(cells: list[Cell], position: int) -> int | None:
    """The cell in which the bracket that opens a cell is closed, if nothing stands behind it."""
    length, current = 0, position
    for _ in range(8):
        text = cells[current].text
        length += len(text)
        if text.endswith(")"):
            return current
        following = _next_printed(cells, current)
        if ")" in text or following is None or length > _MAX_NOTE:
            return None
        current = following
    return None


def _next_printed(cells: list[Cell], position: int) -> int | None:
    """The next cell with text, at most a few empty cells on."""
    for following in range(position + 1, min(position + 6, len(cells))):
        if cells[following].text:
            return following
    return None


def _split_lines_of_labels(cells: list[Cell], index: LabelIndex) -> list[Cell]:
    """Cells that hold several labels side by side (`自然人 总计` of a text without bars) cut up."""
    out: list[Cell] = []
    for cell in cells:
        if " " in cell.text and len(cell.text) < 200:
            out.extend(_side_by_side(cell, index) or (cell,))
        else:
            out.append(cell)
    return out


def _side_by_side(cell: Cell, index: LabelIndex) -> list[Cell] | None:
    words = list(re.finditer(r"\S+", cell.text))
    if squeeze(cell.text) in index.matches or len(words) < 2:
        return None
    parts: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        for upto in range(min(len(words), at + MAX_LABEL_CELLS), at, -1):
            start, end = words[at].start(), words[upto - 1].end()
            printed = strip_enumerator(cell.text[start:end])[0]
            if squeeze(printed) in index.matches:
                parts.append((start, end))
                at = upto
                break
        else:
            return None
    if len(parts) < 2:
        return None
    ends = [" "] * (len(parts) - 1) + [cell.closing]
    return [
        Cell(cell.start + start, cell.start + end, cell.text[start:end], closing, cell.line)
        for (start, end), closing in zip(parts, ends, strict=True)
    ]
