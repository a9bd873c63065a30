"""The kinds of item that the cells of a text are classified as."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple, TypeAlias

from attrs import define, frozen

from gischema.forms.label_index import Entry, Terminals
from gischema.tables.numbers import is_several, is_value
from gischema.tables.tokenize import TextCell
from gischema.tables.trailing_numbers import without_unit


class GluedNumbers(NamedTuple):
    """Figures in the same cell as their label; `start` and `end` are offsets in the text."""

    start: int
    end: int
    text: str


@define(eq=False)
class PrintedLabel:
    """A printed label.

    Attributes:
        first: The first cell that it stands in.
        last: The last one; a wrapped label runs over several.
        start: The offset of its first character.
        end: The offset behind its last character.
        text: Its words, without the number before them.
        entry: The labels of forms that it may be.
        note: The note in brackets behind it.
        tail: The figures behind it in the same cell.
        numbered: True if a number stands before it, as before rows but not before heads.
        remark: The words behind its figures.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    entry: Entry
    note: str = ""
    tail: GluedNumbers | None = None
    numbered: bool = False
    remark: str = ""

    def terminals(self, form: str) -> Terminals:
        """Return the terminals of one form that the label may be."""
        return self.entry.of(form)


@define(eq=False)
class NumberCells:
    """Cells `first` to `last`, all of which hold values or nothing."""

    first: int
    last: int


@define(eq=False)
class UnknownText:
    """A cell that is neither a known label nor a value.

    Attributes:
        first: The cell.
        last: The same cell.
        text: Its words.
        tail: The figures behind them in the same cell.
        row: The label that the cell begins with, if a number stands behind it. The cell is a
            sentence, unless it stands among rows (`among_rows`).
    """

    first: int
    last: int
    text: str
    tail: GluedNumbers | None = None
    row: PrintedLabel | None = None


class SideNote(NamedTuple):
    """Cells next to the rows of a table that belong to none: a number, a text in brackets."""

    first: int
    last: int
    text: str


Item: TypeAlias = PrintedLabel | NumberCells | UnknownText | SideNote


@frozen(slots=False)
class ClassifiedText:
    """The cells of a text and its items, in order. An empty cell is no item.

    `has_begun` is True if one of the cells begins as a row and goes on as a sentence.
    """

    cells: tuple[TextCell, ...]
    items: tuple[Item, ...]
    has_begun: bool = False

    @cached_property
    def leading_bars(self) -> bool:
        """True if most lines with bars begin with one."""
        begins = with_bar = 0
        line = -1
        for cell in self.cells:
            if cell.line != line and cell.closing == "|":
                begins += not cell.text
                with_bar += 1
            line = cell.line
        return 2 * begins > with_bar

    @property
    def end(self) -> int:
        """The offset at which the text ends."""
        return self.cells[-1].end if self.cells else 0


def stands_as_row(text: UnknownText) -> bool:
    """Return True if words and figures in one cell stand as in a table: a unit between, or several.

    No sentence has the unit only before the figure.
    """
    if text.tail is None:
        return False
    has_unit = without_unit(text.text) < len(text.text) and text.tail.text[-1].isdecimal()
    return has_unit or is_several(text.tail.text)


def apart(tail: GluedNumbers | None) -> tuple[str, GluedNumbers | None]:
    """Return the words between a label and its figures, and the figures."""
    words = re.finditer(r"\S+", tail.text) if tail is not None else ()
    first = next((word.start() for word in words if is_value(word[0])), 0)
    if tail is None or not first:
        return "", tail
    return tail.text[:first].strip(), GluedNumbers(tail.start + first, tail.end, tail.text[first:])
