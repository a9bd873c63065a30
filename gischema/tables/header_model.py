"""The columns of a table as printed, in which each row below has its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from gischema.forms.form import Column, HeadGroup, Place, Row
from gischema.forms.labels import squeeze
from gischema.report import Amount, Reading


class PrintedColumn(NamedTuple):
    """A printed column.

    Attributes:
        column: The column of the form; None where the head is none.
        printed: The head as printed.
        reading: How it was recognised.
        unit: The unit that it states.
        line: Its line, counted from the first of the heads.
        number: Its number, counted likewise.
    """

    column: Column | None
    printed: str
    reading: Reading
    unit: str | None = None
    line: int = 0
    number: int = 0


HeadedPlace: TypeAlias = tuple[Place, PrintedColumn | None]
"""A place for a figure (its path is empty in a column that the form lacks), and its head."""


@frozen(slots=False, eq=False)
class TableHeader:
    """The columns of one head block in printed order.

    Attributes:
        group: The head block of the form.
        columns: The columns.
        terminals: The terminals that the form's parser reads.
        doubtful: The columns may stand elsewhere: a head could not be read, or a column or a
            group's caption is missing.
        turned: The header with its sum last, if that stands in the first of the lines of heads, so
            that it is printed before others wherever it stands.
        assumed: No head is printed, though those of other tables are: the columns are the form's.
    """

    group: HeadGroup
    columns: tuple[PrintedColumn, ...]
    terminals: tuple[str, ...]
    doubtful: bool = False
    turned: TableHeader | None = None
    assumed: bool = False
    _cells: dict[Row, tuple[HeadedPlace, ...]] = field(
        factory=dict, init=False, repr=False, eq=False
    )

    @classmethod
    def of_form(cls, group: HeadGroup) -> TableHeader:
        """Return the columns in the order of the form, for rows without printed heads above."""
        indicators = [c for c in group.columns if c.unit is not None]
        return cls(group, tuple(PrintedColumn(c, c.label, "exact") for c in indicators), ())

    def settled(self, rows: Iterable[Sequence[Amount]]) -> TableHeader:
        """Return the header as printed or turned, as the rows below add up; in doubt if none does.

        A cell that spans all lines of heads is printed in the first of them, wherever it stands.
        Rows of zeros are the same either way.
        """
        if self.turned is None:
            return self
        at = self.columns.index(self.turned.columns[-1])
        full = [row for row in rows if len(row) == len(self.columns)]
        printed = sum(2 * row[at] == sum(row) for row in full if any(row))
        last = sum(2 * row[-1] == sum(row) for row in full if any(row))
        if printed > last:
            return self
        sure = last > printed or (full and not any(map(any, full)))
        return self.turned if sure else evolve(self.turned, doubtful=True)

    def cells(self, row: Row) -> tuple[HeadedPlace, ...]:
        """Return the places of a row under these heads, in printed order."""
        known = self._cells.get(row)
        if known is None:
            known = tuple(
                (row.places[c.column] if c.column else Place("", c.printed, None), c)
                for c in self.columns
            )
            self._cells[row] = known
        return known

    @cached_property
    def close(self) -> bool:
        """True if a head is only similar to the form's."""
        return any(column.reading == "close" for column in self.columns)

    @cached_property
    def guessed(self) -> tuple[PrintedColumn, ...]:
        """The columns whose head is only similar to the form's and may be another one.

        It is certain if all columns are printed, and only this one of those that no other head
        claims has a label that the head begins, or that begins the head. Heads cut to the same
        words, as their first lines are, are certain if all stand in the form's order.
        """
        close = [head for head in self.columns if head.reading == "close" and head.column]
        claimed = {head.column for head in self.columns if head.reading != "close"}
        indicators = [c for c in self.group.columns if c.unit is not None]
        free = [c for c in indicators if c not in claimed]
        whole = not self.doubtful and len(free) == len(close)
        if whole and claimed and _are_cut_alike(close):
            in_order = [head.column for head in self.columns] == indicators
            return () if in_order else tuple(close)
        return tuple(head for head in close if not (whole and _is_only(head, free)))

    @cached_property
    def beyond(self) -> tuple[Column, ...]:
        """The columns that the form leaves out (a subtotal); where heads are in doubt, any."""
        if self.doubtful:
            return self.group.beyond
        return tuple(c.column for c in self.columns if c.column and c.column.unit is None)

    @property
    def text(self) -> str:
        """The heads as printed, for messages."""
        return "、".join(column.printed for column in self.columns)


def _are_cut_alike(heads: Sequence[PrintedColumn]) -> bool:
    """Return True if several heads have the same words, which begin all their labels."""
    texts = {squeeze(head.printed) for head in heads}
    if len(heads) < 2 or len(texts) > 1:
        return False
    return all(h.column and squeeze(h.column.label).startswith(tuple(texts)) for h in heads)


def _is_only(head: PrintedColumn, columns: Iterable[Column]) -> bool:
    """Return True if a head is that of its column, cut short or longer, and of no other."""
    text = squeeze(head.printed)
    labels = {column: squeeze(column.label) for column in columns}
    fitting = [c for c, label in labels.items() if label.startswith(text) or text.startswith(label)]
    return fitting == [head.column]
