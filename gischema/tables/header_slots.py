"""The places of a head block while they are filled, in the order in which heads are printed."""

from __future__ import annotations

from typing import NamedTuple

from attrs import define, field

from gischema.forms.form import Column, HeadGroup
from gischema.forms.label_index import Terminals
from gischema.forms.labels import squeeze, strip_enumerator
from gischema.report import Reading
from gischema.tables.header_model import PrintedColumn

_CLOSE = 60
"""Likeness (0–100) from which a head in a free place is taken for the label missing there."""


class PrintedHead(NamedTuple):
    """A printed head.

    Attributes:
        text: Its text.
        unit: The unit that it states.
        terminals: The terminals of the form that it may be.
        line: Its line, counted from the first of the heads.
        number: Its number, counted likewise.
    """

    text: str
    unit: str | None
    terminals: Terminals
    line: int
    number: int

    def of(self, column: Column | None, reading: Reading) -> PrintedColumn:
        """Return the head as that of a column."""
        return PrintedColumn(column, self.text, reading, self.unit, self.line, self.number)


def is_similar(printed: str, label: str) -> bool:
    """Return True if a head may be a column's label: its beginning, or much like it."""
    text, official = squeeze(strip_enumerator(printed)[0]), squeeze(label)
    if not text or official.startswith(text):
        return bool(text)
    from rapidfuzz.fuzz import ratio  # 6 ms of a cold start: few reports need it

    return ratio(text, official) >= _CLOSE


@define(eq=False)
class GroupSlot:
    """A head group while it is filled.

    Attributes:
        group: The group of the form.
        caption: The line of its caption, None if it is not printed.
        captions: The captions of the whole block, by terminal.
        filled: The printed columns and groups, in printed order.
        inner: The groups directly below, by their index among the members of the group.
    """

    group: HeadGroup
    caption: int | None = None
    captions: dict[str, PrintedHead] = field(factory=dict)
    filled: list[GroupSlot | PrintedColumn] = field(factory=list)
    inner: dict[int, GroupSlot] = field(factory=dict)

    def take(self, terminal: str, head: PrintedHead, reading: Reading) -> bool:
        """Put a head into its place here or in a group below; return False if none is free."""
        return terminal in self.group.terminals and (
            self._take_caption(terminal, head)
            or self._take_member(terminal, head, reading)
            or self._take_below(terminal, head, reading)
        )

    def _take_caption(self, terminal: str, head: PrintedHead) -> bool:
        """Take a caption of the whole block."""
        if terminal not in self.group.other_labels:
            return False
        self.captions.setdefault(terminal, head)
        return True

    def _take_member(self, terminal: str, head: PrintedHead, reading: Reading) -> bool:
        """Take a column of this group, or the caption of a group directly below."""
        for index, member in enumerate(self.group.members):
            if isinstance(member, Column):
                if member.terminal == terminal and not self._holds(member):
                    self.filled.append(head.of(member, reading))
                    return True
            elif member.caption == terminal and self._open(index).caption is None:
                self._open(index).caption = head.line
                return True
        return False

    def _take_below(self, terminal: str, head: PrintedHead, reading: Reading) -> bool:
        """Take a head in a group below: in one that is printed, else in one that may hold it."""
        if any(slot.take(terminal, head, reading) for slot in self._printed_groups()):
            return True
        for index, member in enumerate(self.group.members):
            if isinstance(member, Column) or index in self.inner:
                continue
            if terminal in member.terminals:
                return self._open(index).take(terminal, head, reading)
        return False

    def take_unknown(self, head: PrintedHead) -> None:
        """Keep a head that is no label of the form where it is printed."""
        self.filled.append(head.of(None, "close"))

    def fill_unknown(self) -> None:
        """Take unknown heads for the columns still missing, if their count and wording agree."""
        unknown = [i for i, c in enumerate(self.filled) if _is_unknown(c)]
        missing = [
            m
            for m in self.group.members
            if isinstance(m, Column) and m.unit is not None and not self._holds(m)
        ]
        if len(unknown) != len(missing):
            return
        for index, column in zip(unknown, missing, strict=True):
            printed = self.filled[index]
            if isinstance(printed, PrintedColumn) and is_similar(printed.printed, column.label):
                self.filled[index] = printed._replace(column=column)

    def order_lines(self) -> None:
        """Move columns that stand before those of a group on the same line to before the group.

        The line above may hold nothing but the caption of the group: 法人或其他组织.
        """
        for slot in self._printed_groups():
            slot.order_lines()
            first = slot.first
            if first is None or slot.caption == first.line:
                continue
            at = self.filled.index(slot)
            rest = self.filled[at:]
            before = [
                one
                for one in rest
                if isinstance(one, PrintedColumn)
                and one.line == first.line
                and one.number < first.number
            ]
            self.filled[at:] = [*before, *(one for one in rest if one not in before)]

    def begins_with_sum(self) -> bool:
        """Return True if a sum stands alone after the caption, its parts on other lines."""
        sums = [total for total, _ in self.group.sums]
        first, second = (*self.filled, None, None)[:2]
        if not isinstance(first, PrintedColumn) or first.column not in sums or second is None:
            return False
        following = second.first if isinstance(second, GroupSlot) else second
        captions = [head.number for head in self.captions.values()]
        alone = following is not None and following.line != first.line
        return alone and first.number - 1 in captions

    @property
    def first(self) -> PrintedColumn | None:
        """The first column of the group that is printed."""
        firsts = (one.first if isinstance(one, GroupSlot) else one for one in self.filled)
        return next(filter(None, firsts), None)

    def read_out(self, columns: list[PrintedColumn], terminals: list[str]) -> None:
        """Add the columns in printed order, and the terminals in the order of the grammar."""
        terminals.extend(c for c in self.group.captions if c in self.captions)
        if self.group.caption:
            terminals.append(self.group.caption)
        for slot in self.filled:
            if isinstance(slot, GroupSlot):
                slot.read_out(columns, terminals)
            else:
                columns.append(slot)
                if slot.column is not None:
                    terminals.append(slot.column.terminal)

    def lacks_captions(self) -> bool:
        """Return True if a group below has columns but no caption: its place is not certain."""
        return any(
            (slot.group.caption and slot.caption is None) or slot.lacks_captions()
            for slot in self.inner.values()
        )

    @property
    def has_whole_groups(self) -> bool:
        """Return True if each group below that is printed has its caption and all its columns.

        A block of groups alone may be printed as a table each.
        """
        own = [m for m in self.group.members if isinstance(m, Column) and m.unit is not None]
        inner = self._printed_groups()
        if own and (inner or len(own) < len(self.group.members)):
            return False
        captioned = all(slot.caption is not None for slot in inner if slot.group.caption)
        whole = all(slot.has_whole_groups for slot in inner)
        return bool(own or inner) and all(map(self._holds, own)) and captioned and whole

    def _printed_groups(self) -> list[GroupSlot]:
        return [slot for slot in self.filled if isinstance(slot, GroupSlot)]

    def _holds(self, column: Column) -> bool:
        return any(isinstance(c, PrintedColumn) and c.column is column for c in self.filled)

    def _open(self, index: int) -> GroupSlot:
        if index not in self.inner:
            member = self.group.members[index]
            assert isinstance(member, HeadGroup)
            self.inner[index] = GroupSlot(member)
            self.filled.append(self.inner[index])
        return self.inner[index]


def _is_unknown(slot: GroupSlot | PrintedColumn) -> bool:
    return isinstance(slot, PrintedColumn) and slot.column is None
